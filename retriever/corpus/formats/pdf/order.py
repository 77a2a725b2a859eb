"""The lines of a page in the order in which people read them: column by column, top to bottom."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

from retriever.corpus.formats.pdf.lines import Line

Column = list[Line]
Page = tuple[Sequence[Line], tuple[float, float]]
"""The lines of a page, and its top and bottom."""

_MARGIN = 0.15  # share of the page's height at its top and bottom in which running heads stand
_NUMBER = re.compile(
    r"\W*(?:(?:page|pg|p|seite|página|pagina)\b\.?\s*)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:/|of|de|von|di|sur)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d{1,6}")
_PLACE = 6.0  # points within which running heads stand at the same height
_FEWEST_LINES = 3  # of a column
_NARROWEST = 7.0  # sizes of the font: narrower ones are cells of a table
_GUTTER = 0.7  # sizes of the font between two columns
_MOST_ACROSS = 0.4  # share of lines that may run across both
_CROPPED = 1.6  # an initial this many times the size of its line is a drop cap


def without_margins(pages: Sequence[Page]) -> list[list[Line]]:
    """Return the pages' lines without running heads, running feet and page numbers.

    A head or foot is a line near the edge that stands at the same height on several pages, page
    numbers apart.
    """
    seen: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for number, (lines, height) in enumerate(pages):
        for line in _marginal(lines, height):
            for mark in _marks_of_head(line):
                seen[mark].add(number)
    enough = 2 if len(pages) <= 3 else 3
    kept = []
    for lines, height in pages:
        marginal = {
            id(line)
            for line in _marginal(lines, height)
            if _is_number(line, lines) or _pages_with(seen, line) >= enough
        }
        kept.append([line for line in lines if id(line) not in marginal])
    return kept


def columns_of_pages(pages: Sequence[Sequence[Line]]) -> Iterator[Column]:
    """Yield the columns of all pages in reading order; see :func:`columns_of`.

    A page with too little in a column to tell, as the last one, is set as the one before.
    """
    usual: list[float] = []
    for lines in pages:
        yield from columns_of(lines, usual)
        usual = _gutters(lines) or usual


def columns_of(lines: Sequence[Line], usual: Sequence[float] = ()) -> Iterator[Column]:
    """Yield the columns of a page in reading order, each with its lines from top to bottom.

    What runs across columns parts them: a headline, then the columns below it from left to right.
    ``usual`` is where columns part on other pages.
    """
    gutter = _gutter(lines) or next((one for one in usual if _is_parted_at(lines, one)), None)
    if gutter is None:
        if lines:
            yield _joined_rows(lines)
        return

    def is_across(line: Line) -> bool:
        return line.left < gutter < line.right

    for across, band in groupby(sorted(lines, key=_middle_height), key=is_across):
        found = list(band)
        if across:
            yield _joined_rows(found)
        else:
            for side in _sides(found, gutter):
                yield from columns_of(side, usual)


def _marginal(lines: Sequence[Line], height: tuple[float, float]) -> list[Line]:
    """Return the lines that stand near the upper or lower edge of the page."""
    top, bottom = height
    margin = _MARGIN * (bottom - top)
    return [line for line in lines if line.bottom < top + margin or line.top > bottom - margin]


def _marks_of_head(line: Line) -> Iterator[tuple[str, int]]:
    """Yield what a running head has in common with that of the next page: text and height.

    One number in it may count the pages; "Chapter 3" at the top of page 40 does not.
    """
    text, place = line.text.casefold(), round(line.top / _PLACE)
    yield text, place
    for match in _DIGITS.finditer(text):
        counted = int(match[0]) - line.page
        yield f"{text[: match.start()]}<{counted}>{text[match.end() :]}", place


def _pages_with(seen: Mapping[tuple[str, int], set[int]], line: Line) -> int:
    """Return on how many pages there is such a line at this height, or a hair above or below."""
    return max(
        len({page for near in (-1, 0, 1) for page in seen.get((text, place + near), ())})
        for text, place in _marks_of_head(line)
    )


def _is_number(line: Line, lines: Sequence[Line]) -> bool:
    """Return whether the line is nothing but a page number, above or below all others."""
    if not _NUMBER.fullmatch(line.text):
        return False
    others = [other for other in lines if other is not line and not _NUMBER.fullmatch(other.text)]
    return all(other.top > line.top for other in others) or all(
        other.bottom < line.bottom for other in others
    )


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return where the blank strip between two columns stands, ``None`` if there is none.

    Of the places at which lines end, it is the one with most lines in full on the emptier side and
    fewest that run across.
    """
    if len(lines) < 2 * _FEWEST_LINES:
        return None
    size = median(line.size for line in lines)
    best, most = None, -len(lines)
    for edge in sorted({round(line.right) + 1 for line in lines}):
        left, right = _sides(lines, edge)
        across = len(lines) - len(left) - len(right)
        fewest = min(len(left), len(right))
        score = fewest - across  # a place inside a column leaves most of its lines across
        if score <= most or fewest < _FEWEST_LINES or across > _MOST_ACROSS * len(lines):
            continue
        start, end = max(line.right for line in left), min(line.left for line in right)
        if end - start >= _GUTTER * size and _are_columns(left, right, size):
            best, most = (start + end) / 2, score
    return best


