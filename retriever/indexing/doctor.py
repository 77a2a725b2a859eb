"""A read-only look at every part of an index; each finding names the command that mends it.

Checksums tell that the files are what a build wrote. The checks here tell that what it wrote is
right: each part is compared with what the stored articles say it should be.
"""

import shlex
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from retriever.corpus.source import text_digest
from retriever.encoders.protocol import Encoder
from retriever.encoders.registry import load_present_encoder
from retriever.errors import (
    EncoderError,
    IndexMissingError,
    IndexStaleError,
    IndexUnusableError,
)
from retriever.index import unfinished
from retriever.index.clusters import CLUSTERS, COMPARED, SIGNATURES
from retriever.index.generation import Generation
from retriever.index.location import locate
from retriever.index.manifest import read_manifest
from retriever.index.quantization import quantised
from retriever.index.writer_lock import lives
from retriever.indexing.clustering import write_clusters
from retriever.indexing.segmentation import (
    IndexedPassage,
    encoded_text,
    segment_article,
    spans_as_read,
    title_of,
)
from retriever.indexing.word_problems import word_problems
from retriever.records import Article, Span
from retriever.records.arrays import Codes

# Rounding of 32-bit sums over 384 numbers stays far below this.
UNIT = 1e-3
# Vectors; the squares of a million would take 1.5 GB.
MEASURED_AT_ONCE = 1 << 16
# Passages encoded again: so many evenly spread, and as many that look least like their sentences.
# The same text in a batch of other texts gives 0.99999.
SAMPLED = 16
SAME_VECTOR = 0.999
# Of 127: the same sentence may round up instead of down.
SAME_CODE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, and the command that mends it."""

    problem: str
    command: str

    def to_dict(self) -> dict[str, object]:
        """Return the finding as ``doctor --json`` prints it."""
        return {"problem": self.problem, "command": self.command}


class Examination:
    """An open generation and the encoder that it was built with."""

    def __init__(self, generation: Generation, load: Callable[[str], Encoder]) -> None:
        """Look at ``generation``; ``load`` gives the encoder of a name."""
        self.generation = generation
        self._load = load

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder, which must be the one that the vectors are of."""
        made = self.generation.manifest
        encoder = self._load(made.encoder)
        self.generation.require_encoder(made.encoder, encoder.fingerprint)
        return encoder


Check = Callable[[Examination], Iterator[str]]


def examine(
    index: str | Path, load: Callable[[str], Encoder] = load_present_encoder
) -> list[Finding]:
    """Return everything that is wrong with the index in ``index``; empty when it is sound.

    ``load`` gives the encoder of a name. Nothing is written.
    """
    location = locate(index)
    findings = [*_leftovers(index)]
    try:
        with closing(location.open(location.current(), thorough=True)) as generation:
            examined = Examination(generation, load)
            findings += [found for check in CHECKS for found in _run(check, examined, index)]
    except IndexUnusableError as error:
        findings.append(Finding(problem=str(error), command=_command(index, error)))
    return [*dict.fromkeys(findings)]


def _run(check: Check, examined: Examination, index: str | Path) -> Iterator[Finding]:
    """Yield what a check finds; one that cannot go on says why, and the others still run."""
    try:
        for problem in check(examined):
            yield Finding(problem=problem, command=_command(index))
    except (EncoderError, IndexUnusableError) as error:
        yield Finding(problem=str(error), command=_command(index, error))


def _leftovers(index: str | Path) -> Iterator[Finding]:
    """Find what builds left behind that died: a process that lives is still at work.

    What they had encoded is kept for the next build, and is no fault.
    """
    generations = locate(index).folder / unfinished.GENERATIONS
    for folder in sorted(generations.glob(f"{unfinished.BUILDING}*")):
        process = folder.name.removeprefix(unfinished.BUILDING).partition("-")[0]
        alive = process.isdecimal() and lives(int(process))
        if not alive and not unfinished.checkpoint_of(folder).is_file():
            problem = f"{folder} is left of a build that died; the next build removes it"
            yield Finding(problem=problem, command=_command(index, IndexStaleError()))


def _command(index: str | Path, error: Exception | None = None) -> str:
    """Return the build that mends: a stale index needs what changed, a damaged one everything."""
    corpus = "CORPUS"
    if not isinstance(error, IndexMissingError):
        try:
            corpus = shlex.quote(read_manifest(locate(index).current()).corpus)
        except IndexUnusableError:
            corpus = "CORPUS"  # the one that holds the articles: only a person knows
    full = "" if isinstance(error, IndexMissingError | IndexStaleError) else " --full"
    return f"quotidian build {corpus} --index {shlex.quote(str(index))}{full}"


def _check_vectors_of_encoder(examined: Examination) -> Iterator[str]:
    """Encode some passages again: the same encoder gives the vectors that are stored."""
    generation, encoder = examined.generation, examined.encoder
    rows = _rows_to_encode(generation)
    passages = [generation.store.passage(row) for row in rows]
    titles = [title_of(part.article, encoder) for part in passages]
    texts = [encoded_text(part, title) for part, title in zip(passages, titles, strict=True)]
    parts = [
        spans_as_read(part, generation.sentences.spans(row), title)
        for part, row, title in zip(passages, rows, titles, strict=True)
    ]
    encoded = encoder.encode_parts(texts, parts)
    cosines = (encoded.texts * generation.vectors.matrix()[rows]).sum(axis=1)
    for row, cosine in zip(rows, cosines.tolist(), strict=True):
        if not cosine > SAME_VECTOR:
            yield f"the vector of passage row {row} is not that of its text (cosine {cosine:.3f})"
    codes, owners = generation.sentences.rows_of(np.array(rows, dtype=np.int64))
    found = generation.sentences.codes[codes].astype(np.int16)
    apart = np.abs(found - quantised(encoded.parts)).max(axis=1) > SAME_CODE
    for place in np.unique(owners[apart]).tolist():
        yield f"the sentences of passage row {rows[place]} have vectors of other words"


