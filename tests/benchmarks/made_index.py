"""Make an index of any size out of real ones, on disk, without encoding anything.

    python -m tests.benchmarks.made_index FOLDER BASE... [--passages N] [--noise S]

writes an index of about N passages (1,000,000) into FOLDER: the articles of the indexes BASE as
they are, then again and again with other words, until there are enough. A copy has one word in
eight replaced by another of the same length, and one in a hundred by letters that are no word, so
that its spans stay true and the vocabulary grows as that of texts does; its passages' vectors are
those of the originals moved in a random direction by S (0.4; their cosine is then .93), and those
of its sentences and titles are repeated. Everything else is made as a build makes it: the store,
the words, the codes of the engine. 1,000,000 passages take 7 GB of disk and 400 s of CPU.
"""

import argparse
import hashlib
import random
import string
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

import numpy as np

from retriever.corpus.source import text_digest
from retriever.index import publishing
from retriever.index.clusters import CLUSTERS, COMPARED, SIGNATURES
from retriever.index.generation import TITLES, Generation
from retriever.index.manifest import checksums
from retriever.index.sentence_vectors import SENTENCE_VECTORS, SPANS
from retriever.index.store import SeenFile, Store
from retriever.index.vectors import VECTORS, write_engine
from retriever.indexing.editions import ComparedTexts, Identities, clusters_of
from retriever.indexing.segmentation import IndexedPassage
from retriever.indexing.signatures import WIDTH
from retriever.indexing.store_writer import StoreWriter
from retriever.indexing.word_forms_index import write_word_forms
from retriever.indexing.word_index import write_words
from retriever.records import Article
from retriever.records.arrays import FloatMatrix
from retriever.text.reprinting import Relation
from tests.benchmarks.rebuilding import say

SOURCE = "made.jsonl"
REPLACED, INVENTED = 8, 100  # one word in so many
NOISE = 0.4
_AT_ONCE = 8_192  # vectors in memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The first ``articles`` of a base once more, number ``number``; 0 is as it stands."""

    base: Generation
    number: int
    articles: int

    @property
    def passages(self) -> int:
        """How many passages they have."""
        return int(np.searchsorted(self.base.store.passage_article, self.articles))

    @property
    def sentences(self) -> int:
        """How many sentences they have."""
        return int(np.searchsorted(self.base.sentences.table[:, 0], self.passages))


