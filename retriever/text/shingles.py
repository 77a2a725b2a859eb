"""A text as its shingles: every few words that follow each other, as numbers (Broder 1997).

Two texts that were written by one hand share long runs of shingles, whoever wrote about the same
thing shares few. How far one text is another's is told by them, without aligning the two.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from retriever.records.arrays import ShingleCodes
from retriever.text.terms import WORD, fold_word
from retriever.text.unspaced import UNSPACED

# Words of a shingle. Three stand together by chance, in names and set phrases; each changed word
# costs so many shingles, so that more find fewer reprints that were edited.
LENGTH = 4
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
# Of a text so much is compared, in characters: a book has no reprint that is told at its end only.
MOST = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Shingled:
    """A text as it is compared: its shingles in their order, and what else tells texts apart.

    ``figures`` are its numbers and ``names`` its words with a capital, folded, each with which word
    of the text it is.
    """

    ordered: ShingleCodes
    distinct: ShingleCodes
    figures: tuple[tuple[int, str], ...]
    names: tuple[tuple[int, str], ...]
    words: int


def shingled(text: str) -> Shingled:
    """Return a text as shingles; a text shorter than one is one."""
    written = [*_words(text[:MOST])]
    codes = np.array([_code(word) for word in map(fold_word, written)], dtype=np.uint64)
    if len(codes) < LENGTH:
        codes = np.pad(codes, (0, LENGTH - len(codes)))
    windows = len(codes) - LENGTH + 1
    ordered = np.zeros(windows, dtype=np.uint64)
    for place in range(LENGTH):  # numbers wrap around, which is what a hash wants
        ordered = ordered * _FACTOR + codes[place : place + windows]
    ordered ^= ordered >> np.uint64(29)
    return Shingled(
        ordered=ordered,
        distinct=np.unique(ordered),
        figures=tuple((n, _figure(word)) for n, word in enumerate(written) if word[0].isdigit()),
        names=tuple((n, fold_word(word)) for n, word in enumerate(written) if word[0].isupper()),
        words=len(written),
    )


def _words(text: str) -> Iterator[str]:
    """Yield the words of a text; of scripts without blanks, each character."""
    for found in WORD.finditer(text):
        word = found.group()
        if not word.isascii() and UNSPACED.search(word):
            yield from word
        else:
            yield word


def _figure(word: str) -> str:
    return word.replace(",", "")


@lru_cache(maxsize=200_000)
def _code(word: str) -> int:
    """Return 64 bits of a word, the same on every machine."""
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")
