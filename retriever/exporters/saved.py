"""What is exported, what a format of it is, and the plainest of them: JSON."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from retriever.errors import QuestionError
from retriever.exporters.references import Reference, reference_of
from retriever.records import Article, Filters, Span, scope_in_words
from retriever.records.serialization import read_as

Lookup = Callable[[str], Article]


class _Articles(msgspec.Struct, frozen=True, kw_only=True):
    articles: int


class _Counted(msgspec.Struct, frozen=True, kw_only=True):
    filters: Filters
    searched: int
    coverage: _Articles


class SavedContradiction(msgspec.Struct, frozen=True, kw_only=True):
    """Two quotes of an answer, counted from 0, and where each says what the other contradicts."""

    quotes: tuple[int, int]
    values: tuple[Span, Span]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAnswer:
    """An answer: ``saved`` as ``Answer.to_dict()`` gives it, and read.

    Only ``quotes`` are cited: the passages shown as ``closest`` are not an answer.
    """

    saved: Mapping[str, Any]
    question: str
    quotes: tuple[Reference, ...]
    closest: tuple[Reference, ...]
    contradictions: tuple[SavedContradiction, ...] = ()

    @property
    def scope(self) -> str | None:
        """What of the corpus was searched, in words; ``None`` for all of it, or where unknown."""
        try:
            counted = read_as(self.saved, _Counted)
        except ValueError:  # a saved answer may hold anything, and need not say it
            return None
        articles = counted.coverage.articles
        return scope_in_words(counted.filters, searched=counted.searched, articles=articles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Answers to be exported.

    ``accessed`` is the day of access that references state. ``article`` gives the stored article of
    an id, and raises QuestionError where there is none.
    """

    answers: tuple[SavedAnswer, ...]
    accessed: date
    article: Lookup | None

    def quotes_by_article(self) -> list[list[Reference]]:
        """Return the quotes of each article, each quote once, in order of the first."""
        cited: dict[tuple[str, str], dict[Reference, None]] = {}
        for quote in (quote for answer in self.answers for quote in answer.quotes):
            cited.setdefault((quote.article, quote.sha256), {})[quote] = None
        return [[*quotes] for quotes in cited.values()]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """A format: its name, what people call it, its files' ending and media type, its writer.

    ``reads_articles`` tells that it holds more where :attr:`Conversation.article` is given.
    """

    name: str
    label: str
    ending: str
    media_type: str
    write: Callable[[Conversation], str]
    reads_articles: bool = False


def answers_in(saved: object) -> list[SavedAnswer]:
    """Return the answers that ``ask --json`` printed or ``export --as json`` wrote, in order.

    :raises QuestionError: when there are none, or one of their quotes is none.
    """
    answers = saved.get("answers") if isinstance(saved, Mapping) else saved
    return [
        _answer_of(one) for one in (answers if isinstance(answers, list) and answers else [saved])
    ]


def _answer_of(saved: object) -> SavedAnswer:
    if not isinstance(saved, Mapping) or not isinstance(saved.get("quotes"), list):
        message = "this is not an answer as `quotidian ask --json` prints it: it has no quotes list"
        raise QuestionError(message)
    closest = saved.get("closest") or []
    if not isinstance(closest, list):
        raise QuestionError(f"its closest passages are {closest!r:.60}, not a list of quotes")
    quotes = tuple(map(reference_of, saved["quotes"]))
    return SavedAnswer(
        saved=saved,
        question=str(saved.get("question", "")),
        quotes=quotes,
        closest=tuple(map(reference_of, closest)),
        contradictions=tuple(_contradictions_in(saved.get("disagreements"), quotes)),
    )


def _contradictions_in(saved: object, quotes: Sequence[Reference]) -> Iterator[SavedContradiction]:
    """Yield the disagreements whose words stand inside their quotes, as ``Quote`` takes words.

    Answers that were saved before there were any words name none, and nothing is made up for them.
    """
    for one in saved if isinstance(saved, list) else []:
        try:
            pair = read_as(one, SavedContradiction)
        except ValueError:
            continue
        if all(
            0 <= place < len(quotes) and value.is_part_of(quotes[place].span)
            for place, value in zip(pair.quotes, pair.values, strict=True)
        ):
            yield pair


def note_of(cited: Sequence[Reference]) -> str:
    """Return quotes with their places, one after another, for a reference's note.

    Who else prints a quote, and its article's versions, stand behind it in parentheses.
    """
    printed = (f" ({'; '.join(quote.printed)})" if quote.printed else "" for quote in cited)
    return " ".join(
        f"“{quote.text}” {quote.place}{others}"
        for quote, others in zip(cited, printed, strict=True)
    )


def json_text(value: object) -> str:
    """Return JSON for people to look at, with a line break at its end."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


SAVED_JSON = ExportFormat(
    name="json",
    label="JSON, to be verified",
    ending="json",
    media_type="application/json",
    write=lambda conversation: json_text(
        {"answers": [answer.saved for answer in conversation.answers]}
    ),
)
"""The answers as they are, to be verified or exported again."""
