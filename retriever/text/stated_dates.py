"""The dates that a text states, as far as it states them: a year, a month, a day."""

import re
from dataclasses import dataclass

from retriever.records import Span
from retriever.records.dates import MONTH_NAME, MONTH_NUMBERS

_YEAR = r"(?:1[0-9]|20)\d{2}"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_MONTH = rf"{MONTH_NAME}\.?"
# "May" is also a verb: alone it is a month only with a preposition before it, as "March" is.
_DATE = re.compile(
    r"\b(?:(?P<year6>(?:1[0-9]|20)\d{2})-(?P<month6>0[1-9]|1[0-2])"
    r"(?:-(?P<day6>0[1-9]|[12]\d|3[01]))?(?![\d-])"
    rf"|(?P<day>{_DAY})(?:\s+of)?\s+(?P<month>{_MONTH})(?:,?\s+(?P<year>{_YEAR})\b)?"
    rf"|(?P<month2>{_MONTH})\s+(?P<day2>{_DAY})\b(?:,?\s+(?P<year2>{_YEAR})\b)?"
    rf"|(?P<month3>{_MONTH}),?\s+(?:of\s+)?(?P<year3>{_YEAR})\b"
    rf"|(?<=\bin )(?P<month4>{_MONTH})\b"
    rf"|(?<![$€£.,\d])(?P<year4>{_YEAR})\b(?![,.]\d|%)"
    r"|(?P<year5>(?:1[0-9]|20)\d0)s\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDate:
    """A date as a text states it; what it leaves open is ``None``. ``span`` are the words."""

    span: Span
    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def parts(self) -> tuple[int | None, ...]:
        """Year, month and day."""
        return self.year, self.month, self.day

    def contradicts(self, other: "StatedDate") -> bool:
        """Tell whether the two cannot be one day: both say a part, and not the same."""
        return any(one != two for one, two in self._said_by_both(other))

    def is_comparable(self, other: "StatedDate") -> bool:
        """Tell whether both say at least one part of the date."""
        return bool(self._said_by_both(other))

    def _said_by_both(self, other: "StatedDate") -> list[tuple[int, int]]:
        pairs = zip(self.parts, other.parts, strict=True)
        return [(one, two) for one, two in pairs if one is not None and two is not None]


def dates_in(text: str) -> tuple[StatedDate, ...]:
    """Return the dates of a text, in order; decades ("the 1970s") are left out."""
    return tuple(_date(match) for match in _DATE.finditer(text) if not match["year5"])


def spans_of_dates(text: str) -> tuple[Span, ...]:
    """Return where dates and decades stand: their figures count nothing."""
    return tuple(Span(start=match.start(), end=match.end()) for match in _DATE.finditer(text))


def _date(match: re.Match[str]) -> StatedDate:
    def part(name: str) -> str | None:
        groups = match.groupdict()
        return next((text for key, text in groups.items() if key.startswith(name) and text), None)

    year, month, day = part("year"), part("month"), part("day")
    return StatedDate(
        span=Span(start=match.start(), end=match.end()),
        year=int(year) if year else None,
        month=_month(month) if month else None,
        day=int(re.sub(r"\D", "", day)) if day else None,
    )


def _month(written: str) -> int:
    return int(written) if written.isdigit() else MONTH_NUMBERS[written.lower().rstrip(".")]
