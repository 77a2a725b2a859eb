"""The article as a newspaper sets it: two columns, running heads, words parted at line ends."""

import io
from collections.abc import Iterable, Iterator

from reportlab.lib.pagesizes import A5
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.corpus.documents import AUTHOR, PARTS, PUBLISHER, TITLE, Kind

WIDTH, HEIGHT = A5
_COLUMNS = (36.0, 222.0)
_COLUMN_WIDTH = 162.0
_TOP, _FOOT = HEIGHT - 60, 330.0
_BODY, _BOLD = ("Times-Roman", 9.5), ("Helvetica-Bold", 9.5)
_LEADING = 11.5
_INDENT = 10.0
_SHORTEST_PARTED, _SHORTEST_HALF = 6, 2  # letters

Font = tuple[str, float]


def pdf(parts: Iterable[tuple[Kind, str]] = PARTS, **properties: str) -> bytes:
    """Return the article as a PDF of several pages; properties are those of a canvas."""
    stream = io.BytesIO()
    page = _Page(Canvas(stream, pagesize=A5))
    page.canvas.setTitle("Layout 1")
    page.canvas.setCreator("Adobe InDesign")
    for name, value in properties.items():
        getattr(page.canvas, f"set{name.title()}")(value)
    page.begin(headline=True)
    for kind, text in parts:
        font = _BOLD if kind == "heading" else _BODY
        if kind == "heading":
            page.skip(8)
        for indent, words, stretched in _lines(text, font, indent=kind == "paragraph"):
            page.line(words, font, indent, stretched=stretched)
    page.canvas.save()
    return stream.getvalue()


class _Page:
    """Where the next line goes."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.column, self.y, self.top = 0, 0.0, 0.0

    def begin(self, *, headline: bool) -> None:
        """Draw what is on every page, and the headline on the first."""
        self.canvas.setFont("Helvetica", 7)
        self.canvas.drawString(36, HEIGHT - 24, f"{PUBLISHER} · Issue 12")
        self.canvas.drawRightString(WIDTH - 36, HEIGHT - 24, f"Page {self.canvas.getPageNumber()}")
        self.canvas.drawCentredString(WIDTH / 2, 18, str(self.canvas.getPageNumber()))
        self.column, self.top = 0, _TOP
        if headline:
            self.canvas.setFont("Helvetica-Bold", 20)
            self.canvas.drawString(36, _TOP, TITLE)
            self.canvas.setFont(*_BODY)
            self.canvas.drawString(36, _TOP - 24, f"By {AUTHOR}")
            self.canvas.drawString(36, _TOP - 40, "25 June 2023")
            self.top = _TOP - 70
        self.y = self.top

    def skip(self, points: float) -> None:
        """Leave a blank."""
        self.y -= points

    def line(self, words: list[str], font: Font, indent: float, *, stretched: bool) -> None:
        """Draw a line, in the next column or on the next page where this one is full."""
        if self.y < _FOOT:
            self.column, self.y = self.column + 1, self.top
            if self.column == len(_COLUMNS):
                self.canvas.showPage()
                self.begin(headline=False)
        text = " ".join(words)
        gaps = max(1, len(words) - 1)
        room = _COLUMN_WIDTH - indent - stringWidth(text, *font)
        drawn = self.canvas.beginText(_COLUMNS[self.column] + indent, self.y)
        drawn.setFont(*font)
        drawn.setWordSpace(room / gaps if stretched else 0)
        drawn.textOut(text)
        self.canvas.drawText(drawn)
        self.y -= _LEADING


def _lines(text: str, font: Font, *, indent: bool) -> Iterator[tuple[float, list[str], bool]]:
    """Yield indent, words and whether the line is stretched to the full width."""
    line: list[str] = []
    start = _INDENT if indent else 0.0
    left = text.split(" ")
    while left:
        word = left.pop(0)
        if stringWidth(" ".join([*line, word]), *font) <= _COLUMN_WIDTH - start:
            line.append(word)
            continue
        for head, tail in _partings(word):
            if stringWidth(" ".join([*line, head]), *font) <= _COLUMN_WIDTH - start:
                line.append(head)
                word = tail
                break
        yield start, line, True
        line, start = [], 0.0
        left.insert(0, word)
    yield start, line, False


def _partings(word: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to part a word, the longest first half with its hyphen first."""
    if "-" in word:
        first, _, second = word.partition("-")
        yield f"{first}-", second
    elif len(word) >= _SHORTEST_PARTED and word.isalpha():
        for place in range(len(word) - _SHORTEST_HALF, _SHORTEST_HALF - 1, -1):
            yield f"{word[:place]}-", word[place:]
