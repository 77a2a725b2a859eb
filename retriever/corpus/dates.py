"""Publication dates, as exact as they are stated and never more."""

import re
from datetime import date, datetime
from typing import Literal

from dateutil import parser

from retriever.records import Published

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T\s].{0,40})?)?)?")
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?:(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?\.?,?\s+)?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"

WRITTEN_DATE = (
    rf"{_WEEKDAY}(?:{_MONTH}\s+{_DAY},?\s+\d{{4}}|{_DAY}\s+{_MONTH},?\s+\d{{4}}"
    rf"|{_MONTH}\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
)
"""Pattern of a date with its year, in words or ISO 8601; use it without regard to case."""

_WORDS = re.compile(WRITTEN_DATE, re.IGNORECASE)
_MONTH_ONLY = re.compile(rf"{_MONTH}\s+\d{{4}}", re.IGNORECASE)


_PRECISIONS: tuple[tuple[Literal["year", "month", "day"], int], ...] = (
    ("year", 4),
    ("month", 7),
    ("day", 10),
)


def parse_published(stated: str, *, source: str) -> Published | None:
    """Return the date that ``stated`` is, ``None`` if it is not a date or cannot have been.

    Read are ISO 8601 (a year, a month, a day, a day with a time, whose own day is kept) and dates
    with the month in words. Dates all in figures such as 3/4/2023 are not: they mean different
    days in different countries. ``source`` says where the date was found.
    """
    text = stated.strip()[:100]
    if match := _ISO.fullmatch(text):
        return _published([int(part) for part in match.groups() if part], source)
    if not _WORDS.fullmatch(text):
        return None
    try:
        moment = parser.parse(text, default=datetime(2000, 1, 1))
    except (ValueError, OverflowError):
        return None
    parts = [moment.year, moment.month]
    return _published(parts if _MONTH_ONLY.fullmatch(text) else [*parts, moment.day], source)


def _published(parts: list[int], source: str) -> Published | None:
    """Return year, month and day, as many as are given, if there is such a day."""
    try:
        day = date(*[*parts, 1, 1][:3])
    except ValueError:
        return None
    precision, length = _PRECISIONS[len(parts) - 1]
    return Published(value=day.isoformat()[:length], precision=precision, source=source)
