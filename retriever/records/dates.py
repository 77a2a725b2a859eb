"""A date known to its year, its month or its day: one type, one parser, and the months' names."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import total_ordering
from typing import Literal, Self

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MONTH_NUMBERS = {
    **{name.lower(): number for number, name in enumerate(MONTHS, 1)},
    **{name[:3].lower(): number for number, name in enumerate(MONTHS, 1)},
    "sept": 9,
}
"""The number of a month, from 1, by its name or abbreviation in lower case, without a point."""

# In ASCII alone, or the long s and the Turkish i would make names that the table does not hold.
MONTH_NAME = rf"(?a:{'|'.join(MONTH_NUMBERS)})"
"""Pattern of a name in :data:`MONTH_NUMBERS`, without borders; use it without regard to case."""

_ISO = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")


@total_ordering
@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDate:
    """A day, or the month or the year of which no more is known; a ``day`` needs a ``month``.

    Ordered as the ISO forms are: by the first day, where that is the same the year before its
    first month and a month before its first day.

    :raises ValueError: when the calendar has no such day.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Look the day up in the calendar."""
        if self.month is None and self.day is not None:
            raise ValueError(f"day {self.day} of no month")
        month, day = (1 if part is None else part for part in (self.month, self.day))
        date(self.year, month, day)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the date that ISO 8601 text states: ``2023``, ``2023-06`` or ``2023-06-25``.

        :raises ValueError: when ``text`` is none of these, or the calendar has no such day.
        """
        match = _ISO.fullmatch(text)
        if match is None:
            raise ValueError(f"{text[:40]!r} is not a date; write 2023, 2023-06 or 2023-06-25")
        return cls(**{part: int(figures) for part, figures in match.groupdict().items() if figures})

    @property
    def precision(self) -> Literal["year", "month", "day"]:
        """The smallest unit that is known."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first_day(self) -> date:
        """The first day that it may be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The last day that it may be."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def isoformat(self) -> str:
        """Return ISO 8601 cut to what is known, as :meth:`parse` reads it."""
        return self.first_day.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.precision]]

    def in_words(self) -> str:
        """Return it for reading: ``25 June 2023``, ``June 2023`` or ``2023``."""
        month = MONTHS[self.month - 1] if self.month else None
        return " ".join(str(part) for part in (self.day, month, self.year) if part)

    def __lt__(self, other: "PartialDate") -> bool:
        """Tell whether it comes before ``other``."""
        return self.isoformat() < other.isoformat()
