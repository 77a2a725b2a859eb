"""JSON Lines, one article a line, and JSON files: one article or a list of them.

Their text is clean already, so it is stored as it stands.
"""

import json
from collections.abc import Iterator
from functools import partial

from retriever.corpus.article.composing import articles_of_parts
from retriever.corpus.decoding import decode
from retriever.corpus.formats.archives.expanding import DAMAGE, Expanding
from retriever.corpus.formats.json.fields import article_of_record, has_text
from retriever.corpus.source import SourceFile, read_bytes
from retriever.errors import UnreadableError
from retriever.records import Article, Failure

LONGEST_RECORD = 20_000_000
"""Bytes of one line; a longer one is reported and passed over without being held in memory."""

LARGEST_JSON = 100_000_000
"""Bytes: the whole file is held in memory, five times over. JSON Lines have no such limit."""

_LISTS = (
    "articles items results docs documents data records entries posts news stories value @graph"
).split()
_AROUND_LISTS = "response feed data result channel rss".split()
_BOM = b"\xef\xbb\xbf"


def read_json_lines(source: SourceFile) -> Iterator[Article | Failure]:
    """Yield the article of each line, or the failure that names the line.

    Fields are found by the names in :mod:`retriever.corpus.formats.json.fields`; ``text`` alone is
    needed. An article without an id is called ``path#line``; a repeated id gets ``@path#line``
    added.
    """
    found = False
    try:
        with Expanding(source.open, source.path) as stream:
            lines = _numbered_lines(stream)
            read = partial(_article_of_line, path=source.path)
            for item in articles_of_parts(lines, read, source.path, "line"):
                found = True
                yield item
    except DAMAGE as error:
        raise UnreadableError(f"is not a whole gzip file: {error}") from error
    if not found:
        raise UnreadableError("is empty" if source.size == 0 else "holds no record")


def read_json_file(source: SourceFile) -> Iterator[Article | Failure]:
    """Yield the article of each record, in order, or the failure that names the record.

    One article is called by its id or the path of the file, one of several without an id
    ``path#number``; a repeated id gets ``@path#number`` added.
    """
    content = _parsed_file(source)
    if has_text(content):
        content = [content]
    records = _records_in(content)
    if not records:
        raise UnreadableError("holds no record with the text of an article")

    def read(record: object, place: str) -> Article:
        own = source.path if len(records) == 1 else place
        return article_of_record(record, path=source.path, place=own)

    yield from articles_of_parts(enumerate(records, 1), read, source.path, "record")


def _numbered_lines(stream: Expanding) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines that are not blank with their numbers from 1; ``None`` for one too long."""
    number = 0
    while line := stream.readline(LONGEST_RECORD + 1):
        number += 1
        if len(line) > LONGEST_RECORD and not line.endswith(b"\n"):
            while (rest := stream.readline(LONGEST_RECORD)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip() and line.strip() != _BOM:
            yield number, line


def _article_of_line(line: bytes | None, place: str, *, path: str) -> Article:
    return article_of_record(_record_of_line(line), path=path, place=place)


def _record_of_line(line: bytes | None) -> object:
    """Return the record of a line.

    :raises UnreadableError: when there is none.
    """
    if line is None:
        raise UnreadableError(f"is longer than {LONGEST_RECORD:,} bytes")
    try:
        return json.loads(line.removeprefix(_BOM).decode())
    except UnicodeDecodeError as error:
        raise UnreadableError("is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"is not JSON: {str(error)[:120]}") from error


def _parsed_file(source: SourceFile) -> object:
    text = decode(read_bytes(source, LARGEST_JSON))
    try:
        return json.loads(text)
    except ValueError as error:
        raise UnreadableError(f"is not JSON: {str(error)[:120]}") from error


def _records_in(content: object, *, depth: int = 0) -> list[object]:
    """Return the list of records in what a file holds, empty if there is none."""
    if isinstance(content, list):
        return content
    if not isinstance(content, dict):
        return []
    for name in _LISTS:
        if isinstance(found := content.get(name), list) and any(map(has_text, found)):
            return [record for record in found if not _is_other_node(record)]
    inner = (content.get(name) for name in _AROUND_LISTS) if depth < 2 else ()
    return next(filter(None, (_records_in(one, depth=depth + 1) for one in inner)), [])


def _is_other_node(value: object) -> bool:
    """Return whether a node of a graph is another thing than an article: its site, its author."""
    return isinstance(value, dict) and "@type" in value and not has_text(value)
