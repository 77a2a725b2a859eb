"""Dates as only programs write them."""

import re
from datetime import UTC, datetime
from email.utils import parsedate

from retriever.corpus.article.dates import check_published
from retriever.records import Published

_OF_PDF = re.compile(r"D:(\d{4})(\d{2})(\d{2}).{0,40}")
_SECONDS = re.compile(r"(\d{9,10})(?:\d{3}|\d{6})?(?:\.\d+)?")  # since 1970, or parts of them


def stated_moment(stated: str | None, *, source: str) -> tuple[Published | None, str | None]:
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
