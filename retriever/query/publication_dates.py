"""The dates of publication that a question names: "articles from June 2023", "today's news"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from retriever.records import PartialDate, Span
from retriever.text.stated_dates import StatedDate, dates_in

_ONE_DAY = timedelta(days=1)
EARLIEST = 1500  # no article is older; "in 1200 words" names no year
_ARTICLE = re.compile(r"\bthe\s+$", re.IGNORECASE)
_TODAY = re.compile(r"\b(?:today|yesterday)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDate:
    """A date and where a question names it."""

    date: PartialDate
    span: Span


def dates_named(question: str, today: date | None) -> Iterator[NamedDate]:
    """Yield the dates that a question names, each place once; without ``today``, no "today"."""
    for stated in dates_in(question):
        known = _known(stated)
        if known:
            before = _ARTICLE.search(question[: stated.span.start])
            start = before.start() if before and stated.day else stated.span.start
            yield NamedDate(date=known, span=Span(start=start, end=stated.span.end))
    if today is None:
        return
    for match in _TODAY.finditer(question):
        day = today - _ONE_DAY if match.group().lower() == "yesterday" else today
        span = Span(start=match.start(), end=match.end())
        yield NamedDate(date=PartialDate.parse(day.isoformat()), span=span)


def day_before(known: PartialDate) -> str:
    """Return the last day, in ISO form, that lies wholly before a date."""
    return (known.first_day - _ONE_DAY).isoformat()


def day_after(known: PartialDate) -> str:
    """Return the first day, in ISO form, that lies wholly after a date."""
    return (known.last_day + _ONE_DAY).isoformat()


def _known(stated: StatedDate) -> PartialDate | None:
    """Return a date that has its year; of a day that the calendar lacks the year alone."""
    if stated.year is None or stated.year < EARLIEST:
        return None
    try:
        return PartialDate(year=stated.year, month=stated.month, day=stated.day)
    except ValueError:  # June 31
        return PartialDate(year=stated.year)
