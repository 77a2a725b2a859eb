"""What passes between a build and the process that reads for it: JSON, one message after another.

A file may have made anything of its reader, so what comes back is taken for data and checked.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from retriever.corpus.source import SourceFile
from retriever.records import Article, Failure
from retriever.records.serialization import article_of, fields_of
from retriever.records.type_checks import require_kinds

STAYS, LEAVES = "stays", "leaves"  # what the process does once a file is read

_LENGTH = 8  # bytes that tell how long a message is, before each
_LONGEST = 1 << 30  # bytes: more than the process can hold


def send_source(stream: IO[bytes], source: SourceFile) -> None:
    """Write a file to be read."""
    _write(stream, {**asdict(source), "root": str(source.root), "location": str(source.location)})


def next_source(stream: IO[bytes]) -> SourceFile | None:
    """Return the next file to be read, ``None`` where there is no more."""
    found = _read(stream)
    if found is None:
        return None
    paths = {name: Path(found[name]) for name in ("root", "location")}
    return SourceFile(**(found | paths))


def send_item(stream: IO[bytes], item: Article | Failure | str) -> None:
    """Write what a file gave, or a word at its end."""
    match item:
        case Article():
            _write(stream, {"article": fields_of(item)})
        case Failure():
            _write(stream, {"failure": asdict(item)})
        case word:
            _write(stream, {"word": word})


def next_item(stream: IO[bytes]) -> Article | Failure | str | None:
    """Return what comes next, ``None`` where there is no more or it is no such message."""
    try:
        found = _read(stream)
        return None if found is None else _item_of(found)
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
        return None


def _item_of(found: dict[str, Any]) -> Article | Failure | str:
    if "article" in found:
        return article_of(found["article"])
    if "failure" in found:
        failure = Failure(**found["failure"])
        require_kinds(failure)
        return failure
    return str(found["word"])


def _write(stream: IO[bytes], content: dict[str, Any]) -> None:
    # In ASCII: names of files may hold what UTF-8 cannot.
    message = json.dumps(content).encode("ascii")
    stream.write(len(message).to_bytes(_LENGTH, "big") + message)
    stream.flush()


def _read(stream: IO[bytes]) -> dict[str, Any] | None:
    """Return the next message, ``None`` where the stream ends, maybe in the midst of one."""
    length = int.from_bytes(stream.read(_LENGTH), "big")
    message = stream.read(min(length, _LONGEST))
    if not length or len(message) < length:
        return None
    found: dict[str, Any] = json.loads(message)
    return found
