"""Text of a PDF that nobody sees who looks at the page: invisible, or of the colour of the paper.

Most invisible text lies over a scanned picture and says what it shows (OCR); that is read. Whether
white text stands on something dark is seen by drawing the page.
"""

from collections.abc import Iterator
from contextlib import closing
from ctypes import addressof, byref, c_float, c_int, c_uint
from dataclasses import dataclass

from pypdfium2 import PdfPage, raw
from pypdfium2.raw import FPDF_PAGEOBJECT, FS_MATRIX

from retriever.corpus.formats.pdf.lines import Box

_INVISIBLE = frozenset({raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP})
_FILLED = frozenset({raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_CLIP})
_LIGHT = 235  # of 255, in each colour: near enough to white paper
_TRANSPARENT = 13  # of 255
_SCAN = 0.5  # share of the page that pictures cover where it was scanned
_LONGEST_SIDE = 1_600  # pixels of the drawn page
_LEAST_CONTRAST = 24  # of 255
_DEEPEST = 4  # parts of a page inside others
_MOST_OBJECTS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Visibility:
    """What of a page's text is not seen, and how much of it was recognised from a picture.

    ``unseen`` are the addresses of the text objects, ``recognised`` tells that the page is a
    picture with invisible text over it, ``is_picture`` that it is one without.
    """

    unseen: frozenset[int] = frozenset()
    recognised: bool = False
    is_picture: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Suspect:
    """A text object that may not be seen."""

    part: FPDF_PAGEOBJECT
    around: tuple[FPDF_PAGEOBJECT, ...] = ()
    invisible: bool = False


def visibility_of(page: PdfPage) -> Visibility:
    """Return what of a page is not seen."""
    suspects = list(_suspects(page))
    if not suspects:
        return Visibility()
    is_scan = any(one.invisible for one in suspects) and is_picture(page)
    unseen = [one for one in suspects if one.invisible and not is_scan]
    light = [one for one in suspects if not one.invisible]
    unseen += _without_contrast(page, light) if light else []
    return Visibility(
        unseen=frozenset(addressof(one.part.contents) for one in unseen), recognised=is_scan
    )


def is_picture(page: PdfPage) -> bool:
    """Return whether pictures cover most of a page, as on one that was scanned."""
    return _share_of_pictures(page) >= _SCAN


def _suspects(page: PdfPage) -> Iterator[_Suspect]:
    """Yield the text objects that are invisible or as light as paper."""
    drawn, get = page.raw, raw.FPDFPage_GetObject
    mode_of, colour_of = raw.FPDFTextObj_GetTextRenderMode, raw.FPDFPageObj_GetFillColor
    red, green, blue, alpha = (c_uint() for _ in range(4))
    colour = (byref(red), byref(green), byref(blue), byref(alpha))
    # Some programs set every word as an object of its own: this is done for each, and in a loop of
    # its own, with red looked at first, takes a third of the time.
    for number in range(min(raw.FPDFPage_CountObjects(drawn), _MOST_OBJECTS)):
        part = get(drawn, number)
        mode = mode_of(part)
        if mode not in _FILLED:
            yield from _suspects_in(part, mode)
        elif colour_of(part, *colour):
            is_light = red.value >= _LIGHT and green.value >= _LIGHT and blue.value >= _LIGHT
            if is_light or alpha.value <= _TRANSPARENT:
                yield _Suspect(part=part)


def _suspects_in(
    part: FPDF_PAGEOBJECT, mode: int, around: tuple[FPDF_PAGEOBJECT, ...] = ()
) -> Iterator[_Suspect]:
    """Yield the suspects in an object: itself, or what a form holds."""
    if mode in _INVISIBLE:
        yield _Suspect(part=part, around=around, invisible=True)
    elif mode in _FILLED:
        red, green, blue, alpha = (c_uint() for _ in range(4))
        known = raw.FPDFPageObj_GetFillColor(part, *map(byref, (red, green, blue, alpha)))
        is_light = min(red.value, green.value, blue.value) >= _LIGHT
        if known and (is_light or alpha.value <= _TRANSPARENT):
            yield _Suspect(part=part, around=around)
    else:
        for inner in _inside(part, around):
            inner_mode = raw.FPDFTextObj_GetTextRenderMode(inner)
            yield from _suspects_in(inner, inner_mode, (*around, part))


