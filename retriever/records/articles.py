"""An article as it was read, and the spans of its text."""

from dataclasses import dataclass
from typing import Literal

from retriever.records.dates import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of code points in some article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the part of ``text`` that the span covers."""
        return text[self.start : self.end]

    def moved(self, by: int) -> "Span":
        """Return the span as far behind where it is as ``by`` says."""
        return Span(start=self.start + by, end=self.end + by)

    def overlap(self, other: "Span") -> int:
        """Return how many code points the two spans share (0 where they are apart)."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def is_part_of(self, other: "Span") -> bool:
        """Tell whether the span covers something, and nothing that the other does not cover."""
        return other.start <= self.start < self.end <= other.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A publication date, as exact as its source states it.

    ``value`` is ISO 8601 cut to the precision: ``2023``, ``2023-06`` or ``2023-06-25``.
    ``source`` names the field or place that the date was read from.
    """

    value: str
    precision: Literal["year", "month", "day"]
    source: str

    @property
    def date(self) -> PartialDate:
        """The date that ``value`` writes.

        :raises ValueError: when it is none.
        """
        return PartialDate.parse(self.value)


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
    what is doubtful: a date that cannot be true and was not used, two that contradict each other,
    characters that could not be read. ``pages`` are the pages of a paged source, in order, each as
    the span of its text; between them they cover it.
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


def describe(article: Article) -> dict[str, object]:
    """Return who wrote what, where and when, and what is doubtful of it, for every quote."""
    return {
        "id": article.id,
        "title": article.title,
        "author": article.author,
        "publisher": article.publisher,
        "published": article.published.value if article.published else None,
        "url": article.url,
        "path": article.path,
        "sha256": article.sha256,
        "warnings": list(article.warnings),
    }
