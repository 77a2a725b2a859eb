"""Text recognised from the pictures of a scanned PDF, where whoever builds asks for it.

``QUOTIDIAN_OCR=eng`` (or ``eng+deu``, as tesseract names languages) asks. Needed are the extra
``quotidian[ocr]`` and the program tesseract. It makes of a picture a page with its words invisible
over it, which is then read as any other such page.
"""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from importlib import import_module

import pypdfium2

from retriever.errors import UnreadableError

SWITCH = "QUOTIDIAN_OCR"
_RESOLUTION = 300  # dots an inch, with which tesseract does best
_LONGEST_SIDE = 6_000  # pixels
_POINTS = 72  # an inch
_SECONDS = 50.0  # of the sixty that a file may take
_TOO_LONG = (
    "is a scan of {pages:,} pages, too long to recognise while it is read; have its text recognised"
    " by a program such as ocrmypdf"
)


def languages() -> str:
    """Return the languages in which text is to be recognised, empty where none is."""
    return os.environ.get(SWITCH, "").strip()


def recognised_pages(
    document: pypdfium2.PdfDocument, numbers: Sequence[int]
) -> Iterator[tuple[int, pypdfium2.PdfDocument]]:
    """Yield, for each of these pages, a document of one page with its text over its picture.

    :raises UnreadableError: when what is needed is not installed, or it takes too long.
    """
    tesseract = _tesseract()
    os.environ["OMP_THREAD_LIMIT"] = "1"  # more threads wait for each other on few cores
    until = time.monotonic() + _SECONDS
    for number in numbers:
        left = until - time.monotonic()
        if left <= 0:
            raise UnreadableError(_TOO_LONG.format(pages=len(numbers)))
        made = _recognise(tesseract, document, number, seconds=left, pages=len(numbers))
        with closing(pypdfium2.PdfDocument(made)) as page:
            yield number, page


def _tesseract() -> object:
    """Return the library that runs tesseract.

    :raises UnreadableError: when it or the program is missing.
    """
    try:
        library = import_module("pytesseract")
        library.get_tesseract_version()
    except (ImportError, OSError, SystemExit) as error:
        message = f"is a scan; for {SWITCH}, quotidian[ocr] or tesseract is not installed"
        raise UnreadableError(message) from error
    return library


def _recognise(
    tesseract: object,
    document: pypdfium2.PdfDocument,
    number: int,
    *,
    seconds: float,
    pages: int,
) -> bytes:
    """Return a PDF of one page, its picture with the words over it."""
    with closing(document[number]) as page:
        scale = min(_RESOLUTION / _POINTS, _LONGEST_SIDE / max(1.0, *page.get_size()))
        picture = page.render(scale=scale).to_pil()
    try:
        made: bytes = tesseract.image_to_pdf_or_hocr(  # type: ignore[attr-defined]
            picture,
            lang=languages(),
            config=f"--dpi {round(scale * _POINTS)}",
            extension="pdf",
            timeout=seconds,
        )
    except RuntimeError as error:  # TesseractError among them
        if "timeout" in str(error):
            raise UnreadableError(_TOO_LONG.format(pages=pages)) from error
        message = f"is a scan whose text cannot be recognised: {' '.join(str(error).split())[:120]}"
        raise UnreadableError(message) from error
    return made
