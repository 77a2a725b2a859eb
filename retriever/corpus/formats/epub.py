"""Books and magazines in EPUB: one article a chapter.

A book as one article would be dated, titled and shown as one; a reader who follows a quote wants
its chapter. So each document of the spine is an article, called ``book.epub/chapter.xhtml``, with
the book's title before the chapter's and the book's own metadata.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from lxml.etree import _Element as Element

from retriever.corpus.article.composing import About, compose, one_line
from retriever.corpus.article.dates import stated_moment
from retriever.corpus.article.names import real_authors
from retriever.corpus.formats.archives.zips import open_package, read_part
from retriever.corpus.formats.markup.fragments import paragraphs_of
from retriever.corpus.formats.markup.notes import with_readable_notes
from retriever.corpus.formats.xml.tree import (
    children,
    descendants,
    element_text,
    first_address,
    parse_xml,
)
from retriever.corpus.source import SourceFile, read_bytes
from retriever.errors import UnreadableError
from retriever.records import Article, Failure

LARGEST_BOOK = 300_000_000
"""Bytes, its pictures included."""
LARGEST_CHAPTER = 20_000_000

_CONTAINER = "META-INF/container.xml"
_AROUND = frozenset(
    "cover titlepage halftitlepage toc landmarks copyright-page colophon loi lot index".split()
)


def read_epub(source: SourceFile) -> Iterator[Article | Failure]:
    """Yield the chapters in the order of the book, and a failure for each that cannot be read.

    Cover, contents and copyright page are passed over where the book says that they are these.
    """
    with open_package(read_bytes(source, LARGEST_BOOK), "EPUB") as package:
        place = _package_file(package)
        root = parse_xml(read_part(package, place))
        about = _about_book(root)
        found = False
        for name in _chapter_parts(root, posixpath.dirname(place)):
            try:
                for item in _read_chapter(package, name, about, source.path):
                    found = True
                    yield item
            except UnreadableError as error:
                found = True
                yield Failure(path=f"{source.path}/{name}", reason=str(error))
        if not found:
            raise UnreadableError("lists no chapters but what is passed over")


def _package_file(package: zipfile.ZipFile) -> str:
    """Return the name of the part that lists all others."""
    if "META-INF/encryption.xml" in package.namelist():
        encryption = parse_xml(read_part(package, "META-INF/encryption.xml"))
        if any(not _is_of_font(one) for one in descendants(encryption, "cipherreference")):
            raise UnreadableError("is locked against copying (DRM)")
    container = parse_xml(read_part(package, _CONTAINER))
    rootfile = next(descendants(container, "rootfile"), None)
    if rootfile is None:
        raise UnreadableError(f"names no package in {_CONTAINER}")
    return unquote(rootfile.get("full-path", ""))


def _is_of_font(reference: Element) -> bool:
    return str(reference.get("URI", "")).lower().endswith((".ttf", ".otf", ".woff", ".woff2"))


def _about_book(package: Element) -> About:
    """Return what the book says about itself."""
    stated = next(descendants(package, "metadata"), package)
    dates = list(descendants(stated, "date"))
    event = "{http://www.idpf.org/2007/opf}event"
    dates = [one for one in dates if one.get(event) == "publication"] or [
        one for one in dates if one.get(event) is None
    ]
    published, warning = stated_moment(element_text(next(iter(dates), None)), source="epub dc:date")
    title = one_line(element_text(next(descendants(stated, "title"), None)))
    return About(
        title=title,
        authors=tuple(
            name
            for one in descendants(stated, "creator")
            for name in real_authors(element_text(one))
        ),
        publisher=one_line(element_text(next(descendants(stated, "publisher"), None))) or title,
        published=published,
        language=element_text(next(descendants(stated, "language"), None)),
        url=first_address(map(element_text, descendants(stated, "source", "identifier"))),
        warnings=(warning,) if warning else (),
    )


def _chapter_parts(package: Element, folder: str) -> Iterator[str]:
    """Yield the parts of the spine, in order, without the navigation."""
    items = {one.get("id"): one for one in descendants(package, "item")}
    for reference in descendants(package, "itemref"):
        item = items.get(reference.get("idref"))
        if item is None or "nav" in str(item.get("properties", "")).split():
            continue
        if "html" in str(item.get("media-type", "html")):
            href = unquote(str(item.get("href", "")).partition("#")[0])
            yield posixpath.normpath(posixpath.join(folder, href))


def _read_chapter(
    package: zipfile.ZipFile, name: str, about: About, path: str
) -> Iterator[Article]:
    data = read_part(package, name)
    if len(data) > LARGEST_CHAPTER:
        raise UnreadableError(f"is larger than {LARGEST_CHAPTER:,} bytes")
    root = parse_xml(data)
    body = next(descendants(root, "body"), None)
    if body is None or _is_around(body):
        return
    with_readable_notes(body)
    paragraphs = list(paragraphs_of(body))
    if not paragraphs:  # a picture
        return
    heading = paragraphs[0].text if paragraphs[0].heading else None
    chapter = one_line(heading)
    paragraphs = paragraphs[1:] if heading and len(paragraphs) > 1 else paragraphs
    titles = [one for one in (about.title, chapter) if one]
    if chapter and about.title and about.title.casefold() in chapter.casefold():
        titles = [chapter]
    yield compose(
        paragraphs,
        replace(about, title=": ".join(titles) or None),
        path=path,
        article_id=f"{path}/{name}",
    )


def _is_around(body: Element) -> bool:
    """Return whether a document says that it is not the text of the book."""
    kind = "{http://www.idpf.org/2007/ops}type"
    marked = [body, *children(body, "section", "div", "nav")][:2]
    kinds = {word for one in marked for word in str(one.get(kind, "")).split()}
    return bool(kinds & _AROUND)
