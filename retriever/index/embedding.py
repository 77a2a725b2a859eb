"""What the encoder is given of an article, and which of it has to be encoded anew."""

import hashlib
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retriever.index.encoder import Encoder
from retriever.index.generation import Generation
from retriever.index.sentences import Codes, Sentences, quantised
from retriever.index.store import Store
from retriever.index.vectors import Vectors
from retriever.records import Article, Passage, Span
from retriever.text.passages import split_passages
from retriever.text.sentences import sentence_spans

# Raised whenever the same article would be cut or presented to the encoder differently.
SPLITTING = 1
PASSAGE_TOKENS = 250
TITLE_CHARACTERS = 160
# Texts between two steps of the progress bar; the encoder sorts them by length among themselves.
ENCODED_AT_ONCE = 256

Matrix = NDArray[np.float32]


def passages_of(article: Article, encoder: Encoder) -> list[Passage]:
    """Split an article so that each passage fits the encoder's window together with the title."""
    title_tokens = encoder.count_tokens([_short_title(article)])[0]
    budget = min(PASSAGE_TOKENS, encoder.window - title_tokens)
    return split_passages(article, budget=budget, count_tokens=encoder.count_tokens)


def encoded_text(passage: Passage) -> str:
    """Return what the encoder reads for a passage: the title, if known, and the words."""
    title = _short_title(passage.article)
    return f"{title}\n{passage.text}" if title else passage.text


def text_key(text: str) -> bytes:
    """Return 16 bytes that are equal for equal texts: under one encoder, equal vectors."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """The dense part of a generation, and how many passages had to be encoded for it."""

    vectors: Vectors
    sentences: Sentences
    encoded: int


def embed(
    store: Store,
    encoder: Encoder,
    *,
    before: Generation | None,
    step: Callable[[int, int], None],
) -> Embedded:
    """Return the vectors of all passages of ``store`` and of their sentences.

    What ``before`` holds of the same text is taken from it, so it must have been made with the
    same encoder; ``step`` is told how many of the missing passages are done, of how many.
    """
    keys = store.passage_keys()
    spans = _sentences_by_passage(store)
    known = _known(before)
    missing = {key: row for row, key in enumerate(keys) if key not in known}
    fresh = _encode_rows(store, encoder, spans, list(missing.values()), step)
    known |= dict(zip(missing, fresh, strict=True))
    table = [(row, span.start, span.end) for row, found in enumerate(spans) for span in found]
    return Embedded(
        vectors=Vectors.of(np.stack([known[key][0] for key in keys])),
        sentences=Sentences(
            np.array(table, dtype=np.int64), np.concatenate([known[key][1] for key in keys])
        ),
        encoded=len(missing),
    )


def _known(before: Generation | None) -> dict[bytes, tuple[Matrix, Codes]]:
    if before is None:
        return {}
    matrix = before.vectors.matrix()
    return {
        key: (matrix[row], before.sentences.codes(row))
        for row, key in enumerate(before.store.passage_keys())
    }


def _encode_rows(
    store: Store,
    encoder: Encoder,
    spans: Sequence[Sequence[Span]],
    rows: list[int],
    step: Callable[[int, int], None],
) -> list[tuple[Matrix, Codes]]:
    found: list[tuple[Matrix, Codes]] = []
    for first in range(0, len(rows), ENCODED_AT_ONCE):
        step(first, len(rows))
        chunk = rows[first : first + ENCODED_AT_ONCE]
        passages = [store.passage(row) for row in chunk]
        parts = [_inside(part, spans[row]) for part, row in zip(passages, chunk, strict=True)]
        encoded = encoder.encode_parts([encoded_text(part) for part in passages], parts)
        ends = np.cumsum([len(part) for part in parts])
        codes = np.split(quantised(encoded.parts), ends[:-1])
        found.extend(zip(encoded.texts, codes, strict=True))
    step(len(rows), len(rows))
    return found


def _sentences_by_passage(store: Store) -> list[list[Span]]:
    """Return each passage's sentences as spans of its article.

    They are cut in the article as a whole, since the words around help to tell a border.
    """
    found: list[list[Span]] = []
    article_id, sentences = None, deque[Span]()
    for row in range(len(store)):
        passage = store.passage(row)
        if passage.article.id != article_id:
            article_id = passage.article.id
            sentences = deque(
                sentence_spans(passage.article.text, language=passage.article.language or "en")
            )
        found.append(_taken(sentences, passage))
    return found


def _taken(sentences: deque[Span], passage: Passage) -> list[Span]:
    """Take the sentences of ``passage`` off the front; one that it cuts gives a piece to each."""
    taken = []
    while sentences and sentences[0].start < passage.end:
        span = sentences.popleft()
        start, end = max(span.start, passage.start), min(span.end, passage.end)
        taken.append(Span(start=start, end=end))
        if span.end > passage.end:
            sentences.appendleft(Span(start=passage.end, end=span.end))
            break
    return taken


def _inside(passage: Passage, sentences: Sequence[Span]) -> list[Span]:
    """Return the sentences as spans of what the encoder reads."""
    shift = len(encoded_text(passage)) - len(passage.text) - passage.start
    return [Span(start=span.start + shift, end=span.end + shift) for span in sentences]


def _short_title(article: Article) -> str:
    """Return the title on one line, cut at a word so that it cannot crowd out the passage."""
    title = " ".join((article.title or "").split())
    if len(title) <= TITLE_CHARACTERS:
        return title
    return title[:TITLE_CHARACTERS].rsplit(" ", 1)[0]
