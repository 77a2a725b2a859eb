"""Passages that were read and cut, and wait for the encoder."""

import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from retriever.records import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedPassage:
    """A passage to encode: its row, what the encoder reads of it, and the sentences in that.

    ``key`` is that of :class:`~retriever.indexing.segmentation.IndexedPassage`.
    """

    row: int
    key: bytes
    text: str
    sentences: list[Span]


class EncodingQueue:
    """A queue on disk, as long as it takes, that is taken from in portions of one size.

    The portions are always the same, whenever they are taken: the last bits of a vector depend on
    the texts that are encoded beside it.
    """

    def __init__(self, folder: Path, *, portion: int) -> None:
        """Begin a file in ``folder`` that has no name there and is gone when it is closed."""
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115  # closed in close()
        self._portion = portion
        self._written = self._taken = 0
        self._last: list[QueuedPassage] = []
        self._whole = 0

    def put(self, passage: QueuedPassage) -> None:
        """Let a passage wait behind the others."""
        self._last.append(passage)
        if len(self._last) == self._portion:
            self._file.seek(self._written)
            self._file.write(
                f"{json.dumps([_as_json(passage) for passage in self._last])}\n".encode()
            )
            self._written = self._file.tell()
            self._whole += 1
            self._last = []

    @property
    def has_portion(self) -> bool:
        """Whether a whole portion waits."""
        return self._whole > 0

    def take(self) -> list[QueuedPassage]:
        """Return the first portion, in the end less than a whole one; empty when none waits."""
        if not self._whole:
            taken, self._last = self._last, []
            return taken
        self._file.seek(self._taken)
        line = self._file.readline()
        self._taken = self._file.tell()
        self._whole -= 1
        return [_queued_from_json(*fields) for fields in json.loads(line)]

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def _as_json(passage: QueuedPassage) -> tuple[int, str, str, list[tuple[int, int]]]:
    spans = [(span.start, span.end) for span in passage.sentences]
    return passage.row, passage.key.hex(), passage.text, spans


def _queued_from_json(row: int, key: str, text: str, sentences: list[list[int]]) -> QueuedPassage:
    return QueuedPassage(
        row=row,
        key=bytes.fromhex(key),
        text=text,
        sentences=[Span(start=start, end=end) for start, end in sentences],
    )
