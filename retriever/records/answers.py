"""The reply to a question: quotes, or an honest refusal."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum

from retriever.records.articles import Article, Footnote, Span, describe
from retriever.records.coverage import Coverage
from retriever.records.dates import PartialDate
from retriever.records.listings import Listing
from retriever.records.prints import Print, Version
from retriever.records.questions import Filters
from retriever.records.scope import scope_in_words
from retriever.records.short_answers import ShortAnswer, short_answers


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedDay:
    """The day that a weekday in an article means: computed, not the article's words.

    ``weekday`` is where the article names it; ``day`` follows from the day of publication.
    """

    weekday: Span
    day: date

    def in_words(self, text: str) -> str:
        """Return for an article's ``text`` which day is meant, and that nobody wrote so."""
        known = PartialDate(year=self.day.year, month=self.day.month, day=self.day.day)
        return f"{self.weekday.of(text)}: {known.in_words()}, computed from the publication date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One or more whole neighbouring sentences of an article, offered as evidence.

    ``speaker`` is the span of the name or description of who is speaking, where the text says so;
    for "he said" it may lie before the quote.
    ``score`` is in [0, 1]. ``also_in`` holds the ids of other articles that print it too, the first
    published first, and ``prints`` who and when these are. ``versions`` are the other versions of
    its own article.
    ``answering`` is the span, inside the quote, of the words in it that answer the question;
    ``None`` where a reader sees none, or there is no reader. Words that do not stand inside the
    quote, or are blank, are dropped: a quote without a mark is right, one with a wrong mark is not.
    ``fitting`` are, where there is no ``answering``, the words of the kind that was asked for: the
    dates of a question for a time. ``when`` are the days that weekdays in the quote mean.
    """

    article: Article
    start: int
    end: int
    score: float
    speaker: Span | None = None
    also_in: tuple[str, ...] = ()
    answering: Span | None = None
    fitting: tuple[Span, ...] = ()
    when: tuple[ComputedDay, ...] = ()
    prints: tuple[Print, ...] = ()
    versions: tuple[Version, ...] = ()

    def __post_init__(self) -> None:
        """Drop answering words that are none of the quote's."""
        answering = self.answering
        if answering and not (
            answering.is_part_of(self.span) and answering.of(self.article.text).strip()
        ):
            object.__setattr__(self, "answering", None)  # a frozen record has no other way

    @property
    def span(self) -> Span:
        """Where the quote stands in its article."""
        return Span(start=self.start, end=self.end)

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
        speaker, answering = self.speaker, self.answering
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
            "prints": [one.to_dict() for one in self.prints],
            "versions": [one.to_dict() for one in self.versions],
            "answering": asdict(answering) if answering else None,
            "fitting": [asdict(span) for span in self.fitting],
            "when": [
                {
                    **asdict(one.weekday),
                    "day": one.day.isoformat(),
                    "text": one.in_words(self.article.text),
                }
                for one in self.when
            ],
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
class Disagreement:
    """Two quotes on one subject that do not say the same; nothing is merged or decided.

    ``kind`` tells what differs: ``numbers``, ``dates``, ``names`` or ``positions``. ``values`` are
    the words in which they differ, each a span of its quote's article, inside the quote; ``None``
    where it is not known which they are.
    """

    reason: str
    quotes: tuple[int, int]
    kind: str = ""
    values: tuple[Span, Span] | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the pair as indices into the answer's quotes, with the places that differ."""
        return {
            "reason": self.reason,
            "quotes": list(self.quotes),
            "kind": self.kind,
            "values": [asdict(value) for value in self.values] if self.values else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The reply to one question, the same in the browser, Python, JSON and on the command line.

    ``search_text`` is what was really searched. ``carried`` are the words taken over from the
    conversation, ``respelt`` maps a word of the question to the spelling that the corpus uses,
    ``unknown`` are content words of the question that occur nowhere in the corpus, and parts of it
    in quotation marks that stand nowhere in it. ``filters`` decided which articles might answer;
    ``read_filters`` names those of them that were read from the words of the question, ``widened``
    are others that were, and were let go, because only articles beside them answer; ``searched`` is
    the number of articles that pass the filters, all where there are none. A question
    about the articles themselves has a ``listing`` beside its quotes.
    ``confidence`` is the estimated chance, in [0, 1], that the quotes hold the answer; 0 where
    what stands in quotation marks or a name is not found, or nothing of the kind that is asked for,
    such as a date or words of somebody. ``quotes`` is non-empty
    exactly when ``outcome`` is ``answered``; otherwise ``closest`` holds what came nearest, which
    is not an answer. ``withheld`` counts quotes that failed the check against the stored text.
    ``question_language`` is the code of the language that the question is in, where that is surely
    one in which no article is written.
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
    read_filters: tuple[str, ...] = ()
    widened: Filters = field(default_factory=Filters)
    listing: Listing | None = None
    question_language: str | None = None
    searched: int = 0

    @property
    def scope(self) -> str | None:
        """What of the corpus was searched, in words; ``None`` where that is all of it."""
        if self.outcome is Outcome.EMPTY_QUESTION:
            return None
        articles = self.coverage.articles
        return scope_in_words(self.filters, searched=self.searched, articles=articles)

    @property
    def short_answers(self) -> tuple[ShortAnswer, ...]:
        """The words that answer, lifted out of the quotes; none where a reader is not sure."""
        return short_answers(
            [
                quote.answering.of(quote.article.text) if quote.answering else None
                for quote in self.quotes
            ]
        )

    def to_dict(self) -> dict[str, object]:
        """Return the answer as ``ask --json`` prints it."""
        return {
            "question": self.question,
            "search_text": self.search_text,
            "outcome": str(self.outcome),
            "confidence": self.confidence,
            "quotes": [quote.to_dict() for quote in self.quotes],
            "short_answers": [
                {"words": one.words, "quotes": list(one.quotes)} for one in self.short_answers
            ],
            "closest": [quote.to_dict() for quote in self.closest],
            "disagreements": [pair.to_dict() for pair in self.disagreements],
            "coverage": self.coverage.to_dict(),
            "carried": list(self.carried),
            "respelt": dict(self.respelt),
            "unknown": list(self.unknown),
            "filters": self.filters.to_dict(),
            "withheld": self.withheld,
            "read_filters": list(self.read_filters),
            "widened": self.widened.to_dict(),
            "listing": self.listing.to_dict() if self.listing else None,
            "question_language": self.question_language,
            "searched": self.searched,
        }
