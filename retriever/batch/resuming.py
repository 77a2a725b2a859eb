"""What a run over a table has answered, kept beside its output until that is written whole.

A line of JSON a row, behind one that says of which questions and which index generation they are:
a run that is stopped, or whose machine goes down, is taken up where it was. A line that was cut off
is none.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from retriever.batch.answering import AnsweredRow
from retriever.batch.questions import QuestionTable
from retriever.errors import TableError

PART = ".part"


class UnfinishedRun:
    """The rows of a run that is not at its end, in a file beside what it will write."""

    def __init__(self, output: Path, table: QuestionTable, *, generation: int) -> None:
        """Keep the rows of ``table``, answered by a generation of an index, for ``output``."""
        self.file = output.with_name(output.name + PART)
        asked = json.dumps([generation, table.columns, table.rows, table.question_column])
        self._head = hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest().encode()

    def done(self) -> list[AnsweredRow]:
        """Return the rows that were answered before, of these questions and from this index."""
        try:
            head, *lines = self.file.read_bytes().split(b"\n")
        except OSError:
            return []
        return [*_whole(lines)] if head == self._head else []

    def keep(self, rows: Iterable[AnsweredRow]) -> Iterator[AnsweredRow]:
        """Yield the rows, each written before it is yielded; what was written before goes.

        :raises TableError: when they cannot be written.
        """
        try:
            with self.file.open("wb") as stream:
                stream.write(self._head + b"\n")
                for row in rows:
                    stream.write(json.dumps(row.to_dict()).encode() + b"\n")
                    stream.flush()
                    yield row
        except OSError as error:
            raise TableError(f"cannot write {self.file}: {error.strerror}") from error

    def forget(self) -> None:
        """Remove the file: what it was kept for is written."""
        self.file.unlink(missing_ok=True)


def write_whole(file: Path, content: bytes) -> None:
    """Write a file so that it is there whole or as it was before.

    :raises TableError: when it cannot be written.
    """
    try:
        with tempfile.NamedTemporaryFile(
            dir=file.parent, prefix=f".{file.name}", delete=False
        ) as stream:
            written = Path(stream.name)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        written.chmod(0o644)
        written.replace(file)
    except OSError as error:
        raise TableError(f"cannot write {file}: {error.strerror}") from error


def _whole(lines: Iterable[bytes]) -> Iterator[AnsweredRow]:
    """Yield rows up to the first line that is none."""
    for line in lines:
        try:
            yield msgspec.json.decode(line, type=AnsweredRow)
        except msgspec.DecodeError:
            return
