"""Text folded for matching, with the way back to where each part of it stands."""

import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from retriever.records import Span

# Typographic quotation marks, primes and accents that stand for apostrophes; hyphens and dashes.
_PLAIN = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2035\u02bc\u0060\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u2036", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A folded text; ``origins[i]`` is the offset of the character that ``text[i]`` came from.

    Folding changes lengths ("ß" gives "ss", a combining mark gives nothing), so an offset of the
    folded text means nothing in the original one without :meth:`original`.
    """

    text: str
    origins: Sequence[int]
    source: str

    def original(self, start: int, end: int) -> Span:
        """Return where the folded characters ``[start, end)`` stand in the original text.

        Characters are taken whole, and with the combining marks that follow them; folding that
        span again gives the folded characters or, where they are a part of one, contains them.
        An empty range gives an empty span.
        """
        if start >= end:
            place = self.origins[start] if start < len(self.origins) else len(self.source)
            return Span(start=place, end=place)
        last = self.origins[end - 1] + 1
        while last < len(self.source) and not _fold(self.source[last]):
            last += 1
        return Span(start=self.origins[start], end=last)


def fold(text: str) -> Folded:
    """Return ``text`` without case and accents, with plain quotation marks, apostrophes and dashes.

    Each character is folded by itself: full case folding, canonical decomposition, combining marks
    dropped.
    """
    if text.isascii():
        return Folded(text=text.lower().translate(_PLAIN), origins=range(len(text)), source=text)
    parts: list[str] = []
    origins = array("L")
    for place, character in enumerate(text):
        part = _fold(character)
        parts.append(part)
        origins.extend([place] * len(part))
    return Folded(text="".join(parts), origins=origins, source=text)


@lru_cache(maxsize=20_000)
def _fold(character: str) -> str:
    """Return what one character folds to, the empty string for a combining mark."""
    decomposed = unicodedata.normalize("NFD", character).casefold()
    return "".join(
        part
        for part in unicodedata.normalize("NFD", decomposed)
        if not unicodedata.category(part).startswith("M")
    ).translate(_PLAIN)
