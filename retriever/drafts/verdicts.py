"""What is told of a draft: of each quotation whether the articles hold it, and where."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from retriever.records import Article, Span, describe

TOLERATED = (
    "Exact is every word and every mark between words; only typography may differ: kinds of "
    "quotation marks, dashes and spaces, ... for …, ligatures, the case of the first letter, and "
    "the mark at the end, as where a full stop becomes the comma before “she said”."
)
"""What may differ where a quotation is called exact, as one sentence to show to a person."""


class Accuracy(StrEnum):
    """How a quotation of a draft stands to the articles.

    ``exact``: an article has these words, up to :data:`TOLERATED`. ``nearly``: an article has
    words so alike that these may be meant, and the differences are told. ``nowhere``: none has.
    ``unchecked``: it was not looked for, as it has no word but those that stand everywhere ("it
    is"), is too long or in too many parts, or stands behind the last one that is looked for.
    """

    EXACT = "exact"
    NEARLY = "nearly"
    NOWHERE = "nowhere"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordDifference:
    """Words of a draft, and what the article has in their place; either may be empty.

    ``here`` is a span of the draft, ``there`` one of the article.
    """

    here: Span
    there: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePlace:
    """Where an article has the words of a quotation: one span, or one for each part of it.

    A quotation stands in parts where it leaves words out and says so, and where the article has
    “… she said …” between them. ``speaker`` is the span of the name of who says it there, if told.
    """

    article: Article
    spans: tuple[Span, ...]
    speaker: Span | None = None

    def to_dict(self) -> dict[str, object]:
        """Return it as ``check --json`` prints it."""
        text = self.article.text
        return {
            "article": describe(self.article),
            "parts": [{**asdict(span), "text": span.of(text)} for span in self.spans],
            "speaker": self.speaker.of(text) if self.speaker else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedQuotation:
    """A quotation of a draft, at ``span`` with its marks, and what came of it.

    ``place`` is where an article has it, or what is nearest; ``None`` if nothing is near.
    ``differences`` are in the draft's order. ``also_in`` are ids of other articles that have it
    exactly. ``speaker`` is whom the draft names beside it; ``other_speaker`` tells that the article
    surely names somebody else.
    """

    span: Span
    accuracy: Accuracy
    place: SourcePlace | None = None
    differences: tuple[WordDifference, ...] = ()
    also_in: tuple[str, ...] = ()
    speaker: Span | None = None
    other_speaker: bool = False

    def to_dict(self, draft: str) -> dict[str, object]:
        """Return it as ``check --json`` prints it."""
        source = self.place.article.text if self.place else ""
        return {
            **asdict(self.span),
            "text": self.span.of(draft),
            "verdict": str(self.accuracy),
            "place": self.place.to_dict() if self.place else None,
            "differences": [
                {
                    "draft": {**asdict(one.here), "text": one.here.of(draft)},
                    "source": {**asdict(one.there), "text": one.there.of(source)},
                }
                for one in self.differences
            ],
            "also_in": list(self.also_in),
            "speaker": self.speaker.of(draft) if self.speaker else None,
            "other_speaker": self.other_speaker,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCheck:
    """The quotations of a draft in their order, each checked."""

    text: str = field(repr=False)
    quotations: tuple[CheckedQuotation, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many quotations there are of each accuracy, by its name."""
        found = Counter(str(one.accuracy) for one in self.quotations)
        return {str(accuracy): found[str(accuracy)] for accuracy in Accuracy}

    @property
    def holds(self) -> bool:
        """Whether every quotation is exact, and nobody else is named as its speaker."""
        return all(
            one.accuracy is Accuracy.EXACT and not one.other_speaker for one in self.quotations
        )

    def to_dict(self) -> dict[str, object]:
        """Return the check as ``check --json`` prints it."""
        return {
            "holds": self.holds,
            "counts": self.counts,
            "tolerated": TOLERATED,
            "quotations": [one.to_dict(self.text) for one in self.quotations],
        }
