"""How far a build is, as it tells whoever waits for it."""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """What a build is at; the stages come in this order, those with nothing to do are left out."""

    READING = "reading"
    EMBEDDING = "embedding"
    ENCODING_TITLES = "encoding titles"
    INDEXING_WORDS = "indexing words"
    CALIBRATING = "calibrating"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far something long is: ``done`` of ``total`` in a stage; ``total`` is None while unknown.

    The stages of a build are those of :class:`Stage`. While files are read, ``articles`` counts
    what they gave so far, and ``encoded`` the passages that were encoded beside; ``embedding`` then
    begins with those.
    """

    stage: str
    done: int
    total: int | None
    articles: int = 0
    encoded: int = 0
