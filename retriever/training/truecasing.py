"""Capitals for rows that were published in lower case, or no name in them could be changed.

Each word is written as other texts mostly write it inside a sentence; one that they do not know is
taken for a name. Lita et al. 2003 (tRuEcasIng, ACL) call it the unigram method. No letter is added
or lost, so that answers keep their places.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from retriever.training.rows import Row

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_INSIDE = re.compile(r"(?<=[\w,;] )[^\W\d_]+")


class Truecaser:
    """How texts write words inside their sentences."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Count the words of ``texts`` that do not begin a sentence."""
        self._lower: Counter[str] = Counter()
        self._capital: Counter[str] = Counter()
        for text in texts:
            for found in _INSIDE.finditer(text):
                word = found.group()
                (self._lower if word[0].islower() else self._capital)[word.lower()] += 1

    def cased(self, text: str) -> str:
        """Return ``text`` with a capital on its first word and on every name, as long as before."""
        written = _WORD.sub(lambda found: self._written(found.group()), text)
        return _capital(written[:1]) + written[1:]

    def _written(self, word: str) -> str:
        lower, capital = self._lower[word.lower()], self._capital[word.lower()]
        named = capital > 2 * lower or (lower == 0 and len(word) > 2)
        return _capital(word[0]) + word[1:] if named else word


def _capital(letter: str) -> str:
    """Return its capital, or the letter where the capital's small letter is another one."""
    return letter.upper() if letter.upper().lower() == letter else letter


def truecased(rows: Iterable[Row], truecaser: Truecaser) -> list[Row]:
    """Return the rows with their questions and passages written with capitals."""
    return [
        replace(row, question=truecaser.cased(row.question), passage=truecaser.cased(row.passage))
        for row in rows
    ]
