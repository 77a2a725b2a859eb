"""The lexical channel: BM25 over passage words, by bm25s.

Scores are those of Lucene's BM25 (Robertson and Zaragoza 2009, doi:10.1561/1500000019, with
Lucene's non-negative idf). Nothing is pickled: arrays are ``.npy`` files, the vocabulary JSON.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import bm25s
import numpy as np

from retriever.errors import IndexDamagedError
from retriever.index.memory_maps import mapped
from retriever.index.vocabulary import Vocabulary
from retriever.records.arrays import FloatVector, RowNumbers

# bm25s' own defaults; realtimeqa prefers a flatter b, squad2 a steeper one, neither by a point.
K1 = 1.2
B = 0.75

METHOD = {
    "k1": K1,
    "b": B,
    "method": "lucene",
    "idf_method": "lucene",
    "dtype": "float32",
    "int_dtype": "int32",
    "backend": "numpy",
}

ARRAYS: dict[str, type[np.number[Any]]] = {
    "data.csc.index.npy": np.float32,
    "indices.csc.index.npy": np.int32,
    "indptr.csc.index.npy": np.int64,
}


class LexicalIndex:
    """Words of all passages, row number = passage number."""

    def __init__(self, bm25: bm25s.BM25, count: int) -> None:
        """Wrap an index of ``count`` passages."""
        self._bm25 = bm25
        self._count = count

    @classmethod
    def load(cls, folder: Path, *, count: int) -> "LexicalIndex":
        """Read what :meth:`save` wrote; it must hold ``count`` passages.

        :raises IndexDamagedError: when a file is malformed or the counts differ.
        """
        for name, kind in ARRAYS.items():
            mapped(folder / name, kind=kind, shape=(None,))  # bm25s reads whatever it is given
        try:
            # What a file says of the method is not taken: others read more files, unlooked at.
            bm25 = bm25s.BM25.load(folder, show_progress=False, override_params=METHOD)
            fits = _is_consistent(bm25, count)
        except (
            OSError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            RecursionError,
            MemoryError,
        ) as error:
            raise IndexDamagedError(f"{folder} is not a lexical index ({error})") from error
        if not fits:
            raise IndexDamagedError(f"{folder} does not hold {count} passages")
        return cls(bm25, count)

    def save(self, folder: Path) -> None:
        """Write the index into ``folder``."""
        self._bm25.save(folder, show_progress=False)

    def __contains__(self, term: str) -> bool:
        """Tell whether any passage holds ``term``."""
        return term != "" and term in self._bm25.vocab_dict

    def __eq__(self, other: object) -> bool:
        """Tell whether both give every passage the same score for every question."""
        if not isinstance(other, LexicalIndex):
            return NotImplemented
        own, others = self._bm25, other._bm25
        return own.vocab_dict == others.vocab_dict and all(
            np.array_equal(own.scores[part], others.scores[part])
            for part in ("data", "indices", "indptr", "num_docs")
        )

    __hash__ = None  # type: ignore[assignment]  # equal by content, and content is large

    def scores(self, terms: Sequence[str], emphasis: Sequence[float]) -> FloatVector:
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

    def bound(self, terms: Sequence[str], emphasis: Sequence[float]) -> float:
        """Return the score that a text full of all known terms approaches; 0 when none is known."""
        known = zip(terms, emphasis, strict=True)
        return sum(own * self.rarity(term) for term, own in known if term in self)

    def rarity(self, term: str) -> float:
        """Return the term's inverse document frequency as Lucene computes it, never negative."""
        frequency = self.document_frequency(term)
        return float(np.log1p((self._count - frequency + 0.5) / (frequency + 0.5)))

    def document_frequency(self, term: str) -> int:
        """Return how many passages hold ``term``."""
        start, end = self._extent(term)
        return end - start

    def rows_of(self, term: str) -> RowNumbers:
        """Return the rows of the passages that hold ``term``, ascending."""
        start, end = self._extent(term)
        rows: RowNumbers = np.sort(self._bm25.scores["indices"][start:end]).astype(np.int64)
        return rows

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The terms by their looks, sorted when first asked for."""
        return Vocabulary(self._bm25.vocab_dict)

    def _extent(self, term: str) -> tuple[int, int]:
        """Return from where to where the postings of ``term`` reach."""
        if term not in self:
            return 0, 0
        number = self._bm25.vocab_dict[term]
        start, end = self._bm25.scores["indptr"][number : number + 2].tolist()
        return start, end


class TermCounter:
    """The terms of passages, in the order of their rows: four bytes each until all are there."""

    def __init__(self) -> None:
        """Begin without a passage."""
        self.vocab: dict[str, int] = {}
        self.ids = _NumberLists()

    def add(self, terms: Sequence[str]) -> None:
        """Take the terms of the next passage."""
        # A passage without a word holds the empty one: bm25s fails when no passage has any.
        found = [self.vocab.setdefault(term, len(self.vocab)) for term in terms or [""]]
        self.ids.add(found)

    def index(self) -> LexicalIndex:
        """Index what was taken."""
        # Gives what numpy's sorting gives, and takes a KB less for each passage meanwhile.
        bm25 = bm25s.BM25(**METHOD, csc_backend="scipy")
        bm25.index(self, create_empty_token=False, show_progress=False)  # reads ids and vocab
        bm25.scores["indptr"] = bm25.scores["indptr"].astype(np.int64)
        return LexicalIndex(bm25, len(self.ids))


class _NumberLists:
    """Many short lists of numbers, one behind the other."""

    def __init__(self) -> None:
        self._numbers, self._ends = array("i"), array("q", [0])

    def add(self, numbers: Iterable[int]) -> None:
        self._numbers.extend(numbers)
        self._ends.append(len(self._numbers))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[Sequence[int]]:
        return (self._numbers[start:end] for start, end in pairwise(self._ends))


def _is_consistent(bm25: bm25s.BM25, count: int) -> bool:
    """Tell whether the parts agree with each other: no term points outside them."""
    scores, terms = bm25.scores, len(bm25.vocab_dict)
    pointers, rows = scores["indptr"], scores["indices"]
    return bool(
        scores["num_docs"] == count
        and set(bm25.vocab_dict.values()) == set(range(terms))
        and len(pointers) == terms + 1
        and pointers[0] == 0
        and pointers[-1] == len(rows) == len(scores["data"])
        and np.all(np.diff(pointers) >= 0)
        and np.all((rows >= 0) & (rows < count))
        and np.isfinite(scores["data"].sum())
    )
