"""The days that a question is about, where it names them."""

import re
from datetime import date

from retriever.records.dates import MONTH_NAME, MONTH_NUMBERS, PartialDate

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d{2}s?\b")
_MONTH_OF_YEAR = re.compile(
    rf"\b(?P<month>{MONTH_NAME})\.?(?:\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?)?,?"
    r"\s+(?:of\s+)?(?P<year>\d{4})\b",
    re.IGNORECASE | re.ASCII,  # else the Turkish i and the long s count as i and s
)


def time_window(question: str, today: date) -> tuple[date, date] | None:
    """Return the days, inclusive, when articles on the question were likely written.

    Those of a month that it names with its year ("in June 2022", "on June 25, 2022"); ``None`` for
    one that names a year alone, which rather tells events apart ("the 2020 election"), as may
    several months; today for all others.
    """
    months = list(_MONTH_OF_YEAR.finditer(question))
    if len(months) == 1 and (window := _days_named(months[0])):
        return window
    return None if _YEAR.search(question) else (today, today)


def _days_named(named: re.Match[str]) -> tuple[date, date] | None:
    """Return the first and last day of what was named; ``None`` if there is no such day."""
    month, day = MONTH_NUMBERS[named["month"].lower()], named["day"]
    try:
        known = PartialDate(year=int(named["year"]), month=month, day=int(day) if day else None)
    except ValueError:  # June 31, or the year 0
        return None
    return known.first_day, known.last_day
