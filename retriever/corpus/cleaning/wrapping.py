"""Paragraphs that were cut into lines of a fixed width, made whole again."""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

_WIDTHS = range(50, 101)
_FEWEST_LINES = 3


def unwrapped(lines: Iterable[str]) -> list[str]:
    """Return the lines, each hard-wrapped block joined into one; blank lines part blocks.

    A block is hard-wrapped if no line but the last could have taken the first word of the next.
    """
    joined: list[str] = []
    for is_text, run in groupby(lines, key=bool):
        block = list(run)
        joined.extend([" ".join(block)] if is_text and _is_wrapped(block) else block)
    return joined


def _is_wrapped(block: Sequence[str]) -> bool:
    width = max(map(len, block))
    return (
        len(block) >= _FEWEST_LINES
        and width in _WIDTHS
        and all(
            len(line) + 1 + len(following.split(maxsplit=1)[0]) > width
            for line, following in pairwise(block)
        )
    )
