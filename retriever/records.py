"""The nouns that travel between the stages.

All are frozen, slotted and keyword-only. A span owns no text: ``text`` is always sliced from the
article, so ``article.text[quote.start:quote.end] == quote.text`` holds by construction. Offsets
are half-open and count Unicode code points of :attr:`Article.text`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of code points in some article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the part of ``text`` that the span covers."""
        return text[self.start : self.end]

    def overlap(self, other: "Span") -> int:
        """Return how many code points the two spans share (0 where they are apart)."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A publication date, as exact as its source states it.

    ``value`` is ISO 8601 cut to the precision: ``2023``, ``2023-06`` or ``2023-06-25``.
    ``source`` names the field or place that the date was read from.
    """

    value: str
    precision: Literal["year", "month", "day"]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A numbered note: where the text refers to it, its entry, and the entry that names the source.

    ``source`` is ``entry`` itself, or for "Ibid" the entry before that it points back to.
    """

    label: str
    marks: tuple[Span, ...]
    entry: Span
    source: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as it was read: its text, cleaned once, and what is known about it.

    ``id`` is the article's path inside the corpus, or the id that its record carries; it stays
    the same across rebuilds. ``path`` is the source file relative to the corpus. ``sha256`` is
    the hex digest of ``text`` in UTF-8. What the source does not say is ``None``. ``authors`` are
    the names that ``author`` joins, where the source tells them apart. ``warnings`` say in words
    what the source states that cannot be true and was not used. ``pages`` are the pages of a paged
    source, in order, each as the span of its text; between them they cover it.
    """

    id: str
    path: str
    text: str
    sha256: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: Published | None = None
    url: str | None = None
    language: str | None = None
    headings: tuple[Span, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    updated: Published | None = None
    authors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    pages: tuple[Span, ...] = ()

    def page_at(self, place: int) -> int | None:
        """Return the page, from 1, that the code point at ``place`` stands on, if there are any."""
        return next((n for n, page in enumerate(self.pages, 1) if place < page.end), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A run of whole sentences, short enough for the encoder to read together with the title."""

    article: Article
    start: int
    end: int
    ordinal: int
    heading: str | None = None

    @property
    def text(self) -> str:
        """The passage's words, sliced from the article."""
        return self.article.text[self.start : self.end]

    @property
    def id(self) -> str:
        """``article:start-end``, unique within an index."""
        return f"{self.article.id}:{self.start}-{self.end}"

    @property
    def span(self) -> Span:
        """Where the passage stands in its article."""
        return Span(start=self.start, end=self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """A passage's scores, one per channel and never mixed; higher is better in each.

    ``cosine`` is in [-1, 1]; ``bm25`` is an unbounded sum of term weights, 0 when no word matches;
    ``fused`` is in [0, 1] and only comparable within one question.
    """

    cosine: float
    bm25: float
    fused: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found for a question; ranks count from 1, ties are broken by passage id."""

    passage: Passage
    rank: int
    scores: Scores

    def to_dict(self) -> dict[str, object]:
        """Return the hit as ``search --json`` prints it."""
        return {
            "rank": self.rank,
            "article": describe(self.passage.article),
            "start": self.passage.start,
            "end": self.passage.end,
            "text": self.passage.text,
            "scores": {
                "cosine": self.scores.cosine,
                "bm25": self.scores.bm25,
                "fused": self.scores.fused,
            },
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One or more whole neighbouring sentences of an article, offered as evidence.

    ``speaker`` is the span of the name or description of who is speaking, where the text says so;
    for "he said" it may lie before the quote.
    ``score`` is in [0, 1]. ``also_in`` holds the ids of other articles that print it too.
    """

    article: Article
    start: int
    end: int
    score: float
    speaker: Span | None = None
    also_in: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The quoted words, sliced from the article."""
        return self.article.text[self.start : self.end]

    @property
    def page(self) -> int | None:
        """The page of the source, from 1, on which the quote begins; ``None`` without pages."""
        return self.article.page_at(self.start)

    @property
    def footnotes(self) -> tuple[Footnote, ...]:
        """The notes that the quoted words refer to: the source behind the source."""
        return tuple(
            note
            for note in self.article.footnotes
            if any(self.start <= mark.start and mark.end <= self.end for mark in note.marks)
        )

    def to_dict(self) -> dict[str, object]:
        """Return the quote as ``ask --json`` prints it."""
        speaker = self.speaker
        return {
            "article": describe(self.article),
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "page": self.page,
            "speaker": speaker.of(self.article.text) if speaker else None,
            "speaker_start": speaker.start if speaker else None,
            "speaker_end": speaker.end if speaker else None,
            "score": self.score,
            "also_in": list(self.also_in),
            "footnotes": [
                {"label": note.label, "text": note.source.of(self.article.text)}
                for note in self.footnotes
            ],
        }


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    EMPTY_QUESTION = "empty_question"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A source file, or a record in one, that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """What came of one file of the corpus, or of a part of one that has a path of its own.

    ``article``: it gave at least one text that no article before it has. ``duplicate``: every text
    that it gave stands in an article before it. ``skipped``: it was not looked into. ``failed``: it
    gave nothing. ``articles`` are the ids of what it gave, ``reason`` says what is skipped, failed
    or repeated; of a file that gave articles, what else in it failed.
    """

    path: str
    state: Literal["article", "duplicate", "skipped", "failed"]
    articles: tuple[str, ...] = ()
    reason: str | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the entry as ``build --json`` prints it."""
        return {
            "path": self.path,
            "state": self.state,
            "articles": list(self.articles),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What was searched: an answer is only as good as the corpus behind it.

    ``earliest`` and ``latest`` are publication dates as :class:`Published` writes them, ``None``
    when no article is dated. ``built`` is when the index was published, UTC, ISO 8601.
    ``warning`` says why a newer generation, or the folder of this one, cannot be used.
    """

    articles: int
    passages: int
    publishers: int
    undated: int
    earliest: str | None
    latest: str | None
    failed: tuple[Failure, ...]
    built: str
    generation: int
    warning: str | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the coverage as ``ask --json`` prints it."""
        return {
            "articles": self.articles,
            "passages": self.passages,
            "publishers": self.publishers,
            "undated": self.undated,
            "earliest": self.earliest,
            "latest": self.latest,
            "failed": [{"path": f.path, "reason": f.reason} for f in self.failed],
            "built": self.built,
            "generation": self.generation,
            "warning": self.warning,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Two quotes on one subject that may not say the same; nothing is merged or decided."""

    reason: str
    quotes: tuple[int, int]

    def to_dict(self) -> dict[str, object]:
        """Return the pair as indices into the answer's quotes."""
        return {"reason": self.reason, "quotes": list(self.quotes)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One turn of a conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which articles may answer; ``None`` lets all through.

    ``after`` and ``before`` are inclusive ISO dates, ``language`` is a code such as ``en``. An
    article without a publication date never passes a date filter: it cannot be shown to lie in
    the window; and so with the others.
    """

    publisher: str | None = None
    author: str | None = None
    language: str | None = None
    after: str | None = None
    before: str | None = None

    def to_dict(self) -> dict[str, str]:
        """Return the filters that are set, by name."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The reply to one question, the same in the browser, Python, JSON and on the command line.

    ``search_text`` is what was really searched. ``carried`` are the words taken over from the
    conversation, ``respelt`` maps a word of the question to the spelling that the corpus uses,
    ``unknown`` are content words of the question that occur nowhere in the corpus, ``filters``
    decided which articles might answer. ``confidence``
    is the estimated chance, in [0, 1], that the quotes hold the answer. ``quotes`` is non-empty
    exactly when ``outcome`` is ``answered``; otherwise ``closest`` holds what came nearest, which
    is not an answer. ``withheld`` counts quotes that failed the check against the stored text.
    """

    question: str
    search_text: str
    outcome: Outcome
    confidence: float
    coverage: Coverage
    quotes: tuple[Quote, ...] = ()
    closest: tuple[Quote, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    carried: tuple[str, ...] = ()
    respelt: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    withheld: int = 0

    def to_dict(self) -> dict[str, object]:
        """Return the answer as ``ask --json`` prints it."""
        return {
            "question": self.question,
            "search_text": self.search_text,
            "outcome": str(self.outcome),
            "confidence": self.confidence,
            "quotes": [quote.to_dict() for quote in self.quotes],
            "closest": [quote.to_dict() for quote in self.closest],
            "disagreements": [pair.to_dict() for pair in self.disagreements],
            "coverage": self.coverage.to_dict(),
            "carried": list(self.carried),
            "respelt": dict(self.respelt),
            "unknown": list(self.unknown),
            "filters": self.filters.to_dict(),
            "withheld": self.withheld,
        }


def describe(article: Article) -> dict[str, object]:
    """Return who wrote what, where and when: the attribution that every quote carries."""
    return {
        "id": article.id,
        "title": article.title,
        "author": article.author,
        "publisher": article.publisher,
        "published": article.published.value if article.published else None,
        "url": article.url,
        "path": article.path,
        "sha256": article.sha256,
    }
