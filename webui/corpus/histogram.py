"""Articles over time, as the bars of a small plot: by day, month, year or decade, what fits."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from retriever import PartialDate
from webui.wording import date_in_words

# More bars than this are too thin to point at.
MOST_BARS = 72

# Day, month, year and decade: how much of an ISO date tells one from the next.
_UNITS = (10, 7, 4, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One stretch of time: its first and last day, in words, how many articles, and its height.

    ``height`` is in [0, 1], 1 for the fullest stretch; what is not empty is at least 0.04.
    """

    first: str
    last: str
    words: str
    count: int
    height: float


def bars_of(dates: Sequence[str] | Mapping[str, int]) -> tuple[Bar, ...]:
    """Return the bars for ISO dates of any precision, from the first to the last, gaps included.

    A mapping says how many articles have each. A date counts in the stretch that its first day
    falls in. Fewer than two stretches make no plot.
    """
    given = Counter(dates)
    by_day: Counter[date] = Counter()
    for value, number in given.items():
        if day := _first_day(value):
            by_day[day] += number
    if not by_day:
        return ()
    start, end = min(by_day), max(by_day)
    exact = all(len(value) == len("2023-06-25") for value in given)
    units = _UNITS if exact else _UNITS[1:]
    plots = [(unit, _stretches(start, end, unit)) for unit in units]
    unit, stretches = next((plot for plot in plots if len(plot[1]) <= MOST_BARS), plots[-1])
    counts: Counter[str] = Counter()
    for day, number in by_day.items():
        counts[day.isoformat()[:unit]] += number
    most = max(counts.values())
    return tuple(
        _bar(first, last, counts[first.isoformat()[:unit]], most, unit) for first, last in stretches
    )


def wider_than(bars: Sequence[Bar], dates: Mapping[str, int]) -> int:
    """Return how many articles are dated less exactly than the bars are wide.

    They are drawn where their month or year begins; a filter of a bar's days lets none through.
    """
    lasts = [bar.last for bar in bars]
    wider = 0
    for value, number in dates.items():
        if (day := _first_day(value)) and lasts:
            last = lasts[min(bisect_left(lasts, day.isoformat()), len(lasts) - 1)]
            wider += number * (PartialDate.parse(value).last_day.isoformat() > last)
    return wider


def _bar(first: date, last: date, count: int, most: int, unit: int) -> Bar:
    words = f"{first.year}s" if unit == 3 else date_in_words(first.isoformat()[:unit])
    height = max(0.04, round(count / most, 3)) if count else 0.0
    return Bar(
        first=first.isoformat(), last=last.isoformat(), words=words, count=count, height=height
    )


def _stretches(start: date, end: date, unit: int) -> list[tuple[date, date]]:
    """Return first and last days, at most one more stretch than :data:`MOST_BARS`."""
    found = [_stretch_around(start, unit)]
    while found[-1][1] < end and len(found) <= MOST_BARS:
        found.append(_stretch_around(found[-1][1] + timedelta(days=1), unit))
    return found


def _stretch_around(day: date, unit: int) -> tuple[date, date]:
    if unit == 3:
        decade = day.year - day.year % 10
        return date(decade, 1, 1), date(decade + 9, 12, 31)
    stretch = PartialDate.parse(day.isoformat()[:unit])
    return stretch.first_day, stretch.last_day


def _first_day(value: str) -> date | None:
    """Return the first day of a date; ``None`` for the few years that a calendar cannot extend."""
    try:
        day = PartialDate.parse(value).first_day
    except ValueError:
        return None
    return day if 10 <= day.year <= date.max.year - 20 else None
