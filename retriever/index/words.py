"""What the lexical indexes hold: the words of each passage, and those of each article."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from retriever.index.generation import ARTICLE_LEXICAL, LEXICAL
from retriever.index.lexical import LexicalIndex
from retriever.index.store import Store
from retriever.text.terms import terms

# Raised whenever the same passage would be counted by other terms: with `retriever.text.terms`,
# with the stemmer, and with what follows here. tests/index/test_words.py notices.
WORDS = 1
# A word of the title counts as if the passage held it twice: inscit +6 points of recall@1, clapnq
# +0.7 against not at all; three times costs squad2 two.
TITLE_COUNTS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Both lexical indexes of a generation."""

    passages: LexicalIndex
    articles: LexicalIndex

    def save(self, folder: Path) -> None:
        """Write both into ``folder``."""
        self.passages.save(folder / LEXICAL)
        self.articles.save(folder / ARTICLE_LEXICAL)


def index_words(store: Store) -> Words:
    """Index the words of a store; an article's title counts as one passage's does."""
    by_article: list[list[str]] = [[] for _ in range(store.count_articles())]
    passages = LexicalIndex.of(_terms_by_passage(store, by_article))
    return Words(passages=passages, articles=LexicalIndex.of(by_article))


def _terms_by_passage(store: Store, by_article: list[list[str]]) -> Iterator[list[str]]:
    """Yield the terms of each passage, its title's among them, and add them to its article's."""
    title: list[str] = []
    for row, passage in enumerate(store.passages()):
        own = by_article[store.passage_article[row]]
        if passage.ordinal == 0:
            title = terms(passage.article.title or "") * TITLE_COUNTS
            own += title
        found = terms(passage.text)
        own += found
        yield found + title
