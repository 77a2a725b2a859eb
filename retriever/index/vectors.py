"""The dense channel: the vectors of passages in one plain array, and the engines that search it.

The array is ``vectors.npy``, ``(passages, dimension) float32``, row number = passage number; every
engine searches it, exactly where it is small, and by codes made of it when it was built where it is
large. To add one, write its file and enter it here: tests/index/test_vectors.py then tries it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from retriever.errors import IndexDamagedError
from retriever.index.faiss_flat import FaissFlat
from retriever.index.faiss_quantized import FaissQuantized, write_codes
from retriever.index.memory_maps import mapped
from retriever.records.arrays import FloatMatrix, FloatVector, RowNumbers

VECTORS = "vectors.npy"
_LARGEST_DIMENSION = 1 << 16


class VectorIndex(Protocol):
    """Unit vectors of all passages, searched by cosine; threads may share it."""

    def __len__(self) -> int:
        """Return how many passages are indexed."""
        ...

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        ...

    def matrix(self) -> FloatMatrix:
        """Return all vectors, ``(n, dimension) float32``; a view that lives with this object."""
        ...

    def take(self, rows: RowNumbers) -> FloatMatrix:
        """Return the vectors of some rows, ``(len(rows), dimension) float32``."""
        ...

    def search(
        self, query: FloatVector, *, k: int, rows: RowNumbers | None = None
    ) -> tuple[RowNumbers, FloatVector]:
        """Return the ``k`` rows nearest to ``query`` (``(dimension,)``) and their cosines.

        Best first, fewer than ``k`` when the index is smaller; only ``rows`` when given. Equal
        cosines come in the order of their rows.
        """
        ...

    def cosines(self, query: FloatVector, rows: RowNumbers) -> FloatVector:
        """Return the cosine of ``query`` with each of ``rows``, ``(len(rows),) float32``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """An engine that is prepared when an index is built: what writes its files and what opens them.

    Both take the rows, ``(n, dimension) float32`` of unit length, which the engine may keep: they
    stay mapped.
    """

    write: Callable[[FloatMatrix, Path], None]
    load: Callable[[FloatMatrix, Path], VectorIndex]


# Each makes an index of the rows of a matrix, ``(n, dimension) float32`` of unit length. One that
# is not saved may not keep it: the file behind it is let go.
ENGINES: dict[str, Callable[[FloatMatrix], VectorIndex]] = {
    "faiss-flat": FaissFlat,
    "faiss-quantized": FaissQuantized,
}
SAVED = {"faiss-quantized": Saved(write=write_codes, load=FaissQuantized.load)}
# Passages up to which all are compared in full precision: 3 ms of CPU and 77 MB of memory. Codes
# take 0.6 ms there, and less of the memory, but a few rows in a thousand of the 100 change.
EXACT_UP_TO = 50_000


def engine_for(count: int) -> str:
    """Return the name of the engine that so many passages are searched by."""
    return "faiss-flat" if count <= EXACT_UP_TO else "faiss-quantized"


def write_engine(folder: Path) -> None:
    """Write what the engine of the vectors in ``folder`` is opened from, if it needs anything.

    :raises IndexDamagedError: when the vectors are malformed.
    """
    matrix = _open_matrix(folder)
    saved = SAVED.get(engine_for(len(matrix)))
    if saved:
        saved.write(matrix, folder)


def open_vectors(folder: Path, *, count: int, engine: str | None = None) -> VectorIndex:
    """Return the index of the ``count`` vectors in ``folder``, by the engine for so many.

    :raises IndexDamagedError: when a file is malformed or holds another number of vectors.
    """
    matrix = _open_matrix(folder)
    if len(matrix) != count:
        raise IndexDamagedError(
            f"{folder / VECTORS} does not hold the {count} vectors that the manifest promises"
        )
    name = engine or engine_for(count)
    if name in SAVED:
        return SAVED[name].load(matrix, folder)
    if not np.isfinite(np.vdot(matrix, matrix)):
        raise IndexDamagedError(f"{folder / VECTORS} holds what is no number")
    return ENGINES[name](matrix)


def _open_matrix(folder: Path) -> FloatMatrix:
    path = folder / VECTORS
    found = mapped(path, kind=np.float32, shape=(None, None))
    if not 0 < found.shape[1] <= _LARGEST_DIMENSION:
        raise IndexDamagedError(f"{path} holds vectors of {found.shape[1]} numbers")
    matrix: FloatMatrix = np.ascontiguousarray(found, dtype=np.float32)
    return matrix
