"""An article as a record of JSON: in the index's store, and on its way from the reading process."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from retriever.records.articles import Article, Footnote, Published, Span
from retriever.records.type_checks import require_kinds


def fields_of(article: Article) -> dict[str, Any]:
    """Return all that is kept of an article, as values that JSON can hold."""
    return asdict(article)


def article_of(fields: Mapping[str, Any]) -> Article:
    """Return the article with these fields.

    :raises LookupError, TypeError, ValueError, AttributeError: where they make none.
    """
    others = dict(fields)
    published = others.pop("published")
    updated = others.pop("updated", None)  # articles stored before there was one lack it
    headings = others.pop("headings")
    footnotes = others.pop("footnotes")
    article = Article(
        published=Published(**published) if published else None,
        updated=Published(**updated) if updated else None,
        authors=tuple(others.pop("authors", ())),
        warnings=tuple(others.pop("warnings", ())),
        headings=tuple(Span(**span) for span in headings),
        footnotes=tuple(_footnote(note) for note in footnotes),
        pages=tuple(Span(**span) for span in others.pop("pages", ())),
        **others,
    )
    require_kinds(article)
    return article


def _footnote(note: Mapping[str, Any]) -> Footnote:
    return Footnote(
        label=note["label"],
        marks=tuple(Span(**mark) for mark in note["marks"]),
        entry=Span(**note["entry"]),
        source=Span(**note["source"]),
    )
