"""Pages saved as one file by a browser: MHTML, the page inside a mail message (RFC 2557)."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

_HEAD = 4_096  # bytes in which the headers of a message state that it is one
_MIME = re.compile(rb"^MIME-Version\s*:", re.IGNORECASE | re.MULTILINE)
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_ADDRESSES = ("Snapshot-Content-Location", "Content-Location")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """The markup of a page as it was sent, what its headers call its encoding, its address."""

    markup: bytes
    encoding: str | None = None
    address: str | None = None


def is_mhtml(data: bytes) -> bool:
    """Return whether the data is a mail message and not markup."""
    head = data[:_HEAD].lstrip()
    return not head.startswith(b"<") and _MIME.search(head) is not None


def open_mhtml(data: bytes) -> SavedPage | None:
    """Return the page that the message holds, ``None`` where it holds none that can be read.

    It is the part that the message says to start with, else the first page; frames come after it.
    """
    try:
        message = message_from_bytes(data)
        pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
    except RecursionError:  # parts within parts within parts
        return None
    start = str(message.get_param("start") or "")
    pages.sort(key=lambda part: str(part.get("Content-ID", "")) != start)
    if not pages:
        return None
    markup = pages[0].get_payload(decode=True)
    if not isinstance(markup, bytes):
        return None
    return SavedPage(
        markup=markup,
        encoding=pages[0].get_content_charset(),
        address=_content_location(message) or _content_location(pages[0]),
    )


def _content_location(part: Message) -> str | None:
    found = (str(part.get(name, "")).strip() for name in _ADDRESSES)
    return next(filter(None, found), None)
