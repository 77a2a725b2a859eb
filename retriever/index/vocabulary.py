"""The terms of a lexical index, in an order in which both searches are short.

Terms stand by their length in letters, those of one length in the order of their characters, and a
term's place is its number. So a term is found by halving, and all that begin with the same letter
and are equally long, which may be misspellings of each other, stand side by side.

Distances are optimal string alignment (Damerau's four errors: a letter too many, too few, another
one, or two swapped) as rapidfuzz counts them.
"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from retriever.errors import IndexDamagedError
from retriever.index.memory_maps import mapped
from retriever.records.arrays import IntTable

LETTERS = "terms.npy"  # all terms in UTF-8, one behind the other
BORDERS = "term-borders.npy"  # where in that each begins, and where the last one ends
LENGTHS = "term-lengths.npy"  # each length, and the number of the first term that is as long

# Shorter terms are too near to too many others to be taken for a misspelling of one.
SHORTEST_RESPELT = 5
SHORTEST_NAME = 3  # unless they are names that sound the same
# Terms decoded at once where all are gone through.
DECODED_AT_ONCE = 4_096
# Terms whose number is remembered, and groups of like terms: at a million passages a group has
# some ten thousand terms, half a MB.
NUMBERS_CACHED, GROUPS_CACHED = 4_096, 32


class Vocabulary:
    """The terms of an index; threads may share it."""

    def __init__(self, terms: "_StoredTerms") -> None:
        """Look things up in ``terms``."""
        self._terms = terms
        # The caches refer to the terms, not to this object, so that both go with the last question.
        self.number = lru_cache(maxsize=NUMBERS_CACHED)(terms.number)
        self._alike = lru_cache(maxsize=GROUPS_CACHED)(terms.alike)

    @classmethod
    def load(cls, folder: Path) -> "Vocabulary":
        """Read the terms in ``folder``.

        :raises IndexDamagedError: when the files are malformed or do not fit each other.
        """
        return cls(_StoredTerms(folder))

    def __len__(self) -> int:
        """Return how many terms there are."""
        return len(self._terms)

    def __iter__(self) -> Iterator[str]:
        """Yield every term in the order of its number."""
        for first, end, length in self._terms.groups():
            for start in range(first, end, DECODED_AT_ONCE):
                yield from self._terms.decoded(start, min(start + DECODED_AT_ONCE, end), length)

    def beginning(self, prefix: str) -> Iterator[tuple[int, int]]:
        """Yield between which numbers the terms stand that begin with ``prefix``, by length."""
        yield from self._terms.beginning(prefix)

    def near(
        self, term: str, *, edits: int, shortest: int = SHORTEST_RESPELT
    ) -> Iterator[tuple[str, int]]:
        """Yield each other term with the same first letter at most ``edits`` away, and how far.

        Terms with a digit and those of fewer letters than ``shortest``, or than
        :data:`SHORTEST_NAME`, are left out. They come by length, then in the order of their
        characters.
        """
        least = max(shortest, SHORTEST_NAME, len(term) - edits)
        for length in range(least, len(term) + edits + 1):
            found = process.extract(
                term,
                self._alike(term[0], length),
                scorer=OSA.distance,
                score_cutoff=edits,
                limit=None,
            )
            yield from sorted((other, int(distance)) for other, distance, _ in found if distance)


class _StoredTerms:
    """The files, and where in them a term stands."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # In memory, where nobody can cut them short: 10 MB for a million passages.
        letters = np.array(mapped(folder / LETTERS, kind=np.uint8, shape=(None,)))
        borders = np.array(mapped(folder / BORDERS, kind=np.int64, shape=(None,)))
        self._lengths = np.array(mapped(folder / LENGTHS, kind=np.int64, shape=(None, 2)))
        fits = (
            len(borders) > 0
            and borders[0] == 0
            and borders[-1] == len(letters)
            and np.all(np.diff(borders) > 0)
            and _are_ascending(self._lengths, most=len(borders) - 1)
        )
        if not fits:
            raise self._damaged("do not fit each other")
        # Which give whole numbers and bytes quicker than arrays do.
        self._letters, self._borders = letters.data, borders.data

    def __len__(self) -> int:
        return len(self._borders) - 1

    def number(self, term: str) -> int | None:
        """Return the number of a term, or nothing for one that is not there."""
        wanted = term.encode("utf-8", "surrogatepass")
        first, end = self._extent(len(term))
        number = bisect_left(range(first, end), wanted, key=self._bytes) + first
        return number if number < end and self._bytes(number) == wanted else None

    def alike(self, letter: str, length: int) -> list[str]:
        """Return the terms of ``length`` letters, and nothing but letters, that begin with one."""
        start = letter.encode("utf-8", "surrogatepass")
        first, end = self._extent(length)
        numbers = range(first, end)
        begin = bisect_left(numbers, start, key=self._bytes)
        after = bisect_left(numbers, start + b"\xff", key=self._bytes)
        found = self.decoded(first + begin, first + after, length)
        return [term for term in found if term.isalpha()]

    def beginning(self, prefix: str) -> Iterator[tuple[int, int]]:
        """Yield from where to where the terms of each length begin with ``prefix``."""
        start = prefix.encode("utf-8", "surrogatepass")
        for first, end, _ in self.groups():
            numbers = range(first, end)
            begin = bisect_left(numbers, start, key=self._bytes)
            after = bisect_left(numbers, start + b"\xff", key=self._bytes)
            if begin < after:
                yield first + begin, first + after

    def groups(self) -> Iterator[tuple[int, int, int]]:
        """Yield the numbers between which the terms of one length stand, and the length."""
        table = self._lengths.tolist()
        ends = [*(first for _, first in table[1:]), len(self)]
        for (length, first), end in zip(table, ends, strict=False):
            yield first, end, length

    def decoded(self, first: int, end: int, length: int) -> list[str]:
        """Return terms by their numbers, all of which have ``length`` letters."""
        try:
            text = bytes(self._letters[self._borders[first] : self._borders[end]]).decode()
        except UnicodeDecodeError as error:
            raise self._damaged(str(error)) from error
        return [text[at : at + length] for at in range(0, len(text), length)]

    def _extent(self, length: int) -> tuple[int, int]:
        """Return the numbers between which the terms of a length stand."""
        row = int(np.searchsorted(self._lengths[:, 0], length))
        if row == len(self._lengths) or self._lengths[row, 0] != length:
            return 0, 0
        end = self._lengths[row + 1, 1] if row + 1 < len(self._lengths) else len(self)
        return int(self._lengths[row, 1]), int(end)

    def _bytes(self, number: int) -> bytes:
        return bytes(self._letters[self._borders[number] : self._borders[number + 1]])

    def _damaged(self, reason: str) -> IndexDamagedError:
        files = f"{LETTERS}, {BORDERS} and {LENGTHS}"
        return IndexDamagedError(f"the terms in {self._folder} ({files}) {reason}")


def _are_ascending(lengths: IntTable, *, most: int) -> bool:
    """Tell whether lengths and first numbers rise from one letter and the number 0."""
    if not len(lengths):
        return most == 0
    return bool(
        lengths[0, 0] > 0
        and lengths[0, 1] == 0
        and lengths[-1, 1] < most
        and np.all(np.diff(lengths, axis=0) > 0)
    )
