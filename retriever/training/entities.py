"""Names, numbers and rare words of a text, and which of them are of one kind."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CAPITAL = r"[A-Z][\w.’'-]*\w"
_NAME = re.compile(rf"\b{_CAPITAL}(?: (?:(?:of|the|de|van|von|bin|al|del|la) )?{_CAPITAL})*")
_NUMBER = re.compile(
    r"\b(?:\d[\d,.]*\d|\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty"
    r"|forty|fifty|hundred|thousand|million|billion|first|second|third|fourth|fifth|sixth|seventh"
    r"|eighth|ninth|tenth|January|February|March|April|June|July|August|September|October"
    r"|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
STOPWORDS = frozenset(
    """a about after all also am an and any are as at be because been before being both but by can
    could did do does doing during each for from further had has have having he her here hers him
    his how i if in into is it its itself just many may might more most much must my no nor not of
    on only or other our out over own said same shall she should so some such than that the their
    them then there these they this those through to too under until up upon very was we were what
    when where which while who whom whose why will with would yes you your one name kind type
    happened people""".split()
)


def words(text: str) -> list[str]:
    """Return the words of ``text``, lower-cased."""
    return [found.group().lower() for found in WORD.finditer(text)]


@lru_cache(maxsize=100_000)
def content_words(text: str) -> frozenset[str]:
    """Return the stems of what ``text`` is about: its words without the commonest ones."""
    return frozenset(stem(word) for word in words(text) if word not in STOPWORDS)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return ``word`` without the commonest endings: enough to see that two are forms of one."""
    word = word.lower().removesuffix("'s").removesuffix("’s")
    for ending in ("ing", "ied", "ies", "ed", "es", "s", "ly", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def names(text: str) -> list[str]:
    """Return what is written with capitals, save a lone stopword that begins a sentence."""
    found = (one.group().removesuffix("'s").removesuffix("’s") for one in _NAME.finditer(text))
    return [one for one in found if one.lower() not in STOPWORDS and not _NUMBER.fullmatch(one)]


def numbers(text: str) -> list[str]:
    """Return numbers, ordinals, months and weekdays, as they are written."""
    return [one.group() for one in _NUMBER.finditer(text)]


class Rarity:
    """In how many texts of a collection a word occurs."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Count the words of ``texts``."""
        self._count = max(len(texts), 1)
        self._found = Counter(word for text in texts for word in set(words(text)))

    def rare(self, text: str, *, below: float = 0.02) -> list[str]:
        """Return the words of ``text`` that fewer than ``below`` of the texts hold."""
        most = max(below * self._count, 3)
        return [
            word
            for word in words(text)
            if len(word) > 3
            and word.isalpha()
            and word not in STOPWORDS
            and self._found[word] <= most
        ]


class Kinds:
    """How alike in kind two phrases are, by the mean of their word vectors."""

    def __init__(self, vectors: Floats, tokenise: Callable[[str], Sequence[int]]) -> None:
        """Take the static word vectors of a network and its tokeniser, without special tokens."""
        self._vectors = vectors - vectors.mean(axis=0)
        self._tokenise = tokenise
        self._known: dict[str, Floats] = {}

    def _vector(self, phrase: str) -> Floats:
        if phrase not in self._known:
            mean = self._vectors[list(self._tokenise(phrase)) or [0]].mean(axis=0)
            self._known[phrase] = mean / max(float(np.linalg.norm(mean)), 1e-6)
        return self._known[phrase]

    def likeness(self, phrase: str, others: Iterable[str]) -> Floats:
        """Return the cosine of ``phrase`` with each of ``others``."""
        return np.array([self._vector(other) @ self._vector(phrase) for other in others])
