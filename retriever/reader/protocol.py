"""What the ranking needs of a reader, whatever network it has and whatever runs that."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from retriever.records.arrays import FloatVector, IntTable


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingWindow:
    """Part of an article to be read with a question, under a heading such as its title, or ""."""

    heading: str
    passage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowReading:
    """What a reader says of a window, in logits.

    ``starts`` and ``ends``, ``(t,)``, tell for each token of the passage whether the answer starts
    or ends with it; ``offsets``, ``(t, 2)``, where it stands in the window's passage, in code
    points. ``none_start`` and ``none_end`` are what a span has to exceed to be an answer.
    ``relevance`` tells whether the passage answers at all; 0 is even odds. A reader that points at
    no words leaves all but ``relevance`` empty or 0.
    """

    starts: FloatVector
    ends: FloatVector
    offsets: IntTable
    none_start: float
    none_end: float
    relevance: float


class Reader(Protocol):
    """A network that reads question and passage together; threads may share it."""

    @property
    def points(self) -> bool:
        """Tell whether it points at words; one that does not has a relevance alone."""
        ...

    def prepare(self) -> None:
        """Begin to load, where that goes on beside other work; what fails is raised by reading."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, special ones left out."""
        ...

    def room(self, question: str, heading: str) -> int:
        """Return how many tokens of a passage are read with a question and a heading; above 0."""
        ...

    def read(self, question: str, windows: Sequence[ReadingWindow]) -> list[WindowReading]:
        """Return what is said of each window; of a passage, what has no room is not read.

        For no windows nothing is loaded.
        """
        ...
