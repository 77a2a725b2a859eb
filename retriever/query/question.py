"""The question as it arrives: checked, trimmed, and with all that goes with it in one record."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from retriever.errors import QuestionError
from retriever.records import Filters, Message
from retriever.text.terms import words

# Ten times the longest question in nine public question sets, short enough that a pasted article
# is told apart from a question.
MAX_CHARACTERS = 4_000

_UNSEEN = re.compile("[\xad\u200b\u2060\ufeff]")
_JOINERS = frozenset("\u200c\u200d")  # inside words of Persian and of Indian languages
History = Sequence[Message | Mapping[str, str]]
_ALL = Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked, in which conversation, of which articles, and on which day.

    ``text`` is on one line and empty when nothing was asked; ``history`` is oldest first.
    ``today`` is what "this week" and "latest" are relative to; without it time plays no part.
    ``without`` are the folded words that the asker does not want carried over or respelt.
    """

    text: str
    history: tuple[Message, ...] = ()
    filters: Filters = field(default_factory=Filters)
    today: date | None = None
    without: frozenset[str] = frozenset()


def read_question(
    text: str,
    *,
    history: History = (),
    filters: Filters = _ALL,
    today: date | None = None,
    without: Collection[str] = (),
) -> Question:
    """Return a question as it was given, checked; ``today`` is the day in UTC unless given.

    :raises QuestionError: when the text, the history or what is taken back cannot be used.
    """
    return Question(
        text=checked_question(text),
        history=checked_history(history),
        filters=filters,
        today=today or datetime.now(UTC).date(),
        without=_taken_back(without),
    )


def checked_question(question: str) -> str:
    """Return the question on one line, without control characters; empty when nothing is left.

    Soft hyphens and blanks without a width, which a copied word may hold, part no word. Letters and
    their accents are composed (NFC): "e" with an accent of its own would end a word.

    :raises QuestionError: when it is longer than :data:`MAX_CHARACTERS`.
    """
    question = unicodedata.normalize("NFC", _UNSEEN.sub("", question))
    if len(question) > MAX_CHARACTERS:
        raise QuestionError(
            f"the question has {len(question):,} characters; ask in at most {MAX_CHARACTERS:,}"
        )
    visible = (char if char.isprintable() or char in _JOINERS else " " for char in question)
    return " ".join("".join(visible).split())


def checked_history(history: History) -> tuple[Message, ...]:
    """Return the conversation as messages, oldest first.

    :raises QuestionError: when an entry has no text or another role than user or assistant.
    """
    if isinstance(history, str | bytes | Mapping) or not isinstance(history, Sequence):
        raise QuestionError("the history must be a list of messages with role and content")
    return tuple(_message(number, entry) for number, entry in enumerate(history, 1))


def _taken_back(without: Collection[str]) -> frozenset[str]:
    """Return the folded words of what the asker took back, a phrase's words each by itself.

    :raises QuestionError: when it is one text instead of several.
    """
    if isinstance(without, str):
        raise QuestionError(f"without must be a list of words, not one text: {without[:80]!r}")
    return frozenset(word for phrase in without for word in words(phrase))


def _message(number: int, entry: object) -> Message:
    if isinstance(entry, Message):
        return entry
    role = entry.get("role") if isinstance(entry, Mapping) else None
    content = entry.get("content") if isinstance(entry, Mapping) else None
    if role not in {"user", "assistant"} or not isinstance(content, str):
        raise QuestionError(
            f"message {number} of the history must have a role (user or assistant) and a text "
            f"content, not {str(entry)[:80]!r}"
        )
    return Message(role=role, content=content)
