"""The words of an index by their looks: which of them are written almost like a given one.

Distances are optimal string alignment (Damerau's four errors: a letter too many, too few, another
one, or two swapped) as rapidfuzz counts them.
"""

from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

# Shorter terms are too near to too many others to be taken for a misspelling of one.
SHORTEST_RESPELT = 5
SHORTEST_NAME = 3  # unless they are names that sound the same


class Vocabulary:
    """Index terms that may be names or words, kept by first letter and length.

    Terms with a digit, and those shorter than :data:`SHORTEST_NAME`, are left out.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        """Sort the terms."""
        self._by_shape: dict[tuple[str, int], list[str]] = {}
        for term in terms:
            if len(term) >= SHORTEST_NAME and term.isalpha():
                self._by_shape.setdefault((term[0], len(term)), []).append(term)

    def near(
        self, term: str, *, edits: int, shortest: int = SHORTEST_RESPELT
    ) -> Iterator[tuple[str, int]]:
        """Yield each other term with the same first letter at most ``edits`` away, and how far.

        Those of fewer letters than ``shortest`` are left out. They come by length, those of one
        length in the order in which the index met them.
        """
        for length in range(max(shortest, len(term) - edits), len(term) + edits + 1):
            found = process.extract(
                term,
                self._by_shape.get((term[0], length), ()),
                scorer=OSA.distance,
                score_cutoff=edits,
                limit=None,
            )
            yield from ((other, int(distance)) for other, distance, _ in found if distance)
