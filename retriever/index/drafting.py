"""The first half of a build: source files → articles → passages and sentences, in a new store.

What the generation before holds of an unchanged file is taken from it, cut as it is when the
rules are the same; only the others are read.
"""

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retriever.corpus import READING, SourceFile, Survey, digest, read_source
from retriever.index.encoder import Encoder
from retriever.index.generation import Generation
from retriever.index.manifest import Manifest
from retriever.index.pieces import Piece, pieces_of, splitting
from retriever.index.store import SeenFile
from retriever.index.store_writer import StoreWriter
from retriever.index.words import WORDS
from retriever.records import Article, Failure

# A file changed less than this before it was read may change again within the same tick of its
# time stamp, and its size may stay: next time its content is looked at. FAT has ticks of 2 s.
UNSETTLED_NS = 2_000_000_000

Ints = NDArray[np.int64]
Found = tuple[str, Article, Sequence[Piece]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a store was filled with.

    ``sentences`` is ``(n, 3)``: passage row, start and end of each sentence, in order.
    ``first_failure`` is an example of what could not be read.
    """

    articles: int
    passages: int
    sentences: Ints
    first_failure: Failure | None


def draft(
    found: Survey,
    folder: Path,
    encoder: Encoder,
    *,
    before: "Before | None",
    seen_ns: int,
    step: Callable[[int], None],
) -> Draft:
    """Fill a new store in ``folder`` and return what went into it.

    The corpus was looked through at ``seen_ns``, nanoseconds since the epoch; ``step`` is told how
    many of its files are done, again after each article of a file that holds many.
    """
    taking = _Taking(encoder=encoder, before=before)
    with StoreWriter(folder) as store:
        store.add_skipped(found.skipped)
        for done, source in enumerate(found.sources):
            step(done)
            entry, items = taking.open(source, seen_ns)
            _add(store, entry, items, taking, partial(step, done))
        step(len(found.sources))
        return Draft(
            articles=store.articles,
            passages=store.passages,
            sentences=np.array(taking.sentences, dtype=np.int64).reshape(-1, 3),
            first_failure=store.first_failure,
        )


class Before:
    """The generation before, as far as a build may take from it."""

    def __init__(self, generation: Generation, corpus: Path, encoder: Encoder) -> None:
        """Look at what ``generation`` was made with."""
        self.generation = generation
        self.redone = _redone(generation.manifest, encoder)
        self.same_corpus = generation.manifest.corpus == str(corpus.absolute())
        self.same_encoder = "encoding" not in self.redone
        self._seen = generation.store.seen()
        self._keys = generation.store.passage_keys()

    def unchanged(self, sources: Sequence[SourceFile]) -> bool:
        """Tell whether a build from these files would give the same again."""
        return (
            self.same_corpus
            and not self.redone
            and self._seen.keys() == {source.path for source in sources}
            and all(self.holds(source) for source in sources)
        )

    def holds(self, source: SourceFile) -> bool:
        """Tell whether the file is as the last build saw it, by its stamp or by its content."""
        entry = self._seen.get(source.path)
        if entry is None or "reading" in self.redone:
            return False
        same_stamp = entry.stamp == source.stamp
        if self.same_corpus and same_stamp and entry.sha256:
            return True
        now = digest(source)  # empty when the file cannot be read, as it then was or is anew
        return now == entry.sha256 and (now != "" or same_stamp)

    def sha256(self, source: SourceFile) -> str:
        """Return the digest of a file that it holds."""
        return self._seen[source.path].sha256

    def items(self, source: SourceFile, encoder: Encoder) -> Iterator[Found | Failure]:
        """Yield what the file gave: stated id, article and pieces, then what failed."""
        store, same_cuts = self.generation.store, "splitting" not in self.redone
        for row, stated_id, article in store.articles_of(source.path):
            pieces = self._pieces(row) if same_cuts else pieces_of(article, encoder)
            yield stated_id, article, pieces
        yield from store.failures(source.path)

    def pieces_like(self, article: Article) -> list[Piece] | None:
        """Return how an article is cut that came out of a changed or moved file as it was."""
        row = None if "splitting" in self.redone else self._by_text.get(article.sha256)
        if row is None:
            return None
        held = replace(self.generation.store.article_at(row), id=article.id, path=article.path)
        return self._pieces(row) if held == article else None

    @cached_property
    def _by_text(self) -> dict[str, int]:
        given = self.generation.store.given()
        return {sha256: row for row, (_, _, sha256) in enumerate(given)}

    def _pieces(self, article_row: int) -> list[Piece]:
        store, sentences = self.generation.store, self.generation.sentences
        return [
            Piece(
                passage=store.passage(row),
                sentences=tuple(sentences.spans(row)),
                key=self._keys[row],
            )
            for row in store.passage_rows(article_row)
        ]


def _redone(made: Manifest, encoder: Encoder) -> dict[str, str]:
    """Return what a generation cannot give any more, whatever its files, and why."""
    redone = {}
    if made.reading != READING:
        redone["reading"] = f"the rules of reading are {READING}, they were {made.reading}"
    if made.fingerprint != encoder.fingerprint:
        redone["encoding"] = (
            f"the encoder is {encoder.fingerprint[:8]}, it was {made.encoder} "
            f"({made.fingerprint[:8]})"
        )
        redone["splitting"] = "another encoder counts tokens in its own way"
    if made.splitting != splitting():
        redone["splitting"] = (
            f"the rules of splitting are {splitting()}, they were {made.splitting}"
        )
    if made.words != WORDS:
        redone["words"] = f"the rules of words are {WORDS}, they were {made.words}"
    return redone


@dataclass(slots=True, kw_only=True)
class _Taking:
    """What a draft keeps from file to file."""

    encoder: Encoder
    before: Before | None
    used: set[str] = field(default_factory=set)
    # Numbers of one kind, not spans: millions of sentences fit.
    sentences: "array[int]" = field(default_factory=lambda: array("q"))

    def open(self, source: SourceFile, seen_ns: int) -> tuple[SeenFile, Iterator[Found | Failure]]:
        """Return the file's new entry and what it holds, taken over or read."""
        # What is wrong with a file that is not opened stands in its stamp.
        settled = source.changed_ns < seen_ns - UNSETTLED_NS or source.problem
        stamp = source.stamp if settled else ""
        if self.before and self.before.holds(source):
            sha256 = self.before.sha256(source)
            found = self.before.items(source, self.encoder)
        else:
            sha256 = digest(source)
            found = self._read(source)
        return SeenFile(path=source.path, stamp=stamp, sha256=sha256), found

    def _read(self, source: SourceFile) -> Iterator[Found | Failure]:
        for item in read_source(source):
            if isinstance(item, Failure):
                yield item
            else:
                held = self.before.pieces_like(item) if self.before else None
                yield item.id, item, held or pieces_of(item, self.encoder)

    def unique(self, article: Article, stated_id: str) -> Article:
        """Give a second article with the same id a name of its own: none is lost."""
        article_id, copy = stated_id, 1
        while article_id in self.used:
            copy += 1
            article_id = f"{stated_id}~{copy}"
        self.used.add(article_id)
        return replace(article, id=article_id)


def _add(
    store: StoreWriter,
    entry: SeenFile,
    found: Iterator[Found | Failure],
    taking: _Taking,
    alive: Callable[[], None],
) -> None:
    failures = []
    for item in found:
        alive()
        if isinstance(item, Failure):
            failures.append(item)
            continue
        stated_id, article, pieces = item
        if not pieces:
            failures.append(Failure(path=entry.path, reason=f"{stated_id} holds no text"))
            continue
        for row, piece in enumerate(pieces, store.passages):
            for span in piece.sentences:
                taking.sentences.extend((row, span.start, span.end))
        store.add_article(
            taking.unique(article, stated_id),
            stated_id=stated_id,
            source=entry.path,
            pieces=pieces,
        )
    store.add_source(entry, failures)
