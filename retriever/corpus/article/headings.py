"""Headings between the paragraphs of a text without markup."""

import re
from collections.abc import Container, Iterable

from retriever.records import Footnote, Span

_LINE = re.compile(r"[^\n]+")
_LONGEST = 90  # code points
_MOST_WORDS = 14
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’)\]]*(?:\[\d{1,3}\])*$")
_NO_HEADING_END = re.compile(r"(?:[.!…:;,—–-][\"'”’)\]]*|\])$")
_CREDIT = re.compile(
    r"getty|reuters|\bafp\b|\bap\b|shutterstock|/|©|^(?:photo|image|picture|source|credit|video)\b"
    r"|^by\s|https?:|@|^[-–—•*·]\s|^\[|^\d+[.)]\s"
    r"|^(?-i:[A-Z][A-Z '’-]+):",  # a label before a link: "MORE: Storm closes the harbour"
    re.IGNORECASE,
)


def find_headings(
    text: str, footnotes: Iterable[Footnote] = (), *, marked: Container[str] = ()
) -> tuple[Span, ...]:
    """Return the lines before the notes that are ``marked``, or head the paragraph below them.

    Such a line has no closing punctuation (a question mark may end it), begins with a capital or a
    figure, and stands between two lines that end as sentences do.
    """
    end = min((note.entry.start for note in footnotes), default=len(text))
    lines = [Span(start=match.start(), end=match.end()) for match in _LINE.finditer(text, 0, end)]
    heading = {
        line
        for above, line, below in zip(lines, lines[1:], lines[2:], strict=False)
        if _looks_like_heading(line.of(text))
        and _SENTENCE_END.search(above.of(text)[-40:])
        and not _looks_like_heading(below.of(text))
        and _SENTENCE_END.search(below.of(text)[-40:])
    }
    return tuple(line for line in lines if line in heading or line.of(text) in marked)


def _looks_like_heading(line: str) -> bool:
    """Return whether a line has the form of a heading, whatever stands around it."""
    return (
        len(line) <= _LONGEST
        and len(line.split()) <= _MOST_WORDS
        and any(character.isalpha() for character in line)
        and not line.lstrip("\"'“‘([")[:1].islower()
        and not _NO_HEADING_END.search(line)
        and not _CREDIT.search(line)
        and line[0] not in "\"“‘'"
    )
