"""Unit vectors in eight bits a number: those of sentences and of titles.

384 bytes each on disk, where a question reads only those it looks at.
"""

import numpy as np

from retriever.index.dot_products import row_cosines
from retriever.index.stored_arrays import StoredArray
from retriever.records.arrays import Codes, FloatMatrix, FloatVector, RowNumbers

# No number of a passage or sentence of squad2 passes 0.3; beyond 0.5 it would be clipped. Rounding
# changes a cosine by 0.001 (standard deviation), at the most by 0.005 (20,000 pairs of squad2).
SCALE = 254


class QuantizedVectors:
    """Vectors by row; one of zeros is near to nothing."""

    def __init__(self, codes: Codes) -> None:
        """Take codes as :func:`quantised` makes them, ``(n, dimension) int8``."""
        self._stored = StoredArray(codes)

    def __len__(self) -> int:
        """Return how many vectors there are."""
        return len(self._stored.array)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._stored.array.shape[1])

    @property
    def codes(self) -> Codes:
        """The stored codes of all vectors, ``(n, dimension) int8``."""
        return self._stored.array

    def cosines(self, query: FloatVector, rows: RowNumbers) -> FloatVector:
        """Return the cosine of ``query`` with each vector of ``rows``, ``(len(rows),)``."""
        return row_cosines(self._stored.take(rows).astype(np.float32), query) / np.float32(SCALE)


def quantised(vectors: FloatMatrix) -> Codes:
    """Return unit vectors as eight-bit codes, ``(n, dimension) int8``."""
    return np.clip(np.rint(vectors * SCALE), -127, 127).astype(np.int8)
