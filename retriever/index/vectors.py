"""The dense channel: the vectors of passages in one plain array, and the engines that search it.

The array is ``vectors.npy``, ``(passages, dimension) float32``, row number = passage number; every
engine is made from it when an index is opened. To add one, write its file and enter it here:
tests/index/test_vectors.py then tries it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np

from retriever.errors import IndexDamagedError
from retriever.index.faiss_flat import FaissFlat
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


# Each makes an index of the rows of a matrix, ``(n, dimension) float32`` of unit length, which it
# may not keep: the file behind it is let go.
ENGINES: dict[str, Callable[[FloatMatrix], VectorIndex]] = {"faiss-flat": FaissFlat}
ENGINE = "faiss-flat"


def open_vectors(folder: Path, *, count: int, engine: str = ENGINE) -> VectorIndex:
    """Return the index of the ``count`` vectors in ``folder``.

    :raises IndexDamagedError: when the file is malformed or holds another number of vectors.
    """
    path = folder / VECTORS
    found = mapped(path, kind=np.float32, shape=(None, None))
    if len(found) != count or not 0 < found.shape[1] <= _LARGEST_DIMENSION:
        raise IndexDamagedError(
            f"{path} does not hold the {count} vectors that the manifest promises"
        )
    matrix: FloatMatrix = np.ascontiguousarray(found, dtype=np.float32)
    if not np.isfinite(np.vdot(matrix, matrix)):
        raise IndexDamagedError(f"{path} holds what is no number")
    return ENGINES[engine](matrix)
