"""Which articles may answer, decided before anything is ranked, so that it is exact at any size."""

import re
from calendar import monthrange
from datetime import date

import numpy as np
from numpy.typing import NDArray

from retriever.errors import QuestionError
from retriever.index.store import Store
from retriever.records import Filters
from retriever.text.terms import fold_word

Rows = NDArray[np.int64]
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def allowed_rows(store: Store, filters: Filters) -> Rows | None:
    """Return the passage rows that pass ``filters``, ascending; ``None`` when all do.

    Publishers compare without case and accents. Dates are inclusive. An article dated to a month
    or a year passes when all of that month or year lies in the window; an undated one never does.

    :raises QuestionError: for a date that is not ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
    """
    if filters == Filters():
        return None
    publisher = fold_word(filters.publisher).strip() if filters.publisher else None
    after = _days(filters.after)[0] if filters.after else None
    before = _days(filters.before)[1] if filters.before else None
    passes = np.array(
        [
            (publisher is None or fold_word(name or "").strip() == publisher)
            and _within(published, after, before)
            for name, published in store.origins()
        ],
        dtype=bool,
    )
    rows: Rows = np.flatnonzero(passes[store.passage_article])
    return rows


def _within(published: str | None, after: date | None, before: date | None) -> bool:
    if after is None and before is None:
        return True
    if published is None:
        return False
    first, last = _days(published)
    return (after is None or first >= after) and (before is None or last <= before)


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
