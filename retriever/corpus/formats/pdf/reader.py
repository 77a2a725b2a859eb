"""PDF: the text as people read it, page by page, and what the file states about itself."""

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

import pypdfium2
from lxml.etree import _Element as Element

from retriever.corpus.article.composing import About, Paragraph, compose, one_line
from retriever.corpus.article.dates import first_moment
from retriever.corpus.article.head import take_head
from retriever.corpus.article.names import completed, real_authors, real_title
from retriever.corpus.cleaning import places_printed_once
from retriever.corpus.formats.pdf.lines import lines_of
from retriever.corpus.formats.pdf.order import Page, columns_of_pages, without_margins
from retriever.corpus.formats.pdf.paragraphs import paragraphs_of_columns
from retriever.corpus.formats.pdf.recognition import SWITCH, languages, recognised_pages
from retriever.corpus.formats.pdf.visibility import Visibility, is_picture, visibility_of
from retriever.corpus.formats.xml.tree import (
    descendants,
    element_text,
    first_address,
    local_name,
    parse_xml,
)
from retriever.corpus.source import SourceFile, read_bytes
from retriever.errors import UnreadableError
from retriever.records import Article, Failure

LARGEST_PDF = 300_000_000
"""Bytes; a scanned book has a hundred million."""
MOST_PAGES = 2_000
"""Fifty pages are read a second: more would take longer than a file may."""

_XMP = re.compile(rb"<x:xmpmeta.{0,500000}?</x:xmpmeta>", re.DOTALL)
_OF_PDF = (b"http://ns.adobe.com/pdf/", b"application/pdf")
# A page that was printed to a file was published before, on a day that nobody wrote down.
_PRINTED = re.compile(
    r"skia|chrom|mozilla|firefox|webkit|wkhtml|quartz|print|cairo|ghostscript|distiller|scan|ocr"
    r"|safari|edge|headless",
    re.IGNORECASE,
)
_HEADLINE = 1.25  # sizes of the text
_FEWEST_LETTERS = 3  # a page, of one that holds text
_NO_TEXT = "holds no text; where its pages are pictures, have their text recognised (OCR) first"
_SCAN = (
    "holds no text: {:,} of its {:,} pages are pictures, as a scanner makes them; have their text"
    f" recognised (OCR) by a program such as ocrmypdf, or set {SWITCH}"
)
_NO_CHARACTER = re.compile("[\ue000-\uf8ff\ufffd]")
_MOST_WITHOUT_CHARACTER = 0.3


def read_pdf(source: SourceFile) -> Iterator[Article | Failure]:
    """Yield the one article of a PDF; its id is its path, ``pages`` tells where each page stands.

    The title is that of the properties where the first page shows it, else the largest line of the
    first page. A byline and a date line in the text go before the properties. The day on which the
    file was made is the last resort, with a warning, and never used for a printed page.
    """
    data = read_bytes(source, LARGEST_PDF)
    with closing(_open_pdf(data)) as document:
        pages = _with_recognised(
            [_read_page(document, number) for number in range(len(document))], document
        )
        scaled = _read_paragraphs(pages)
        paragraphs = [one for one, _ in scaled]
        stated = _about_in_xmp(data)
        title = stated.title or real_title(document.get_metadata_value("Title"))
        place = _place_of_headline(scaled, title)
        if place is not None:
            title = one_line(paragraphs[place].text)
            paragraphs = paragraphs[:place] + paragraphs[place + 1 :]
        kept, about = take_head(paragraphs, replace(stated, title=title, authors=()))
        texts = ["" if one.heading or one.tight else one.text for one in kept]
        kept = [kept[place] for place in places_printed_once(texts)]
        about = replace(about, authors=about.authors or stated.authors)
        about = _with_pdf_properties(about, document)
        about = replace(about, warnings=(*about.warnings, *_warnings(pages)))
        yield compose(kept, about, path=source.path, pages=len(document))


def _open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "assword" in str(error)
        message = "is locked with a password" if locked else "is not a whole PDF document"
        raise UnreadableError(message) from error
    if not 0 < len(document) <= MOST_PAGES:
        message = f"has {len(document):,} pages; from 1 to {MOST_PAGES:,} are read"
        document.close()
        raise UnreadableError(message)
    return document


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReadPage:
    """A page as it was read: its lines and edges, and what of it is not text that people see."""

    page: Page
    visibility: Visibility = field(default_factory=Visibility)


