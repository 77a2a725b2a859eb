"""The dates of publication that a question names: "articles from June 2023", "today's news"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from retriever.records import PartialDate, Span
from retriever.records.dates import MONTH_NAME, MONTH_NUMBERS

_ONE_DAY = timedelta(days=1)
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = rf"(?P<month>{MONTH_NAME})\b\.?"
# The longer forms first: "9 November 2022" is not November.
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        rf"\b(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b",
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b",
        rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b",
        rf"\b{_YEAR}-(?P<month>\d\d)(?:-(?P<day>\d\d))?\b",
        rf"\b{_YEAR}\b",
    )
)
_TODAY = re.compile(r"\b(?:today|yesterday)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDate:
    """A date and where a question names it."""

    date: PartialDate
    span: Span


def dates_named(question: str, today: date | None) -> Iterator[NamedDate]:
    """Yield the dates that a question names, each place once; without ``today``, no "today"."""
    taken: list[Span] = []
    for form in _FORMS:
        for match in form.finditer(question):
            span = Span(start=match.start(), end=match.end())
            known = None if any(map(span.overlap, taken)) else _stated(match)
            if known:
                taken.append(span)
                yield NamedDate(date=known, span=span)
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


def _stated(match: re.Match[str]) -> PartialDate | None:
    """Return the date of a match; ``None`` where the calendar has none, or it ends the calendar."""
    parts = match.groupdict()
    month, day = parts.get("month"), parts.get("day")
    number = int(month) if month and month.isdigit() else MONTH_NUMBERS.get((month or "").lower())
    try:
        return PartialDate(year=int(parts["year"]), month=number, day=int(day) if day else None)
    except ValueError:  # June 31
        return None
