"""Which articles may answer, decided before anything is ranked, so that it is exact at any size."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from retriever.errors import QuestionError
from retriever.index.origins import Origins
from retriever.index.store import Store
from retriever.records import Filters
from retriever.records.arrays import BoolVector, RowNumbers
from retriever.records.dates import PartialDate
from retriever.text.terms import words


def allowed_rows(store: Store, filters: Filters) -> RowNumbers | None:
    """Return the passage rows that pass ``filters``, ascending; ``None`` when all do.

    Publishers compare without case and accents. An author passes when all words of the filter, one
    at least, are among the names of the byline, a language when it is the filter's or a variety of
    it ("en" lets "en-GB" through). Dates are inclusive. An article dated to a month or a year
    passes when all of it lies in the window. What an article does not state never passes a filter
    on it.

    :raises QuestionError: for a date that is not ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
    """
    if filters == Filters():
        return None
    passes = allowed_articles(store.origins, filters)
    rows: RowNumbers = np.flatnonzero(passes[store.passage_article])
    return rows


def count_allowed(store: Store, filters: Filters) -> int:
    """Return how many articles pass ``filters``, as :func:`allowed_rows` has it."""
    return int(np.count_nonzero(allowed_articles(store.origins, filters)))


def allowed_articles(origins: Origins, filters: Filters) -> BoolVector:
    """Tell of each article, by its row, whether it passes ``filters`` as :func:`allowed_rows` says.

    :raises QuestionError: as there.
    """
    passes: BoolVector = np.ones(len(origins), dtype=bool)
    for passing in _passing(origins, filters):
        passes &= passing
    return passes


def _passing(origins: Origins, filters: Filters) -> Iterator[BoolVector]:
    """Yield for each filter that is set which articles pass it."""
    if filters.publisher:
        publisher = words(filters.publisher)
        yield origins.passing("publisher", lambda stated: words(stated) == publisher)
    if filters.author:
        author = set(words(filters.author))
        yield origins.passing("author", lambda stated: set() < author <= set(words(stated)))
    if filters.language:
        language = filters.language.casefold()
        yield origins.passing(
            "language", lambda stated: f"{stated}-".casefold().startswith(f"{language}-")
        )
    if filters.after or filters.before:
        after = _stated_date(filters.after).first_day if filters.after else date.min
        before = _stated_date(filters.before).last_day if filters.before else date.max
        yield origins.passing("published", lambda stated: _within(stated, after, before))


def _within(published: str, after: date, before: date) -> bool:
    known = PartialDate.parse(published)
    return after <= known.first_day and known.last_day <= before


def _stated_date(value: str) -> PartialDate:
    """Return the date that a filter states.

    :raises QuestionError: when ``value`` is none.
    """
    try:
        return PartialDate.parse(value.strip())
    except ValueError as error:
        message = f"{value[:40]!r} is not a date; write 2023, 2023-06 or 2023-06-25"
        raise QuestionError(message) from error
