"""Which parts of which articles may hold a quotation: passages that share its words."""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from retriever.drafts.streams import ArticleWindow
from retriever.index.generation import Generation
from retriever.ranking.phrases import is_in
from retriever.records import Span
from retriever.records.arrays import FloatVector, RowNumbers
from retriever.text.terms import terms

LIKELIEST = 10  # passages by BM25 that are compared with a quotation
# Those that hold every one of its terms: a short quotation shares its words with many passages.
WITH_ALL_TERMS = 60
READ_FOR_PHRASE = 1_000  # of these, where there are more, to find those with the very words
_PASSAGE = 600  # code points; a long quotation, or one in parts, may reach over several
_WINDOWS_CACHED = 512


class QuotationSources:
    """The windows of one generation, for the quotations of one draft; one thread uses it."""

    def __init__(self, generation: Generation) -> None:
        """Look into ``generation``."""
        self._generation = generation
        self._window = lru_cache(maxsize=_WINDOWS_CACHED)(self._window_of)

    def can_look_for(self, words: str) -> bool:
        """Tell whether a word of these is looked for at all; the commonest are not."""
        return bool(terms(words, self._generation.lexicon))

    def windows(self, words: str, *, beside: int) -> Iterator[ArticleWindow]:
        """Yield what may hold ``words``, the likeliest first, with passages ``beside`` each.

        Those that hold all of the terms come before others that are as likely.
        """
        wanted = list(dict.fromkeys(terms(words, self._generation.lexicon)))
        if not wanted:
            return
        reach = beside + len(words) // _PASSAGE
        for row in self._rows(words, wanted):
            yield self._window(row, reach)

    def rarity(self, word: str) -> float:
        """Return how rare a word is in the articles; 0 for a stop word."""
        return sum(map(self._generation.lexical.rarity, terms(word, self._generation.lexicon)))

    def _rows(self, words: str, wanted: list[str]) -> list[int]:
        lexical = self._generation.lexical
        scores = lexical.scores(wanted, [1.0] * len(wanted))
        found = np.flatnonzero(scores)
        holding = _intersection([lexical.rows_of(term) for term in wanted if term in lexical])
        if len(holding) > WITH_ALL_TERMS:
            holding = self._with_phrase(words, holding, scores)
        rows = [*_best(holding, scores[holding], WITH_ALL_TERMS)]
        rows += _best(found, scores[found], LIKELIEST)
        return sorted(dict.fromkeys(rows), key=lambda row: (-scores[row], row))

    def _with_phrase(self, words: str, rows: RowNumbers, scores: FloatVector) -> RowNumbers:
        """Return which of the likeliest rows have the words one after the other, ascending."""
        passage = self._generation.store.passage
        likeliest = _best(rows, scores[rows], READ_FOR_PHRASE)
        holding = [row for row in likeliest if is_in(words, passage(row).text)]
        return np.array(sorted(holding), dtype=np.int64)

    def _window_of(self, row: int, reach: int) -> ArticleWindow:
        store = self._generation.store
        article_row = int(store.passage_article[row])
        rows = store.passage_rows(article_row)
        first = store.passage(max(rows[0], row - reach))
        last = store.passage(min(rows[-1], row + reach))
        span = Span(start=min(first.start, last.start), end=max(first.end, last.end))
        return ArticleWindow(article=store.article_at(article_row), span=span)


def _best(rows: RowNumbers, scores: FloatVector, most: int) -> list[int]:
    """Return so many rows of the highest scores; of equal ones the first."""
    if len(rows) > most:
        kept = np.sort(np.argpartition(-scores, most - 1)[:most])
        rows, scores = rows[kept], scores[kept]
    found: list[int] = rows[np.lexsort((rows, -scores))].tolist()
    return found


def _intersection(sets: list[RowNumbers]) -> RowNumbers:
    """Return the rows of all sets; none where there are no sets."""
    if not sets:
        return np.zeros(0, dtype=np.int64)
    first, *others = sorted(sets, key=len)
    for other in others:
        first = np.intersect1d(first, other, assume_unique=True)
    return first
