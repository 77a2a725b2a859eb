"""Hyphens at the ends of lines: whether one belongs to its word, or the line only parted it.

What the text writes elsewhere decides. Else a hyphen goes, but in words that English, or French
numbers, always write with one: in "twenty-first" and "two-thirds", in "year-old" and "UK-based",
in "self-made" and "state-of-the-art". Words that are also written as one ("email", "lifetime") are
left out of the lists.
"""

import re
from collections.abc import Collection

_SOFT = "\u00ad"
_HYPHENATED = re.compile(r"((?:\w+['’]?\w*-){0,4}\w+)([-\u2010\u00ad])$")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_LONGEST_WORD = 60  # code points: what is longer is no word

_TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())
_UNITS = frozenset(
    "one two three four five six seven eight nine first second third fourth fifth sixth seventh"
    " eighth ninth".split()
)
_NUMBERS = _UNITS | _TENS | frozenset("ten eleven twelve hundred thousand".split())
_FRACTIONS = frozenset(
    "half halves third thirds quarter quarters fifth fifths sixth sixths seventh sevenths eighth"
    " eighths ninth ninths tenth tenths".split()
)
_MEASURES = frozenset(
    "second minute hour day night week month year decade century inch foot mile kilometer"
    " kilometre metre meter point page part person member man woman bedroom storey story time"
    " term way party state nation".split()
)
_AGES = frozenset("year years month months week weeks day days".split())
_FIRST = frozenset("self well ill vice quasi half".split())
_LAST = frozenset(
    "based led backed owned funded sponsored controlled term level called elect general related"
    " minded speaking ranking sized known established born".split()
)
_PREFIXES = frozenset(
    "re un de dis mis en be pre out over under up inter cor mid with stub new air way half".split()
)
"""Before the words of ``_LAST`` these make one word."""
_ENDINGS = frozenset(
    "ing ings ed er ers es ly ness ment ments less able ful ish tion tions sion sions ity ities"
    " ance ence fully lessness dom hood ship".split()
)
_CLOSED = frozenset("way back hearted time come".split())
_BETWEEN = frozenset("in of to the by and at up a on for than or off out".split())
_FRENCH_TENS = frozenset("vingt trente quarante cinquante soixante quatre soixante-dix".split())
_FRENCH_UNITS = frozenset(
    "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt"
    " vingts".split()
)


def joint(last: str, line: str, known: Collection[str]) -> int | None:
    """Return how many letters of a line stay when the next one is added without a blank.

    ``None`` where it does not end in a hyphen behind a word; ``known`` are the words of the text,
    folded, but those at the ends of lines.
    """
    match = _HYPHENATED.search(last, max(0, len(last) - _LONGEST_WORD))
    if not match:
        return None
    half = _WORD.match(line)
    word = half[0] if half else ""
    drops = word[:1].islower() and not _belongs(match[1], match[2], word, known)
    return len(last) - len(match[2]) * drops


def _belongs(before: str, hyphen: str, word: str, known: Collection[str]) -> bool:
    """Return whether the hyphen between ``before`` and ``word`` is one of the word's own."""
    if hyphen == _SOFT:
        return False
    first, word = before.rpartition("-")[2].casefold(), word.casefold()
    if f"{first}{word}" in known:
        return False
    is_written = f"{first}-{word}" in known or f"{before.casefold()}-{word}" in known
    return is_written or _is_usual(before.casefold(), first, word)


def _is_usual(before: str, first: str, word: str) -> bool:
    """Return whether a word is always written with a hyphen here.

    ``first`` is what of ``before`` stands behind its last hyphen.
    """
    second, _, rest = word.partition("-")
    is_made = first in _FIRST and second not in _ENDINGS | _CLOSED
    is_between = (before != first and first in _BETWEEN) or (rest != "" and second in _BETWEEN)
    is_described = second in _LAST and len(first) > 1 and first not in _PREFIXES
    return (
        first[-1:].isdigit() or is_made or is_between or is_described or _is_number(first, second)
    )


def _is_number(first: str, second: str) -> bool:
    """Return whether the halves are those of a number, or of one with what it counts."""
    if first in _TENS and second in _UNITS:
        return True
    if first in _NUMBERS and (second in _FRACTIONS or second in _MEASURES):
        return True
    return (first in _AGES and second == "old") or (
        first in _FRENCH_TENS and second in _FRENCH_UNITS
    )