def _inside(
    form: FPDF_PAGEOBJECT, around: tuple[FPDF_PAGEOBJECT, ...]
) -> Iterator[FPDF_PAGEOBJECT]:
    """Yield the objects that a form holds; other objects hold none."""
    if len(around) < _DEEPEST and raw.FPDFPageObj_GetType(form) == raw.FPDF_PAGEOBJ_FORM:
        for number in range(min(raw.FPDFFormObj_CountObjects(form), _MOST_OBJECTS)):
            yield raw.FPDFFormObj_GetObject(form, number)


def _pictures(page: PdfPage) -> Iterator[Box]:
    """Yield where the pictures of a page stand."""
    waiting: list[tuple[FPDF_PAGEOBJECT, tuple[FPDF_PAGEOBJECT, ...]]] = [
        (raw.FPDFPage_GetObject(page, number), ())
        for number in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS))
    ]
    while waiting:
        part, around = waiting.pop()
        if raw.FPDFPageObj_GetType(part) == raw.FPDF_PAGEOBJ_IMAGE:
            yield _place(part, around)
        waiting.extend((inner, (*around, part)) for inner in _inside(part, around))


def _share_of_pictures(page: PdfPage) -> float:
    """Return how much of the page its pictures cover, at most 1."""
    left, bottom, right, top = page.get_bbox()
    area = max(1.0, (right - left) * (top - bottom))
    covered = 0.0
    for box in _pictures(page):
        wide = min(box[2], right) - max(box[0], left)
        covered += max(0.0, wide) * max(0.0, min(box[3], top) - max(box[1], bottom))
    return float(min(1.0, covered / area))


def _place(part: FPDF_PAGEOBJECT, around: tuple[FPDF_PAGEOBJECT, ...]) -> Box:
    """Return where on the page an object stands."""
    sides = [c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(part, *map(byref, sides))
    left, bottom, right, top = (side.value for side in sides)
    corners = [(left, bottom), (left, top), (right, bottom), (right, top)]
    for form in reversed(around):
        matrix = FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(form, byref(matrix))
        corners = [
            (matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f)
            for x, y in corners
        ]
    across, up = zip(*corners, strict=True)
    return min(across), min(up), max(across), max(up)


def _without_contrast(page: PdfPage, suspects: list[_Suspect]) -> list[_Suspect]:
    """Return those where the drawn page has one colour only."""
    scale = _LONGEST_SIDE / max(1.0, *page.get_size())
    with closing(page.render(scale=min(scale, 2.0), may_draw_forms=False)) as bitmap:
        drawn = bitmap.to_numpy()
        height, width = drawn.shape[:2]
        unseen = []
        for one in suspects:
            left, top, right, bottom = _on_bitmap(page, _place(one.part, one.around), width, height)
            spot = drawn[top:bottom, left:right]
            if not spot.size or int((spot.max((0, 1)) - spot.min((0, 1))).max()) < _LEAST_CONTRAST:
                unseen.append(one)
    return unseen


def _on_bitmap(page: PdfPage, box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of a place on the drawn page, in pixels."""
    corners = []
    for x, y in ((box[0], box[1]), (box[2], box[3])):
        across, down = c_int(), c_int()
        raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, byref(across), byref(down))
        corners.append((across.value, down.value))
    (x, y), (a, b) = corners
    left, right = sorted((x, a))
    top, bottom = sorted((y, b))
    return max(0, left), max(0, top), max(0, right) + 1, max(0, bottom) + 1
