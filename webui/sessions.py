"""What the server holds for open tabs: conversations, and no connection."""

from typing import TYPE_CHECKING, Any

import gradio as gr

if TYPE_CHECKING:
    from gradio.data_classes import BlocksConfigDict

# A tab's conversation goes after a day without a question, or when so many others are newer: a tab
# that asked once takes 0.25 MB. The browser has the questions and asks them again if need be.
SECONDS_KEPT = 86_400
MOST_KEPT = 500


class Tabs(gr.Blocks):
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
