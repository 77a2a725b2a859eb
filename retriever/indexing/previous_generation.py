"""The generation before, as far as a build may take from it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np

from retriever.corpus import READING, SourceFile, digest
from retriever.encoders.protocol import Encoder
from retriever.index.generation import Generation
from retriever.indexing.clustering import clustering
from retriever.indexing.passage_keys import KeyTable
from retriever.indexing.segmentation import (
    IndexedPassage,
    SegmentedArticle,
    segment_article,
    splitting,
)
from retriever.indexing.word_index import words_version
from retriever.records import Article, Failure


class PreviousGeneration:
    """What a build may take from a generation."""

    def __init__(self, generation: Generation, corpus: Path, encoder: Encoder) -> None:
        """Look at what ``generation`` was made with."""
        self.generation = generation
        self.redone = _redone(generation, encoder)
        self.same_corpus = generation.manifest.corpus == str(corpus.absolute())
        self.same_encoder = "encoding" not in self.redone
        self._seen = generation.store.seen()

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

    def items(self, source: SourceFile, encoder: Encoder) -> Iterator[SegmentedArticle | Failure]:
        """Yield what the file gave: its articles, then what failed."""
        store, same_cuts = self.generation.store, "splitting" not in self.redone
        for row, stated_id, article in store.articles_of(source.path):
            passages = self.passages(row) if same_cuts else segment_article(article, encoder)
            yield SegmentedArticle(
                source=source.path,
                stated_id=stated_id,
                article=article,
                passages=passages,
                before=row if same_cuts else None,
            )
        yield from store.failures(source.path)

    def row_like(self, article: Article) -> int | None:
        """Return the row of an article that came out of a changed or moved file as it was."""
        row = None if "splitting" in self.redone else self._by_text.get(article.sha256)
        if row is None:
            return None
        held = replace(self.generation.store.article_at(row), id=article.id, path=article.path)
        return row if held == article else None

    @cached_property
    def _by_text(self) -> dict[str, int]:
        given = self.generation.store.given()
        return {sha256: row for row, (_, _, sha256) in enumerate(given)}

    def passages(self, article_row: int) -> list[IndexedPassage]:
        """Return how the article of a row is cut."""
        store, sentences = self.generation.store, self.generation.sentences
        rows = store.passage_rows(article_row)
        return [
            IndexedPassage(
                passage=store.passage(row), sentences=tuple(sentences.spans(row)), key=key
            )
            for row, key in zip(rows, store.passage_keys(rows), strict=True)
        ]

    @cached_property
    def known(self) -> KeyTable:
        """The row of each key, for passages whose article changed."""
        keys = self.generation.store.packed_keys()
        return KeyTable(keys, np.arange(len(keys)))


def _redone(generation: Generation, encoder: Encoder) -> dict[str, str]:
    """Return what a generation cannot give any more, whatever its files, and why."""
    made, redone = generation.manifest, {}
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
    if made.clustering != clustering():
        redone["clustering"] = (
            f"the rules of finding reprints are {clustering()}, they were {made.clustering}"
        )
    if made.words != (now := words_version(generation.lexicon)):
        redone["words"] = f"the rules of words are {now}, they were {made.words}"
    return redone
