"""The dense part of a generation: encoded where it is new, taken from the one before otherwise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retriever.index.encoder import Encoder
from retriever.index.generation import Generation
from retriever.index.pieces import encoded_text, inside, shortened, title_of
from retriever.index.sentences import Codes, Sentences, quantised
from retriever.index.store import Store
from retriever.index.titles import Titles
from retriever.index.vectors import Vectors

# Texts between two steps of the progress bar, which is when a build can be stopped; the encoder
# sorts them by length among themselves.
ENCODED_AT_ONCE = 128

Matrix = NDArray[np.float32]
Ints = NDArray[np.int64]
# Told the stage, how many are done, of how many.
Step = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """The dense part of a generation, and how many passages had to be encoded for it."""

    vectors: Vectors
    sentences: Sentences
    titles: Titles
    encoded: int


def embed(
    store: Store,
    table: Ints,
    encoder: Encoder,
    *,
    before: Generation | None,
    step: Step,
) -> Embedded:
    """Return the vectors of all passages of ``store`` and of their sentences.

    ``table`` lists the sentences, see :class:`Sentences`. What ``before`` holds under the same
    key is taken from it, so it must have been made with the same encoder.
    """
    keys = store.passage_keys()
    known = {key: row for row, key in enumerate(before.store.passage_keys())} if before else {}
    first: dict[bytes, int] = {}
    for row, key in enumerate(keys):
        first.setdefault(key, row)
    missing = [row for key, row in first.items() if key not in known]
    dense = _Dense(table, len(keys))
    if before:
        old = [(row, known[key]) for row, key in enumerate(keys) if key in known]
        dense.copy(old, before.vectors.matrix(), before.sentences)
    _encode_missing(store, encoder, dense, missing, step)
    dense.repeat([(row, first[key]) for row, key in enumerate(keys) if key not in known])
    return Embedded(
        vectors=Vectors.of(dense.matrix),
        sentences=Sentences(table, dense.codes),
        titles=_titles(store, encoder, dense.matrix.shape[1], before, step),
        encoded=len(missing),
    )


def _titles(
    store: Store, encoder: Encoder, dimension: int, before: Generation | None, step: Step
) -> Titles:
    """Return the vectors of all titles; those that ``before`` has are not encoded again."""
    titles = store.titles()
    codes = dict(zip(before.store.titles(), before.titles.codes(), strict=True)) if before else {}
    nothing = np.zeros(dimension, dtype=np.int8)
    codes |= dict.fromkeys((title for title in titles if not (title or "").split()), nothing)
    missing = sorted({title for title in titles if title and title not in codes})
    for start in range(0, len(missing), ENCODED_AT_ONCE):
        step("encoding titles", start, len(missing))
        chunk = missing[start : start + ENCODED_AT_ONCE]
        vectors = encoder.encode([shortened(title, encoder) for title in chunk])
        codes |= zip(chunk, quantised(vectors), strict=True)
    if missing:
        step("encoding titles", len(missing), len(missing))
    return Titles(np.stack([codes[title] for title in titles]))


class _Dense:
    """All vectors and codes of a generation, filled row by row; sized when the first come."""

    def __init__(self, table: Ints, passages: int) -> None:
        self.places = Sentences(table, np.empty((len(table), 0), dtype=np.int8))
        self.matrix: Matrix = np.empty((passages, 0), dtype=np.float32)
        self.codes: Codes = self.places.all_codes()

    def put(self, rows: Sequence[int], vectors: Matrix, codes: Codes) -> None:
        """Set the vectors of passages, and the codes of all their sentences in that order."""
        if self.matrix.shape[1] == 0:
            self.matrix = np.empty((len(self.matrix), vectors.shape[1]), dtype=np.float32)
            self.codes = np.empty((len(self.codes), codes.shape[1]), dtype=np.int8)
        own = np.array(rows, dtype=np.int64)
        self.matrix[own] = vectors
        self.codes[self.places.rows_of(own)[0]] = codes

    def copy(self, pairs: Sequence[tuple[int, int]], matrix: Matrix, sentences: Sentences) -> None:
        """Take each pair's first row from the second row of another generation."""
        for start in range(0, len(pairs), ENCODED_AT_ONCE):
            rows, old = zip(*pairs[start : start + ENCODED_AT_ONCE], strict=True)
            others = np.array(old, dtype=np.int64)
            codes = sentences.all_codes()[sentences.rows_of(others)[0]]
            self.put(rows, matrix[others], codes)

    def repeat(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Give each pair's first row what its second row has."""
        self.copy([pair for pair in pairs if pair[0] != pair[1]], self.matrix, self._filled())

    def _filled(self) -> Sentences:
        return Sentences(self.places.table, self.codes)


def _encode_missing(
    store: Store,
    encoder: Encoder,
    dense: _Dense,
    rows: Sequence[int],
    step: Step,
) -> None:
    for start in range(0, len(rows), ENCODED_AT_ONCE):
        step("embedding", start, len(rows))
        chunk = rows[start : start + ENCODED_AT_ONCE]
        passages = [store.passage(row) for row in chunk]
        titles = [title_of(part.article, encoder) for part in passages]
        texts = [encoded_text(part, title) for part, title in zip(passages, titles, strict=True)]
        parts = [
            inside(part, dense.places.spans(row), title)
            for part, row, title in zip(passages, chunk, titles, strict=True)
        ]
        encoded = encoder.encode_parts(texts, parts)
        dense.put(chunk, encoded.texts, quantised(encoded.parts))
    step("embedding", len(rows), len(rows))
