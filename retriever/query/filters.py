"""Which articles may answer, decided before anything is ranked, so that it is exact at any size."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from retriever.errors import QuestionError
from retriever.index.store import Origin, Store
from retriever.records import Filters, PartialDate
from retriever.text.terms import words

Rows = NDArray[np.int64]


def allowed_rows(store: Store, filters: Filters) -> Rows | None:
    """Return the passage rows that pass ``filters``, ascending; ``None`` when all do.

    Publishers compare without case and accents. An author passes when all words of the filter are
    among the names of the byline, a language when it is the filter's or a variety of it ("en" lets
    "en-GB" through). Dates are inclusive. An article dated to a month or a year passes when all of
    it lies in the window. What an article does not state never passes a filter on it.

    :raises QuestionError: for a date that is not ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
    """
    if filters == Filters():
        return None
    tests = tuple(_tests(filters))
    passes = np.array([all(test(origin) for test in tests) for origin in store.origins], dtype=bool)
    rows: Rows = np.flatnonzero(passes[store.passage_article])
    return rows


def _tests(filters: Filters) -> Iterator[Callable[[Origin], bool]]:
    """Yield one test for each filter that is set."""
    if filters.publisher:
        publisher = words(filters.publisher)
        yield lambda origin: words(origin.publisher or "") == publisher
    if filters.author:
        author = set(words(filters.author))
        yield lambda origin: author <= set(words(origin.author or ""))
    if filters.language:
        language = filters.language.casefold()
        yield lambda origin: f"{origin.language}-".casefold().startswith(f"{language}-")
    if filters.after or filters.before:
        after = _stated(filters.after).first_day if filters.after else date.min
        before = _stated(filters.before).last_day if filters.before else date.max
        within = cache(partial(_within, after=after, before=before))  # days repeat in a corpus
        yield lambda origin: within(origin.published)


def _within(published: str | None, *, after: date, before: date) -> bool:
    if published is None:
        return False
    known = PartialDate.parse(published)
    return after <= known.first_day and known.last_day <= before


def _stated(value: str) -> PartialDate:
    """Return the date that a filter states.

    :raises QuestionError: when ``value`` is none.
    """
    try:
        return PartialDate.parse(value.strip())
    except ValueError as error:
        message = f"{value[:40]!r} is not a date; write 2023, 2023-06 or 2023-06-25"
        raise QuestionError(message) from error
