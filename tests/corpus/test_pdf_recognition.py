"""Scans whose text is recognised where it is asked: by tesseract, where it is installed."""

import shutil
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from retriever.corpus import survey
from retriever.corpus.formats.pdf import recognition
from retriever.corpus.reading import read_here
from retriever.records import Article, Failure
from tests.corpus.test_pdf import STORY, drawn, one, reason, write

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None or find_spec("pytesseract") is None,
    reason="tesseract is not installed",
)


def scan(canvas: Canvas, picture: ImageReader) -> None:
    """Draw the picture of a page, a third page as text."""
    if canvas.getPageNumber() == 3:
        write(canvas, ["The last page is no picture."])
    else:
        canvas.drawImage(picture, 0, 0, *A4)


def scanned(pages: int = 1) -> bytes:
    """Return the story as a scanner makes it."""
    page = pypdfium2.PdfDocument(drawn(partial(write, lines=STORY)))[0]
    picture = ImageReader(page.render(scale=200 / 72).to_pil())
    return drawn(partial(scan, picture=picture), pages=pages)


def read_pdf(tmp_path: Path, content: bytes) -> list[Article | Failure]:
    """Read a PDF in this process, so that what is asked is asked of it."""
    (tmp_path / "a.pdf").write_bytes(content)
    return [*read_here(survey(tmp_path).sources[0])]


@needs_tesseract
def test_text_of_a_scan_is_recognised_and_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTIDIAN_OCR", "eng")
    article = one(read_pdf(tmp_path, scanned(pages=3)))
    assert article.text == f"{' '.join(STORY)}\n\nThe last page is no picture."
    assert "its text was recognised from pictures (OCR) on 2 of 3 pages" in article.warnings
    assert len(article.pages) == 3


@needs_tesseract
def test_a_language_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTIDIAN_OCR", "xxx")
    why = reason(read_pdf(tmp_path, scanned()))
    assert why.startswith("is a scan whose text cannot be recognised")
    assert "xxx" in why


@needs_tesseract
def test_what_takes_too_long_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTIDIAN_OCR", "eng")
    for seconds in (0.0, 0.05):
        monkeypatch.setattr(recognition, "_SECONDS", seconds)
        assert "too long to recognise" in reason(read_pdf(tmp_path, scanned()))


def test_where_nothing_can_recognise_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTIDIAN_OCR", "eng")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "tesseract is not installed" in reason(read_pdf(tmp_path, scanned()))


def test_nothing_is_recognised_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUOTIDIAN_OCR", raising=False)
    assert "or set QUOTIDIAN_OCR" in reason(read_pdf(tmp_path, scanned()))
