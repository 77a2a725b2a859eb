"""JSON files: one article, or a list of them wherever programs usually put it."""

import json
from collections.abc import Iterator

from retriever.corpus.decoding import decode
from retriever.corpus.formats.json.fields import article_of, has_text
from retriever.corpus.formats.json.lines import record_of, told_apart
from retriever.corpus.source import SourceFile, read_bytes
from retriever.errors import UnreadableError
from retriever.records import Article, Failure

LARGEST_JSON = 100_000_000
"""Bytes: the whole file is held in memory, five times over. JSON Lines have no such limit."""

_LISTS = (
    "articles items results docs documents data records entries posts news stories value @graph"
).split()
_AROUND_LISTS = "response feed data result channel rss".split()


def read_json(source: SourceFile) -> Iterator[Article | Failure]:
    """Yield the article of each record, in order, or the failure that names the record.

    One article is called by its id or the path of the file, one of several without an id
    ``path#number``; a repeated id gets ``@path#number`` added.
    """
    content = _content(source)
    if has_text(content):
        content = [content]
    records = _records(content)
    if not records:
        raise UnreadableError("holds no record with the text of an article")
    seen: set[str] = set()
    for number, record in enumerate(records, 1):
        place = f"{source.path}#{number}" if len(records) > 1 else source.path
        try:
            article = article_of(record_of(record), path=source.path, place=place)
        except UnreadableError as error:
            yield Failure(path=source.path, reason=f"record {number} {error}")
        else:
            yield told_apart(article, place, seen)


def _content(source: SourceFile) -> object:
    text = decode(read_bytes(source, LARGEST_JSON))
    try:
        return json.loads(text)
    except ValueError as error:
        raise UnreadableError(f"is not JSON: {str(error)[:120]}") from error


def _records(content: object, *, depth: int = 0) -> list[object]:
    """Return the list of records in what a file holds, empty if there is none."""
    if isinstance(content, list):
        return content
    if not isinstance(content, dict):
        return []
    for name in _LISTS:
        if isinstance(found := content.get(name), list) and any(map(has_text, found)):
            return [record for record in found if not _is_other_node(record)]
    inner = (content.get(name) for name in _AROUND_LISTS) if depth < 2 else ()
    return next(filter(None, (_records(one, depth=depth + 1) for one in inner)), [])


def _is_other_node(value: object) -> bool:
    """Return whether a node of a graph is another thing than an article: its site, its author."""
    return isinstance(value, dict) and "@type" in value and not has_text(value)
