"""Which articles may answer, decided before anything is ranked, so that it is exact at any size."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from retriever.errors import QuestionError
from retriever.index.store import Origin, Store
from retriever.records import Filters
from retriever.text.terms import words

Rows = NDArray[np.int64]
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


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
        after = _days(filters.after)[0] if filters.after else date.min
        before = _days(filters.before)[1] if filters.before else date.max
        yield lambda origin: _within(origin.published, after, before)


def _within(published: str | None, after: date, before: date) -> bool:
    if published is None:
        return False
    first, last = _days(published)
    return after <= first and last <= before


def _days(value: str) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day.

    :raises QuestionError: when ``value`` is none of these.
    """
    text = value.strip()
    try:
        if _DATE.fullmatch(text):
            first = date.fromisoformat(text + "-01-01"[len(text) - 4 :])
            month = first.month if len(text) > len("2023") else 12
            day = first.day if len(text) > len("2023-06") else monthrange(first.year, month)[1]
            return first, first.replace(month=month, day=day)
    except ValueError as error:
        raise _not_a_date(value) from error
    raise _not_a_date(value)


def _not_a_date(value: str) -> QuestionError:
    return QuestionError(f"{value[:40]!r} is not a date; write 2023, 2023-06 or 2023-06-25")
