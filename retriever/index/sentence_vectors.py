"""Sentences of all passages: where they stand, and their vectors in eight bits a number.

Quotes are sentences, so sentences are what a question is compared with in the end. Their vectors
cost no encoding of their own (see ``SentenceEncoder.encode_parts``).
"""

from pathlib import Path

import numpy as np

from retriever.errors import IndexDamagedError
from retriever.index.memory_maps import mapped, spans_in_order
from retriever.index.quantization import QuantizedVectors
from retriever.records import Span
from retriever.records.arrays import Codes, IntTable, RowNumbers

SPANS = "sentences.npy"
SENTENCE_VECTORS = "sentence-vectors.npy"


class Sentences(QuantizedVectors):
    """The vectors of all sentences, and where each stands, row by row."""

    def __init__(self, table: IntTable, codes: Codes) -> None:
        """Take ``table``, ``(n, 3)`` of passage row, start and end in row order, and the codes."""
        super().__init__(codes)
        self._table = table
        last = int(table[-1, 0]) if len(table) else -1
        # Where the sentences of each passage begin: looking for them would read all of the table.
        self._first = np.searchsorted(table[:, 0], np.arange(last + 2, dtype=table.dtype))

    @classmethod
    def load(cls, folder: Path, *, passages: int) -> "Sentences":
        """Read the places in ``folder``, and map the vectors.

        :raises IndexDamagedError: when the files are malformed or disagree with each other.
        """
        table = np.array(mapped(folder / SPANS, kind=np.int32, shape=(None, 3)))
        codes = mapped(folder / SENTENCE_VECTORS, kind=np.int8, shape=(None, None))
        if len(table) != len(codes) or not spans_in_order(table, owners=passages):
            raise IndexDamagedError(f"the sentences in {folder} do not fit it")
        return cls(table, np.asarray(codes))

    @property
    def table(self) -> IntTable:
        """Passage row, start and end of every sentence, ``(n, 3)`` in row order."""
        return self._table

    def rows(self, passage: int) -> range:
        """Return the sentence rows of a passage, in the order of its text."""
        first, last = self._extents(np.array([passage]))
        return range(int(first[0]), int(last[0]))

    def rows_of(self, passages: RowNumbers) -> tuple[RowNumbers, RowNumbers]:
        """Return the sentence rows of several passages, and for each its place in ``passages``.

        Both ``(m,)``, passages in the order given, sentences in the order of the text.
        """
        first, last = self._extents(passages)
        owners = np.repeat(np.arange(len(passages)), last - first)
        counts = last - first
        within = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
        return first[owners] + within, owners

    def passage(self, row: int) -> int:
        """Return the passage row of a sentence."""
        return int(self._table[row, 0])

    def passages(self, rows: RowNumbers) -> RowNumbers:
        """Return the passage row of each sentence of ``rows``, ``(len(rows),)``."""
        owners: RowNumbers = self._table[rows, 0].astype(np.int64)
        return owners

    def span(self, row: int) -> Span:
        """Return where the sentence stands in its article."""
        return Span(start=int(self._table[row, 1]), end=int(self._table[row, 2]))

    def spans(self, passage: int) -> list[Span]:
        """Return where the sentences of a passage stand in its article."""
        rows = self.rows(passage)
        found = self._table[rows.start : rows.stop, 1:].tolist()
        return [Span(start=start, end=end) for start, end in found]

    def _extents(self, passages: RowNumbers) -> tuple[RowNumbers, RowNumbers]:
        """Return where the sentences of each passage begin and end; nowhere for one without any."""
        most = len(self._first) - 1
        return self._first[np.minimum(passages, most)], self._first[np.minimum(passages + 1, most)]
