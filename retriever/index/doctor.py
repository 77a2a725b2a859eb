"""A read-only look at every part of an index; each finding names the command that mends it.

Checksums tell that the files are what a build wrote. The other checks tell that what it wrote is
right: each part is compared with what the stored articles say it should be.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retriever.errors import EncoderError, IndexUnusableError
from retriever.index.encoder import Encoder, load_encoder
from retriever.index.generation import Generation
from retriever.index.generations import current_generation
from retriever.index.pieces import Piece, encoded_text, inside, pieces_of, title_of
from retriever.index.sentences import quantised
from retriever.index.words import index_words

REBUILD = "quotidian build --full"
# Rounding of 32-bit sums over 384 numbers stays far below this.
UNIT = 1e-3
# Passages encoded again, evenly spread. The same text in a batch of other texts gives 0.99999.
SAMPLED = 16
SAME = 0.999
# Of 127: the same sentence may round up instead of down.
SAME_CODE = 2

Check = Callable[[Generation], Iterator[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, and the command that mends it."""

    problem: str
    command: str

    def to_dict(self) -> dict[str, object]:
        """Return the finding as ``doctor --json`` prints it."""
        return {"problem": self.problem, "command": self.command}


def examine(index: Path) -> list[Finding]:
    """Return everything that is wrong with the index in ``index``; empty when it is sound."""
    try:
        with closing(Generation(current_generation(index))) as generation:
            problems = [problem for check in CHECKS for problem in _run(check, generation)]
    except IndexUnusableError as error:
        problems = [str(error)]
    return [Finding(problem=problem, command=REBUILD) for problem in dict.fromkeys(problems)]


def _run(check: Check, generation: Generation) -> Iterator[str]:
    """Yield what a check finds; one that cannot go on says why, and the others still run."""
    try:
        yield from check(generation)
    except (EncoderError, IndexUnusableError) as error:
        yield str(error)


def _encoder(generation: Generation) -> Iterator[str]:
    """Encode some passages again: the same encoder gives the vectors that are stored."""
    encoder = _same_encoder(generation)
    count = len(generation.store)
    rows = sorted({row * count // SAMPLED for row in range(SAMPLED)})
    passages = [generation.store.passage(row) for row in rows]
    titles = [title_of(part.article, encoder) for part in passages]
    texts = [encoded_text(part, title) for part, title in zip(passages, titles, strict=True)]
    parts = [
        inside(part, generation.sentences.spans(row), title)
        for part, row, title in zip(passages, rows, titles, strict=True)
    ]
    encoded = encoder.encode_parts(texts, parts)
    cosines = (encoded.texts * generation.vectors.matrix()[rows]).sum(axis=1)
    for row, cosine in zip(rows, cosines.tolist(), strict=True):
        if not cosine > SAME:
            yield f"the vector of passage row {row} is not that of its text (cosine {cosine:.3f})"
    codes, owners = generation.sentences.rows_of(np.array(rows, dtype=np.int64))
    found = generation.sentences.all_codes()[codes].astype(np.int16)
    apart = np.abs(found - quantised(encoded.parts)).max(axis=1) > SAME_CODE
    for place in np.unique(owners[apart]).tolist():
        yield f"the sentences of passage row {rows[place]} have vectors of other words"


def _passages(generation: Generation) -> Iterator[str]:
    """Every passage lies in its article, on no white space, and all together cover it."""
    store = generation.store
    for row, article in enumerate(store.articles()):
        reached = 0
        for passage_row in store.passage_rows(row):
            passage = store.passage(passage_row)
            text = passage.text
            if article.text[reached : passage.start].strip() or text != text.strip() or not text:
                yield f"passage {passage.id} does not follow the text of its article"
            reached = passage.end
        if article.text[reached:].strip():
            yield f"the passages of {article.id} leave out its end"


def _cuts(generation: Generation) -> Iterator[str]:
    """Every article is cut as it would be now, and every key stands for the text it is kept by."""
    encoder = _same_encoder(generation)
    store = generation.store
    keys = store.passage_keys()
    for row, article in enumerate(store.articles()):
        stored = [_places(generation, part, keys[part]) for part in store.passage_rows(row)]
        if stored != [_as_places(piece) for piece in pieces_of(article, encoder)]:
            yield f"the passages or sentences of {article.id} are not where they belong"


def _footnotes(generation: Generation) -> Iterator[str]:
    for article in generation.store.articles():
        for note in article.footnotes:
            spans = (*note.marks, note.entry, note.source)
            if any(not 0 <= span.start < span.end <= len(article.text) for span in spans):
                yield f"footnote {note.label} of {article.id} points outside the article"


def _vectors(generation: Generation) -> Iterator[str]:
    lengths = np.linalg.norm(generation.vectors.matrix(), axis=1)
    for row in np.flatnonzero(~(np.abs(lengths - 1) < UNIT)).tolist():
        yield f"the vector of passage row {row} has length {lengths[row]:.3f} instead of 1"


def _words(generation: Generation) -> Iterator[str]:
    """Compare both lexical indexes with the words of the store."""
    words = index_words(generation.store)
    if generation.lexical != words.passages:
        yield "the words of the passages are not those of the stored articles"
    if generation.article_lexical != words.articles:
        yield "the words of the articles are not those of the stored articles"


CHECKS: tuple[Check, ...] = (_encoder, _passages, _cuts, _footnotes, _vectors, _words)


def _same_encoder(generation: Generation) -> Encoder:
    made = generation.manifest
    encoder = load_encoder(made.encoder, fetch=False)
    generation.require_encoder(made.encoder, encoder.fingerprint)
    return encoder


Places = tuple[int, int, int, str | None, bytes, tuple[tuple[int, int], ...]]


def _places(generation: Generation, row: int, key: bytes) -> Places:
    passage, sentences = generation.store.passage(row), tuple(generation.sentences.spans(row))
    return _as_places(Piece(passage=passage, sentences=sentences, key=key))


def _as_places(piece: Piece) -> Places:
    part = piece.passage
    sentences = tuple((span.start, span.end) for span in piece.sentences)
    return part.start, part.end, part.ordinal, part.heading, piece.key, sentences
