"""The lines of text on a page of a PDF: which words, where, how large and how heavy."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from ctypes import addressof, byref, c_int, create_string_buffer
from dataclasses import dataclass, field, replace
from statistics import median

from pypdfium2 import raw
from pypdfium2.raw import FPDF_TEXTPAGE, FS_RECTF

_BOLD = 600  # weight of fonts, as CSS counts
_GAP = 1.0  # widths of an m between two letters, from which on they are of two lines
_WIDEST_BLANK = 4.0  # the same, between two words of a line that is stretched
_NEAR = 2.0  # points within which lines begin at one place
_FEWEST_STARTS = 3  # lines
_SAME_LINE = 0.3  # share of the lower letter's height that two neighbours have in common
_SLANTED = 4  # what turns other text by quarters are 0 to 3
_CROOKED = 0.15  # of a quarter, by which a page may be scanned askew
_HEAVY = re.compile(rb"bold|black|heavy", re.IGNORECASE)
_NOWHERE = (0.0, 0.0, 0.0, 0.0)
_LINE_ENDS = frozenset("\r\n")
_LIGATURES = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
        "\x02": "-",  # a hyphen at the end of a line, as pdfium marks it
        "\xa0": " ",
        "\ufffe": None,  # a glyph that stands for no character
        "\uffff": None,
        "\x00": None,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text, or the part of it that stands in one column.

    Places are in points, ``top`` and ``bottom`` counted downwards; ``size`` is that of its font.
    """

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool

    @property
    def width(self) -> float:
        """How far it reaches, in points."""
        return self.right - self.left


Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""


def lines_of(
    page: FPDF_TEXTPAGE, number: int, edges: Box, unseen: Collection[int] = ()
) -> list[Line]:
    """Return the lines of page ``number`` that run as most of its text does, in its own order.

    Text at another angle, such as a stamp along the margin, is left out; so is what stands outside
    the ``edges`` of the page, and the letters of the text objects in ``unseen``, by their address.
    """
    letters: Sequence[int] = range(raw.FPDFText_CountChars(page))
    if unseen:
        letters = [number for number in letters if _object_of(page, number) not in unseen]
    runs = [run for run in _letter_runs(page, letters) if run.is_within(edges)]
    turns = Counter[int]()
    for run in runs:
        turns[run.turn] += len(run.letters)
    if not turns:
        return []
    turn = turns.most_common(1)[0][0]
    return _without_wide_blanks([run.line(page, number) for run in runs if run.turn == turn])


def _without_wide_blanks(lines: list[Line]) -> list[Line]:
    """Return the lines, those made one again that only a wide blank between words had parted.

    Where a column begins, other lines begin as well; a line stretched to its width is blank in
    places of its own.
    """
    starts = Counter(round(line.left / _NEAR) for line in lines)
    kept: list[Line] = []
    for line in lines:
        place = round(line.left / _NEAR)
        is_start = sum(starts[near] for near in (place - 1, place, place + 1)) >= _FEWEST_STARTS
        if kept and not is_start and _continues_line(kept[-1], line):
            kept[-1] = _joined_line(kept[-1], line)
        else:
            kept.append(line)
    return kept


def _continues_line(line: Line, following: Line) -> bool:
    gap = following.left - line.right
    common = min(line.bottom, following.bottom) - max(line.top, following.top)
    return 0 < gap < _WIDEST_BLANK * line.size and common > line.size / 2


def _joined_line(line: Line, following: Line) -> Line:
    return replace(
        line,
        text=f"{line.text} {following.text}",
        right=following.right,
        top=min(line.top, following.top),
        bottom=max(line.bottom, following.bottom),
        bold=line.bold and following.bold,
    )


