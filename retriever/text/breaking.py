"""Breaking what is too long at its weakest place."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

_WEAKEST = tuple(re.compile(pattern) for pattern in (r"\n\s*", r";\s+", r",\s+", r"\s+"))
_JOINER = "\u200d"
_LONGEST_CLUSTER = 64
"""Code points; Unicode's stream-safe text (UAX #15) has at most 30 combining marks in a row."""


def break_long(
    text: str, start: int, end: int, *, limit: int, weakest: Sequence[re.Pattern[str]] = ()
) -> Iterator[tuple[int, int]]:
    """Yield pieces of ``text[start:end]`` of at most ``limit`` code points, trimmed, in order.

    Each piece ends at the last match of ``weakest`` in its second half, else at a line break, a
    semicolon, a comma, a space, and only then anywhere that is not inside a combining sequence.
    Nothing but whitespace is left out. Linear in the length of the text.
    """
    start, end = trimmed(text, start, end)
    while end - start > limit:
        cut = _weakest_place(text, start, limit, (*weakest, *_WEAKEST))
        yield trimmed(text, start, cut)
        start = trimmed(text, cut, end)[0]
    if start < end:
        yield start, end


_VISIBLE = re.compile(r"\S")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without whitespace at either end; empty at ``end`` if all is whitespace."""
    first = _VISIBLE.search(text, start, end)
    if first is None:
        return end, end
    while text[end - 1].isspace():
        end -= 1
    return first.start(), end


def _weakest_place(text: str, start: int, limit: int, weakest: Sequence[re.Pattern[str]]) -> int:
    """Return where the piece beginning at ``start`` should end."""
    for pattern in weakest:
        cut = start
        for match in pattern.finditer(text, start + limit // 2, start + limit):
            cut = match.end()
        if cut > start:
            return cut
    return whole_cluster(text, start, start + limit)


def whole_cluster(text: str, start: int, cut: int) -> int:
    """Return the last place in ``(start, cut]`` that does not part a base from its marks.

    A run of marks longer than any writing system uses is cut where it stands.
    """
    for place in range(cut, max(start, cut - _LONGEST_CLUSTER), -1):
        if place >= len(text) or not (_clings(text[place]) or text[place - 1] == _JOINER):
            return place
    return cut


def _clings(character: str) -> bool:
    """Return whether the character belongs to the one before it."""
    return (
        character == _JOINER
        or unicodedata.category(character).startswith("M")
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
        or "\U0001f1e6" <= character <= "\U0001f1ff"  # the letters that flags are made of
    )
