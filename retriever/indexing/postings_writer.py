"""Writing postings: terms in the order of a vocabulary, each with the rows that hold it."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retriever.index.postings import COUNTS, ROWS, STARTS
from retriever.index.vocabulary import BORDERS, LENGTHS, LETTERS
from retriever.indexing.array_writer import VectorWriter
from retriever.records.arrays import IntVector, RowNumbers


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingsBlock:
    """Terms that follow each other, and all their postings, term by term, each term's by row.

    ``frequencies[n]`` says how many of the ``rows`` and ``counts`` belong to ``terms[n]``.
    """

    terms: Sequence[str]
    frequencies: IntVector
    rows: RowNumbers
    counts: IntVector


class PostingsWriter:
    """Writes the files of :mod:`retriever.index.postings`; use as a context manager.

    Every method raises :class:`OSError` when the disk does not take what is written.
    """

    def __init__(self, folder: Path) -> None:
        """Begin the files in ``folder``, which is made."""
        folder.mkdir(parents=True)
        self._lengths: list[tuple[int, int]] = []
        self._terms = 0
        self._folder = folder
        with ExitStack() as opened:
            self._files = {
                name: VectorWriter(folder / name, kind=kind)
                for name, kind in (
                    (LETTERS, np.uint8),
                    (BORDERS, np.int64),
                    (STARTS, np.int64),
                    (ROWS, np.int32),
                    (COUNTS, np.int32),
                )
            }
            for file in self._files.values():
                opened.callback(file.close)
            for name in (BORDERS, STARTS):
                self._files[name].append(np.zeros(1, dtype=np.int64))
            self._opened = opened.pop_all()

    def __enter__(self) -> "PostingsWriter":
        """Return itself."""
        return self

    def __exit__(self, *failed: object) -> None:
        """Complete the files, unless an error ended the block, and let go of them."""
        with self._opened:
            if failed[0] is None:
                self._finish()

    def append(self, block: PostingsBlock) -> None:
        """Write what comes next in the order of the vocabulary."""
        self._note_lengths(block.terms)
        written = [term.encode("utf-8", "surrogatepass") for term in block.terms]
        borders = np.cumsum([len(term) for term in written], dtype=np.int64)
        self._files[BORDERS].append(borders + self._files[LETTERS].count)
        self._files[LETTERS].append(np.frombuffer(b"".join(written), dtype=np.uint8))
        ends = np.cumsum(block.frequencies, dtype=np.int64)
        self._files[STARTS].append(ends + self._files[ROWS].count)
        self._files[ROWS].append(block.rows)
        self._files[COUNTS].append(block.counts)

    def _note_lengths(self, terms: Sequence[str]) -> None:
        for number, term in enumerate(terms, self._terms):
            if not self._lengths or self._lengths[-1][0] != len(term):
                self._lengths.append((len(term), number))
        self._terms += len(terms)

    def _finish(self) -> None:
        for file in self._files.values():
            file.finish()
        np.save(self._folder / LENGTHS, np.array(self._lengths, dtype=np.int64).reshape(-1, 2))
