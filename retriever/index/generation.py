"""One published generation, open for questions: store, vectors and lexical index together."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from retriever.errors import IndexDamagedError, IndexStaleError
from retriever.index.clusters import Clusters
from retriever.index.lexical import LexicalIndex
from retriever.index.manifest import Manifest, check_files, read_manifest
from retriever.index.memory_maps import mapped
from retriever.index.quantization import QuantizedVectors
from retriever.index.sentence_vectors import Sentences
from retriever.index.store import Store
from retriever.index.vectors import VectorIndex, open_vectors
from retriever.index.word_forms import load_word_forms
from retriever.records import Article, Coverage
from retriever.text.lexicon import Lexicon, lexicon_of

TITLES = "title-vectors.npy"
LEXICAL = "lexical"
ARTICLE_LEXICAL = "lexical-articles"

# Gives what searches the vectors of the generation in a folder.
VectorsOpener = Callable[[Path, Manifest], VectorIndex]


def vectors_here(folder: Path, made: Manifest) -> VectorIndex:
    """Return the vectors of the generation in ``folder``, searched in this process."""
    return open_vectors(folder, count=made.passages)


class Generation:
    """The resources of one generation; never changes, so threads may share it.

    They are let go when the last reference to it goes, or by :meth:`close`.
    """

    def __init__(
        self, folder: Path, vectors: VectorsOpener = vectors_here, *, thorough: bool = False
    ) -> None:
        """Open and check the generation in ``folder``; what is large whole only if ``thorough``.

        ``vectors`` says what searches its vectors.

        :raises IndexDamagedError: when a file is missing, altered, or the counts disagree.
        :raises IndexStaleError: when another version of the format wrote it.
        """
        self.folder = folder
        self.manifest: Manifest = read_manifest(folder)
        check_files(folder, self.manifest, thorough=thorough)
        count = self.manifest.passages
        with ExitStack() as opened:
            self.store = Store(folder, thorough=thorough)
            opened.callback(self.store.close)
            self.vectors = vectors(folder, self.manifest)
            self.sentences = Sentences.load(folder, passages=count)
            # A passage reads its title as well, but only the title by itself tells whether a
            # question is about the article's subject.
            shape = (self.manifest.articles, None)
            self.titles = QuantizedVectors(mapped(folder / TITLES, kind=np.int8, shape=shape))
            self.lexical = LexicalIndex.load(folder / LEXICAL, count=count)
            self.article_lexical = LexicalIndex.load(
                folder / ARTICLE_LEXICAL, count=self.manifest.articles
            )
            self.clusters = Clusters.load(folder, articles=self.manifest.articles)
            self.word_forms = load_word_forms(folder, articles=self.manifest.articles)
            self.coverage = _coverage(self.store, self.manifest, self.clusters)
            _check_counts(self)
            opened.pop_all()

    @property
    def name(self) -> str:
        """Its number, as its folder is named."""
        return self.folder.name

    @property
    def lexicon(self) -> Lexicon:
        """What made the index terms: the lexicon of the corpus' language."""
        return lexicon_of(self.store.language)

    def sentence_article(self, row: int) -> Article:
        """Return the article that a sentence is of."""
        passage = self.sentences.passage(row)
        return self.store.article_at(int(self.store.passage_article[passage]))

    def sentence_text(self, row: int) -> str:
        """Return the words of a sentence."""
        return self.sentences.span(row).of(self.sentence_article(row).text)

    def require_encoder(self, name: str, fingerprint: str) -> None:
        """Make sure that questions are encoded as the passages were.

        :raises IndexStaleError: when the encoder differs, naming both and the way out.
        """
        if fingerprint != self.manifest.fingerprint:
            raise IndexStaleError(
                f"the index was built with the encoder {self.manifest.encoder} "
                f"({self.manifest.fingerprint[:8]}), this is {name} ({fingerprint[:8]}); "
                "rebuild it with: quotidian build --full"
            )

    def require_words(self, words: str) -> None:
        """Make sure that questions are cut into terms as the passages were.

        :raises IndexStaleError: when other rules made the index, with the way out.
        """
        if self.manifest.words != words:
            raise IndexStaleError(
                f"the index was built with version {self.manifest.words} of the rules of words, "
                f"this program has {words}; bring it up to date with: quotidian build"
            )

    def close(self) -> None:
        """Let go of the files now."""
        self.store.close()


def _check_counts(generation: Generation) -> None:
    """Refuse parts that are whole by themselves but do not belong together."""
    store, made = generation.store, generation.manifest
    dimension = generation.vectors.dimension
    pairs = (
        ("passages", len(store), made.passages),
        ("articles", store.count_articles(), made.articles),
        ("numbers in a sentence's vector", generation.sentences.dimension, dimension),
        ("numbers in a title's vector", generation.titles.dimension, dimension),
    )
    for what, found, expected in pairs:
        if found != expected:
            raise IndexDamagedError(
                f"{generation.folder} holds {found} {what} where {expected} belong"
            )


def _coverage(store: Store, manifest: Manifest, clusters: Clusters) -> Coverage:
    origins = store.origins
    dates = sorted(filter(None, origins.values("published")))
    return Coverage(
        articles=manifest.articles,
        passages=manifest.passages,
        publishers=len([*filter(None, origins.values("publisher"))]),
        undated=origins.without("published"),
        earliest=dates[0] if dates else None,
        latest=dates[-1] if dates else None,
        failed=store.failures(),
        built=manifest.built,
        generation=manifest.generation,
        origins=clusters.count_origins(),
    )
