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
from retriever.records.arrays import IntVector

STARTS = "indptr.csc.index.npy"  # where the postings of each term begin, and the last ones end
ROWS = "indices.csc.index.npy"
COUNTS = "counts.npy"  # only read when the next generation is made


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
        # Slices of a map are maps, which cost more to make than a term takes to be scored.
        starts=starts,
        rows=np.asarray(rows),
        counts=np.asarray(counts),
    )
