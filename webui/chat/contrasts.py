"""What other quotes of an answer say instead."""

from collections.abc import Set
from dataclasses import dataclass

from retriever import Answer, Quote, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferingWords:
    """The words of one quote that another contradicts: their span in the article, and themselves.

    ``published`` is the ISO date of the article.
    """

    span: Span
    words: str
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """That the quote of this number does not say the same: what is said here, and what there."""

    number: int
    here: DifferingWords | None
    there: DifferingWords | None


def contrasts_among(answer: Answer, standing: Set[int]) -> dict[int, tuple[Contrast, ...]]:
    """Return, for each quote's place, what other quotes that stand say instead."""
    found: dict[int, tuple[Contrast, ...]] = {}
    for pair in answer.disagreements:
        if not standing >= {*pair.quotes}:
            continue
        spans = pair.values or (None, None)
        sides = [
            (place, _differing_words(answer.quotes[place], span))
            for place, span in zip(pair.quotes, spans, strict=True)
        ]
        for (one, here), (other, there) in (sides, sides[::-1]):
            contrast = Contrast(number=other + 1, here=here, there=there)
            found[one] = (*found.get(one, ()), contrast)
    return found


def _differing_words(quote: Quote, span: Span | None) -> DifferingWords | None:
    if span is None or not span.is_part_of(quote.span):
        return None
    return DifferingWords(
        span=span,
        words=span.of(quote.article.text),
        published=quote.article.published.value if quote.article.published else None,
    )
