"""Names as English news spells them: words with capitals, told from the start of a sentence."""

import re
from collections.abc import Iterable, Iterator
from itertools import dropwhile

_WORD = r"[^\W\d_a-z][^\W\d_]+(?:[-’'][^\W\d_]+)*"
NAME = rf"{_WORD}(?:[ ]{_WORD})*"
_LONGEST_NAME = 40
_NAME = re.compile(NAME)
_POSSESSIVE = re.compile(r"[’']s ")
_LONGER_BEFORE = re.compile(rf"{_WORD} (?:of|for|and)(?: the)? $")
_LONGER_AFTER = re.compile(rf"(?: of| for| and)(?: the)? {_WORD}")
# What follows a name that stands for itself: in "the House Democratic caucus" two words do not.
_STANDS_ALONE = re.compile(
    r"[,.;:!?)”’\"']|$| (?:and|are|as|at|by|for|from|had|has|have|in|is|of|on|or|said|says|that|to"
    r"|told|was|were|which|who|will|with|would)\b"
)
_ARTICLE_BEFORE = re.compile(r"\b[Tt]he $")
_NOT_NAMES = frozenset(
    "A According After Also An And As At Both But By During For From He Her His I If In It Its On "
    "Or She Since So That The Their These They This Those To We What When While With You".split()
)


def names_in(sentence: str, *, complete: bool = False) -> Iterator[str]:
    """Yield names of two words or more, with their "the"; a lone capital proves nothing.

    A part of a longer name ("Ministry of Foreign Affairs") is not one; with ``complete``, neither
    is what may only describe the word behind it.
    """
    for match in _NAME.finditer(sentence):
        name = _POSSESSIVE.split(match.group())[-1]
        words = [*dropwhile(_NOT_NAMES.__contains__, name.split(" "))]
        name = " ".join(words)
        before, after = sentence[: match.end() - len(name)], sentence[match.end() :]
        if len(words) < 2 or len(name) > _LONGEST_NAME:
            continue
        if _LONGER_BEFORE.search(before) or _LONGER_AFTER.match(after):
            continue
        if complete and not _STANDS_ALONE.match(after):
            continue
        yield f"the {name}" if _ARTICLE_BEFORE.search(before) else name


def full_name_of(said: str, known: Iterable[str]) -> str:
    """Return the longest known name that ends in the one given, or ``""``."""
    words = [word for word in said.split(" ") if word not in _NOT_NAMES]
    last = " ".join(words)
    if not last:
        return ""
    longer = [name for name in known if name == last or name.endswith(f" {last}")]
    return max(longer, key=lambda name: (len(name), name), default="")
