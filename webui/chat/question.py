"""What was asked, with all that goes with it, as it travels between the page and the server."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from retriever import MAX_CHARACTERS, Filters, QuestionError

# A conversation longer than this is not asked again as a whole; a day's reading has a few dozen.
MOST_TURNS = 40
_MOST_WORDS = 50
# Characters that tell which question it was that is too long.
_SHOWN_OF_TOO_MUCH = 200
_LONGEST_VALUE = 400
_NAMES = tuple(entry.name for entry in fields(Filters))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, which articles may answer it, and the words that the asker took back."""

    question: str
    filters: Filters = field(default_factory=Filters)
    without: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return it as the page keeps it and sends it back."""
        asked: dict[str, object] = {"question": self.question}
        asked |= {"filters": chosen} if (chosen := self.filters.to_dict()) else {}
        asked |= {"without": list(self.without)} if self.without else {}
        return json.dumps(asked, ensure_ascii=False, sort_keys=True)

    def shortened(self) -> "Asked":
        """Return it as it is kept: of a question that is too long to be answered, the beginning."""
        if len(self.question) <= MAX_CHARACTERS:
            return self
        return replace(self, question=f"{self.question[:_SHOWN_OF_TOO_MUCH]}…")


def read_question(value: object) -> Asked:
    """Return what :meth:`Asked.to_json` wrote, given as JSON or as what JSON holds.

    :raises QuestionError: if it is no such thing; a browser can send anything.
    """
    asked = _from_json(value)
    question = asked.get("question") if isinstance(asked, Mapping) else None
    if not isinstance(asked, Mapping) or not isinstance(question, str):
        raise QuestionError(f"{str(value)[:80]!r} is no question; write one in the box")
    return Asked(
        question=question,
        filters=read_filters(asked.get("filters")),
        without=_read_words(asked.get("without")),
    )


def read_questions(value: object) -> tuple[Asked, ...]:
    """Return a list of questions, oldest first, the last :data:`MOST_TURNS` of them.

    :raises QuestionError: if it is no such list.
    """
    turns = _from_json(value)
    if not isinstance(turns, list):
        message = f"{str(value)[:80]!r} is no list of questions; start a new conversation"
        raise QuestionError(message)
    return tuple(read_question(turn) for turn in turns[-MOST_TURNS:])


def read_filters(value: object) -> Filters:
    """Return filters given by name, as JSON or a mapping; what is empty is not set.

    :raises QuestionError: for another name, or a value that is not a short text.
    """
    given = _from_json(value or {})
    if not isinstance(given, Mapping):
        message = f"{str(value)[:80]!r} are no filters; give some of {', '.join(_NAMES)} by name"
        raise QuestionError(message)
    chosen = {name: given[name] for name in given if given[name]}
    for name, text in chosen.items():
        if name not in _NAMES or not isinstance(text, str) or len(text) > _LONGEST_VALUE:
            message = f"{str(name)[:40]!r} is no filter, or its value no text; use {_NAMES}"
            raise QuestionError(message)
    return Filters(**chosen)


def _read_words(value: object) -> tuple[str, ...]:
    words = value or []
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        message = f"the words to leave out must be a list of words, not {str(value)[:80]!r}"
        raise QuestionError(message)
    return tuple(dict.fromkeys(word[:_LONGEST_VALUE] for word in words[:_MOST_WORDS]))


def _from_json(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as error:
        raise QuestionError(f"{value[:80]!r} is not JSON ({error}); reload the page") from error
