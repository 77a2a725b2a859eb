"""The dense part of a generation: encoded where it is new, taken from the one before otherwise.

Passages and their sentences are written as they come, titles once all articles are stored.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retriever.encoders.protocol import Encoder
from retriever.index.generation import TITLES
from retriever.index.quantization import QuantizedVectors, quantised
from retriever.index.sentence_vectors import SENTENCE_VECTORS, SPANS
from retriever.index.store import Store
from retriever.index.vectors import VECTORS
from retriever.indexing.array_writer import ArrayWriter
from retriever.indexing.checkpoints import (
    CheckpointWriter,
    EncodedPortion,
    LeftEncoded,
    digest_of,
)
from retriever.indexing.encoding_queue import EncodingQueue, QueuedPassage
from retriever.indexing.passage_keys import KeyRegister
from retriever.indexing.previous_generation import PreviousGeneration
from retriever.indexing.segmentation import (
    IndexedPassage,
    encoded_text,
    shortened,
    spans_as_read,
    title_of,
)
from retriever.records.arrays import Codes, FloatMatrix, RowNumbers

# Texts between two steps of the progress bar, which is when a build can be stopped; the encoder
# sorts them by length among themselves. More at once spare padding and no time (see
# tests/benchmarks/README.md).
ENCODED_AT_ONCE = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class _Resumed:
    """A passage that a build has which was left: its row here, and its number there."""

    row: int
    key: bytes
    found: int


class PassageEmbedder:
    """Writes the vectors of passages and of their sentences; use as a context manager.

    Passages come article by article; :meth:`encode` is called whenever there is time for it, and
    gives the same whenever that is. What ``previous`` holds under the same key is taken from it, so
    it must have been made with the same encoder; so is what builds ``left`` that were ended. What
    is not from ``previous`` is noted in ``checkpoint``. Every method raises :class:`OSError` when
    the disk does not take what is written.
    """

    def __init__(
        self,
        folder: Path,
        encoder: Encoder,
        *,
        previous: PreviousGeneration | None,
        left: Sequence[LeftEncoded] = (),
        checkpoint: CheckpointWriter,
    ) -> None:
        """Begin the files in ``folder``."""
        self.queued = self.encoded = 0
        self._encoder, self._previous = encoder, previous
        self._left, self._checkpoint = left, checkpoint
        self._first = KeyRegister()
        # Pairs of rows: one here, and where it is taken from, before and here.
        self._taken, self._repeated = array("q"), array("q")
        # The same of each build that was left, with the keys, since they are noted again.
        self._resumed: list[list[_Resumed]] = [[] for _ in left]
        # Where the sentences of each passage begin, and where the last one's end.
        self._borders = array("q", [0])
        with ExitStack() as opened:
            self._vectors = ArrayWriter(folder / VECTORS, kind=np.float32)
            opened.callback(self._vectors.close)
            self._spans = ArrayWriter(folder / SPANS, kind=np.int32)
            opened.callback(self._spans.close)
            self._codes = ArrayWriter(folder / SENTENCE_VECTORS, kind=np.int8)
            opened.callback(self._codes.close)
            self._queue = EncodingQueue(folder, portion=ENCODED_AT_ONCE)
            opened.callback(self._queue.close)
            self._opened = opened.pop_all()

    def __enter__(self) -> "PassageEmbedder":
        """Return itself."""
        return self

    def __exit__(self, *failed: object) -> None:
        """Let go of the files."""
        self._opened.close()

    @property
    def ready(self) -> bool:
        """Whether enough passages wait to be encoded at once."""
        return self._queue.has_portion

    @property
    def dimension(self) -> int:
        """How many numbers a vector has, once there is one."""
        return self._vectors.width

    def add(self, passages: Sequence[IndexedPassage], *, before: int | None = None) -> None:
        """Take the passages of an article: their rows are the next ones.

        ``before`` is the row of the article in the generation before, if it is all from there.
        """
        row = len(self._borders) - 1
        known = self._known(passages, before)
        title: str | None = None
        for own, (indexed, old) in enumerate(zip(passages, known, strict=True), row):
            self._borders.append(self._borders[-1] + len(indexed.sentences))
            if old is not None:
                self._taken.extend((own, old))
            elif (first := self._first.first(indexed.key, own)) != own:
                self._repeated.extend((own, first))
            elif not self._resume(own, indexed):
                title = title_of(indexed.passage.article, self._encoder) if title is None else title
                self._enqueue(own, indexed, title)
        self._write_spans(row, passages)
        if len(self._taken) >= 2 * ENCODED_AT_ONCE:
            self._take_over()

    def encode(self) -> None:
        """Encode the passages that have waited longest, as many as are encoded at once."""
        if portion := self._queue.take():
            texts = [queued.text for queued in portion]
            encoded = self._encoder.encode_parts(texts, [queued.sentences for queued in portion])
            rows = np.array([queued.row for queued in portion])
            keys = [queued.key for queued in portion]
            self._put_noted(rows, keys, encoded.texts, quantised(encoded.parts))
            self.encoded += len(portion)

    def finish(self, step: Callable[[int, int], None]) -> None:
        """Encode what still waits and complete the files; ``step`` is told how many of how many."""
        while self.encoded < self.queued:
            step(self.encoded, self.queued)
            self.encode()
        self._take_over()
        for number in range(len(self._left)):
            self._take_resumed(number)
        for start in range(0, len(self._repeated), 2 * ENCODED_AT_ONCE):
            pairs = np.array(self._repeated[start : start + 2 * ENCODED_AT_ONCE]).reshape(-1, 2)
            rows, first = pairs.T
            self._put(rows, self._vectors.get(first), self._codes.get(self._sentences(first)))
        passages = len(self._borders) - 1
        self._vectors.finish(passages)
        self._spans.finish(self._borders[-1])
        self._codes.finish(self._borders[-1])
        step(self.encoded, self.queued)

    def _known(
        self, passages: Sequence[IndexedPassage], before: int | None
    ) -> Sequence[int | None]:
        """Return the row of each passage in the generation before, as far as it has the vectors."""
        if self._previous is None:
            return [None] * len(passages)
        if before is not None:
            return self._previous.generation.store.passage_rows(before)
        return [self._previous.known.number(indexed.key) for indexed in passages]

    def _enqueue(self, row: int, indexed: IndexedPassage, title: str) -> None:
        text = encoded_text(indexed.passage, title)
        sentences = spans_as_read(indexed.passage, indexed.sentences, title)
        self._queue.put(QueuedPassage(row=row, key=indexed.key, text=text, sentences=sentences))
        self.queued += 1

    def _take_over(self) -> None:
        """Copy what the generation before has."""
        pairs, self._taken = np.array(self._taken).reshape(-1, 2), array("q")
        if self._previous and len(pairs):
            rows, old = pairs.T
            vectors, sentences = (
                self._previous.generation.vectors,
                self._previous.generation.sentences,
            )
            codes = sentences.codes[sentences.rows_of(old)[0]]
            self._put(rows, vectors.matrix()[old], codes)

    def _resume(self, row: int, indexed: IndexedPassage) -> bool:
        """Take a passage from a build that was left, if one has it; it is copied when many are."""
        for number, left in enumerate(self._left):
            found = left.find(indexed.key, sentences=len(indexed.sentences))
            if found is not None:
                self._resumed[number].append(_Resumed(row=row, key=indexed.key, found=found))
                if len(self._resumed[number]) >= ENCODED_AT_ONCE:
                    self._take_resumed(number)
                return True
        return False

    def _take_resumed(self, number: int) -> None:
        """Copy what a build that was left has, and note it: this one may be ended as well."""
        resumed, self._resumed[number] = self._resumed[number], []
        if resumed:
            rows, keys = np.array([one.row for one in resumed]), [one.key for one in resumed]
            found = np.array([one.found for one in resumed])
            self._put_noted(rows, keys, *self._left[number].get(found))

    def _put_noted(
        self, rows: RowNumbers, keys: Sequence[bytes], vectors: FloatMatrix, codes: Codes
    ) -> None:
        """Set what this build encoded or one that was left, and note it once the system has it."""
        self._put(rows, vectors, codes)
        self._vectors.flush()
        self._codes.flush()
        own = rows.tolist()
        portion = EncodedPortion(
            keys=[key.hex() for key in keys],
            rows=own,
            firsts=[self._borders[row] for row in own],
            ends=[self._borders[row + 1] for row in own],
            sha256=digest_of(vectors, codes),
        )
        self._checkpoint.note(portion, dimension=self.dimension)

    def _put(self, rows: RowNumbers, vectors: FloatMatrix, codes: Codes) -> None:
        """Set the vectors of passages, and the codes of all their sentences in that order."""
        self._vectors.put(rows, vectors)
        self._codes.put(self._sentences(rows), codes)

    def _sentences(self, rows: RowNumbers) -> RowNumbers:
        """Return the rows of all sentences of these passages, in that order."""
        borders = self._borders
        return np.concatenate([np.arange(borders[row], borders[row + 1]) for row in rows.tolist()])

    def _write_spans(self, row: int, passages: Sequence[IndexedPassage]) -> None:
        table = [
            (own, span.start, span.end)
            for own, indexed in enumerate(passages, row)
            for span in indexed.sentences
        ]
        rows = np.arange(self._borders[row], self._borders[-1])
        self._spans.put(rows, np.array(table, dtype=np.int32).reshape(-1, 3))


def write_titles(
    store: Store,
    encoder: Encoder,
    *,
    known: Mapping[str | None, Codes],
    folder: Path,
    dimension: int,
    step: Callable[[int, int], None],
) -> None:
    """Write a vector for each article of ``store``; ``known`` has some of them, by title.

    ``step`` is told how many are encoded, of how many.
    """
    rows = _rows_by_title(store)
    untitled = rows.pop("", [])
    missing = sorted(rows.keys() - known.keys())
    with closing(ArrayWriter(folder / TITLES, kind=np.int8)) as file:
        file.put(np.array(untitled, dtype=np.int64), np.zeros((len(untitled), dimension)))
        for title in rows.keys() & known.keys():
            _put_title(file, rows[title], known[title])
        for start in range(0, len(missing), ENCODED_AT_ONCE):
            step(start, len(missing))
            chunk = missing[start : start + ENCODED_AT_ONCE]
            shown = [shortened(title, encoder) for title in chunk]
            codes = quantised(encoder.encode_document(shown))
            for title, own in zip(chunk, codes, strict=True):
                _put_title(file, rows[title], own)
        file.finish(store.count_articles())
    if missing:
        step(len(missing), len(missing))


def _rows_by_title(store: Store) -> dict[str, list[int]]:
    """Return the rows of the articles with each title; those without one under the empty one."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, title in enumerate(store.titles()):
        rows[title if title and title.split() else ""].append(row)
    return rows


def titles_by_text(store: Store, titles: QuantizedVectors) -> dict[str | None, Codes]:
    """Return what a generation has, a view of its file for each title."""
    return dict(zip(store.titles(), titles.codes, strict=True))


def _put_title(file: ArrayWriter, rows: list[int], codes: Codes) -> None:
    file.put(np.array(rows), np.tile(codes, (len(rows), 1)))
