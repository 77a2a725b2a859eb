"""Dates whose month is named in another language than English, as news of Europe states them.

The names of months and weekdays are those of CLDR, by Babel. No name is that of two months.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from babel import Locale

LANGUAGES = ("de", "de_AT", "fr", "es", "it", "pt", "nl", "pl", "ru")

_LONGEST = 90  # code points of a line that is nothing but a date
_LABEL = (
    r"(?:veröffentlicht|erschienen|stand|datum|publié|paru|mis en ligne|publicado|actualizado|fecha"
    r"|pubblicato|data|gepubliceerd|geplaatst|opublikowano|data publikacji|опубликовано|дата)"
    r"(?:\s+(?:am|le|el|em|il|op|dnia|в))?\s*:?\s+"
)
_TIME = (
    r"(?:\s*[,|·–-]?\s*(?:um|à|a las|às|alle(?: ore)?|ore|om|o|godz\.|в|at|kl\.)?\s*"
    r"\d{1,2}\s?[:.hч]\s?\d{2}(?:[:.]\d{2})?(?:\s*(?:uhr|h|uur|мск|[a-z]{3,4}))?)?"
)
_DATE = re.compile(
    rf"(?:{_LABEL})?(?:(?P<weekday>[^\W\d_]{{2,15}}(?:-feira)?)\.?,?\s+)?(?:(?:den|le|el|il|lo|am)\s+)?"
    r"(?:(?P<day>\d{1,2})(?:er|º|ª|°|\.|-го)?\s+(?:de\s+|di\s+)?)?"  # noqa: RUF001
    r"(?P<month>[^\W\d_]{3,12})\.?,?\s+(?:(?P<later>\d{1,2}),?\s+)?(?:de\s+|del\s+)?(?P<year>\d{4})"
    rf"(?:\s*(?:г\.?|года|r\.?|roku))?{_TIME}\s*\.?",  # noqa: RUF001
    re.IGNORECASE,
)
_HAS_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_DATELINE = re.compile(
    r"[A-ZÀ-ÞŁŚŻ][\w.'’-]{1,20}(?:[ /][A-ZÀ-ÞŁŚŻ][\w.'’-]{1,20}){0,3},\s+(?P<date>[^()\n–—]{8,40}?)"
    r"\s*(?:\([^)\n]{2,40}\)\s*)?[-–—.]{1,2}\s"
)


def date_abroad(stated: str) -> list[int] | None:
    """Return year, month and day, as many as are stated, of text that is nothing but a date.

    ``None`` where it is none in these languages; whether there is such a day is not looked up.
    """
    if len(stated) > _LONGEST or not _HAS_YEAR.search(stated):
        return None
    match = _DATE.fullmatch(stated.strip())
    month = _months().get(_folded(match["month"])) if match else None
    if not match or not month:
        return None
    if match["weekday"] and _folded(match["weekday"]) not in _weekdays():
        return None
    if match["day"] and match["later"]:
        return None
    day = match["day"] or match["later"]
    return [int(match["year"]), month, *([int(day)] if day else [])]


def dateline_abroad(line: str) -> list[int] | None:
    """Return the date of "Berlin, 3. Oktober 2023 (dpa) -" at the start of a paragraph."""
    match = _DATELINE.match(line[:_LONGEST]) if _HAS_YEAR.search(line, 0, _LONGEST) else None
    return date_abroad(match["date"].strip(" ,")) if match else None


@cache
def _months() -> Mapping[str, int]:
    """Return the months by their folded names; loading them takes 0.1 s, so it waits for a date."""
    return {name: number for number, name in _names("months")}


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(name for _, name in _names("days"))


def _names(kind: str) -> list[tuple[int, str]]:
    return [
        (number, _folded(part))
        for code in LANGUAGES
        for context in getattr(Locale.parse(code), kind).values()
        for width in ("wide", "abbreviated")
        for number, name in context[width].items()
        for part in (name, name.removesuffix("-feira"))
    ]


def _folded(name: str) -> str:
    """Return a name without case, accents and the point of an abbreviation."""
    parted = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in parted if not unicodedata.combining(char)).rstrip(".")
