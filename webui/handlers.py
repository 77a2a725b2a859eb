"""What the page does, as plain functions: a question and its conversation in, what is shown out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from retriever import Answer, Message, Outcome, QuotidianError
from webui import render
from webui.answerer import Answerer
from webui.cards import cards_of, place_of
from webui.reader import source_view

NO_ANSWER = "The articles hold no answer to this question."
BROKEN = "Something went wrong inside the program. Its log on the server says what; ask again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A question, the reply as later questions may refer to it, and both as they are shown.

    ``reply`` is ``None`` where there was none to refer to, as after an error.
    """

    question: str
    reply: str | None
    shown: Markup


Conversation = tuple[Turn, ...]


def reply_to(question: str, conversation: Conversation, answerer: Answerer) -> Turn:
    """Return the turn that answers a question; an error on purpose becomes its one line."""
    asked = render.question_asked(question)
    try:
        answer = answerer.ask(question, history=history_of(conversation))
        shown = render.answer_given(answer, cards_of(answer, answerer))
    except QuotidianError as error:
        return Turn(question=question, reply=None, shown=asked + render.failure(str(error)))
    return Turn(question=question, reply=_in_text(answer), shown=asked + shown)


def history_of(conversation: Conversation) -> list[Message]:
    """Return the turns that had a reply, as the messages that a follow-up refers to."""
    return [
        message
        for turn in conversation
        if turn.reply is not None
        for message in (
            Message(role="user", content=turn.question),
            Message(role="assistant", content=turn.reply),
        )
    ]


def show(conversation: Conversation, *, waiting_for: str | None = None) -> str:
    """Return the conversation as HTML, with the question that is being answered, if any."""
    shown = [turn.shown for turn in conversation]
    if waiting_for is not None:
        shown.append(render.question_asked(waiting_for) + render.waiting())
    return render.transcript(shown)


def show_broken(conversation: Conversation) -> str:
    """Return the conversation with a last line that says the program failed."""
    return render.transcript([*(turn.shown for turn in conversation), render.failure(BROKEN)])


def show_source(key: str, answerer: Answerer) -> str:
    """Return the reader pane for a card's key, or the one line why it cannot be shown."""
    try:
        article_id, start, end = place_of(key)
        article = answerer.article(article_id)
    except QuotidianError as error:
        return render.source_missing(str(error))
    return render.source(source_view(article, start=start, end=end))


def ask_program(
    question: str, history: Sequence[Mapping[str, str]], answerer: Answerer
) -> dict[str, object]:
    """Return the answer as a program gets it: ``Answer.to_dict()``.

    :raises QuotidianError: as the index raises it.
    """
    return answerer.ask(question, history=list(history)).to_dict()


def _in_text(answer: Answer) -> str | None:
    if answer.outcome is Outcome.EMPTY_QUESTION:
        return None
    return "\n\n".join(quote.text for quote in answer.quotes) or NO_ANSWER
