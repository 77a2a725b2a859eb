"""The dense channel: passage vectors in FAISS, row number = passage number.

An exact inner-product scan of 32-bit vectors. On this project's machine a scan of 100,000
passages takes about 6 ms and holds 154 MB, so nothing coarser is needed until far beyond that.
A filtered question scans only the rows that pass, which is exact and faster than a full scan.
"""

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from retriever.errors import IndexDamagedError

Matrix = NDArray[np.float32]
Rows = NDArray[np.int64]


class Vectors:
    """Unit vectors of all passages, ``(n, dimension) float32``, searched by cosine."""

    def __init__(self, index: faiss.IndexFlat) -> None:
        """Wrap an inner-product index whose vectors have unit length."""
        self._index = index

    @classmethod
    def of(cls, matrix: Matrix) -> "Vectors":
        """Index the rows of ``matrix``, ``(n, dimension) float32`` of unit length."""
        index = faiss.IndexFlatIP(matrix.shape[1])
        index.add(np.ascontiguousarray(matrix))
        return cls(index)

    @classmethod
    def load(cls, path: Path, *, count: int) -> "Vectors":
        """Read what :meth:`save` wrote; it must hold ``count`` vectors.

        :raises IndexDamagedError: when the file is malformed or holds another number of vectors.
        """
        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:
            message = f"{path} is not a vector index; rebuild it with: quotidian build --full"
            raise IndexDamagedError(message) from error
        if not isinstance(index, faiss.IndexFlat) or index.ntotal != count:
            message = (
                f"{path} does not hold the {count} vectors that the manifest promises; "
                "rebuild it with: quotidian build --full"
            )
            raise IndexDamagedError(message)
        return cls(index)

    def save(self, path: Path) -> None:
        """Write the vectors to ``path``."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        """Return how many passages are indexed."""
        return int(self._index.ntotal)

    def matrix(self) -> Matrix:
        """Return all vectors, ``(n, dimension) float32``; a view that lives with this object."""
        flat = faiss.rev_swig_ptr(self._index.get_xb(), self._index.ntotal * self._index.d)
        matrix: Matrix = flat.reshape(self._index.ntotal, self._index.d)
        return matrix

    def search(self, query: Matrix, *, k: int, rows: Rows | None = None) -> tuple[Rows, Matrix]:
        """Return the ``k`` rows nearest to ``query`` (``(dimension,)``) and their cosines.

        Best first, fewer than ``k`` when the index is smaller; only ``rows`` when given. Equal
        cosines come in the order of their rows.
        """
        allowed = np.arange(len(self), dtype=np.int64) if rows is None else rows
        k = min(k, len(allowed))
        if k == 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        found, cosines = self._scan(query, k=k, rows=rows)
        order = np.lexsort((found, -cosines))
        return found[order], cosines[order]

    def cosines(self, query: Matrix, rows: Rows) -> Matrix:
        """Return the cosine of ``query`` with each of ``rows``, ``(len(rows),) float32``."""
        cosines: Matrix = self.matrix()[rows] @ query
        return cosines

    def _scan(self, query: Matrix, *, k: int, rows: Rows | None) -> tuple[Rows, Matrix]:
        parameters = None
        if rows is not None:
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBatch(rows))  # type: ignore[call-arg]  # SWIG adds it
        cosines, found = self._index.search(query.reshape(1, -1), k, params=parameters)
        return found[0], cosines[0]
