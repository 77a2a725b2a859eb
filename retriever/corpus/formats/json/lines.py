"""JSON Lines: one article a line, already clean, so its text is stored as it stands."""

import json
from collections.abc import Iterator
from dataclasses import replace

from retriever.corpus.formats.archives.expanding import DAMAGE, Expanding
from retriever.corpus.formats.json.fields import article_of
from retriever.corpus.source import SourceFile
from retriever.errors import UnreadableError
from retriever.records import Article, Failure

LONGEST_RECORD = 20_000_000
"""Bytes of one line; a longer one is reported and passed over without being held in memory."""

_BOM = b"\xef\xbb\xbf"


def read_jsonl(source: SourceFile) -> Iterator[Article | Failure]:
    """Yield the article of each line, or the failure that names the line.

    Fields are found by the names in :mod:`retriever.corpus.formats.json.fields`; ``text`` alone is
    needed. An article without an id is called ``path#line``; a repeated id gets ``@path#line``
    added.
    """
    seen: set[str] = set()
    found = False
    try:
        with Expanding(source.location, source.path) as stream:
            for number, line in _lines(stream):
                found = True
                yield _read_line(source, number, line, seen)
    except DAMAGE as error:
        raise UnreadableError(f"is not a whole gzip file: {error}") from error
    if not found:
        raise UnreadableError("is empty" if source.size == 0 else "holds no record")


def told_apart(article: Article, place: str, seen: set[str]) -> Article:
    """Return the article, with its place in its id where the id was used before."""
    if article.id in seen:
        article = replace(article, id=f"{article.id}@{place}")
    seen.add(article.id)
    return article


def record_of(value: object) -> dict[str, object]:
    """Return a value that is an object.

    :raises UnreadableError: when it is none.
    """
    if not isinstance(value, dict):
        raise UnreadableError("is not a JSON object with the fields of an article")
    return value


def _lines(stream: Expanding) -> Iterator[tuple[int, bytes | None]]:
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


def _read_line(
    source: SourceFile, number: int, line: bytes | None, seen: set[str]
) -> Article | Failure:
    """Return the article of one line, or why there is none."""
    place = f"{source.path}#{number}"
    try:
        article = article_of(_record(line), path=source.path, place=place)
    except UnreadableError as error:
        return Failure(path=source.path, reason=f"line {number} {error}")
    return told_apart(article, place, seen)


def _record(line: bytes | None) -> dict[str, object]:
    """Return the record of a line.

    :raises UnreadableError: when there is none.
    """
    if line is None:
        raise UnreadableError(f"is longer than {LONGEST_RECORD:,} bytes")
    try:
        record = json.loads(line.removeprefix(_BOM).decode())
    except UnicodeDecodeError as error:
        raise UnreadableError("is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"is not JSON: {str(error)[:120]}") from error
    return record_of(record)
