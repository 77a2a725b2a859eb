"""A catalogue: what an index holds, listed a page at a time, and counted."""

import threading
from collections import Counter
from functools import cached_property

import numpy as np

from retriever.catalogue.table import EntryTable
from retriever.catalogue.words import find_words
from retriever.errors import QuestionError
from retriever.index.generation import Generation
from retriever.query.filters import allowed_articles
from retriever.query.question import MAX_CHARACTERS
from retriever.records import Filters, ListPage, ListRequest
from retriever.records.arrays import BoolVector
from retriever.records.catalogue import SORTINGS, STATES


class Catalogue:
    """What one generation holds; threads may share it.

    Counts come from arrays that are there when an index is opened. The first page reads all
    articles once, and whoever asks meanwhile waits for it.
    """

    def __init__(self, generation: Generation) -> None:
        """List the articles of ``generation``."""
        self._store = generation.store
        self._lexical = generation.article_lexical
        self._lexicon = generation.lexicon
        self._making = threading.Lock()

    @cached_property
    def publishers(self) -> tuple[tuple[str, int], ...]:
        """Each publisher and how many articles it has, most first, equal ones by name."""
        return _most_first(self._store.origins.counts("publisher"))

    @cached_property
    def languages(self) -> tuple[tuple[str, int], ...]:
        """Each language and how many articles are in it, most first."""
        return _most_first(self._store.origins.counts("language"))

    @cached_property
    def dates(self) -> Counter[str]:
        """How many articles each publication date has, as exact as it is known."""
        return self._store.origins.counts("published")

    @cached_property
    def states(self) -> tuple[tuple[str, int], ...]:
        """Each state and how many entries are in it, most first, and how many have warnings."""
        return _most_first(self.table.states())

    def page(self, request: ListRequest) -> ListPage:
        """Return the entries that a request finds, those of its page.

        :raises QuestionError: for a sorting or a state that there is not, or a filter that cannot
            be used.
        """
        _require_sensible(request)
        passes = np.ones(len(self.table), dtype=bool)
        if request.filters != Filters():
            passes &= self._passing(request.filters)
        if request.state:
            passes &= self.table.in_state(request.state)
        in_text = 0
        if request.words.strip():
            found = find_words(request.words, self.table, self._lexical, self._lexicon)
            in_text = int(np.count_nonzero(passes & found.held & ~found.stated))
            passes &= found.held
        order = self.table.order(request.sort)
        numbers = order[passes[order]]
        end = None if request.limit is None else request.offset + request.limit
        return ListPage(
            rows=self.table.entries(numbers[request.offset : end]),
            request=request,
            found=len(numbers),
            total=len(self.table),
            in_text=in_text,
        )

    @property
    def table(self) -> EntryTable:
        """The entries, read from the index when they are first asked for."""
        with self._making:
            return self._table

    @cached_property
    def _table(self) -> EntryTable:
        from retriever.catalogue.entries import entries_of  # noqa: PLC0415  # no question needs it

        return EntryTable(entries_of(self._store))

    def _passing(self, filters: Filters) -> BoolVector:
        """Tell of each entry whether its article passes; what is no article never does."""
        allowed = np.append(allowed_articles(self._store.origins, filters), False)
        passing: BoolVector = allowed[self.table.article_rows]
        return passing


class CatalogueHolder:
    """Gives the catalogue of a generation, the same as long as that is in use."""

    def __init__(self) -> None:
        """Begin without one."""
        self._lock = threading.Lock()
        self._catalogue: Catalogue | None = None
        self._of = ""

    def of(self, generation: Generation) -> Catalogue:
        """Return the catalogue of ``generation``; that of another one is let go."""
        with self._lock:
            if self._catalogue is None or self._of != generation.name:
                self._catalogue, self._of = Catalogue(generation), generation.name
            return self._catalogue


def _require_sensible(request: ListRequest) -> None:
    if request.sort.removeprefix("-") not in SORTINGS:
        message = f"{request.sort!r:.60} is nothing to sort by; use one of {', '.join(SORTINGS)}"
        raise QuestionError(message)
    if request.state and request.state not in STATES:
        message = f"{request.state!r:.60} is no state; use one of {', '.join(STATES)}"
        raise QuestionError(message)
    if len(request.words) > MAX_CHARACTERS:
        message = (
            f"the words have {len(request.words):,} characters; give at most {MAX_CHARACTERS:,}"
        )
        raise QuestionError(message)
    if request.offset < 0 or (request.limit is not None and request.limit < 0):
        raise QuestionError(f"offset {request.offset} and limit {request.limit}: give none below 0")


def _most_first(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