def _read_paragraphs(read: Sequence[_ReadPage]) -> list[tuple[Paragraph, float]]:
    """Return the paragraphs of all pages, and how large each is beside the usual text."""
    pages = [one.page for one in read]
    letters = sum(len(line.text) for lines, _ in pages for line in lines)
    if letters < _FEWEST_LETTERS * len(pages):
        pictures = sum(one.visibility.is_picture for one in read)
        raise UnreadableError(_SCAN.format(pictures, len(pages)) if pictures else _NO_TEXT)
    strange = sum(len(_NO_CHARACTER.findall(line.text)) for lines, _ in pages for line in lines)
    if strange > _MOST_WITHOUT_CHARACTER * letters:
        raise UnreadableError("has fonts that do not say which characters they show")
    columns = list(columns_of_pages(without_margins(pages)))
    if not columns:
        raise UnreadableError("holds no text but page numbers and running heads")
    return paragraphs_of_columns(columns)


def _with_recognised(pages: list[_ReadPage], document: pypdfium2.PdfDocument) -> list[_ReadPage]:
    """Return the pages, those that are pictures with recognised text where that is asked."""
    pictures = [number for number, one in enumerate(pages) if one.visibility.is_picture]
    if not pictures or not languages():
        return pages
    read = dict(enumerate(pages))
    for number, page in recognised_pages(document, pictures):
        found = _read_page(page, 0, shown=number)
        read[number] = replace(found, visibility=Visibility(recognised=True))
    return list(read.values())


def _read_page(
    document: pypdfium2.PdfDocument, number: int, *, shown: int | None = None
) -> _ReadPage:
    """Return a page with the lines that are seen on it; a damaged one has no lines.

    ``shown`` is the number that its lines are to have, from 0, if another.
    """
    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return _ReadPage(page=([], (0.0, 0.0)))
    with closing(page), closing(text):
        visibility = visibility_of(page)
        shown = number if shown is None else shown
        lines = lines_of(text.raw, shown + 1, page.get_bbox(), visibility.unseen)
        height = page.get_height()
        if not lines:
            visibility = replace(visibility, is_picture=is_picture(page))
    top = 0.0 if lines and min(line.top for line in lines) >= 0 else -height
    return _ReadPage(page=(lines, (top, top + height)), visibility=visibility)


def _warnings(pages: Sequence[_ReadPage]) -> Iterator[str]:
    """Yield what is doubtful about the text of the pages."""
    told = [one.visibility for one in pages]
    for count, what in (
        (sum(bool(one.unseen) for one in told), "text that nobody sees is left out on"),
        (sum(one.recognised for one in told), "its text was recognised from pictures (OCR) on"),
        (sum(one.is_picture for one in told), "pictures without text, which are not read, are"),
    ):
        if count:
            yield f"{what} {count:,} of {len(pages):,} pages"


def _place_of_headline(scaled: list[tuple[Paragraph, float]], stated: str | None) -> int | None:
    """Return which paragraph of the first page is the title, ``None`` if none stands out."""
    first = [(place, *one) for place, one in enumerate(scaled) if one[0].page in {None, 1}]
    for place, one, _ in first:
        if stated and _letters_of(one.text) == _letters_of(stated):
            return place
    large = [(scale, -place) for place, one, scale in first if one.heading and scale >= _HEADLINE]
    return -max(large)[1] if large else None


def _letters_of(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _with_pdf_properties(about: About, document: pypdfium2.PdfDocument) -> About:
    """Return what is known, completed from what the file's properties say."""
    stated = document.get_metadata_value
    printed = _PRINTED.search(stated("Creator") + stated("Producer"))
    made = None if printed else stated("CreationDate")
    return completed(about, author=stated("Author"), made=made, source="pdf CreationDate")


def _about_in_xmp(data: bytes) -> About:
    """Return what the document's XMP packet states, where it is written out in the file."""
    packet = next((one[0] for one in _XMP.finditer(data) if any(k in one[0] for k in _OF_PDF)), b"")
    if not packet:
        return About()
    try:
        root = parse_xml(packet)
    except UnreadableError:  # it only adds to what the text says
        return About()
    published, warning = first_moment(
        (f"pdf xmp {name}", stated)
        for name in ("publicationdate", "coverdate", "date")
        for stated in _stated_in_xmp(root, name)
    )
    return About(
        title=real_title(next(_stated_in_xmp(root, "title"), None)),
        authors=tuple(
            name
            for creator in descendants(root, "creator")
            for one in descendants(creator, "li")
            for name in real_authors(element_text(one))
        ),
        publisher=one_line(next(_stated_in_xmp(root, "publicationname", "publisher"), None)),
        published=published,
        url=first_address(_stated_in_xmp(root, "url", "source")),
        language=next(_stated_in_xmp(root, "language"), None),
        warnings=(warning,) if warning else (),
    )


def _stated_in_xmp(root: Element, *names: str) -> Iterator[str]:
    """Yield what the packet states under these names, in elements or in attributes."""
    for element in root.iter():
        if local_name(element) in names and (stated := element_text(element)):
            yield stated
        for name, value in element.items():
            if name.rpartition("}")[2].lower() in names and value.strip():
                yield value.strip()
