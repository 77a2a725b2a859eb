"""What the lexical indexes hold: the words of each passage, and those of each article.

Those of an article that was taken over whole from the generation before are not counted again.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np

from retriever.index.generation import ARTICLE_LEXICAL, LEXICAL, Generation
from retriever.index.store import Store
from retriever.indexing.lexical_writer import CountedBefore, LexicalWriter
from retriever.records.arrays import RowNumbers
from retriever.text.lexicon import Lexicon, lexicon_of
from retriever.text.terms import terms

# Raised whenever the same passage would be counted by other terms: with `retriever.text.terms`,
# with the stemmer, and with what follows here. tests/indexing/test_word_index.py notices.
WORDS = 2
# A word of the title counts as if the passage held it twice: inscit +6 points of recall@1, clapnq
# +0.7 against not at all; three times costs squad2 two.
TITLE_COUNTS = 2


# Articles between two steps of the progress bar.
TOLD_EVERY = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """Which articles are those of a generation before, cut as they were.

    ``articles`` says, for each article row of now, which row it was there; -1 for none.
    """

    generation: Generation
    articles: RowNumbers


def rows_now(taken: TakenOver) -> RowNumbers:
    """Return for each article row of the generation before which row it is now, -1 for none.

    Of two articles that were one, the first takes it.
    """
    now = np.flatnonzero(taken.articles >= 0)
    old, first = np.unique(taken.articles[now], return_index=True)
    rows = np.full(taken.generation.manifest.articles, -1, dtype=np.int64)
    rows[old] = now[first]
    return rows


def words_version(lexicon: Lexicon) -> str:
    """Return what identifies the terms of an index: the rules, and the lexicon of its language."""
    return f"{WORDS}/{lexicon.version}"


def write_words(
    store: Store, folder: Path, *, taken: TakenOver | None, step: Callable[[int, int], None]
) -> str:
    """Write the lexical indexes of a store into ``folder``; return the version of their terms.

    What ``taken`` tells is taken from its generation, if that has terms of the same version. An
    article's title counts as one passage's does. ``step`` is told how many articles are counted, of
    how many.
    """
    lexicon, count = lexicon_of(store.language), store.count_articles()
    version = words_version(lexicon)
    kept = _Kept.of(store, taken if taken and taken.generation.manifest.words == version else None)
    missing = np.setdiff1d(np.arange(count), kept.articles.rows) if kept else np.arange(count)
    with ExitStack() as opened:
        passages, articles = (
            opened.enter_context(LexicalWriter(folder / name, before=before))
            for name, before in (
                (LEXICAL, kept.passages if kept else None),
                (ARTICLE_LEXICAL, kept.articles if kept else None),
            )
        )
        for done, article in enumerate(missing):
            if done % TOLD_EVERY == 0:
                step(done, len(missing))
            _count(store, int(article), lexicon, passages, articles)
        told = partial(step, len(missing), len(missing))
        told()
        passages.finish(len(store), tick=told)
        articles.finish(count, tick=told)
    return version


def _count(
    store: Store, row: int, lexicon: Lexicon, passages: LexicalWriter, articles: LexicalWriter
) -> None:
    """Count the words of one article."""
    own = [*store.passages([row])]
    title = terms(own[0].article.title or "", lexicon) * TITLE_COUNTS
    texts = [terms(passage.text, lexicon) for passage in own]
    for passage, found in zip(store.passage_rows(row), texts, strict=True):
        passages.add(passage, found + title)
    articles.add(row, [*title, *chain.from_iterable(texts)])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What was counted before, of passages and of articles."""

    passages: CountedBefore
    articles: CountedBefore

    @classmethod
    def of(cls, store: Store, taken: TakenOver | None) -> "_Kept | None":
        """Return what can be taken over."""
        if taken is None:
            return None
        before, articles = taken.generation, rows_now(taken)
        old = np.flatnonzero(articles >= 0)
        now = articles[old]
        passages = np.full(len(before.lexical), -1, dtype=np.int64)
        passages[_rows_of(before.store, old)] = _rows_of(store, now)
        return cls(
            passages=CountedBefore(index=before.lexical, rows=passages),
            articles=CountedBefore(index=before.article_lexical, rows=articles),
        )


def _rows_of(store: Store, articles: RowNumbers) -> RowNumbers:
    """Return the rows of the passages of these articles, one article behind the other."""
    first = np.searchsorted(store.passage_article, articles, side="left")
    after = np.searchsorted(store.passage_article, articles, side="right")
    counts = after - first
    ends = np.cumsum(counts)
    rows: RowNumbers = np.arange(counts.sum()) + np.repeat(first - (ends - counts), counts)
    return rows
