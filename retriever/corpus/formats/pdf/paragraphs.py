"""From the lines of a PDF to its paragraphs, as they were before they were set."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from retriever.corpus.article.composing import Paragraph
from retriever.corpus.cleaning import is_furniture
from retriever.corpus.formats.pdf.hyphens import joint
from retriever.corpus.formats.pdf.lines import Line
from retriever.corpus.formats.pdf.order import Column

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_HYPHENATED = re.compile(r"(\w+)([-\u2010\u00ad])$")
_ENDS = re.compile(r"[.!?:…][\"'”’»)\]]*(?:\[\d{1,3}\]|\d{1,2})?$")
_ITEM = re.compile(r"(?:[•●▪‣◦*·–-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")

_OTHER_SIZE = 0.08  # share by which fonts of one paragraph never differ
_LARGE = 1.12  # sizes of the text: a heading
_LARGEST_HEADING = 200  # code points
_USUAL_PITCH = 1.1  # sizes of the font
_LOOSE = 1.35  # line pitches: the blank above a paragraph
_INDENT = 0.8  # sizes of the font
_MOST_INDENT = 6.0
_SHORT = 0.25  # share of the column that a line leaves blank at the end of a paragraph


@dataclass(slots=True)
class LineBlock:
    """Lines that make a paragraph."""

    lines: list[Line]

    @property
    def size(self) -> float:
        """The size of its font."""
        return median(line.size for line in self.lines)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)


def paragraphs_of_columns(columns: Sequence[Column]) -> list[tuple[Paragraph, float]]:
    """Return the paragraphs in the order of the columns, each with its size beside usual text.

    Hyphens at the ends of lines go where the word was only parted by the line: the halves begin
    small, and the word is not one that is written with a hyphen (:mod:`hyphens`).
    """
    lines = [line for column in columns for line in column]
    body = _usual_size(lines)
    # The last word of a line may be parted by it.
    known = {word.casefold() for line in lines for word in _WORD.findall(line.text)[:-1]}
    made = [(_paragraph(one, body, known), one.size / body) for one in _line_blocks(columns)]
    return [(one, scale) for one, scale in made if not is_furniture(one.text)]


def _usual_size(lines: Sequence[Line]) -> float:
    """Return the size in which most letters are set."""
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] or 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """How a column is set."""

    left: float
    right: float
    pitch: float

    @classmethod
    def of(cls, column: Column) -> "_Shape":
        pitches = [below.top - line.top for line, below in pairwise(column)]
        usual = [pitch for pitch in pitches if pitch > 0]
        return cls(
            left=Counter(round(line.left) for line in column).most_common(1)[0][0],
            right=max(line.right for line in column),
            pitch=median(usual) if usual else column[0].size * 1.2,
        )


def _line_blocks(columns: Sequence[Column]) -> list[LineBlock]:
    blocks: list[LineBlock] = []
    before: _Shape | None = None
    for column in columns:
        shape = _Shape.of(column)
        for place, line in enumerate(column):
            if blocks and (
                _follows(blocks[-1], line, shape)
                if place
                else _goes_on(blocks[-1], before or shape, line, shape)
            ):
                blocks[-1].lines.append(line)
            else:
                blocks.append(LineBlock([line]))
        before = shape
    return blocks


def _follows(block: LineBlock, line: Line, shape: _Shape) -> bool:
    """Return whether the line belongs to the paragraph just above it."""
    last = block.lines[-1]
    if _differ(last, line):
        return False
    ends = _ENDS.search(last.text) is not None
    is_item = _ITEM.match(block.lines[0].text) is not None
    if _ITEM.match(line.text) and (ends or is_item):
        return False
    scale = max(1.0, line.size / (shape.pitch / _USUAL_PITCH))
    if line.top - last.top > _LOOSE * shape.pitch * scale:
        return False
    if line.text[0].islower() and not ends:
        return True
    indent = line.left - last.left
    if not is_item and _INDENT * line.size < indent < _MOST_INDENT * line.size:
        return False
    return not _ends_short(last, line, shape)


def _goes_on(block: LineBlock, before: _Shape, line: Line, shape: _Shape) -> bool:
    """Return whether the first line of a column continues the paragraph that the last one ended."""
    last = block.lines[-1]
    if _differ(last, line) or _ITEM.match(line.text):
        return False
    if _HYPHENATED.search(last.text) or line.text[0].islower():
        return True
    if _ENDS.search(last.text) or line.left - shape.left > _INDENT * line.size:
        return False
    return last.right > before.right - _SHORT * (before.right - before.left)


def _differ(line: Line, other: Line) -> bool:
    larger = max(line.size, other.size)
    return abs(line.size - other.size) > _OTHER_SIZE * larger or line.bold != other.bold


def _ends_short(line: Line, following: Line, shape: _Shape) -> bool:
    """Return whether a line ends its paragraph: the next word would have fitted."""
    room = shape.right - line.right
    word = following.text.split(maxsplit=1)[0]
    needed = following.width * (len(word) + 1) / max(1, len(following.text))
    if needed + line.size / 2 > room:
        return False
    is_end = _ENDS.search(line.text) is not None
    return is_end or room > _SHORT * (shape.right - shape.left)


def _paragraph(block: LineBlock, body: float, known: set[str]) -> Paragraph:
    """Return the lines as one paragraph, with the places at which a new page begins."""
    parts = [block.lines[0].text]
    turns: list[int] = []
    length = len(parts[0])
    for last, line in pairwise(block.lines):
        kept, gap = _joint(last.text, line.text, known)
        length += kept - len(last.text) + len(gap)
        parts[-1] = parts[-1][: len(parts[-1]) + kept - len(last.text)]
        parts.extend((gap, line.text))
        turns.extend([length] * (line.page - last.page))
        length += len(line.text)
    text = "".join(parts)
    heading = _is_set_as_heading(block, body, text)
    return Paragraph(
        text=text,
        heading=heading,
        page=block.lines[0].page,
        turns=tuple(turns),
        tight=not heading and _ITEM.match(text) is not None,
    )


def _joint(last: str, line: str, known: set[str]) -> tuple[int, str]:
    """Return how much of a line stays when the next is added, and what comes between them."""
    kept = joint(last, line, known)
    if kept is not None:
        return kept, ""
    if last.endswith(("—", "/")) or (_EAST_ASIAN.match(last[-1]) and _EAST_ASIAN.match(line)):
        return len(last), ""
    return len(last), " "


def _is_set_as_heading(block: LineBlock, body: float, text: str) -> bool:
    """Return whether the paragraph stands out as a heading does."""
    return (
        len(text) <= _LARGEST_HEADING
        and (block.size >= _LARGE * body or block.bold)
        and not text.endswith((".", ",", ";"))
        and not (_ITEM.match(text) and not text[0].isdigit())
        and any(map(str.isalpha, text))
    )
