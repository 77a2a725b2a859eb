"""Where the quotes of one answer stand in the article that is shown, as the page names them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from retriever import Span
from webui.byline import read_span

# An answer has a handful of quotes; a browser can send anything.
_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedPlace:
    """A quote's span in its article, and the span of the words in it that answer.

    ``key`` opens it, as its card would; the quote that was opened needs none.
    """

    quote: Span
    answering: Span | None = None
    key: str = ""

    def within(self, length: int) -> bool:
        """Tell whether the quote lies in a text of so many characters."""
        return 0 <= self.quote.start < self.quote.end <= length

    @property
    def answering_inside(self) -> Span | None:
        """The words that answer, if they are the quote's own."""
        answering = self.answering
        return answering if answering and answering.is_part_of(self.quote) else None


def read_quoted(value: object) -> tuple[QuotedPlace, ...]:
    """Return the places that a page names as ``{"key", "quote", "answering"}``; others are dropped.

    The spans are written ``start-end``.
    """
    named = value[:_MOST] if isinstance(value, list) else []
    return tuple(_places(named))


def _places(named: list[object]) -> Iterator[QuotedPlace]:
    for one in named:
        quote = read_span(one.get("quote")) if isinstance(one, Mapping) else None
        if isinstance(one, Mapping) and quote:
            answering = read_span(one.get("answering"))
            yield QuotedPlace(quote=quote, answering=answering, key=str(one.get("key") or ""))
