"""Which articles may answer, decided before anything is ranked, so that it is exact at any size."""

import re
from datetime import date

import numpy as np
from numpy.typing import NDArray

from retriever.errors import QuestionError
from retriever.index.store import Store
from retriever.records import Filters
from retriever.text.terms import fold_word

Rows = NDArray[np.int64]
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def allowed_rows(store: Store, filters: Filters) -> Rows | None:
    """Return the passage rows that pass ``filters``, ascending; ``None`` when all do.

    Publishers compare without case and accents. Dates are inclusive. An article dated to a month
    or a year passes when all of that month or year lies in the window; an undated one never does.

    :raises QuestionError: for a date that is not ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
    """
    if filters == Filters():
        return None
    publisher = fold_word(filters.publisher).strip() if filters.publisher else None
    after = _first_day(filters.after) if filters.after else None
    before = _last_day(filters.before) if filters.before else None
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


def _within(published: str | None, after: str | None, before: str | None) -> bool:
    if after is None and before is None:
        return True
    if published is None:
        return False
    return (after is None or _first_day(published) >= after) and (
        before is None or _last_day(published) <= before
    )


def _first_day(value: str) -> str:
    return _checked(value) + "-01-01"[len(value) - 4 :]


def _last_day(value: str) -> str:
    # "31" serves every month here: dates are compared as text, and none is later in its month.
    return _checked(value) + "-12-31"[len(value) - 4 :]


def _checked(value: str) -> str:
    text = value.strip()
    if _DAY.fullmatch(text):
        try:
            date.fromisoformat(text + "-01-01"[len(text) - 4 :])
        except ValueError:
            pass  # such as month 13: told below like any other unusable date
        else:
            return text
    message = f"{value[:40]!r} is not a date; write 2023, 2023-06 or 2023-06-25"
    raise QuestionError(message)
