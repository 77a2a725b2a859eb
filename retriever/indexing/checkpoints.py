"""Checkpoints: what a build has encoded, noted while it goes on, for the next one if it is ended.

The vectors stand where the build puts them anyway, in the arrays of its unfinished generation. A
line of the checkpoint beside says of so many passages at once under which keys and where in these
arrays they are, and has the digest of both, so that nothing half written is ever taken. A line is
written when its vectors are: what a killed process wrote stays, and what a power cut takes from the
arrays no longer fits its digest.
"""

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from retriever.index.sentence_vectors import SENTENCE_VECTORS
from retriever.index.vectors import VECTORS
from retriever.indexing.array_writer import unfinished_rows
from retriever.indexing.passage_keys import KEY_BYTES, KeyTable, packed
from retriever.records.arrays import AnyArray, Codes, FloatMatrix, RowNumbers

# Raised whenever a line, or an array that it points into, changes its meaning.
VERSION = 1
# Bytes of a line; one of 128 passages has some 8,000.
_LONGEST = 1_000_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointHead:
    """The first line: what the vectors were made with, and how many numbers each has."""

    version: int
    fingerprint: str
    dimension: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedPortion:
    """Passages that were encoded: their ``keys``, in hex, their ``rows`` and their sentences'.

    The sentences of the passage at place ``n`` are the rows from ``firsts[n]`` on, before
    ``ends[n]``. ``sha256`` is the digest of all vectors and codes in this order.
    """

    keys: list[str]
    rows: list[int]
    firsts: list[int]
    ends: list[int]
    sha256: str


class CheckpointWriter:
    """Notes what is encoded; the file begins with the first."""

    def __init__(self, path: Path, *, fingerprint: str) -> None:
        """Write to ``path`` what an encoder with this fingerprint makes."""
        self._path, self._fingerprint = path, fingerprint

    def note(self, portion: EncodedPortion, *, dimension: int) -> None:
        """Add a portion whose vectors are written."""
        self._path.parent.mkdir(exist_ok=True)
        lines = [portion] if self._path.exists() else [self._head(dimension), portion]
        with self._path.open("ab") as file:
            file.write(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))

    def _head(self, dimension: int) -> CheckpointHead:
        return CheckpointHead(version=VERSION, fingerprint=self._fingerprint, dimension=dimension)


def digest_of(vectors: FloatMatrix, codes: Codes) -> str:
    """Return the digest of the vectors of a portion."""
    digest = hashlib.sha256(np.ascontiguousarray(vectors, dtype=np.float32).data)
    digest.update(np.ascontiguousarray(codes, dtype=np.int8).data)
    return digest.hexdigest()


class LeftEncoded:
    """The passages that a build encoded which was ended before it published.

    Only what is whole counts; nothing of an encoder with another fingerprint is.
    """

    def __init__(self, folder: Path, checkpoint: Path, *, fingerprint: str) -> None:
        """Look at what ``checkpoint`` says of the arrays in ``folder``."""
        keys, places = [packed([])], [np.empty((3, 0), dtype=np.int64)]
        for part in self._portions(folder, checkpoint, fingerprint):
            keys.append(packed(bytes.fromhex(key) for key in part.keys))
            places.append(np.array([part.rows, part.firsts, part.ends]))
        self._places = np.concatenate(places, axis=1)
        self._table = KeyTable(np.concatenate(keys), np.arange(self._places.shape[1]))

    def __len__(self) -> int:
        """Return how many passages it has."""
        return len(self._table)

    def holds(self, other: "LeftEncoded") -> bool:
        """Tell whether nothing would be lost without the other."""
        return bool(np.isin(other.keys, self.keys).all())

    @property
    def keys(self) -> AnyArray:
        """The keys of its passages, sorted."""
        return self._table.keys

    def find(self, key: bytes, *, sentences: int) -> int | None:
        """Return the number of the passage with this key and so many sentences, if it is there."""
        number = self._table.number(key)
        if number is None or self._places[2, number] - self._places[1, number] != sentences:
            return None
        return number

    def get(self, numbers: RowNumbers) -> tuple[FloatMatrix, Codes]:
        """Return the vectors of these passages, and the codes of all their sentences in order."""
        rows, firsts, ends = self._places[:, numbers]
        return self._vectors[rows], self._codes[_between(firsts, ends)]

    def _portions(
        self, folder: Path, checkpoint: Path, fingerprint: str
    ) -> Iterator[EncodedPortion]:
        """Yield what was noted and is whole, up to a line that is not."""
        try:
            with checkpoint.open("rb") as lines:
                head = msgspec.json.decode(lines.readline(_LONGEST), type=CheckpointHead)
                if (head.version, head.fingerprint) != (VERSION, fingerprint):
                    return
                shape = {"width": head.dimension}
                self._vectors = unfinished_rows(folder / VECTORS, kind=np.float32, **shape)
                self._codes = unfinished_rows(folder / SENTENCE_VECTORS, kind=np.int8, **shape)
                while line := lines.readline(_LONGEST):
                    portion = msgspec.json.decode(line, type=EncodedPortion)
                    if self._is_whole(portion):
                        yield portion
        except (OSError, ValueError, IndexError, ArithmeticError) as error:
            # A build that was ended may leave anything; what went before is of use all the same.
            _log.warning("%s is not read to its end: %s", checkpoint, error)

    def _is_whole(self, portion: EncodedPortion) -> bool:
        """Tell whether the arrays hold what was written.

        :raises IndexError: when a row is none of them.
        :raises ValueError: when the lists of the portion do not fit each other.
        """
        rows, firsts, ends = np.array([portion.rows, portion.firsts, portion.ends])
        keys = [bytes.fromhex(key) for key in portion.keys]
        if {*map(len, keys)} != {KEY_BYTES} or len(keys) != len(rows):
            raise ValueError("a line has other keys than rows")
        if min(rows.min(), firsts.min()) < 0:
            raise ValueError("a line names rows below 0")
        codes = self._codes[_between(firsts, ends)]
        return digest_of(self._vectors[rows], codes) == portion.sha256


def _between(firsts: RowNumbers, ends: RowNumbers) -> RowNumbers:
    """Return all numbers from each first to before its end, one range behind the other."""
    counts = ends - firsts
    if np.any(counts < 0):
        raise ValueError("a line ends before it begins")
    after = np.cumsum(counts)
    numbers: RowNumbers = np.arange(counts.sum()) + np.repeat(firsts - (after - counts), counts)
    return numbers
