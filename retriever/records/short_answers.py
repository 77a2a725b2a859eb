"""The words that answer, lifted out of their quotes: equal ones of several quotes together.

Words are the articles' own. Two are equal where only their writing differs: blanks, the marks that
part thousands, a capital at a word's beginning, "the" before them. All else stays apart, for what
differs may be another answer.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Code points. What a reader points at beyond that is whole sentences, which the quotes show anyhow.
LONGEST = 100
# "11,000", "11 000" and "11’000": groups of three behind the first, all parted by the same mark.
# A point is none of these marks: in half of the languages of Europe "11.000" is eleven thousand.
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}([, '])\d{3}(?:\1\d{3})*(?!\d|[,']\d)")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u2011": "-", "–": "-", "−": "-"})
_AROUND = " \t\r\n.,;:!?\"'"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortAnswer:
    """Words that answer, as the first quote has them, and the quotes, from 0, that have them."""

    words: str
    quotes: tuple[int, ...]


def short_answers(said: Sequence[str | None]) -> tuple[ShortAnswer, ...]:
    """Return what the quotes of an answer answer, in the order of the first quote of each.

    ``said`` are the answering words of each quote, ``None`` where those are not sure. Such a quote
    is in no short answer, nor is one of whose words more than :data:`LONGEST` answer.
    """
    found: dict[str, ShortAnswer] = {}
    for place, words in enumerate(said):
        if words is None or len(words) > LONGEST:
            continue
        key = _folded(words)
        first = found.get(key, ShortAnswer(words=words, quotes=()))
        found[key] = ShortAnswer(words=first.words, quotes=(*first.quotes, place))
    return tuple(found.values())


def _folded(words: str) -> str:
    """Return what is the same for words that differ in their writing alone; of signs, all."""
    plain = unicodedata.normalize("NFKC", words).translate(_PLAIN)
    blanks = " ".join(plain.split())
    whole = _GROUPED.sub(lambda number: number.group().replace(number[1], ""), blanks)
    parts = [_lowered(part) for part in whole.strip(_AROUND).split()]
    told = parts[1:] if parts[:1] == ["the"] and len(parts) > 1 else parts
    return " ".join(told) or words


def _lowered(word: str) -> str:
    """Return a word without the capital that begins it; "US" and "iPhone" are not "us"."""
    return word.lower() if word[1:] == word[1:].lower() else word
