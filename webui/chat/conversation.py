"""A conversation: its turns, how a question becomes one, and how they are shown and saved."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, auto

from markupsafe import Markup

from retriever import (
    EXPORT_FORMATS,
    Answer,
    Index,
    Message,
    Outcome,
    QuestionError,
    QuotidianError,
    export,
)
from webui import render
from webui.chat.assumptions import make_chips
from webui.chat.cards import make_cards
from webui.chat.listing import make_list
from webui.chat.question import Asked
from webui.wording import BROKEN, NO_ANSWER, NO_SUCH_TURN, NOTHING_TO_SAVE


class TurnState(StrEnum):
    """How far a turn is: its answer is looked for, was given (a refusal too), or never will be."""

    WAITING = auto()
    ANSWERED = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What was asked, the answer, and both as they are shown; only an answered turn has one."""

    asked: Asked
    state: TurnState
    shown: Markup
    answer: Answer | None = None


Conversation = tuple[Turn, ...]
# A turn is some 20 kB of HTML; a browser lists all that was asked, however long ago.
MOST_HELD = 100


def converse(
    asked: Asked, conversation: Conversation, index: Index, *, place: int | None = None
) -> Iterator[Conversation]:
    """Yield the conversation with the question waiting, then with its answer.

    With ``place`` the question takes the place of that one, counted from 0, and what was asked
    later stays as it was answered. Of a conversation only the last :data:`MOST_HELD` turns are
    held: with each step all of it travels to the browser.

    :raises QuestionError: if there is no such place.
    """
    at = len(conversation) if place is None else place
    if not 0 <= at <= len(conversation):
        raise QuestionError(NO_SUCH_TURN)
    # A conversation answers one question at a time: what still waits never got its reply.
    settled = tuple(map(_without_waiting, conversation))
    before, after = settled[:at][-MOST_HELD + 1 :], settled[at + 1 :]
    yield (*before, waiting_turn(asked), *after)
    yield (*before, answer_turn(asked, before, index), *after)


def replay(turns: Sequence[Asked], index: Index) -> Iterator[Conversation]:
    """Yield a conversation that is asked again from its beginning, after each answer."""
    conversation: Conversation = ()
    for asked in turns:
        for step in converse(asked, conversation, index):
            yield step
            conversation = step


def waiting_turn(asked: Asked) -> Turn:
    """Return the turn that is shown while its answer is looked for."""
    kept = asked.shortened()
    shown = render.question_asked(kept.question) + render.waiting()
    return Turn(asked=kept, state=TurnState.WAITING, shown=shown)


def answer_turn(asked: Asked, before: Conversation, index: Index) -> Turn:
    """Return the turn that answers a question; an error on purpose becomes its one line."""
    kept = asked.shortened()
    question = render.question_asked(kept.question)
    try:
        answer = index.ask(
            asked.question,
            history=messages_of(before),
            filters=asked.filters,
            without=asked.without,
        )
        shown = render.answer_given(
            answer, make_cards(answer, index), make_chips(answer, asked), make_list(answer, index)
        )
    except QuotidianError as error:
        failed = question + render.failure(str(error))
        return Turn(asked=kept, state=TurnState.FAILED, shown=failed)
    return Turn(asked=kept, state=TurnState.ANSWERED, shown=question + shown, answer=answer)


def messages_of(conversation: Conversation) -> list[Message]:
    """Return the turns that had a reply, as the messages that a follow-up refers to."""
    return [
        message
        for turn in conversation
        if turn.answer is not None and (reply := _reply_in_text(turn.answer)) is not None
        for message in (
            Message(role="user", content=turn.asked.question),
            Message(role="assistant", content=reply),
        )
    ]


def show_conversation(conversation: Conversation, *, at: int | None = None) -> str:
    """Return the conversation as HTML; the question at ``at``, else the last, is scrolled to."""
    last = len(conversation) - 1
    return render.transcript(
        [(turn.asked.to_json(), turn.shown) for turn in conversation],
        at=last if at is None else at,
    )


def show_broken_conversation(conversation: Conversation, *, message: str = BROKEN) -> str:
    """Return the conversation with a last line that says what failed; nothing waits any more."""
    line = Turn(asked=Asked(question=""), state=TurnState.FAILED, shown=render.failure(message))
    return show_conversation((*map(_without_waiting, conversation), line))


def export_conversation(conversation: Conversation, format: str, index: Index) -> str:  # noqa: A002
    """Return what the browser saves, as JSON: name, type and text of a file, or the problem."""
    answers = [turn.answer.to_dict() for turn in conversation if turn.answer is not None]
    if not answers:
        return json.dumps({"problem": NOTHING_TO_SAVE})
    try:
        text = export(answers, format, article=index.article)
    except QuotidianError as error:
        return json.dumps({"problem": str(error)})
    kind = EXPORT_FORMATS[format]
    return json.dumps({"name": f"quotidian.{kind.ending}", "type": kind.media_type, "text": text})


def _without_waiting(turn: Turn) -> Turn:
    """Return the turn; one that waits as a failed one, which shows its question alone."""
    if turn.state is not TurnState.WAITING:
        return turn
    return replace(turn, state=TurnState.FAILED, shown=render.question_asked(turn.asked.question))


def _reply_in_text(answer: Answer) -> str | None:
    if answer.outcome is Outcome.EMPTY_QUESTION:
        return None
    return "\n\n".join(quote.text for quote in answer.quotes) or NO_ANSWER
