"""JSON Lines: one article a line, already clean, so its text is stored as it stands."""

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from typing import IO, cast

from retriever.corpus.dates import parse_published
from retriever.corpus.source import SourceFile, text_digest
from retriever.records import Article, Failure

LONGEST_RECORD = 20_000_000
"""Bytes of one line; a longer one is reported and passed over without being held in memory."""

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_BOM = b"\xef\xbb\xbf"


def read_jsonl(source: SourceFile) -> Iterator[Article | Failure]:
    """Yield the article of each line, or the failure that names the line.

    Fields: id, title, author, publisher, published, url, text, language; ``text`` alone is needed.
    An article without an id is called ``path#line``; a repeated id gets ``@path#line`` added.
    """
    if source.size == 0:
        yield Failure(path=source.path, reason="is empty")
        return
    seen: set[str] = set()
    found = False
    try:
        with _opened(source) as stream:
            for number, line in _lines(stream):
                found = True
                yield _read_line(source, number, line, seen)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        yield Failure(path=source.path, reason=f"is not a whole gzip file: {error}")
        return
    if not found:
        yield Failure(path=source.path, reason="holds no record")


def _opened(source: SourceFile) -> IO[bytes]:
    if source.path.lower().endswith(".gz"):
        return cast("IO[bytes]", gzip.open(source.location))
    return source.location.open("rb")


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
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
    record, problem = _record(line)
    if problem:
        return Failure(path=source.path, reason=f"line {number} {problem}")
    return _article(source, number, record, seen)


def _record(line: bytes | None) -> tuple[dict[str, object], str | None]:
    """Return the record of a line, and what keeps it from being an article."""
    problem = None
    record: object = {}
    try:
        record = json.loads((line or b"{}").removeprefix(_BOM).decode())
    except UnicodeDecodeError:
        problem = "is not UTF-8"
    except (ValueError, RecursionError) as error:
        problem = f"is not JSON: {str(error)[:120]}"
    if line is None:
        problem = f"is longer than {LONGEST_RECORD:,} bytes"
    if not isinstance(record, dict):
        return {}, "is not a JSON object with the fields of an article"
    text = record.get("text")
    if not isinstance(text, str):
        problem = problem or 'has no field "text" that holds text'
    elif not text.strip():
        problem = 'has an empty field "text"'
    return record, problem


def _article(source: SourceFile, number: int, record: dict[str, object], seen: set[str]) -> Article:
    text = _writable(str(record["text"]))
    return Article(
        id=_unused(_field(record, "id"), f"{source.path}#{number}", seen),
        path=source.path,
        text=text,
        sha256=text_digest(text),
        title=_field(record, "title"),
        author=_field(record, "author"),
        publisher=_field(record, "publisher"),
        published=parse_published(
            _field(record, "published") or "", source="record field published"
        ),
        url=_field(record, "url"),
        language=_field(record, "language"),
    )


def _unused(stated: str | None, place: str, seen: set[str]) -> str:
    """Return the stated id, the place where there is none, both where the id was used before."""
    article_id = stated or place
    if article_id in seen:
        article_id = f"{article_id}@{place}"
    seen.add(article_id)
    return article_id


def _field(record: dict[str, object], name: str) -> str | None:
    """Return a field's words; a number is written out and a list of names joined."""
    value = record.get(name)
    if isinstance(value, list):
        value = ", ".join(part for part in value if isinstance(part, str))
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return (_writable(value).strip() or None) if isinstance(value, str) else None


def _writable(text: str) -> str:
    """Return the text with lone surrogates, one for one, as U+FFFD.

    JSON can spell them, but they are no characters and cannot be written as UTF-8: no store, page
    or terminal could show the text. One for one, every other offset stays what it was.
    """
    return _LONE_SURROGATES.sub("\ufffd", text)
