"""Which articles hold what an expression looks for, and how often.

A word's numbers are those of its postings. Where words stand in a row, near each other or exactly
so written, the postings tell which articles may hold them, and these are looked through.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from itertools import pairwise

import numpy as np

from retriever.index.generation import Generation
from retriever.mentions.expression import (
    AllOf,
    AnyOf,
    Expression,
    NoneOf,
    Place,
    SoughtNear,
    SoughtPhrase,
    SoughtSource,
    SoughtWord,
    places_sought,
)
from retriever.mentions.matching import SearchedText, matches
from retriever.query.filters import allowed_articles
from retriever.records import Filters, Span
from retriever.records.arrays import BoolVector, RowNumbers
from retriever.text.unspaced import UNSPACED
from retriever.text.word_forms import IN_TITLE, NOT_PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundArticles:
    """Article rows, ascending, and how many mentions each has: 0 where no text was looked for."""

    rows: RowNumbers
    counts: RowNumbers


def find_articles(
    expression: Expression, generation: Generation, filters: Filters
) -> FoundArticles:
    """Return the articles that an expression finds among those that pass the filters.

    :raises QuestionError: for a filter that is none.
    """
    search = _Search(generation, filters)
    rows = search.rows(expression)
    return FoundArticles(rows=rows, counts=search.mentions(expression, rows))


def sentences_of(generation: Generation, row: int) -> list[Span]:
    """Return where the sentences of an article stand, in order."""
    passages = generation.store.passage_rows(row)
    return [span for passage in passages for span in generation.sentences.spans(passage)]


class _LookedThrough:
    """How often each article holds what is sought, as far as texts that may hold it were read."""

    def __init__(self, articles: int, may_hold: RowNumbers) -> None:
        self.counts: RowNumbers = np.zeros(articles, dtype=np.int64)
        self.unread: BoolVector = np.zeros(articles, dtype=bool)
        self.unread[may_hold] = True


class _Search:
    """One search in one generation; texts that were looked through are not read again."""

    def __init__(self, generation: Generation, filters: Filters) -> None:
        self._generation, self._store = generation, generation.store
        self._forms = generation.word_forms
        self._allowed = np.flatnonzero(allowed_articles(generation.store.origins, filters))
        self._looked_through: dict[Place, _LookedThrough] = {}

    def rows(self, expression: Expression, among: RowNumbers | None = None) -> RowNumbers:
        """Return the rows of the articles that hold it, of some or of all allowed, ascending."""
        among = self._allowed if among is None else among
        match expression:
            case SoughtPhrase() | SoughtNear():
                return self._holding(expression, among)
            case SoughtSource(field=field, name=name):
                return self._from_source(field, name, among)
            case NoneOf(part=part):
                return np.setdiff1d(among, self.rows(part, among), assume_unique=True)
            case AnyOf(parts=parts):
                return reduce(np.union1d, (self.rows(part, among) for part in parts))
            case AllOf(parts=parts):
                return self._holding_all(parts, among)

    def mentions(self, expression: Expression, rows: RowNumbers) -> RowNumbers:
        """Return how many mentions there are in each of these articles."""
        sought = list(dict.fromkeys(places_sought(expression)))
        if all(map(_is_counted, sought)):
            words = [one.words[0] for one in sought if isinstance(one, SoughtPhrase)]
            # "US" is counted with "us" already.
            own = [word for word in words if not any(_covers(other, word) for other in words)]
            found = (self._forms.numbers_of(word.indexed, prefix=word.prefix) for word in own)
            return self._forms.counts(part for numbers in found for part in numbers)[rows]
        if len(sought) == 1:
            return self._counts_of(sought[0], rows)
        return self._look_through(sought, rows)

    def _holding_all(self, parts: Sequence[Expression], among: RowNumbers) -> RowNumbers:
        """Return the articles that hold every part; texts are read when nothing else narrows."""
        for part in parts:
            if isinstance(part, SoughtPhrase | SoughtNear):
                among = _both(among, self._may_hold(part))
        for part in sorted(parts, key=_reads_texts):
            among = self.rows(part, among)
        return among

    def _holding(self, sought: Place, among: RowNumbers) -> RowNumbers:
        rows = _both(among, self._may_hold(sought))
        if isinstance(sought, SoughtPhrase) and sought.in_title:
            plain = len(sought.words) == 1 and not sought.words[0].is_written
            return rows if plain else self._titled(sought, rows)
        return rows if _is_counted(sought) else rows[self._counts_of(sought, rows) > 0]

    def _counts_of(self, sought: Place, rows: RowNumbers) -> RowNumbers:
        """Return how often some articles hold what is sought; a text is read for it once."""
        known = self._looked_through.get(sought)
        if known is None:
            known = _LookedThrough(self._store.count_articles(), self._may_hold(sought))
            self._looked_through[sought] = known
        unread = rows[known.unread[rows]]
        known.counts[unread] = self._look_through([sought], unread)
        known.unread[unread] = False
        return known.counts[rows]

    def _may_hold(self, sought: Expression) -> RowNumbers:
        """Return the allowed articles that hold all words of what is sought, ascending."""
        match sought:
            case SoughtNear(one=one, other=other):
                return _both(self._may_hold(one), self._may_hold(other))
            case AnyOf(parts=parts):
                return reduce(np.union1d, map(self._may_hold, parts))
            case SoughtPhrase(words=words):
                found = [self._numbers(sought, word) for word in words]
                found += [self._forms.numbers_of(pair) for pair in _pairs(sought)]
                return reduce(_both, map(self._rows_of, found))
        raise TypeError(sought)  # NEAR takes nothing else

    def _numbers(self, phrase: SoughtPhrase, word: SoughtWord) -> list[range]:
        """Return the numbers of the forms that a word stands for in the index."""
        return self._forms.numbers_of(phrase.indexed(word), prefix=word.prefix)

    def _rows_of(self, numbers: Sequence[range]) -> RowNumbers:
        rows: RowNumbers = self._allowed[self._forms.counts(numbers)[self._allowed] > 0]
        return rows

    def _from_source(self, field: str, name: str, among: RowNumbers) -> RowNumbers:
        passes = allowed_articles(self._store.origins, Filters(**{field: name}))
        return among[passes[among]]

    def _titled(self, phrase: SoughtPhrase, rows: RowNumbers) -> RowNumbers:
        """Return the articles whose title holds the words in a row."""
        sought = [SoughtPhrase(words=phrase.words)]
        titles = ((row, self._store.article_at(row).title or "") for row in rows.tolist())
        held = [row for row, title in titles if matches(sought, SearchedText(title))]
        return np.array(held, dtype=np.int64)

    def _look_through(self, sought: Sequence[Place], rows: RowNumbers) -> RowNumbers:
        """Count the matches in the texts of these articles."""
        uneven = self._forms.counts(self._forms.numbers_of(NOT_PLAIN))
        counts = np.zeros(len(rows), dtype=np.int64)
        for place, (row, body) in enumerate(self._store.bodies(rows)):
            sentences = partial(sentences_of, self._generation, row)
            text = SearchedText(body, plain=not uneven[row], sentences=sentences)
            counts[place] = len(matches(sought, text))
        return counts


def _is_counted(sought: Place) -> bool:
    """Tell whether what is sought is one word whose numbers the index has."""
    return (
        isinstance(sought, SoughtPhrase)
        and len(sought.words) == 1
        and not sought.words[0].is_looked_for
    )


def _reads_texts(expression: Expression) -> bool:
    """Tell whether articles have to be read to know which hold it."""
    match expression:
        case SoughtPhrase(in_title=True, words=words):
            return len(words) > 1 or words[0].is_written
        case SoughtPhrase() | SoughtNear():
            return not _is_counted(expression)
        case NoneOf(part=part):
            return _reads_texts(part)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return any(map(_reads_texts, parts))
        case SoughtSource():
            return False


def _covers(other: SoughtWord, word: SoughtWord) -> bool:
    """Tell whether a word that is told from others is one of those that another stands for."""
    if not word.is_written or other.is_written:
        return False
    return word.folded.startswith(other.form) if other.prefix else word.folded == other.form


def _pairs(phrase: SoughtPhrase) -> Iterator[str]:
    """Yield the pairs of characters in a word of a script without blanks, as they are counted."""
    before = IN_TITLE if phrase.in_title else ""
    for one, other in pairwise(phrase.words):
        if other.joined and UNSPACED.search(one.form) and UNSPACED.search(other.form):
            yield before + one.form + other.form


def _both(one: RowNumbers, other: RowNumbers) -> RowNumbers:
    return np.intersect1d(one, other, assume_unique=True)
