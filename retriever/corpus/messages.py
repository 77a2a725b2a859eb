"""What passes between a build and the process that reads for it: JSON, one message a line.

A file may have made anything of its reader, so what comes back is taken for data and checked.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import msgspec

from retriever.corpus.source import SourceFile
from retriever.records import Article, Failure
from retriever.records.serialization import article_of, fields_of

STAYS, LEAVES = "stays", "leaves"  # what the process does once a file is read

_LONGEST = 1 << 30  # bytes: more than the process can hold


def send_source(stream: IO[bytes], source: SourceFile) -> None:
    """Write a file to be read."""
    within = None if source.within is None else str(source.within)
    _write_line(stream, {**asdict(source), "location": str(source.location), "within": within})


def next_source(stream: IO[bytes]) -> SourceFile | None:
    """Return the next file to be read, ``None`` where there is no more."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    found = json.loads(line)
    within = None if found["within"] is None else Path(found["within"])
    return SourceFile(**{**found, "location": Path(found["location"]), "within": within})


def send_item(stream: IO[bytes], item: Article | Failure | str) -> None:
    """Write what a file gave, or a word at its end."""
    match item:
        case Article():
            _write_line(stream, {"article": fields_of(item)})
        case Failure():
            _write_line(stream, {"failure": asdict(item)})
        case word:
            _write_line(stream, {"word": word})


def next_item(stream: IO[bytes]) -> Article | Failure | str | None:
    """Return what comes next, ``None`` where there is no more or it is no such message."""
    line = stream.readline(_LONGEST)
    try:
        return _item_of(json.loads(line)) if line.endswith(b"\n") else None
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
        return None


def _item_of(found: dict[str, Any]) -> Article | Failure | str:
    if "article" in found:
        return article_of(found["article"])
    if "failure" in found:
        return msgspec.convert(found["failure"], Failure)
    return str(found["word"])


def _write_line(stream: IO[bytes], content: dict[str, Any]) -> None:
    # In ASCII: names of files may hold what UTF-8 cannot. No line break is left in it.
    stream.write(json.dumps(content).encode("ascii") + b"\n")
    stream.flush()
