"""The dense part of a generation: encoded where it is new, taken from the one before otherwise."""

from array import array
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from retriever.encoders.protocol import Encoder
from retriever.index.quantization import quantised
from retriever.index.sentence_vectors import SENTENCE_VECTORS, SPANS
from retriever.index.vectors import VECTORS
from retriever.indexing.array_writer import ArrayWriter
from retriever.indexing.encoding_queue import Waiting, Wanted
from retriever.indexing.previous_generation import Before
from retriever.indexing.segmentation import Piece, encoded_text, inside, title_of
from retriever.records.arrays import Codes, FloatMatrix, RowNumbers

# Texts between two steps of the progress bar, which is when a build can be stopped; the encoder
# sorts them by length among themselves. More at once spare padding and no time (see
# tests/benchmarks/README.md).
ENCODED_AT_ONCE = 128


class Embedding:
    """Writes the vectors of passages and of their sentences; use as a context manager.

    Passages come article by article; :meth:`encode` is called whenever there is time for it, and
    gives the same whenever that is. What ``before`` holds under the same key is taken from it, so
    it must have been made with the same encoder. Every method raises :class:`OSError` when the
    disk does not take what is written.
    """

    def __init__(self, folder: Path, encoder: Encoder, *, before: Before | None) -> None:
        """Begin the files in ``folder``."""
        self.wanted = self.encoded = 0
        self._encoder, self._before = encoder, before
        self._known = {key: row for row, key in enumerate(before.keys)} if before else {}
        self._first: dict[bytes, int] = {}
        # Pairs of rows: one here, and where it is taken from, before and here.
        self._taken, self._repeated = array("q"), array("q")
        # Where the sentences of each passage begin, and where the last one's end.
        self._borders = array("q", [0])
        with ExitStack() as opened:
            self._vectors = ArrayWriter(folder / VECTORS, kind=np.float32)
            opened.callback(self._vectors.close)
            self._spans = ArrayWriter(folder / SPANS, kind=np.int32)
            opened.callback(self._spans.close)
            self._codes = ArrayWriter(folder / SENTENCE_VECTORS, kind=np.int8)
            opened.callback(self._codes.close)
            self._waiting = Waiting(folder, portion=ENCODED_AT_ONCE)
            opened.callback(self._waiting.close)
            self._opened = opened.pop_all()

    def __enter__(self) -> "Embedding":
        """Return itself."""
        return self

    def __exit__(self, *failed: object) -> None:
        """Let go of the files."""
        self._opened.close()

    @property
    def ready(self) -> bool:
        """Whether enough passages wait to be encoded at once."""
        return self._waiting.has_portion

    @property
    def dimension(self) -> int:
        """How many numbers a vector has, once there is one."""
        return self._vectors.width

    def add(self, pieces: Sequence[Piece]) -> None:
        """Take the passages of an article: their rows are the next ones."""
        row = len(self._borders) - 1
        title: str | None = None
        for own, piece in enumerate(pieces, row):
            self._borders.append(self._borders[-1] + len(piece.sentences))
            if (known := self._known.get(piece.key)) is not None:
                self._taken.extend((own, known))
            elif (first := self._first.setdefault(piece.key, own)) != own:
                self._repeated.extend((own, first))
            else:
                title = title_of(piece.passage.article, self._encoder) if title is None else title
                self._want(own, piece, title)
        self._write_spans(row, pieces)
        if len(self._taken) >= 2 * ENCODED_AT_ONCE:
            self._take_over()

    def encode(self) -> None:
        """Encode the passages that have waited longest, as many as are encoded at once."""
        if wanted := self._waiting.take():
            texts = [one.text for one in wanted]
            encoded = self._encoder.encode_parts(texts, [one.sentences for one in wanted])
            rows = np.array([one.row for one in wanted])
            self._put(rows, encoded.texts, quantised(encoded.parts))
            self.encoded += len(wanted)

    def finish(self, step: Callable[[int, int], None]) -> None:
        """Encode what still waits and complete the files; ``step`` is told how many of how many."""
        while self.encoded < self.wanted:
            step(self.encoded, self.wanted)
            self.encode()
        self._take_over()
        for start in range(0, len(self._repeated), 2 * ENCODED_AT_ONCE):
            pairs = np.array(self._repeated[start : start + 2 * ENCODED_AT_ONCE]).reshape(-1, 2)
            rows, first = pairs.T
            self._put(rows, self._vectors.get(first), self._codes.get(self._sentences(first)))
        passages = len(self._borders) - 1
        self._vectors.finish(passages)
        self._spans.finish(self._borders[-1])
        self._codes.finish(self._borders[-1])
        step(self.encoded, self.wanted)

    def _want(self, row: int, piece: Piece, title: str) -> None:
        text = encoded_text(piece.passage, title)
        sentences = inside(piece.passage, piece.sentences, title)
        self._waiting.put(Wanted(row=row, text=text, sentences=sentences))
        self.wanted += 1

    def _take_over(self) -> None:
        """Copy what the generation before has."""
        pairs, self._taken = np.array(self._taken).reshape(-1, 2), array("q")
        if self._before and len(pairs):
            rows, old = pairs.T
            vectors, sentences = self._before.generation.vectors, self._before.generation.sentences
            codes = sentences.codes[sentences.rows_of(old)[0]]
            self._put(rows, vectors.matrix()[old], codes)

    def _put(self, rows: RowNumbers, vectors: FloatMatrix, codes: Codes) -> None:
        """Set the vectors of passages, and the codes of all their sentences in that order."""
        self._vectors.put(rows, vectors)
        self._codes.put(self._sentences(rows), codes)

    def _sentences(self, rows: RowNumbers) -> RowNumbers:
        """Return the rows of all sentences of these passages, in that order."""
        borders = self._borders
        return np.concatenate([np.arange(borders[row], borders[row + 1]) for row in rows.tolist()])

    def _write_spans(self, row: int, pieces: Sequence[Piece]) -> None:
        table = [
            (own, span.start, span.end)
            for own, piece in enumerate(pieces, row)
            for span in piece.sentences
        ]
        rows = np.arange(self._borders[row], self._borders[-1])
        self._spans.put(rows, np.array(table, dtype=np.int32).reshape(-1, 3))
