"""When an article was published against the time that the question is about."""

import re
from datetime import date

import numpy as np
from numpy.typing import NDArray

from retriever.index.store import Store
from retriever.ranking.features import FULL
from retriever.records.dates import MONTH_NAME, MONTH_NUMBERS, PartialDate

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]

# What an article of the time gains over one far from it, on the scale of a sentence's strength, and
# the days in which that fades to a third: realtimeqa, recall@1 .813 without, .848 with. Only
# questions that say "this week" or "latest": half of it, since people ask about the present without
# saying.
GAIN = 3.6 / FULL
DAYS = 30.0
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d{2}s?\b")
_MONTH_OF_YEAR = re.compile(
    rf"\b(?P<month>{MONTH_NAME})\.?(?:\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?)?"
    r",?\s+(?:of\s+)?(?P<year>\d{4})\b",
    re.IGNORECASE | re.ASCII,  # else the Turkish i and the long s count as i and s
)


def time_of(question: str, today: date) -> tuple[date, date] | None:
    """Return the days, inclusive, when articles on the question were likely written.

    Those of a month that it names with its year ("in June 2022", "on June 25, 2022"); ``None`` for
    one that names a year alone, which rather tells events apart ("the 2020 election"), as may
    several months; today for all others.
    """
    months = list(_MONTH_OF_YEAR.finditer(question))
    if len(months) == 1 and (window := _days_of(months[0])):
        return window
    return None if _YEAR.search(question) else (today, today)


def timeliness(store: Store, articles: Rows, days: tuple[date, date] | None) -> Floats:
    """Return what each article gains from its date, ``(len(articles),)`` in [0, GAIN].

    Only the distance in days counts, before or after; an undated article gains nothing, nor does
    any where ``days`` is ``None``.
    """
    if days is None:
        return np.zeros(len(articles), dtype=np.float32)
    apart = [_days_apart(store.origins[row].published, days) for row in articles.tolist()]
    gain: Floats = (GAIN * np.exp(-np.array(apart, dtype=np.float32) / DAYS)).astype(np.float32)
    return gain


def _days_of(named: re.Match[str]) -> tuple[date, date] | None:
    """Return the first and last day of what was named; ``None`` if there is no such day."""
    month, day = MONTH_NUMBERS[named["month"].lower()], named["day"]
    try:
        known = PartialDate(year=int(named["year"]), month=month, day=int(day) if day else None)
    except ValueError:  # June 31, or the year 0
        return None
    return known.first_day, known.last_day


def _days_apart(published: str | None, days: tuple[date, date]) -> float:
    """Return the days between; for a month or a year those to its middle."""
    if published is None:
        return float("inf")
    known = PartialDate.parse(published)
    middle = date(known.year, known.month or 7, known.day or (15 if known.month else 1))
    first, last = days
    return max((first - middle).days, (middle - last).days, 0)
