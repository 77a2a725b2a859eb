"""Which entries hold the words that somebody looks for: in what is stated of them, or in the text.

The text is looked up in the words of the index itself, so that a search takes milliseconds however
long the articles are; other forms of a word are found with it, as where a question is asked.
"""

from dataclasses import dataclass

import numpy as np

from retriever.catalogue.table import EntryTable
from retriever.index.lexical import LexicalIndex
from retriever.records.arrays import BoolVector
from retriever.text.lexicon import Lexicon
from retriever.text.terms import fold_word, terms, words

# Words after these are not looked for.
_MOST = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsFound:
    """Of each entry, whether it holds all words, and whether it states them all outside its text.

    Title, author, publisher, file and remarks are stated; any part of a word is found there.
    """

    held: BoolVector
    stated: BoolVector


def find_words(
    query: str, table: EntryTable, lexical: LexicalIndex, lexicon: Lexicon
) -> WordsFound:
    """Return which entries hold every word of ``query``, each wherever it stands.

    ``lexical`` has the words of articles by their rows. Stop words, which no text is indexed by,
    are looked for only where there is nothing else.
    """
    sought = [*dict.fromkeys(query.split())][:_MOST]
    telling = [word for word in sought if terms(word, lexicon) or not words(word)]
    everywhere = np.ones(len(table), dtype=bool)
    held, stated = everywhere.copy(), everywhere.copy()
    for word in telling or sought:
        own = table.stating(fold_word(word))
        stated &= own
        held &= own | _in_text(word, table, lexical, lexicon)
    return WordsFound(held=held, stated=stated)


def _in_text(word: str, table: EntryTable, lexical: LexicalIndex, lexicon: Lexicon) -> BoolVector:
    """Tell of each entry whether the text or the title of its article holds a word."""
    found = terms(word, lexicon)
    articles = np.full(len(lexical) + 1, fill_value=bool(found))
    articles[-1] = False  # for entries without an article
    for term in found:
        own = np.zeros(len(lexical) + 1, dtype=bool)
        own[lexical.rows_of(term)] = True
        articles &= own
    held: BoolVector = articles[table.article_rows]
    return held