@dataclass(slots=True)
class _LetterRun:
    """Letters in a row."""

    turn: int
    letters: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    left: float = math.inf
    right: float = -math.inf
    low: float = math.inf
    high: float = -math.inf

    def takes(self, left: float, right: float, low: float, high: float) -> bool:
        """Return whether a letter in this box stands in the same row."""
        if right <= left or not self.numbers:
            return True
        if self.low <= low and high <= self.high:  # as most letters do
            common = lower = high - low
        else:
            common = min(high, self.high) - max(low, self.low)
            lower = min(high - low, self.high - self.low)
        em = self.high - self.low
        return common >= _SAME_LINE * lower and -em < left - self.right < _GAP * em

    def add(self, letter: str, number: int, box: tuple[float, float, float, float]) -> None:
        left, right, low, high = box
        self.letters.append(letter)
        if right > left and not letter.isspace():
            self.numbers.append(number)
            self.heights.append(high - low)
            # Compared by hand: this is done for every letter, and min and max take thrice as long.
            if left < self.left:  # noqa: PLR1730
                self.left = left
            if right > self.right:  # noqa: PLR1730
                self.right = right
            if low < self.low:  # noqa: PLR1730
                self.low = low
            if high > self.high:  # noqa: PLR1730
                self.high = high

    def is_within(self, edges: Box) -> bool:
        """Return whether the middle of the run stands on the page."""
        left, bottom, right, top = edges
        across, up = (self.left + self.right) / 2, (self.low + self.high) / 2
        if self.turn == 0:
            return left <= across <= right and bottom <= up <= top
        x, y = ((across, up), (up, -across), (-across, -up), (-up, across), (across, up))[self.turn]
        return left <= x <= right and bottom <= y <= top

    def line(self, page: FPDF_TEXTPAGE, number: int) -> Line:
        """Return the run as a line of page ``number``."""
        places = self.numbers
        samples = {places[0], places[len(places) // 2], places[-1]}
        weights = [_font_weight(page, place) for place in samples]
        return Line(
            text=" ".join("".join(self.letters).translate(_LIGATURES).split()),
            page=number,
            left=self.left,
            right=self.right,
            top=-self.high,
            bottom=-self.low,
            size=median(self.heights),
            bold=all(weight >= _BOLD for weight in weights),
        )


def _object_of(page: FPDF_TEXTPAGE, number: int) -> int | None:
    """Return the address of the text object that a letter is of."""
    part = raw.FPDFText_GetTextObject(page, number)
    return addressof(part.contents) if part else None


def _letter_runs(page: FPDF_TEXTPAGE, letters: Iterable[int]) -> list[_LetterRun]:
    """Return the rows of the letters with these numbers, in the page's own order."""
    box = FS_RECTF()
    where = byref(box)
    letter_at, box_at = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    runs: list[_LetterRun] = []
    run: _LetterRun | None = None
    for number in letters:
        letter = chr(letter_at(page, number))
        if letter in _LINE_ENDS:
            run = None
            continue
        box_at(page, number, where)
        place = _upright(box, run.turn) if run else _NOWHERE
        if run is None or not run.takes(*place):
            run = None
            if letter.isspace():
                continue
            run = _LetterRun(turn=_quarters_turned(page, number))
            runs.append(run)
            place = _upright(box, run.turn)
        run.add(letter, number, place)
    return [run for run in runs if run.numbers]


def _upright(box: FS_RECTF, turn: int) -> tuple[float, float, float, float]:
    """Return left, right, low and high of a box on a page held upright."""
    if turn in (0, _SLANTED):
        return box.left, box.right, box.bottom, box.top
    corners = ((box.left, box.bottom), (box.right, box.top))
    (x, y), (a, b) = (((x, y), (-y, x), (-x, -y), (y, -x))[turn] for x, y in corners)
    return min(x, a), max(x, a), min(y, b), max(y, b)


def _quarters_turned(page: FPDF_TEXTPAGE, number: int) -> int:
    """Return by how many quarters the text is turned with the clock, or :data:`_SLANTED`."""
    quarters = float(raw.FPDFText_GetCharAngle(page, number)) / (math.pi / 2)
    if abs(quarters - round(quarters)) > _CROOKED:
        return _SLANTED
    return round(quarters) % 4


def _font_weight(page: FPDF_TEXTPAGE, number: int) -> int:
    weight = raw.FPDFText_GetFontWeight(page, number)
    if weight > 0:
        return int(weight)
    name = create_string_buffer(128)
    raw.FPDFText_GetFontInfo(page, number, name, len(name), byref(c_int()))
    return _BOLD if _HEAVY.search(name.value) else 0
