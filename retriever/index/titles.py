"""The vectors of the articles' titles, in eight bits a number, by article row.

A passage reads its title as well, but only the title by itself tells whether a question is about
the article's subject. Mapped, not read: a question touches only the titles of its candidates.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retriever.index.arrays import mapped
from retriever.index.sentences import SCALE, Codes

TITLES = "title-vectors.npy"

Matrix = NDArray[np.float32]
Ints = NDArray[np.int64]


class Titles:
    """One vector for each article, zeros, near to nothing, where it has no title."""

    def __init__(self, codes: Codes) -> None:
        """Take codes as ``quantised`` makes them, ``(articles, dimension) int8``."""
        self._codes = codes

    @classmethod
    def load(cls, folder: Path, *, articles: int) -> "Titles":
        """Map what :meth:`save` wrote.

        :raises IndexDamagedError: when the file is malformed or of another length.
        """
        return cls(mapped(folder / TITLES, kind=np.int8, shape=(articles, None)))

    def save(self, folder: Path) -> None:
        """Write the vectors into ``folder``."""
        np.save(folder / TITLES, self._codes, allow_pickle=False)

    def __len__(self) -> int:
        """Return how many articles there are."""
        return len(self._codes)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._codes.shape[1])

    def codes(self) -> Codes:
        """Return the stored codes of all titles, ``(articles, dimension) int8``."""
        return self._codes

    def cosines(self, query: Matrix, articles: Ints) -> Matrix:
        """Return the cosine of ``query`` with each article's title, ``(len(articles),)``."""
        cosines: Matrix = (self._codes[articles].astype(np.float32) @ query) / np.float32(SCALE)
        return cosines
