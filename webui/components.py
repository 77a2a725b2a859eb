"""Gradio's parts as this page uses them: without a connection a tab, without spinners, scripted."""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from itertools import count
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.components.api_component import Api

from webui.assets import script

if TYPE_CHECKING:
    from gradio.block_function import BlockFunction
    from gradio.data_classes import BlocksConfigDict
    from gradio.state_holder import SessionState

# Questions answered at a time, by the page and by its tools; more wait in line. Answering keeps a
# processor busy: few suffice.
ANSWERED_AT_A_TIME = 8

# Events of the page itself: no spinner over the text, and no part of the API for programs.
QUIETLY: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

# Only questions are queued. A click must not wait behind the questions of others, and where one
# queued event of a tab ends while the next begins, Gradio 6.31 can lose the reply to the second:
# a question asked while the page was still loading its examples was never answered.
# The last of several clicks counts: Gradio would drop what comes while a reply is on its way.
# Gradio 6.31 runs that last one with what the first one's event said, so only for events that say
# nothing, or whose words are fetched when they run: see ``latest``.
UNQUEUED: dict[str, Any] = {**QUIETLY, "queue": False, "trigger_mode": "always_last"}

# As these, for what says by its event what is wanted: each is run, with what it said itself.
EACH_CLICK: dict[str, Any] = {**UNQUEUED, "trigger_mode": "multiple"}

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

    def validate_inputs(self, block_fn: "BlockFunction", inputs: list[Any]) -> None:
        """Say in one line that too little was sent; Gradio's own many lines reach nobody.

        :raises gr.Error: if so.
        """
        wanted = len(block_fn.inputs)
        if len(inputs) < wanted:
            message = f"{block_fn.name} takes {wanted} values, and {len(inputs)} came"
            raise gr.Error(message, print_exception=False)

    async def preprocess_data(
        self,
        block_fn: "BlockFunction",
        inputs: list[Any],
        state: "SessionState | None",
        explicit_call: bool = False,  # noqa: FBT001, FBT002 - as Gradio calls it
    ) -> list[Any]:
        """Return what was sent as the functions of the page get it; no address in it is asked.

        Gradio takes what looks like one of its files for one, wherever it stands, and fetches it
        where its path is an address of the web. Ours are known by their paths alone.
        """
        plain = [_without_file_marks(value) for value in inputs]
        # What a program leaves out at the end is what it is by default; Gradio wants all of it.
        left_out = block_fn.inputs[len(plain) :]
        plain += [block.value for block in left_out if isinstance(block, Api)]
        read: list[Any] = await super().preprocess_data(block_fn, plain, state, explicit_call)
        return read


def _without_file_marks(value: Any) -> Any:  # noqa: ANN401 - JSON holds anything
    """Return a value in which nothing says of itself that it is a file of Gradio's."""
    if isinstance(value, list):
        return [_without_file_marks(item) for item in value]
    if isinstance(value, dict):
        return {name: _without_file_marks(item) for name, item in value.items() if name != "meta"}
    return value


def latest(name: str) -> dict[str, Any]:
    """Return options of an event that is run with what is wanted when it is run, as JSON.

    Of several while a reply is on its way the last is run, after it. The browser is asked by
    ``window.quotidian.latest``, where the component's script puts a function of that name; its
    reply takes the place of the event's one input, whatever that is.
    """
    return {**UNQUEUED, "js": f"() => [window.quotidian.latest.{name}()]"}


def read_latest(sent: object) -> Mapping[str, Any]:
    """Return what a browser sent of what it wants; nothing if it is not so."""
    try:
        value = json.loads(sent) if isinstance(sent, str) else None
    except ValueError:  # anybody may send anything
        value = None
    return value if isinstance(value, dict) else {}


def tell_failures(*events: Any) -> None:  # noqa: ANN401 - Gradio's events have no type of their own
    """Let the page say in one line, and end the waiting, where such an event got no reply."""
    for event in events:
        event.failure(None, None, None, js="() => window.quotidian.failed()", **UNQUEUED)


_REPLIES = count(1)
_BLANKS = str.maketrans("01", " \n")


def anew(reply: Callable[..., str]) -> Callable[..., str]:
    """Return the function with blanks behind its replies, HTML or JSON, so that no two are equal.

    What has the value already that it is given is left alone by Gradio: its script does not hear
    of the reply, so that a file was saved once only, and the second check of a draft never ended.
    """

    @wraps(reply)
    def replied(*given: Any) -> str:  # noqa: ANN401 - as the function itself
        return reply(*given) + f"{next(_REPLIES):b}".translate(_BLANKS)

    return replied


def scripted(name: str, value: str, source: str | None, *called: Callable[..., object]) -> gr.HTML:
    """Return a component with the id ``name`` whose script, if any, may call the functions."""
    return gr.HTML(
        value,
        elem_id=name,
        apply_default_css=False,
        js_on_load=script(source) if source else None,
        server_functions=[*called],
    )
