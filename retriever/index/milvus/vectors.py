"""A generation's vectors as a collection in Milvus, and how they are searched there.

The vectors stay in the generation's own file as well, mapped and not held in memory. Milvus finds
which rows are near; their cosines are worked out from the file. So an answer does not depend on
what Milvus rounds, and a collection that holds other vectors is found out.
"""

import time
from collections.abc import Callable

import numpy as np

from retriever.errors import IndexUnreachableError, IndexUnusableError
from retriever.index.dot_products import nearest_first, row_cosines
from retriever.index.milvus.connection import WRITTEN_AT_ONCE, MilvusConnection
from retriever.index.stored_arrays import StoredArray
from retriever.records.arrays import FloatMatrix, FloatVector, RowNumbers

# The most rows that Milvus gives at once.
MOST = 16_384
# Rows asked for beyond those wanted: those of equal cosine are put in order here.
MARGIN = 28
# How many rows the search in the graph looks at, for each that is asked for; what recall that
# gives stands in tests/benchmarks/README.md.
EFFORT = 4
LEAST_EFFORT = 256
# A subset of so many rows is scanned in the file instead: exact, and no slower.
SCANNED = 20_000
_AT_ONCE = 65_536
# Milvus adds up in another order.
SAME_COSINE = 1e-3
_SAMPLED = 16
# Seconds that a build waits for a server that restarts: what was written need not be again.
WAITED = 90.0
_PAUSE = 2.0


class MilvusVectors:
    """A :class:`~retriever.index.vectors.VectorIndex` that a server searches."""

    def __init__(self, connection: MilvusConnection, name: str, matrix: FloatMatrix) -> None:
        """Search the collection ``name`` of the rows of ``matrix``, read in its file."""
        self._connection = connection
        self._name = name
        self._stored = StoredArray(matrix)

    def __len__(self) -> int:
        """Return how many passages are indexed."""
        return len(self._stored.array)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._stored.array.shape[1])

    def matrix(self) -> FloatMatrix:
        """Return all vectors, ``(n, dimension) float32``, mapped."""
        return self._stored.array

    def take(self, rows: RowNumbers) -> FloatMatrix:
        """Return the vectors of some rows, ``(len(rows), dimension) float32``."""
        return self._stored.take(rows)

    def cosines(self, query: FloatVector, rows: RowNumbers) -> FloatVector:
        """Return the cosine of ``query`` with each of ``rows``, ``(len(rows),) float32``."""
        return row_cosines(self.take(rows), query)

    def search(
        self, query: FloatVector, *, k: int, rows: RowNumbers | None = None
    ) -> tuple[RowNumbers, FloatVector]:
        """Return the ``k`` rows nearest to ``query`` and their cosines, ties in order of rows.

        Among ``rows`` the search is as exact as it is without them: what Milvus finds is kept as
        far as it is among them, and where that is too little they are scanned.

        :raises IndexUnreachableError: when the server does not answer in time.
        :raises IndexUnusableError: when its collection is gone or holds something else.
        """
        count = len(self) if rows is None else len(rows)
        wanted = min(k, count)
        if wanted < 1:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        if rows is not None and count <= SCANNED:
            return self._scan(query, wanted, rows)
        limit = (wanted + MARGIN) * len(self) // count
        while limit <= MOST:
            asked = min(limit, len(self))
            found, cosines = self._nearest(query, asked)
            if len(found) < asked:  # a graph of many equal vectors may not reach them all
                break
            last = cosines[-1]
            if rows is not None:
                among = np.isin(found, rows)
                found, cosines = found[among], cosines[among]
            # As good as the last one that was found there may be others.
            if len(found) >= wanted and (cosines[wanted - 1] > last or limit >= len(self)):
                return found[:wanted], cosines[:wanted]
            limit *= 4
        return self._scan(query, wanted, np.arange(len(self)) if rows is None else rows)

    def _nearest(self, query: FloatVector, limit: int) -> tuple[RowNumbers, FloatVector]:
        """Return what Milvus finds, by falling cosine, equal ones by row."""
        effort = min(max(LEAST_EFFORT, EFFORT * limit), 2 * MOST)
        rows, told = self._connection.nearest(self._name, query, limit=limit, effort=effort)
        if len(rows) and not 0 <= rows.min() <= rows.max() < len(self):
            raise _damaged(self._name, "holds rows that the index has not")
        cosines = self.cosines(query, rows)
        if not np.allclose(cosines, told, atol=SAME_COSINE):
            raise _damaged(self._name, "holds other vectors than the index")
        return nearest_first(rows, cosines)

    def _scan(
        self, query: FloatVector, wanted: int, rows: RowNumbers
    ) -> tuple[RowNumbers, FloatVector]:
        """Return the best of ``rows``, each of which is looked at."""
        parts = [
            self.cosines(query, rows[start : start + _AT_ONCE])
            for start in range(0, len(rows), _AT_ONCE)
        ]
        return nearest_first(rows, np.concatenate(parts), wanted)


def upload(
    connection: MilvusConnection, name: str, matrix: FloatMatrix, step: Callable[[int, int], None]
) -> None:
    """Make the collection ``name`` of the rows of ``matrix``; ``step`` is told how many.

    :raises IndexUnreachableError: when the server does not answer in time.
    :raises IndexUnusableError: when it did not take all that was written.
    """
    connection.create(name, matrix.shape[1])
    for first in range(0, len(matrix), WRITTEN_AT_ONCE):
        step(first, len(matrix))
        _write(connection, name, first, np.asarray(matrix[first : first + WRITTEN_AT_ONCE]))
    step(len(matrix), len(matrix))
    connection.complete(name, lambda: step(len(matrix), len(matrix)))
    if problem := collection_problem(connection, name, matrix):
        raise _damaged(name, problem)


def _write(connection: MilvusConnection, name: str, first: int, vectors: FloatMatrix) -> None:
    """Write some rows; a server that restarts meanwhile is waited for."""
    end = time.monotonic() + WAITED
    while True:
        try:
            connection.write(name, first, vectors)
        except IndexUnreachableError:
            if time.monotonic() > end:
                raise
            time.sleep(_PAUSE)
        else:
            return


def collection_problem(connection: MilvusConnection, name: str, matrix: FloatMatrix) -> str | None:
    """Return why a collection is not that of ``matrix``, or nothing: its rows, and some of them."""
    dimension = connection.dimension(name)
    if dimension is None:
        return "is not there"
    if dimension != matrix.shape[1]:
        return f"has vectors of {dimension} numbers where {matrix.shape[1]} belong"
    connection.load(name)
    if (count := connection.count(name)) != len(matrix):
        return f"holds {count} vectors where {len(matrix)} belong"
    rows = np.unique(np.linspace(0, len(matrix) - 1, _SAMPLED).astype(np.int64))
    held = connection.vectors(name, rows)
    if any(
        row not in held or not np.allclose(held[row], matrix[row], atol=1e-5)
        for row in rows.tolist()
    ):
        return "holds other vectors than the index"
    return None


def _damaged(name: str, problem: str) -> IndexUnusableError:
    return IndexUnusableError(
        f"the collection {name} in Milvus {problem}; put it right, without encoding anything "
        "again, with: quotidian build CORPUS"
    )
