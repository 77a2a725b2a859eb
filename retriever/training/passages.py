"""The passages of one source: their sentences, what they speak of, and which are alike."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import bm25s
from sentencex import get_sentence_boundaries

from retriever.training.entities import STOPWORDS, Rarity, names, numbers, words
from retriever.training.rows import Range

_BREAK = re.compile(r"\n\s*\n|\n(?=\S)")


@lru_cache(maxsize=50_000)
def sentences(text: str) -> tuple[Range, ...]:
    """Return where the sentences of ``text`` stand, trimmed, in order."""
    found = []
    for boundary in get_sentence_boundaries("en", text):
        start, end = boundary["start_index"], boundary["end_index"]
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            found.append(Range(start=left, end=right))
    return tuple(found)


def holding(found: Sequence[Range], answer: Range) -> Range:
    """Return the numbers of the sentences that ``answer`` touches, as a range of ``found``."""
    touched = [
        number
        for number, sentence in enumerate(found)
        if sentence.start < answer.end and answer.start < sentence.end
    ]
    return Range(start=touched[0], end=touched[-1] + 1) if touched else Range(start=0, end=0)


class Passages:
    """Distinct passages in the order of their file, so that neighbours are often of one article."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Take the texts and index their words."""
        self.texts = list(dict.fromkeys(texts))
        self._numbers = {text: number for number, text in enumerate(self.texts)}
        self.rarity = Rarity(self.texts)
        self._bm25 = bm25s.BM25(backend="numpy")
        terms = [[word for word in words(text) if word not in STOPWORDS] for text in self.texts]
        self._known = {word for found in terms for word in found}
        if self.texts:
            self._bm25.index([found or ["-"] for found in terms], show_progress=False)

    def best(self, question: str, count: int) -> list[str]:
        """Return up to ``count`` passages that share most with ``question``, best first."""
        terms = [word for word in words(question) if word in self._known]
        if not terms:
            return []
        count = min(count, len(self.texts))
        found, scores = self._bm25.retrieve([terms], k=count, show_progress=False)
        pairs = zip(found[0].tolist(), scores[0].tolist(), strict=True)
        return [self.texts[number] for number, score in pairs if score > 0]

    def beside(self, text: str, reach: int) -> Iterator[str]:
        """Yield ``text`` and the passages up to ``reach`` places before and after it."""
        place = self._numbers[text]
        yield from self.texts[max(place - reach, 0) : place + reach + 1]

    def names_beside(self, text: str, reach: int = 4) -> list[str]:
        """Return the distinct names in ``text`` and its neighbours."""
        return _distinct(name for one in self.beside(text, reach) for name in _names(one))

    def numbers_beside(self, text: str, reach: int = 2) -> list[str]:
        """Return the distinct numbers in ``text`` and its neighbours."""
        return _distinct(number for one in self.beside(text, reach) for number in numbers(one))

    def words_beside(self, text: str, reach: int = 2) -> list[str]:
        """Return the distinct rare words in ``text`` and its neighbours."""
        return _distinct(word for one in self.beside(text, reach) for word in self.rarity.rare(one))


_names = lru_cache(maxsize=50_000)(names)


def _distinct(phrases: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(phrases))
