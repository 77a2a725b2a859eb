"""Where the paragraphs of a text stand, so that no sentence runs from one into the next."""

import re
from collections.abc import Iterator
from itertools import pairwise

from retriever.text.breaking import trimmed

_LINE = re.compile(r"[^\n\r\f\u2028\u2029]+")
_CLOSING = frozenset(".!?:;…\"'”’»)]")
_WRAP_WIDTHS = range(40, 101)
_LONGEST_WRAPPED_LINE = 120
_FEWEST_WRAPPED_LINES = 3

_Bounds = tuple[int, int]


def paragraph_spans(text: str) -> Iterator[_Bounds]:
    """Yield the paragraphs as ``(start, end)``, trimmed, in order; blank lines are left out.

    Every line break is a border, except where the line visibly goes on: it is no longer than a
    wrapped line, has no closing punctuation, and the next line starts with a lower-case letter; or
    the lines are hard-wrapped, each broken only because the next word did not fit.
    """
    for block in _blocks(text):
        if _is_wrapped(text, block):
            yield block[0][0], block[-1][1]
            continue
        start, end = block[0]
        for before, line in pairwise(block):
            if not _runs_on(text, before, line):
                yield start, end
                start = line[0]
            end = line[1]
        yield start, end


def _blocks(text: str) -> Iterator[list[_Bounds]]:
    """Yield runs of lines with nothing but one line break between them."""
    block: list[_Bounds] = []
    for match in _LINE.finditer(text):
        line = trimmed(text, *match.span())
        if line[0] == line[1]:
            continue
        if block and text[block[-1][1] : line[0]].strip(" \t") not in {"\n", "\r\n"}:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _runs_on(text: str, line: _Bounds, following: _Bounds) -> bool:
    """Return whether a sentence visibly continues on the following line."""
    return (
        line[1] - line[0] <= _LONGEST_WRAPPED_LINE
        and text[line[1] - 1] not in _CLOSING
        and text[following[0]].islower()
    )


def _is_wrapped(text: str, block: list[_Bounds]) -> bool:
    """Return whether every line break of the block was forced by the width of its lines."""
    width = max(end - start for start, end in block)
    if len(block) < _FEWEST_WRAPPED_LINES or width not in _WRAP_WIDTHS:
        return False
    for (start, end), (following, last) in pairwise(block):
        word = text[following:last].split(maxsplit=1)[0]
        if end - start + 1 + len(word) <= width:
            return False
    return True
