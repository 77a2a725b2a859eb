"""Questions as Gradio hands them over: typed, asked again without a chip, or from the history."""

from collections.abc import Iterator

import gradio as gr

from retriever import Index
from webui.chat.conversation import Conversation, converse, replay, show_conversation
from webui.chat.question import Asked, read_filters, read_question, read_questions

# The transcript, the question box and the conversation.
Shown = tuple[object, object, Conversation]


class QuestionEvents:
    """The events that ask; each yields the transcript, the question box and the conversation.

    No event's function has the name of an endpoint for programs: Gradio would give it to that.
    """

    def __init__(self, index: Index) -> None:
        """Ask this index."""
        self._index = index

    def converse(self, question: str, filters: str, talk: Conversation) -> Iterator[Shown]:
        """Ask what was typed, of the articles that are chosen, and empty the box."""
        asked = Asked(question=question, filters=read_filters(filters))
        yield from _show_steps(converse(asked, talk, self._index), typed="")

    def converse_anew(self, talk: Conversation, event: gr.EventData) -> Iterator[Shown]:
        """Ask what the browser kept of a question, in the place of an earlier one if it says."""
        turn = getattr(event, "turn", None)
        place = turn if isinstance(turn, int) else None
        steps = converse(read_question(event.asked), talk, self._index, place=place)
        yield from _show_steps(steps, at=place)

    def replay(self, event: gr.EventData) -> Iterator[Shown]:
        """Ask a whole conversation again."""
        yield from _show_steps(replay(read_questions(event.turns), self._index))


def _show_steps(
    steps: Iterator[Conversation], *, typed: str | None = None, at: int | None = None
) -> Iterator[Shown]:
    box: object = gr.skip() if typed is None else typed
    for talk in steps:
        yield show_conversation(talk, at=at), box, talk
        # The box is left alone now: the next question may already be in it.
        box = gr.skip()
