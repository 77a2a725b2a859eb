"""Gradio's parts as this page uses them: without a connection a tab, without spinners, scripted."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import gradio as gr

from webui.assets import script

if TYPE_CHECKING:
    from gradio.data_classes import BlocksConfigDict

# Questions answered at a time, by the page and by its tools; more wait in line. Answering keeps a
# processor busy: few suffice.
ANSWERED_AT_A_TIME = 8

# Events of the page itself: no spinner over the text, and no part of the API for programs.
QUIETLY: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

# Only questions are queued. A click must not wait behind the questions of others, and where one
# queued event of a tab ends while the next begins, Gradio 6.31 can lose the reply to the second:
# a question asked while the page was still loading its examples was never answered.
# The last of several clicks counts: Gradio would drop what comes while a reply is on its way.
UNQUEUED: dict[str, Any] = {**QUIETLY, "queue": False, "trigger_mode": "always_last"}

# A tab's conversation goes after a day without a question, or when so many others are newer: a tab
# that asked once takes 0.25 MB. The browser has the questions and asks them again if need be.
SECONDS_KEPT = 86_400
MOST_KEPT = 500


class Page(gr.Blocks):
    """A page whose open tabs cost no connection.

    Gradio 6.31 holds one open for each tab that has a state, to see it close; but browsers open six
    to one address, so that the sixth tab could not load, and no other could ask.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - as Gradio takes them
        """Lay out a page with Gradio's options."""
        super().__init__(**options)
        self.state_session_capacity = MOST_KEPT

    def get_config_file(self) -> "BlocksConfigDict":
        """Return what the browser is told of the page: to hold no connection open."""
        config = super().get_config_file()
        config["connect_heartbeat"] = False
        return config


def scripted(name: str, value: str, source: str | None, *called: Callable[..., object]) -> gr.HTML:
    """Return a component with the id ``name`` whose script, if any, may call the functions."""
    return gr.HTML(
        value,
        elem_id=name,
        apply_default_css=False,
        js_on_load=script(source) if source else None,
        server_functions=[*called],
    )
