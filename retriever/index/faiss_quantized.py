"""A scan of four-bit codes by FAISS, whose best rows are compared anew in full precision.

A product quantiser takes four numbers of a vector at a time to the nearest of 16 fours, so that 384
numbers are 48 bytes; FAISS looks 32 rows up at once (André, Kermarrec and Le Scouarnec 2015,
doi:10.14778/2856318.2856324). The vectors themselves stay on disk and are mapped: a question
touches the :data:`SHORTLIST` that its codes put first. There is no graph and there are no lists, so
nothing has to be tuned, every row is looked at, and a rebuild only encodes.

Codes are written beside the vectors when an index is built: 1,000,000 of 384 numbers take 5 s of
CPU, and 48 MB of memory once they are open. Measured there, for 100 rows of a question, 1 being an
exact scan (56 ms of CPU): codes of fours with 2,000 compared .043, of threes with 1,000 .096, of
pairs .10; recall@10 .999, 1, 1 and recall@100 .999, .998, 1. On 22,372 real passages .41 and 1.0.
"""

from collections.abc import Iterator
from pathlib import Path

import faiss
import numpy as np

from retriever.errors import IndexDamagedError
from retriever.index.dot_products import nearest_first, row_cosines
from retriever.index.faiss_flat import use_one_thread
from retriever.index.memory_maps import mapped
from retriever.index.stored_arrays import StoredArray
from retriever.records.arrays import ByteCodes, FloatMatrix, FloatVector, RowNumbers

CODES = "vector-codes.npy"  # (n, bytes) uint8: two codes a byte
CENTROIDS = "vector-centroids.npy"  # (parts, 16, numbers of a part) float32
# Of 1,000,000 vectors the best 10 and the best 100 are to .990 and .940 among the first 300 codes,
# to .999 and .994 among 1,000, to .999 and .999 among 2,000.
SHORTLIST = 2_000
# A filter that lets less through than one row in so many is answered by a scan of its rows alone:
# of 1,000,000 vectors 30,000 here and there take 21 ms of CPU, and the best 4,000, 16,000 and
# 64,000 codes of all 2.1, 3.0 and 5.8 ms. Where too few of those pass, so many times as many are
# found: with half of the articles let through 11 ms, recall@10 1 and @100 .98 (exactly: 110 ms).
MOST_LEFT_OUT, ONCE_MORE = 32, 8
_BITS = 4
_NUMBERS_OF_A_PART = 4
_TRAINED_ON = 16_384  # rows, evenly spread; 16 fours need no more
_AT_ONCE = 8_192  # rows in memory while all are read


