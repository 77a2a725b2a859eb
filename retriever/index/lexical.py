"""The lexical channel: BM25 over passage words, with the scores of bm25s.

Scores are those of Lucene's BM25 (Robertson and Zaragoza 2009, doi:10.1561/1500000019, with
Lucene's non-negative idf), worked out for each posting when the index is written, as bm25s does
(Lù 2024, arXiv:2407.03618): the files are its arrays, and its scores to the last bit. bm25s itself
makes an index of what it holds in memory whole, and reads SciPy first; so it is not asked, but what
the tests compare with. Nothing is pickled, and nothing is read before it is asked for.
"""

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from retriever.errors import IndexDamagedError
from retriever.index.memory_maps import mapped
from retriever.index.postings import ROWS, Postings, are_equal, load_postings
from retriever.index.stored_arrays import StoredArray
from retriever.index.vocabulary import Vocabulary
from retriever.records.arrays import DoubleVector, FloatVector, IntVector, RowNumbers

# bm25s' own defaults; realtimeqa prefers a flatter b, squad2 a steeper one, neither by a point.
K1 = 1.2
B = 0.75

SCORES = "data.csc.index.npy"  # of each posting
TEXT_LENGTHS = "lengths.npy"  # of each row, in terms


class LexicalIndex:
    """Words of all passages, row number = passage number; threads may share it."""

    def __init__(
        self, folder: Path, postings: Postings, scores: FloatVector, lengths: IntVector
    ) -> None:
        """Wrap what was found in ``folder``."""
        self._folder = folder
        self._scores, self._rows = StoredArray(scores), StoredArray(postings.rows)
        self.postings = postings
        self.lengths = lengths

    @classmethod
    def load(cls, folder: Path, *, count: int) -> "LexicalIndex":
        """Map the index in ``folder``, which must be of ``count`` passages.

        :raises IndexDamagedError: when a file is malformed or the counts differ.
        """
        postings = load_postings(folder)
        scores = mapped(folder / SCORES, kind=np.float32, shape=(len(postings.rows),))
        lengths = mapped(folder / TEXT_LENGTHS, kind=np.int32, shape=(None,))
        if len(lengths) != count:
            raise IndexDamagedError(f"{folder} does not hold {count} passages")
        return cls(folder, postings, np.asarray(scores), np.asarray(lengths))

    def __len__(self) -> int:
        """Return how many passages there are."""
        return len(self.lengths)

    def __contains__(self, term: str) -> bool:
        """Tell whether any passage holds ``term``."""
        return self.vocabulary.number(term) is not None

    def __eq__(self, other: object) -> bool:
        """Tell whether both give every passage the same score for every question."""
        if not isinstance(other, LexicalIndex):
            return NotImplemented
        return (
            len(self) == len(other)
            and self.postings.hold_the_same(other.postings)
            and are_equal(self._scores.array, other._scores.array)
        )

    __hash__ = None  # type: ignore[assignment]  # equal by content, and content is large

    def scores(self, terms: Sequence[str], emphasis: Sequence[float]) -> FloatVector:
        """Return the BM25 score of every passage, ``(n,) float32``; 0 where no term occurs.

        Each term counts ``emphasis`` times what it would.

        :raises IndexDamagedError: when what is stored of a term is no score of a passage.
        """
        total = np.zeros(len(self), dtype=np.float32)
        for term, weight in zip(terms, emphasis, strict=True):
            self._add(total, term, weight)
        return total

    def bound(self, terms: Sequence[str], emphasis: Sequence[float]) -> float:
        """Return the score that a text full of all known terms approaches; 0 when none is known."""
        known = zip(terms, emphasis, strict=True)
        return sum(own * self.rarity(term) for term, own in known if term in self)

    def rarity(self, term: str) -> float:
        """Return the term's inverse document frequency as Lucene computes it, never negative."""
        return inverse_frequency(self.document_frequency(term), texts=len(self))

    def document_frequency(self, term: str) -> int:
        """Return how many passages hold ``term``."""
        start, end = self.postings.extent(term)
        return end - start

    def rows_of(self, term: str) -> RowNumbers:
        """Return the rows of the passages that hold ``term``, ascending.

        :raises IndexDamagedError: when one is none of the index.
        """
        start, end = self.postings.extent(term)
        rows: RowNumbers = self._rows.part(start, end).astype(np.int64)
        if len(rows) and not 0 <= rows.min() <= rows.max() < len(self):
            raise self._points_outside()
        return rows

    @property
    def vocabulary(self) -> Vocabulary:
        """The terms by their looks."""
        return self.postings.vocabulary

    def _add(self, total: FloatVector, term: str, weight: float) -> None:
        """Add what a term gives the passages that hold it; no other is touched."""
        start, end = self.postings.extent(term)
        scores = np.float32(weight) * self._scores.part(start, end)
        if not np.isfinite(scores.sum()):
            raise IndexDamagedError(f"{self._folder / SCORES} holds what is no score")
        # Without a sign, so that no row counts from the end.
        rows = self._rows.part(start, end).view(np.uint32)
        try:
            np.add.at(total, rows, scores)
        except IndexError as error:
            raise self._points_outside() from error

    def _points_outside(self) -> IndexDamagedError:
        return IndexDamagedError(f"{self._folder / ROWS} names passages that are not there")


def inverse_frequency(frequency: int, *, texts: int) -> float:
    """Return Lucene's inverse document frequency of a term that so many of all texts hold."""
    return math.log(1 + (texts - frequency + 0.5) / (frequency + 0.5))


def length_norms(lengths: IntVector) -> DoubleVector:
    """Return what the length of each text adds to a count in BM25's divisor, ``(n,)``."""
    norms: DoubleVector = K1 * ((1 - B) + B * lengths / lengths.mean(dtype=np.float64))
    return norms
