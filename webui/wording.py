"""Dates and counts in words: the fixed phrases that are put together from values."""

from datetime import UTC, datetime

from retriever import Coverage

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

UNDATED = "undated"


def date_in_words(value: str | None) -> str:
    """Return an ISO date of any precision for reading: ``25 June 2023``, ``June 2023``, ``2023``.

    ``None`` gives ``undated``; what is not such a date comes back as it is.
    """
    if value is None:
        return UNDATED
    parts = value.split("-")
    if len(parts) > 3 or not all(part.isdecimal() for part in parts):
        return value
    year, month, day = (*map(int, parts), 0, 0)[:3]
    if len(parts) > 1 and not 1 <= month <= 12:
        return value
    words = (str(day) if day else "", _MONTHS[month - 1] if month else "", str(year))
    return " ".join(word for word in words if word)


def moment_in_words(value: str) -> str:
    """Return an ISO moment as ``22 November 2026, 05:14 UTC``; other text comes back as it is."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return f"{date_in_words(moment.date().isoformat())}, {moment:%H:%M} UTC"


def count(number: int, noun: str) -> str:
    """Return ``1 article`` or ``1,234 articles``; the plural only adds an s."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def coverage_facts(coverage: Coverage) -> list[str]:
    """Return what was searched, as short phrases in the order they are shown."""
    facts = [f"{count(coverage.articles, 'article')} searched", _dates(coverage)]
    if coverage.failed:
        facts.append(f"{count(len(coverage.failed), 'file')} could not be read")
    facts.append(f"index built {moment_in_words(coverage.built)}")
    return facts


def _dates(coverage: Coverage) -> str:
    if coverage.earliest is None:
        return UNDATED
    first, last = date_in_words(coverage.earliest), date_in_words(coverage.latest)
    dated = f"dated {first}" if first == last else f"dated {first} to {last}"
    return f"{dated}, {coverage.undated:,} undated" if coverage.undated else dated
