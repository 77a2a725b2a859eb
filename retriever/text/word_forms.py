"""Words as they are written: what stands in a text, without stems, stop words included.

This is what is counted where somebody wants every mention of a word and no other word. Case,
accents, a possessive s and the commas of numbers make no difference; what a word is, is what
:mod:`retriever.text.terms` takes for one. Of scripts that write no blanks between words each
character counts as a word, and a word of theirs is characters side by side.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from retriever.text.terms import LAYOUT, WORD, WORD_CHARACTERS, bare_word, fold_word
from retriever.text.unspaced import UNSPACED, character_places

AS_WRITTEN = "="
"""Before a form that keeps case and accents, where it differs from the folded one."""
IN_TITLE = "^"
"""Before a form that stands in an article's title."""
NOT_PLAIN = "!"
"""Counted once for an article whose text is not plain; see :func:`is_plain`."""
# Plain text has letters below this; beyond it there are others, and pictures.
_PLAIN_BELOW = 0x3000
_BEYOND = "\u3000-\ufffd\U00010000-\U0001f1e5\U0001f200-\U0001f2ff\U0001fb00-\U0010ffff"
_OF_OTHERS = re.compile(r"[²³¹⁰-₟½¼¾⅐-↏]")  # raised figures and fractions
# Where a number with separators ends without a blank.
_GLUED = re.compile(r"\d[.,]\d+['’]?[^\W\d_]")
_LAYOUT = str.maketrans(dict.fromkeys(LAYOUT.replace("\u200b-\u200d", "\u200b\u200c\u200d")))


class WordForm(NamedTuple):
    """A word, or a character of a script without blanks, and where it stands in its text.

    ``single`` tells that it is such a character. A tuple, because a text has thousands of them and
    a dataclass takes three times as long to make.
    """

    form: str
    start: int
    end: int
    single: bool = False


def word_forms(text: str) -> list[WordForm]:
    """Return the words of a text in order."""
    return [
        WordForm(form, at + start, at + end, single)
        for match in WORD.finditer(text)
        for at in (match.start(),)
        for form, start, end, single in _placed(match.group())
    ]


def as_written(word: str) -> str:
    """Return a word with its case and accents, without a possessive s and characters of layout."""
    bare = word.translate(_LAYOUT)
    return bare[:-2] if bare[-2:] in {"'s", "’s"} else bare


def is_plain(text: str) -> bool:
    """Tell whether each letter folds to one letter by itself, and words end where letters do.

    Then a pattern finds the words that :func:`word_forms` gives, ten times as fast. Most news is
    plain; marks of their own, ligatures, scripts without blanks and "3.5km" are not.
    """
    if not text.isascii() and _uneven().search(text):
        return False
    return not _GLUED.search(text)


@cache
def letters_of(folded: str) -> str:
    """Return every letter of plain text that folds to this one, itself among them."""
    return _letters().get(folded, "")


@cache
def _letters() -> dict[str, str]:
    """Return for each folded letter those that fold to it, by themselves, in plain text."""
    found: dict[str, str] = {}
    for code in range(_PLAIN_BELOW):
        letter = chr(code)
        folded = fold_word(letter)
        if WORD.fullmatch(letter) and _is_even(letter):
            found[folded] = found.get(folded, "") + letter
    return found


@cache
def _uneven() -> re.Pattern[str]:
    """Return a pattern of the characters that no plain text has."""
    uneven = [chr(code) for code in range(_PLAIN_BELOW) if not _is_even(chr(code))]
    return re.compile(f"[{re.escape(''.join(uneven))}{_BEYOND}]")


def _is_even(character: str) -> bool:
    """Tell whether a character is no word's, or folds to one that is a word's, wherever it is."""
    if not re.match(f"[{WORD_CHARACTERS}]", character) or character == "_":
        return True
    return len(fold_word(character)) == 1 and not (
        _OF_OTHERS.match(character) or UNSPACED.match(character) or not WORD.fullmatch(character)
    )


def index_forms(title: str, text: str) -> Iterator[str]:
    """Yield what is counted of an article: its words, how they are written, those of its title.

    Of characters side by side also the pairs, so that few articles are looked through for a word.
    """
    if UNSPACED.search(text):
        found = word_forms(text)
        for one in found:
            yield from (one.form,) if one.single else _forms_of(text[one.start : one.end])
        yield from _pairs(found)
    else:
        for word in WORD.findall(text):
            yield from _forms_of(word)
    if not is_plain(text):
        yield NOT_PLAIN
    titled = word_forms(title)
    yield from (IN_TITLE + one.form for one in titled)
    yield from (IN_TITLE + pair for pair in _pairs(titled))


@lru_cache(maxsize=200_000)
def _forms_of(word: str) -> tuple[str, ...]:
    """Return the form of a word, and how it is written where that differs."""
    form, written = bare_word(word), as_written(word)
    if not form:
        return ()
    return (form,) if written == form or not written else (form, AS_WRITTEN + written)


def _pairs(found: list[WordForm]) -> Iterator[str]:
    for one, other in pairwise(found):
        if one.single and other.single and one.end == other.start:
            yield one.form + other.form


@lru_cache(maxsize=200_000)
def _placed(word: str) -> tuple[tuple[str, int, int, bool], ...]:
    """Return form, start and end of what a run of letters consists of, and whether it is single."""
    if word.isascii() or not UNSPACED.search(word):
        form = bare_word(word)
        return ((form, 0, len(word), False),) if form else ()
    return tuple(_placed_characters(word))


def _placed_characters(word: str) -> Iterator[tuple[str, int, int, bool]]:
    for character, start, end in character_places(word):
        if character is not None:
            yield character, start, end, True
        else:  # letters of other scripts, and what joins them to these
            for part in WORD.finditer(word, start, end):
                if form := bare_word(part.group()):
                    yield form, part.start(), part.end(), False
