"""A text as the words and marks in which a quotation must agree with its source.

Typography is dropped here, so that nothing behind this has to know of it: quotation marks, blanks,
characters without a width, the kinds of dashes and of apostrophes, ligatures, numbers of notes, the
signs with which Markdown emphasises.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from retriever.text.terms import LAYOUT, WORD
from retriever.text.unspaced import UNSPACED

_QUOTATION_MARKS = "\"'“”„\u201f‘’‚\u201b«»\u2039\u203a「」『』`\xb4"
_EMPHASIS = r"*\\"  # and the underscore, which is no mark
_DASHES = "\u2010-\u2015\u2212-"  # hyphens, figure, en and em dashes, bar, minus
_TOKEN = re.compile(
    rf"(?P<note>\[\d{{1,3}}\]|[⁰¹²³⁴-⁹]{{1,3}}(?![\w\u2044]))|(?P<word>{WORD.pattern})"
    rf"|(?P<omission>…|\.\s?\.\s?\.(?:\s?\.)?)|(?P<dash>[{_DASHES}]+)|(?P<mark>[^\s\w{_QUOTATION_MARKS}{_EMPHASIS}{LAYOUT}])"
)
_LAYOUT = re.compile(f"[{LAYOUT}]")
_RAISED_AT_END = re.compile(r"(?<=[^\W\d])[⁰¹²³⁴-⁹]+$")
OMISSION, DASH = "…", "-"


class SourceToken(NamedTuple):
    """A word or mark between ``start`` and ``end``.

    ``exact`` is what has to agree, ``loose`` is that in one case; ``is_word`` tells it from marks.
    """

    exact: str
    loose: str
    start: int
    end: int
    is_word: bool


def tokens(text: str, *, at: int = 0) -> list[SourceToken]:
    """Return the tokens of a text in order; ``at`` is added to their places."""
    return [token for match in _TOKEN.finditer(text) for token in _tokens_of(match, at)]


def _tokens_of(match: re.Match[str], at: int) -> Iterator[SourceToken]:
    kind, start, end = match.lastgroup, match.start() + at, match.end() + at
    if kind == "word":
        yield from _words(match.group(), start, end)
    elif kind != "note":
        mark = OMISSION if kind == "omission" else DASH if kind == "dash" else match.group()
        yield SourceToken(mark, mark, start, end, is_word=False)


def _words(written: str, start: int, end: int) -> Iterator[SourceToken]:
    """Yield a word; where no blanks part words, each of its characters."""
    if written.isascii():
        yield SourceToken(written, written.lower(), start, end, is_word=True)
    elif UNSPACED.search(written):
        for place, character in enumerate(written, start):
            yield SourceToken(character, character, place, place + 1, is_word=True)
    else:
        bare = _RAISED_AT_END.sub("", _LAYOUT.sub("", written)).replace("’", "'")
        exact = unicodedata.normalize("NFKC", bare)
        yield SourceToken(exact, exact.casefold(), start, end, is_word=True)
