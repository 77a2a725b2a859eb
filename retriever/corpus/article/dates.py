"""Publication dates, as exact as they are stated and never more."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate

from retriever.corpus.article.months import date_abroad
from retriever.records import PartialDate, Published
from retriever.records.dates import MONTH_NAME, MONTH_NUMBERS, MONTHS

_ISO = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2})(?:[T\s].{0,40})?)?)?")
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}.{0,10})?")
_FIGURES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:,?\s.{0,40})?")
_MONTH = rf"{MONTH_NAME}\.?"
_WEEKDAY = r"(?:(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?\.?,?\s+)?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"

WRITTEN_DATE = (
    rf"{_WEEKDAY}(?:{_MONTH}\s+{_DAY},?\s+\d{{4}}|{_DAY}\s+{_MONTH},?\s+\d{{4}}"
    rf"|{_MONTH}\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
)
"""Pattern of a date with its year, in words or ISO 8601; use it without regard to case."""

_WORDS = re.compile(
    rf"({WRITTEN_DATE})(?:,?\s+(?:at\s+)?\d{{1,2}}[:.]\d\d.{{0,60}})?", re.IGNORECASE
)
_NAMED_MONTH = re.compile(rf"\b{MONTH_NAME}", re.IGNORECASE)
_OF_PDF = re.compile(r"D:(\d{4})(\d{2})(\d{2}).{0,40}")
_SECONDS = re.compile(r"(\d{9,10})(?:\d{3}|\d{6})?(?:\.\d+)?")  # since 1970, or parts of them
_FEWEST_FIGURES = 4
_DATE_START = re.compile(r"\d{4}-\d|\d{1,2}[/.]\d{1,2}[/.]\d{4}")
_PLACEHOLDERS = frozenset({"0001-01-01", "1900-01-01", "1970-01-01"})
"""What programs write where they know no date."""

StatedDate = tuple[Published | None, str | None]
"""A date, or else a warning in words why what is stated is none; neither where nothing is."""


def stated_moment(stated: str | None, *, source: str) -> StatedDate:
    """Return the day that a field of the source states, or a warning in words what is wrong.

    Read are the dates of mail and RSS, of PDF, seconds since 1970, and what
    :func:`check_published` reads. The day is that of the zone it is stated in. In a field that is
    there for a date, text that is none is warned of as well.
    """
    text = (stated or "").strip()[:100]
    if not text:
        return None, None
    found, wrong = check_published(_as_iso(text), source=source)
    if not found and not wrong:
        wrong = f"{source} is no date that can be read: {text[:40]}"
    return found, wrong


def first_moment(fields: Iterable[tuple[str, str | None]]) -> StatedDate:
    """Return what :func:`stated_moment` makes of the first of the fields: its name and content."""
    for source, stated in fields:
        return stated_moment(stated, source=source)
    return None, None


def check_published(stated: str, *, source: str, today: date | None = None) -> StatedDate:
    """Return the date that ``stated`` is, or a warning in words that it cannot be true.

    Not used, and warned of, is a day that is in no calendar, one that programs write for want of a
    date, and one later than tomorrow (somewhere on earth it is tomorrow already); ``today`` is the
    day in UTC unless given. Text that is no date at all gives neither.
    """
    published = parse_published(stated, source=source)
    if published is None:
        return None, _why_no_date(stated.strip()[:40], source)
    if published.value in _PLACEHOLDERS:
        return None, f"{source} is a placeholder, not a date: {published.value}"
    latest = (today or datetime.now(UTC).date()) + timedelta(days=1)
    if published.date.first_day > latest:
        return None, f"{source} lies in the future: {published.value}"
    return published, None


def _as_iso(text: str) -> str:
    """Return the day as ISO 8601 where it is of a form that only programs write."""
    if match := _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(match[1]), UTC).date().isoformat()
    if match := _OF_PDF.fullmatch(text):
        return "-".join(match.groups())
    try:
        mail = parsedate(text) if text[:1].isalpha() else None
    except (ValueError, IndexError, TypeError):  # such as a year of twenty digits
        return text
    return f"{mail[0]:04}-{mail[1]:02}-{mail[2]:02}" if mail else text


def _why_no_date(stated: str, source: str) -> str | None:
    """Return what is wrong with text that has the form of a date and is none."""
    figures = sum(character.isdigit() for character in stated)
    if figures < _FEWEST_FIGURES or not _DATE_START.match(stated):
        return None
    match = _FIGURES.fullmatch(stated)
    if match and max(int(match[1]), int(match[3])) <= len(MONTHS):
        return f"{source} states a day that can be read in two ways: {stated}"
    return f"{source} states a day that is in no calendar: {stated}"


def parse_published(stated: str, *, source: str) -> Published | None:
    """Return the date that ``stated`` is, ``None`` if it is not a date or cannot have been.

    Read are ISO 8601 (a year, a month, a day, a day with a time, whose own day is kept), dates with
    the month in words, a time after them or not, and days in figures where only one order can be
    meant: 25/12/2023, and with dots, which part days from months everywhere, 3.4.2023. 3/4/2023 is
    not read: it means different days in different countries. Months may be named in the languages
    of :mod:`~retriever.corpus.article.months`. ``source`` says where it was found.
    """
    text = stated.strip()[:100]
    if match := _ISO.fullmatch(text):
        year, _, month, day = match.groups()
        return published_on([int(part) for part in (year, month, day) if part], source)
    if match := _BASIC.fullmatch(text):
        return published_on([int(part) for part in match.groups()], source)
    if match := _FIGURES.fullmatch(text):
        return _in_figures(int(match[1]), int(match[3]), int(match[4]), match[2], source)
    match = _WORDS.fullmatch(text)
    parts = _parts_of_words(match[1]) if match else date_abroad(text)
    return published_on(parts, source) if parts else None


def published_on(parts: list[int], source: str) -> Published | None:
    """Return year, month and day, as many as are given, if there is such a day."""
    try:
        known = PartialDate(**dict(zip(("year", "month", "day"), parts, strict=False)))
    except ValueError:
        return None
    return Published(value=known.isoformat(), precision=known.precision, source=source)


def _parts_of_words(stated: str) -> list[int]:
    """Return year, month and day, as many as are given, of a :data:`WRITTEN_DATE`."""
    numbers = [int(figures) for figures in re.findall(r"\d+", stated)]
    named = _NAMED_MONTH.search(stated)
    return [numbers[-1], MONTH_NUMBERS[named[0].lower()], *numbers[:-1]] if named else numbers


def _in_figures(first: int, second: int, year: int, mark: str, source: str) -> Published | None:
    """Return the day if its order is beyond doubt."""
    most = len(MONTHS)
    if first > most or first == second or (mark == "." and second <= most):
        return published_on([year, second, first], source)
    return published_on([year, first, second], source) if second > most else None
