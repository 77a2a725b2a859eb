"""Texts that are cut off, as interfaces and feeds deliver them, and the marks that say so."""

import re

_LETTERS_LEFT = re.compile(
    r"\s*[\[(]\s*\+?\s*(\d[\d,.\u202f]{0,9})\s+(?:more\s+)?char(?:acter)?s?\s*[\])]\s*$"
)
_DOTS = re.compile(
    r"\[\s*(?:…|\.\.\.|&hellip;|&#8230;|&#x2026;)\s*\]"
    r"(?:\s|<[^<>]{0,300}>|&nbsp;|read (?:more|on)|continue reading|more|→|»|&raquo;|&rarr;)*$",
    re.IGNORECASE,
)
_LONGEST_MARK = 600  # code points at the end of a text that are looked at

CUT_OFF = "its text is cut off: "


def without_cut_mark(text: str) -> tuple[str, str | None]:
    """Return the text without the count of what is missing from it, and a warning that it is cut.

    NewsAPI and others end a text in ``… [+3521 chars]``, which is none of its words. A text that
    ends in ``[…]`` stays as it is and is warned of. Other texts have no warning.
    """
    start = max(0, len(text) - _LONGEST_MARK)
    if text.find("[", start) < 0 and text.find("(", start) < 0:  # as most texts
        return text, None
    if match := _LETTERS_LEFT.search(text, start):
        return text[: match.start()], f"{CUT_OFF}{match[1]} more characters are not in the file"
    if match := _DOTS.search(text, start):
        return text, f"{CUT_OFF}it ends in […]"
    return text, None
