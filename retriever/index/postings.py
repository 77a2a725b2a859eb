"""Which rows hold which terms, and how often: the inverted file of a lexical index.

The first two arrays are those of bm25s, in its order: the postings of a term stand together, by
row, and terms by their number. Where those of each begin is in memory; a question reads the
postings of its own terms, and only builds go through the map of all.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retriever.errors import IndexDamagedError
from retriever.index.memory_maps import mapped
from retriever.index.vocabulary import Vocabulary
from retriever.records.arrays import AnyArray, IntVector

STARTS = "indptr.csc.index.npy"  # where the postings of each term begin, and the last ones end
ROWS = "indices.csc.index.npy"
COUNTS = "counts.npy"  # read when the next generation is made, and where mentions are counted
# Numbers compared at once where two indexes are.
_COMPARED_AT_ONCE = 1 << 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """The postings of all terms: ``rows`` and ``counts``, both ``(postings,) int32``.

    Those of term ``n`` stand from ``starts[n]`` to ``starts[n + 1]``.
    """

    vocabulary: Vocabulary
    starts: IntVector
    rows: IntVector
    counts: IntVector

    def extent(self, term: str) -> tuple[int, int]:
        """Return from where to where the postings of a term reach; nowhere if it is unknown.

        :raises IndexDamagedError: when the file has changed since it was opened, and they do not.
        """
        number = self.vocabulary.number(term)
        if number is None:
            return 0, 0
        start, end = int(self.starts[number]), int(self.starts[number + 1])
        if not 0 <= start < end <= len(self.rows):
            raise IndexDamagedError(f"{STARTS} of an index no longer fits its {ROWS}: build anew")
        return start, end

    def hold_the_same(self, other: "Postings") -> bool:
        """Tell whether both have the same terms in the same rows."""
        return (
            len(self.vocabulary) == len(other.vocabulary)
            and all(a == b for a, b in zip(self.vocabulary, other.vocabulary, strict=True))
            and are_equal(self.starts, other.starts)
            and are_equal(self.rows, other.rows)
        )


def are_equal(one: AnyArray, other: AnyArray) -> bool:
    """Compare arrays part by part, without a bit in memory for each number."""
    return len(one) == len(other) and all(
        np.array_equal(one[at : at + _COMPARED_AT_ONCE], other[at : at + _COMPARED_AT_ONCE])
        for at in range(0, len(one), _COMPARED_AT_ONCE)
    )


def load_postings(folder: Path) -> Postings:
    """Map the postings in ``folder``; of the rows only those are looked at that are asked for.

    :raises IndexDamagedError: when a file is malformed or the files do not fit each other.
    """
    vocabulary = Vocabulary.load(folder)
    starts = np.array(mapped(folder / STARTS, kind=np.int64, shape=(None,)))
    rows = mapped(folder / ROWS, kind=np.int32, shape=(None,))
    counts = mapped(folder / COUNTS, kind=np.int32, shape=(len(rows),))
    fits = (
        len(starts) == len(vocabulary) + 1
        and starts[0] == 0
        and starts[-1] == len(rows)
        and np.all(np.diff(starts) > 0)
    )
    if not fits:
        raise IndexDamagedError(f"{folder / STARTS} does not fit the terms and rows beside it")
    return Postings(
        vocabulary=vocabulary,
        starts=starts,
        rows=np.asarray(rows),
        counts=np.asarray(counts),
    )
