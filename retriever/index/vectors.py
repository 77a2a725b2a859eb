"""The dense channel: passage vectors in FAISS, row number = passage number.

An exact inner-product scan of 32-bit vectors. On this project's machine a scan of 100,000
passages takes about 6 ms and holds 154 MB, so nothing coarser is needed until far beyond that.
A filtered question scans only the rows that pass, which is exact and faster than a full scan.
"""

import os
import struct
from pathlib import Path

import faiss
import numpy as np

from retriever.errors import IndexDamagedError
from retriever.records.arrays import FloatMatrix, FloatVector, RowNumbers

_WRITTEN_AT_ONCE = 1 << 20
_LARGEST_DIMENSION = 1 << 16
# How faiss begins a flat file: kind, dimension, rows, two numbers that it does not use, whether it
# is trained, the measure, and how many numbers follow.
_HEADER = struct.Struct("<4siqqqBiQ")
_UNUSED = 1 << 20


class Vectors:
    """Unit vectors of all passages, ``(n, dimension) float32``, searched by cosine."""

    def __init__(self, index: faiss.IndexFlat) -> None:
        """Wrap an inner-product index whose vectors have unit length."""
        self._index = index

    @classmethod
    def of(cls, matrix: FloatMatrix) -> "Vectors":
        """Index the rows of ``matrix``, ``(n, dimension) float32`` of unit length."""
        index = faiss.IndexFlatIP(matrix.shape[1])
        index.add(np.ascontiguousarray(matrix))
        return cls(index)

    @classmethod
    def load(cls, path: Path, *, count: int) -> "Vectors":
        """Read what :meth:`save` wrote; it must hold ``count`` vectors.

        :raises IndexDamagedError: when the file is malformed or holds another number of vectors.
        """
        message = (
            f"{path} does not hold the {count} vectors that the manifest promises; "
            "rebuild it with: quotidian build --full"
        )
        try:
            if not _is_flat(path, count):
                raise IndexDamagedError(message)
            index = faiss.read_index(str(path))
        except (OSError, RuntimeError, MemoryError) as error:
            raise IndexDamagedError(message) from error
        if not isinstance(index, faiss.IndexFlatIP):
            raise IndexDamagedError(message)
        if not _is_finite(index):
            message = f"{path} holds what is no number; rebuild it with: quotidian build --full"
            raise IndexDamagedError(message)
        return cls(index)

    def save(self, path: Path) -> None:
        """Write the vectors to ``path``."""
        # Not by name: faiss only prints when the disk is full as it closes the file.
        with path.open("wb") as file:
            writer = faiss.PyCallbackIOWriter(file.write, _WRITTEN_AT_ONCE)  # type: ignore[attr-defined]  # SWIG adds it
            faiss.write_index(self._index, writer)

    def __len__(self) -> int:
        """Return how many passages are indexed."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._index.d)

    def matrix(self) -> FloatMatrix:
        """Return all vectors, ``(n, dimension) float32``; a view that lives with this object."""
        return _flat(self._index).reshape(self._index.ntotal, self._index.d)

    def search(
        self, query: FloatVector, *, k: int, rows: RowNumbers | None = None
    ) -> tuple[RowNumbers, FloatVector]:
        """Return the ``k`` rows nearest to ``query`` (``(dimension,)``) and their cosines.

        Best first, fewer than ``k`` when the index is smaller; only ``rows`` when given. Equal
        cosines come in the order of their rows.
        """
        count = len(self) if rows is None else len(rows)
        if min(k, count) < 1:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        found, cosines = self._scan(query, k=min(k + 1, count), rows=rows)
        if len(found) > k and cosines[k] == cosines[k - 1]:
            found, cosines = self._at_least(query, cosines[k], rows=rows)
        order = np.lexsort((found, -cosines))[:k]
        return found[order], cosines[order]

    def cosines(self, query: FloatVector, rows: RowNumbers) -> FloatVector:
        """Return the cosine of ``query`` with each of ``rows``, ``(len(rows),) float32``."""
        cosines: FloatVector = self.matrix()[rows] @ query
        return cosines

    def _scan(
        self, query: FloatVector, *, k: int, rows: RowNumbers | None
    ) -> tuple[RowNumbers, FloatVector]:
        cosines, found = self._index.search(query.reshape(1, -1), k, params=_only(rows))
        return found[0], cosines[0]

    def _at_least(
        self, query: FloatVector, cosine: float, *, rows: RowNumbers | None
    ) -> tuple[RowNumbers, FloatVector]:
        """Return every row with this cosine or more: of equals, a scan gives any."""
        less = float(np.nextafter(np.float32(cosine), np.float32(-2)))
        _, cosines, found = self._index.range_search(query.reshape(1, -1), less, params=_only(rows))
        return found, cosines


def head(count: int, dimension: int) -> bytes:
    """Return how the file of so many vectors begins; they follow as they are, row by row."""
    trained, inner_product = True, 0
    rest = (_UNUSED, _UNUSED, trained, inner_product, count * dimension)
    return _HEADER.pack(b"IxFI", dimension, count, *rest)


def _is_flat(path: Path, count: int) -> bool:
    """Tell whether the file is as long as its header says, before faiss makes room for that."""
    with path.open("rb") as file:
        header = file.read(_HEADER.size)
        size = os.fstat(file.fileno()).st_size
    if len(header) < _HEADER.size:
        return False
    kind, dimension, rows, *_, numbers = _HEADER.unpack(header)
    fits = 0 < dimension <= _LARGEST_DIMENSION and rows == count and numbers == dimension * rows
    return bool(kind == b"IxFI" and fits and size == _HEADER.size + 4 * numbers)


def _is_finite(index: faiss.IndexFlat) -> bool:
    numbers = _flat(index)
    return bool(np.isfinite(np.vdot(numbers, numbers)))


def _flat(index: faiss.IndexFlat) -> FloatVector:
    numbers: FloatVector = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d)
    return numbers


def _only(rows: RowNumbers | None) -> faiss.SearchParameters | None:
    if rows is None:
        return None
    return faiss.SearchParameters(sel=faiss.IDSelectorBatch(rows))  # type: ignore[call-arg]  # SWIG adds it
