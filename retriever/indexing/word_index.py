"""What the lexical indexes hold: the words of each passage, and those of each article."""

from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path

from retriever.index.generation import ARTICLE_LEXICAL, LEXICAL
from retriever.index.lexical import LexicalIndex, TermCounter
from retriever.index.store import Store
from retriever.text.lexicon import Lexicon, lexicon_of
from retriever.text.terms import terms

# Raised whenever the same passage would be counted by other terms: with `retriever.text.terms`,
# with the stemmer, and with what follows here. tests/indexing/test_word_index.py notices.
WORDS = 1
# A word of the title counts as if the passage held it twice: inscit +6 points of recall@1, clapnq
# +0.7 against not at all; three times costs squad2 two.
TITLE_COUNTS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class WordIndexes:
    """Both lexical indexes of a generation, and the ``version`` of what made their terms."""

    passages: LexicalIndex
    articles: LexicalIndex
    version: str

    def save(self, folder: Path) -> None:
        """Write both into ``folder``."""
        self.passages.save(folder / LEXICAL)
        self.articles.save(folder / ARTICLE_LEXICAL)


def words_version(lexicon: Lexicon) -> str:
    """Return what identifies the terms of an index: the rules, and the lexicon of its language."""
    return f"{WORDS}/{lexicon.version}"


def index_words(store: Store) -> WordIndexes:
    """Index the words of a store; an article's title counts as one passage's does."""
    passages, articles = TermCounter(), TermCounter()
    lexicon = lexicon_of(store.language)
    for _, own in groupby(store.passages(), key=lambda passage: passage.article.id):
        article = [*own]
        title = terms(article[0].article.title or "", lexicon) * TITLE_COUNTS
        texts = [terms(passage.text, lexicon) for passage in article]
        for found in texts:
            passages.add(found + title)
        articles.add([*title, *chain.from_iterable(texts)])
    return WordIndexes(
        passages=passages.index(), articles=articles.index(), version=words_version(lexicon)
    )