class FaissQuantized:
    """A :class:`~retriever.index.vectors.VectorIndex` of codes in memory and vectors on disk."""

    def __init__(self, matrix: FloatMatrix, codes: faiss.IndexPQFastScan | None = None) -> None:
        """Take the rows of ``matrix``, ``(n, dimension) float32`` of unit length, and keep it.

        Their codes are made here unless they are given.
        """
        self._stored = StoredArray(matrix)
        if codes is None and len(matrix) > SHORTLIST:
            quantizer = _trained(matrix)
            codes = _packed(quantizer, np.concatenate([*_encoded(matrix, quantizer)]))
        self._codes = codes

    @classmethod
    def load(cls, matrix: FloatMatrix, folder: Path) -> "FaissQuantized":
        """Return the index of ``matrix`` with the codes that :func:`write_codes` wrote.

        :raises IndexDamagedError: when they are missing, malformed or of other vectors.
        """
        if len(matrix) <= SHORTLIST:
            return cls(matrix)
        dimension = matrix.shape[1]
        parts = _count_parts(dimension)
        numbers = mapped(
            folder / CENTROIDS, kind=np.float32, shape=(parts, 1 << _BITS, dimension // parts)
        )
        if not np.isfinite(numbers).all():
            raise IndexDamagedError(f"{folder / CENTROIDS} holds what is no number")
        codes = mapped(folder / CODES, kind=np.uint8, shape=(len(matrix), (parts * _BITS + 7) // 8))
        quantizer = _new_quantizer(dimension)
        faiss.copy_array_to_vector(np.array(numbers).ravel(), quantizer.centroids)
        return cls(matrix, _packed(quantizer, codes))

    def __len__(self) -> int:
        """Return how many passages are indexed."""
        return len(self._stored.array)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._stored.array.shape[1])

    def matrix(self) -> FloatMatrix:
        """Return all vectors, ``(n, dimension) float32``, as they were given."""
        return self._stored.array

    def take(self, rows: RowNumbers) -> FloatMatrix:
        """Return the vectors of some rows, ``(len(rows), dimension) float32``."""
        return self._stored.take(rows)

    def search(
        self, query: FloatVector, *, k: int, rows: RowNumbers | None = None
    ) -> tuple[RowNumbers, FloatVector]:
        """Return the ``k`` rows nearest to ``query`` and their cosines, ties in order of rows.

        Of ``rows`` that are few all are compared; of many those of the best codes.
        """
        if k < 1:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        near = self._shortlist(query, max(k, SHORTLIST), rows)
        cosines = self.cosines(query, near)
        if len(near) > k:
            least = np.partition(cosines, -k)[-k]
            near, cosines = near[cosines >= least], cosines[cosines >= least]
        return nearest_first(near, cosines, k)

    def cosines(self, query: FloatVector, rows: RowNumbers) -> FloatVector:
        """Return the cosine of ``query`` with each of ``rows``, ``(len(rows),) float32``.

        :raises IndexDamagedError: when a vector holds what is no number.
        """
        cosines = np.empty(len(rows), dtype=np.float32)
        for start in range(0, len(rows), _AT_ONCE):
            end = start + _AT_ONCE
            cosines[start:end] = row_cosines(self.take(rows[start:end]), query)
        if not np.isfinite(cosines).all():
            raise IndexDamagedError("a vector of the index holds what is no number")
        return cosines

    def _shortlist(self, query: FloatVector, most: int, rows: RowNumbers | None) -> RowNumbers:
        """Return the rows to compare in full precision, ascending."""
        allowed = len(self) if rows is None else len(rows)
        if self._codes is None or allowed <= most or allowed * MOST_LEFT_OUT < len(self):
            return np.arange(len(self)) if rows is None else rows
        if rows is None:
            return np.sort(_best(self._codes, query, most))
        passes = np.zeros(len(self), dtype=bool)
        passes[rows] = True
        wanted = most * len(self) // allowed
        while 2 * wanted <= len(self):
            found = _best(self._codes, query, wanted)
            passing = found[passes[found]][:most]
            if 2 * len(passing) >= most:
                return np.sort(passing)
            wanted *= ONCE_MORE
        # What a question asks for may be just what its filter leaves out.
        return rows


def write_codes(matrix: FloatMatrix, folder: Path) -> None:
    """Write the codes of ``matrix`` into ``folder``, for :meth:`FaissQuantized.load`.

    The same vectors give the same files. A few thousand rows are in memory at once.

    :raises IndexDamagedError: when a vector holds what is no number.
    """
    if len(matrix) <= SHORTLIST:
        return
    quantizer = _trained(matrix)
    parts, dimension = _count_parts(matrix.shape[1]), matrix.shape[1]
    centroids = faiss.vector_to_array(quantizer.centroids)
    np.save(folder / CENTROIDS, centroids.reshape(parts, 1 << _BITS, dimension // parts))
    codes = np.lib.format.open_memmap(
        folder / CODES, mode="w+", dtype=np.uint8, shape=(len(matrix), quantizer.code_size)
    )
    done = 0
    for block in _encoded(matrix, quantizer):
        codes[done : done + len(block)] = block
        done += len(block)
    codes.flush()


def _count_parts(dimension: int) -> int:
    return dimension // _NUMBERS_OF_A_PART if dimension % _NUMBERS_OF_A_PART == 0 else dimension


def _new_quantizer(dimension: int) -> faiss.ProductQuantizer:
    return faiss.ProductQuantizer(dimension, _count_parts(dimension), _BITS)


def _trained(matrix: FloatMatrix) -> faiss.ProductQuantizer:
    quantizer = _new_quantizer(matrix.shape[1])
    step = max(len(matrix) // _TRAINED_ON, 1)
    sample = np.ascontiguousarray(matrix[::step][:_TRAINED_ON])
    if not np.isfinite(sample).all():
        raise IndexDamagedError("a vector to be indexed holds what is no number")
    quantizer.train(sample)
    return quantizer


def _encoded(matrix: FloatMatrix, quantizer: faiss.ProductQuantizer) -> Iterator[ByteCodes]:
    for start in range(0, len(matrix), _AT_ONCE):
        block = np.ascontiguousarray(matrix[start : start + _AT_ONCE])
        if not np.isfinite(block).all():
            raise IndexDamagedError("a vector to be indexed holds what is no number")
        yield quantizer.compute_codes(block)


def _packed(quantizer: faiss.ProductQuantizer, codes: ByteCodes) -> faiss.IndexPQFastScan:
    """Return the codes in the order in which they are scanned; 0.1 s for a million."""
    plain = faiss.IndexPQ(quantizer.d, quantizer.M, _BITS, faiss.METRIC_INNER_PRODUCT)
    plain.pq = quantizer
    plain.is_trained = True
    plain.add_sa_codes(codes)
    return faiss.IndexPQFastScan(plain)  # type: ignore[arg-type]  # SWIG overloads it


def _best(codes: faiss.IndexPQFastScan, query: FloatVector, count: int) -> RowNumbers:
    """Return the rows whose codes are nearest, best first."""
    use_one_thread()
    _, found = codes.search(query.reshape(1, -1), count)
    best: RowNumbers = found[0][found[0] >= 0]
    return best
