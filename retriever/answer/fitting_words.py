"""Which words of a quote are of the kind that was asked for, where no reader says which answer."""

from collections.abc import Iterator

from retriever.query.analysis import Analysis
from retriever.records import Quote, Span
from retriever.text.expressions import expressions
from retriever.text.terms import words

# A quote with more such words than these is full of figures: marks on all of them point at none.
MOST = 3
_AROUND = " \t\n,;:.()"


def fitting_words(quote: Quote, asked: Analysis) -> tuple[Span, ...]:
    """Return where in the article the dates, sums or numbers stand that the question asks for.

    In the order of the text, none overlapping another; what the question names itself is none.
    Nothing is returned where there are more than :data:`MOST`, or the question's words do not tell
    what kind of thing would answer.
    """
    found = [*_apart(sorted(_new(quote, asked), key=lambda span: (span.start, -span.end)))]
    return tuple(found) if len(found) <= MOST else ()


def _new(quote: Quote, asked: Analysis) -> Iterator[Span]:
    for form in asked.sought.forms:
        for span in expressions(quote.text, form):
            if not asked.asked >= {*words(span.of(quote.text))}:
                yield _trimmed(span, quote.text).moved(quote.start)


def _trimmed(span: Span, text: str) -> Span:
    """Return a span without the marks around its words, as in ", 44"; it holds a word."""
    said = span.of(text)
    start = span.start + len(said) - len(said.lstrip(_AROUND))
    return Span(start=start, end=start + len(said.strip(_AROUND)))


def _apart(spans: list[Span]) -> Iterator[Span]:
    """Yield spans, ordered by where they begin, without those that overlap one before."""
    end = -1
    for span in spans:
        if span.start >= end:
            yield span
            end = span.end