def _rows_to_encode(generation: Generation) -> list[int]:
    """Return rows evenly spread, and those that every row's own sentences vouch for least.

    A passage is near the mean of its sentences (reuters: cosine 0.99 at the median, 0.87 at the
    least), so a row that was swapped with another stands out without being encoded.
    """
    count = len(generation.store)
    spread = {row * count // SAMPLED for row in range(SAMPLED)}
    table, codes = generation.sentences.table, generation.sentences.codes
    owners, first = np.unique(table[:, 0], return_index=True)
    lengths = (table[:, 2] - table[:, 1]).astype(np.float32)
    means = np.add.reduceat(codes.astype(np.float32) * lengths[:, None], first, axis=0)
    means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1)
    near = (means * generation.vectors.matrix()[owners]).sum(axis=1)
    return sorted(spread | {*owners[np.argsort(near)[:SAMPLED]].tolist()})


def _check_passages(examined: Examination) -> Iterator[str]:
    """Every passage lies in its article, on no white space, and all together cover it."""
    store = examined.generation.store
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


def _check_cuts(examined: Examination) -> Iterator[str]:
    """Every article is cut as it would be now, and every key stands for the text it is kept by."""
    store = examined.generation.store
    keys = store.passage_keys()
    for row, article in enumerate(store.articles()):
        stored = [
            _stored_cut(examined.generation, part, keys[part]) for part in store.passage_rows(row)
        ]
        if stored != [
            _cut_fields(indexed) for indexed in segment_article(article, examined.encoder)
        ]:
            yield f"the passages or sentences of {article.id} are not where they belong"


def _check_texts(examined: Examination) -> Iterator[str]:
    """Every article is that of its digest, and every span of it lies inside."""
    for article in examined.generation.store.articles():
        if text_digest(article.text) != article.sha256:
            yield f"the text of {article.id} is not that of its SHA-256"
        for what, span in _spans_of_structure(article):
            if not 0 <= span.start < span.end <= len(article.text):
                yield f"{what} of {article.id} points outside the article"


def _spans_of_structure(article: Article) -> Iterator[tuple[str, Span]]:
    for span in article.headings:
        yield "a heading", span
    for note in article.footnotes:
        for span in (*note.marks, note.entry, note.source):
            yield f"footnote {note.label}", span


def _check_ledger(examined: Examination) -> Iterator[str]:
    """Nothing is kept of a file that was not seen, and no file without what came of it."""
    store = examined.generation.store
    seen = store.seen().keys()
    gave = {source for source, _, _ in store.given()}
    failed = {source for source, _ in store.failed()}
    for source in sorted((gave | failed) - seen):
        yield f"what came of {source} is kept, but not that it was seen"
    for source in sorted(seen - gave - failed):
        yield f"nothing is kept of what came of {source}"


def _check_vectors(examined: Examination) -> Iterator[str]:
    matrix = examined.generation.vectors.matrix()
    for start in range(0, len(matrix), MEASURED_AT_ONCE):
        lengths = np.linalg.norm(matrix[start : start + MEASURED_AT_ONCE], axis=1)
        for place in np.flatnonzero(~(np.abs(lengths - 1) < UNIT)).tolist():
            length = f"{lengths[place]:.3f}"
            yield f"the vector of passage row {start + place} has length {length} instead of 1"
    yield from _without_codes("sentence", examined.generation.sentences.codes)
    titles = [
        bool((article.title or "").split()) for article in examined.generation.store.articles()
    ]
    yield from _without_codes("title of article", examined.generation.titles.codes[titles])


def _without_codes(what: str, codes: Codes) -> Iterator[str]:
    empty = int((~codes.any(axis=1)).sum())
    if empty:
        yield f"{empty} of the vectors of a {what} are zero"


def _check_words(examined: Examination) -> Iterator[str]:
    """Compare all that is counted of words with the store."""
    yield from word_problems(examined.generation)


def _check_clusters(examined: Examination) -> Iterator[str]:
    """Find reprints again: the same articles give the same clusters."""
    generation = examined.generation
    with TemporaryDirectory(prefix="quotidian-") as temporary:
        folder = Path(temporary)
        write_clusters(generation.store, folder, step=lambda *_: None)
        for name in (CLUSTERS, COMPARED, SIGNATURES):
            if (folder / name).read_bytes() != (generation.folder / name).read_bytes():
                yield f"{name} does not hold the reprints among the stored articles"


CHECKS: tuple[Check, ...] = (
    _check_vectors_of_encoder,
    _check_passages,
    _check_cuts,
    _check_texts,
    _check_ledger,
    _check_vectors,
    _check_words,
    _check_clusters,
)


CutFields = tuple[int, int, int, str | None, bytes, tuple[tuple[int, int], ...]]


def _stored_cut(generation: Generation, row: int, key: bytes) -> CutFields:
    passage, sentences = generation.store.passage(row), tuple(generation.sentences.spans(row))
    return _cut_fields(IndexedPassage(passage=passage, sentences=sentences, key=key))


def _cut_fields(indexed: IndexedPassage) -> CutFields:
    part = indexed.passage
    sentences = tuple((span.start, span.end) for span in indexed.sentences)
    return part.start, part.end, part.ordinal, part.heading, indexed.key, sentences