def _gutters(lines: Sequence[Line]) -> list[float]:
    """Return where the columns of a page part, from left to right."""
    gutter = _gutter(lines)
    if gutter is None:
        return []
    left, right = _sides(lines, gutter)
    return [*_gutters(left), gutter, *_gutters(right)]


def _is_parted_at(lines: Sequence[Line], gutter: float) -> bool:
    """Return whether a gutter of other pages parts these lines."""
    left, right = map(len, _sides(lines, gutter))
    return min(left, right) > 0 and len(lines) - left - right <= _MOST_ACROSS * len(lines)


def _sides(lines: Sequence[Line], place: float) -> tuple[list[Line], list[Line]]:
    """Return the lines left of a place and those right of it; what runs across it is neither."""
    return [one for one in lines if one.right <= place], [one for one in lines if one.left >= place]


def _are_columns(left: Sequence[Line], right: Sequence[Line], size: float) -> bool:
    """Return whether both sides are wide enough for prose, and stand beside each other."""
    common = min(max(line.bottom for line in left), max(line.bottom for line in right)) - max(
        min(line.top for line in left), min(line.top for line in right)
    )
    return common > _FEWEST_LINES * size and all(
        median(line.width for line in side) >= _NARROWEST * size for side in (left, right)
    )


def _middle_height(line: Line) -> float:
    return (line.top + line.bottom) / 2


def _joined_rows(lines: Sequence[Line]) -> Column:
    """Return the lines from top to bottom, those beside each other made one."""
    rows: list[list[Line]] = []
    for line in sorted(_with_drop_caps(lines), key=_middle_height):
        if rows and _stand_beside(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_as_one(row) for row in rows]


def _stand_beside(line: Line, other: Line) -> bool:
    common = min(line.bottom, other.bottom) - max(line.top, other.top)
    lower = min(line.bottom - line.top, other.bottom - other.top)
    return common > lower / 2


def _as_one(row: list[Line]) -> Line:
    row = sorted(row, key=lambda line: line.left)
    longest = max(row, key=lambda line: len(line.text))
    return replace(
        longest,
        text=" ".join(line.text for line in row),
        left=row[0].left,
        right=max(line.right for line in row),
        bold=all(line.bold for line in row),
    )


def _with_drop_caps(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with each large initial put before the line that it begins."""
    kept = list(lines)
    size = median(line.size for line in lines)
    for cap in lines:
        if len(cap.text) > 1 or not cap.text.isupper() or cap.size <= _CROPPED * size:
            continue
        beside = [
            line
            for line in kept
            if line is not cap
            and line.left >= cap.right - size
            and cap.top <= _middle_height(line) <= cap.bottom
        ]
        if beside:
            first = min(beside, key=lambda line: line.top)
            gap = " " if cap.text in {"A", "I"} and not first.text[0].isupper() else ""
            kept[kept.index(first)] = replace(first, text=f"{cap.text}{gap}{first.text}")
            kept.remove(cap)
    return kept
