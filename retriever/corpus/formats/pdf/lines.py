"""The lines of text on a page of a PDF: which words, where, how large and how heavy."""

import math
import re
from collections import Counter
from ctypes import byref, c_int, create_string_buffer
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
_HEAVY = re.compile(rb"bold|black|heavy", re.IGNORECASE)
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


def lines_of(page: FPDF_TEXTPAGE, number: int) -> list[Line]:
    """Return the lines of page ``number`` that run as most of its text does, in its own order.

    Text at another angle, such as a stamp along the margin, is left out.
    """
    runs = _letter_runs(page)
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
            self.left = min(self.left, left)
            self.right = max(self.right, right)
            self.low = min(self.low, low)
            self.high = max(self.high, high)

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


def _letter_runs(page: FPDF_TEXTPAGE) -> list[_LetterRun]:
    """Return the rows of letters in the order of the page's own instructions."""
    box = FS_RECTF()
    where = byref(box)
    letter_at, box_at = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    runs: list[_LetterRun] = []
    run: _LetterRun | None = None
    for number in range(raw.FPDFText_CountChars(page)):
        letter = chr(letter_at(page, number))
        if letter in _LINE_ENDS:
            run = None
            continue
        box_at(page, number, where)
        if run is None or not run.takes(*_upright(box, run.turn)):
            run = None
            if letter.isspace():
                continue
            run = _LetterRun(turn=_quarters_turned(page, number))
            runs.append(run)
        run.add(letter, number, _upright(box, run.turn))
    return [run for run in runs if run.numbers]


def _upright(box: FS_RECTF, turn: int) -> tuple[float, float, float, float]:
    """Return left, right, low and high of a box on a page held upright."""
    if not turn:
        return box.left, box.right, box.bottom, box.top
    corners = ((box.left, box.bottom), (box.right, box.top))
    (x, y), (a, b) = (((x, y), (-y, x), (-x, -y), (y, -x))[turn] for x, y in corners)
    return min(x, a), max(x, a), min(y, b), max(y, b)


def _quarters_turned(page: FPDF_TEXTPAGE, number: int) -> int:
    """Return by how many quarters the text is turned with the clock; slanted is upright."""
    angle: float = raw.FPDFText_GetCharAngle(page, number)
    return round(angle / (math.pi / 2)) % 4


def _font_weight(page: FPDF_TEXTPAGE, number: int) -> int:
    weight = raw.FPDFText_GetFontWeight(page, number)
    if weight > 0:
        return int(weight)
    name = create_string_buffer(128)
    raw.FPDFText_GetFontInfo(page, number, name, len(name), byref(c_int()))
    return _BOLD if _HEAVY.search(name.value) else 0
