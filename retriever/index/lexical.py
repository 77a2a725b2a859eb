"""The lexical channel: BM25 over passage words, by bm25s.

Scores are those of Lucene's BM25 (Robertson and Zaragoza 2009, doi:10.1561/1500000019, with
Lucene's non-negative idf). Nothing is pickled: arrays are ``.npy`` files, the vocabulary JSON.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from retriever.errors import IndexDamagedError

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

# bm25s' own defaults; realtimeqa prefers a flatter b, squad2 a steeper one, neither by a point.
K1 = 1.2
B = 0.75


class LexicalIndex:
    """Words of all passages, row number = passage number."""

    def __init__(self, bm25: bm25s.BM25, count: int) -> None:
        """Wrap an index of ``count`` passages."""
        self._bm25 = bm25
        self._count = count

    @classmethod
    def of(cls, passages: Iterable[list[str]]) -> "LexicalIndex":
        """Index the terms of each passage."""
        terms = [found or [""] for found in passages]  # bm25s fails when no passage has a word
        bm25 = bm25s.BM25(k1=K1, b=B, method="lucene")
        bm25.index(terms, show_progress=False)
        return cls(bm25, len(terms))

    @classmethod
    def load(cls, folder: Path, *, count: int) -> "LexicalIndex":
        """Read what :meth:`save` wrote; it must hold ``count`` passages.

        :raises IndexDamagedError: when a file is malformed or the counts differ.
        """
        try:
            bm25 = bm25s.BM25.load(folder, show_progress=False)
        except (OSError, ValueError, KeyError, TypeError) as error:
            message = f"{folder} is not a lexical index ({error}); quotidian build --full mends it"
            raise IndexDamagedError(message) from error
        if bm25.scores["num_docs"] != count:
            message = f"{folder} does not hold {count} passages; quotidian build --full mends it"
            raise IndexDamagedError(message)
        return cls(bm25, count)

    def save(self, folder: Path) -> None:
        """Write the index into ``folder``."""
        self._bm25.save(folder, show_progress=False)

    def __len__(self) -> int:
        """Return how many passages are indexed."""
        return self._count

    def __contains__(self, term: str) -> bool:
        """Tell whether any passage holds ``term``."""
        return term in self._bm25.vocab_dict

    def scores(self, terms: Sequence[str], emphasis: Sequence[float]) -> Floats:
        """Return the BM25 score of every passage, ``(n,) float32``; 0 where no term occurs.

        Each term counts ``emphasis`` times what it would.
        """
        total = np.zeros(self._count, dtype=np.float32)
        for weight in sorted(set(emphasis)):
            group = [
                term
                for term, own in zip(terms, emphasis, strict=True)
                if own == weight and term in self
            ]
            if group:
                total += np.float32(weight) * self._bm25.get_scores(group)
        return total

    def document_frequency(self, term: str) -> int:
        """Return how many passages hold ``term``."""
        number = self._bm25.vocab_dict.get(term)
        if number is None:
            return 0
        pointers = self._bm25.scores["indptr"]
        return int(pointers[number + 1] - pointers[number])
