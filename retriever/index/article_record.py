"""An article as the store keeps it: its id and text in columns, all else as one JSON record."""

import json
from dataclasses import asdict
from typing import Any

from retriever.records import Article, Footnote, Published, Span


def encoded(article: Article) -> str:
    """Return what is kept of an article beside its id and its text."""
    record = asdict(article)
    for column in ("id", "text"):
        del record[column]
    return json.dumps(record, ensure_ascii=False)


def decoded(article_id: str, text: str, record: str) -> Article:
    """Return the article of a record, whatever the kinds of its values.

    :raises LookupError, TypeError, ValueError, AttributeError, RecursionError: where it is none.
    """
    fields: dict[str, Any] = json.loads(record)
    published = fields.pop("published")
    updated = fields.pop("updated", None)  # articles stored before there was one lack it
    headings = fields.pop("headings")
    footnotes = fields.pop("footnotes")
    return Article(
        id=article_id,
        text=text,
        published=Published(**published) if published else None,
        updated=Published(**updated) if updated else None,
        authors=tuple(fields.pop("authors", ())),
        warnings=tuple(fields.pop("warnings", ())),
        headings=tuple(Span(**span) for span in headings),
        footnotes=tuple(_footnote(note) for note in footnotes),
        pages=tuple(Span(**span) for span in fields.pop("pages", ())),
        **fields,
    )


def _footnote(note: dict[str, Any]) -> Footnote:
    return Footnote(
        label=note["label"],
        marks=tuple(Span(**mark) for mark in note["marks"]),
        entry=Span(**note["entry"]),
        source=Span(**note["source"]),
    )