class Words:
    """The words of a base by their length, and others in their place."""

    def __init__(self, base: Generation) -> None:
        """Take the words of some articles."""
        step = max(base.store.count_articles() // 300, 1)
        texts = (base.store.article_at(n).text for n in range(0, base.store.count_articles(), step))
        self._by_length: dict[int, list[str]] = {}
        for word in sorted({word for text in texts for word in text.split() if word.isalpha()}):
            self._by_length.setdefault(len(word), []).append(word)

    def changed(self, text: str, chance: random.Random) -> str:
        """Return a text of the same length with other words in it, spaces where they were."""
        parts = text.split(" ")
        for place in chance.sample(range(len(parts)), k=len(parts) // REPLACED):
            word = parts[place]
            if len(word) > 3 and word.isalpha():
                parts[place] = chance.choice(self._by_length.get(len(word), [word]))
        for place in chance.sample(range(len(parts)), k=-(-len(parts) // INVENTED)):
            word = parts[place]
            if len(word) > 4 and word.isalpha():
                letters = "".join(chance.choices(string.ascii_lowercase, k=len(word) - 1))
                parts[place] = word[0] + letters
        return " ".join(parts)


def make_index(folder: Path, bases: Sequence[Path], *, passages: int, noise: float) -> None:
    """Write an index of about so many passages into ``folder``."""
    opened = [Generation(publishing.current_generation(base)) for base in bases]
    copies = [*planned(opened, passages)]
    with publishing.writing(folder), publishing.new_generation(folder) as made:
        write_store(copies, made)
        write_vectors(copies, made, noise)
        write_repeated(copies, made)
        write_engine(made)
        with closing(Store(made)) as store:
            words = write_words(store, made, taken=None, step=lambda *_: None)
            write_word_forms(store, made, taken=None, step=lambda *_: None)
            write_no_reprints(store, made)
            made_of = replace(
                opened[0].manifest,
                generation=1,
                corpus=str(folder / SOURCE),
                words=words,
                articles=store.count_articles(),
                passages=len(store),
                files=checksums(made),
            )
        made_of.write(made)
        publishing.publish(folder, made, 1)


def write_no_reprints(store: Store, folder: Path) -> None:
    """Write clusters in which each article is by itself.

    Copies of one article are alike by the dozen, and comparing each with each would take hours.
    """
    count, identities = store.count_articles(), Identities.of(store)
    pairs = np.unique(np.sort(identities.pairs(), axis=1), axis=0)  # of one address or title
    found = np.full(len(pairs), Relation.DIFFERENT)
    np.save(folder / SIGNATURES, np.zeros((count, WIDTH), dtype=np.uint16))
    np.save(folder / COMPARED, np.column_stack([pairs, found]).astype(np.int32))
    compared = ComparedTexts(
        first=np.arange(count), again=np.zeros(count, dtype=np.int64), pairs=pairs, found=found
    )
    np.save(folder / CLUSTERS, clusters_of(identities, compared))


def planned(bases: Sequence[Generation], passages: int) -> Iterator[Copy]:
    """Yield whole copies of all bases by turns, and of the last as many articles as are needed."""
    number = left = 0
    left = passages
    while left > 0:
        for base in bases:
            articles = base.store.passage_article
            needed = int(articles[left - 1]) + 1 if left <= len(articles) else len(base.titles)
            copy = Copy(base=base, number=number, articles=needed)
            yield copy
            left -= copy.passages
            if left <= 0:
                return
        number += 1


def write_store(copies: Sequence[Copy], folder: Path) -> None:
    """Write the articles."""
    words = {id(copy.base): Words(copy.base) for copy in copies if copy.number == 0}
    with StoreWriter(folder) as writer:
        writer.add_source(SeenFile(path=SOURCE, stamp="", sha256=""), ())
        for copy in copies:
            for row in range(copy.articles):
                article = changed_article(copy, row, words[id(copy.base)])
                parts = [*cut_as_before(copy, row, article)]
                writer.add_article(article, stated_id=article.id, source=SOURCE, passages=parts)


def changed_article(copy: Copy, row: int, words: Words) -> Article:
    """Return an article of a copy, of the same length as the original."""
    article = copy.base.store.article_at(row)
    name = f"{copy.number}:{copy.base.folder.parent.parent.name}:{article.id}"
    if copy.number == 0:
        return replace(article, id=name)
    chance = random.Random(name)
    text = words.changed(article.text, chance)
    title = words.changed(article.title, chance) if article.title else article.title
    return replace(article, id=name, title=title, text=text, sha256=text_digest(text))


def cut_as_before(copy: Copy, row: int, article: Article) -> Iterator[IndexedPassage]:
    """Yield the passages of an article where those of the original are."""
    for passage_row in copy.base.store.passage_rows(row):
        key = hashlib.sha256(f"{article.id} {passage_row}".encode()).digest()[:16]
        passage = replace(copy.base.store.passage(passage_row), article=article)
        spans = tuple(copy.base.sentences.spans(passage_row))
        yield IndexedPassage(passage=passage, sentences=spans, key=key)


def write_vectors(copies: Sequence[Copy], folder: Path, noise: float) -> None:
    """Write the vectors of the passages, those of copies moved by ``noise``."""
    shape = (sum(copy.passages for copy in copies), copies[0].base.vectors.dimension)
    out = np.lib.format.open_memmap(folder / VECTORS, mode="w+", dtype=np.float32, shape=shape)
    done = 0
    for copy in copies:
        for start in range(0, copy.passages, _AT_ONCE):
            block = copy.base.vectors.matrix()[start : min(start + _AT_ONCE, copy.passages)]
            out[done : done + len(block)] = moved(block, noise if copy.number else 0.0, seed=done)
            done += len(block)
    out.flush()


def moved(vectors: FloatMatrix, noise: float, *, seed: int) -> FloatMatrix:
    """Return unit vectors moved in random directions by ``noise``."""
    if not noise:
        return vectors
    chance = np.random.default_rng(seed)
    away = chance.standard_normal(vectors.shape, dtype=np.float32)
    found = vectors + away * np.float32(noise / vectors.shape[1] ** 0.5)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found


def write_repeated(copies: Sequence[Copy], folder: Path) -> None:
    """Write where sentences stand, their codes and those of titles, which copies repeat."""
    sentences = sum(copy.sentences for copy in copies)
    width = copies[0].base.vectors.dimension
    new = np.lib.format.open_memmap
    spans = new(folder / SPANS, mode="w+", dtype=np.int32, shape=(sentences, 3))
    codes = new(folder / SENTENCE_VECTORS, mode="w+", dtype=np.int8, shape=(sentences, width))
    count = sum(copy.articles for copy in copies)
    titles = new(folder / TITLES, mode="w+", dtype=np.int8, shape=(count, width))
    passages = accumulate((copy.passages for copy in copies), initial=0)
    sentence = article = 0
    for copy, first in zip(copies, passages, strict=False):
        end = sentence + copy.sentences
        spans[sentence:end] = copy.base.sentences.table[: copy.sentences]
        spans[sentence:end, 0] += first
        codes[sentence:end] = copy.base.sentences.codes[: copy.sentences]
        titles[article : article + copy.articles] = copy.base.titles.codes[: copy.articles]
        sentence, article = end, article + copy.articles
    for array in (spans, codes, titles):
        array.flush()


def main(folder: Path, bases: Sequence[Path], *, passages: int, noise: float) -> None:
    """Make the index and say how long that took."""
    started, used = time.perf_counter(), time.process_time()
    make_index(folder, bases, passages=passages, noise=noise)
    say(
        f"{folder}: {time.perf_counter() - started:.0f} s, {time.process_time() - used:.0f} s CPU, "
        f"{sum(path.stat().st_size for path in folder.rglob('*') if path.is_file()) / 1e9:.2f} GB"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make an index of any size out of real ones.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("bases", type=Path, nargs="+")
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--noise", type=float, default=NOISE)
    asked = parser.parse_args()
    main(asked.folder, asked.bases, passages=asked.passages, noise=asked.noise)
    sys.exit(0)
