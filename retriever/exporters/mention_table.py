"""Mentions as a table that spreadsheets read: CSV (RFC 4180), one mention a row."""

import csv
import io
from collections.abc import Iterable, Iterator

from retriever.exporters.spreadsheet_cells import without_formula
from retriever.records import Mention

COLUMNS = (
    "published",
    "publisher",
    "author",
    "title",
    "sentence",
    "words",
    "page",
    "url",
    "path",
    "article",
    "start",
    "end",
)


def mention_rows(mentions: Iterable[Mention]) -> Iterator[str]:
    """Yield the lines of the table, the names of its columns first.

    ``start`` and ``end`` say where in the article's text the sentence stands. Before a cell that a
    spreadsheet would take for a formula stands an apostrophe.
    """
    yield _line(COLUMNS)
    for mention in mentions:
        yield _line(_cells(mention))


def _cells(mention: Mention) -> tuple[object, ...]:
    article = mention.article
    return (
        article.published.value if article.published else None,
        article.publisher,
        article.author,
        article.title,
        mention.text,
        " … ".join(span.of(article.text) for span in mention.words),
        mention.page,
        article.url,
        article.path,
        article.id,
        mention.start,
        mention.end,
    )


def _line(cells: Iterable[object]) -> str:
    held = io.StringIO()
    csv.writer(held).writerow([without_formula(cell) for cell in cells])
    return held.getvalue()
