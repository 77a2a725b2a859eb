"""Word documents (.docx): their paragraphs, lists and tables, and their properties."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree
from lxml.etree import _Element as Element

from retriever.corpus.article.composing import About, Paragraph, compose
from retriever.corpus.article.head import take_head
from retriever.corpus.article.names import completed, real_title
from retriever.corpus.formats.archives.zips import DAMAGE, open_package
from retriever.corpus.formats.xml.tree import local_name, parse_xml
from retriever.corpus.source import SourceFile, read_bytes
from retriever.errors import UnreadableError
from retriever.records import Article, Failure

LARGEST_DOCUMENT = 100_000_000
"""Bytes, its pictures included."""

_SPACES = {"tab": "\t", "br": "\n", "cr": "\n", "nobreakhyphen": "\u2011"}
_ELSEWHERE = frozenset("del movefrom fallback txbxcontent ppr rpr".split())
_NOTES = "/relationships/footnotes"
_MARK, _NUMBER = "{*}footnoteReference", "number"
_ID = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}id"
_TEMPLATE_MADE = "2013-12-23"  # stands in every document that python-docx made


def read_word(source: SourceFile) -> Iterator[Article | Failure]:
    """Yield the one article of a document; its id is its path.

    A mark of a footnote is written ``[1]``, and the notes end the text in that form.
    Its title is the paragraph in the style Title, else that of the properties, else the heading
    that opens it. What was deleted with changes tracked is left out. The day on which the file was
    made counts only where the text states no other, and a warning says so.
    """
    document = _open_word(source)
    for number, mark in enumerate(document.element.body.iter(_MARK), 1):
        mark.set(_NUMBER, str(number))
    paragraphs = list(_styled_paragraphs(document.element.body, document))
    title = next((one.text for one, style in paragraphs if style == "Title"), None)
    stated = About(title=title or real_title(document.core_properties.title))
    kept, about = take_head([one for one, _ in paragraphs], stated)
    kept.extend(_footnotes(document))
    yield compose(kept, _with_word_properties(about, document), path=source.path)


def _open_word(source: SourceFile) -> WordDocument:
    data = read_bytes(source, LARGEST_DOCUMENT)
    open_package(data, "Word").close()
    try:
        return Document(BytesIO(data))
    except (PackageNotFoundError, KeyError, etree.LxmlError, *DAMAGE) as error:
        raise UnreadableError(f"is not a whole Word document: {str(error)[:120]}") from error


def _with_word_properties(about: About, document: WordDocument) -> About:
    """Return what is known, completed from the properties."""
    properties = document.core_properties
    made = properties.created.date().isoformat() if properties.created else None
    return completed(
        replace(about, language=properties.language or None),
        author=properties.author,
        made=None if made == _TEMPLATE_MADE else made,
        source="docx created",
    )


def _styled_paragraphs(parent: Element, document: WordDocument) -> Iterator[tuple[Paragraph, str]]:
    """Yield the paragraphs with the names of their styles, and the rows of tables as lines."""
    after_item = False
    for child in parent:
        name = local_name(child)
        if name == "p":
            style = _style_name(child, document)
            is_item = child.find("./{*}pPr/{*}numPr") is not None or style.startswith("List")
            yield (
                Paragraph(
                    text=_accepted_text(child),
                    heading=style.startswith(("Heading", "Title")),
                    tight=is_item and after_item,
                ),
                style,
            )
            after_item = is_item
            for box in child.iter("{*}txbxContent"):
                if not any(local_name(above) == "fallback" for above in box.iterancestors()):
                    yield from _styled_paragraphs(box, document)
        elif name == "tbl":
            for number, row in enumerate(child.iter("{*}tr")):
                cells = (
                    " ".join(map(_accepted_text, cell.iter("{*}p"))) for cell in row.iter("{*}tc")
                )
                yield Paragraph(text=" ".join(cells), tight=number > 0), ""
            after_item = False
        elif name not in _ELSEWHERE:
            yield from _styled_paragraphs(child, document)


def _footnotes(document: WordDocument) -> Iterator[Paragraph]:
    """Yield the footnotes in the order of their marks."""
    parts = [one.target_part for one in document.part.rels.values() if one.reltype.endswith(_NOTES)]
    if not parts:
        return
    notes = {one.get(_ID): one for one in parse_xml(parts[0].blob).iter("{*}footnote")}
    for number, mark in enumerate(document.element.body.iter(_MARK), 1):
        note = notes.get(mark.get(_ID))
        if note is not None:
            words = " ".join(" ".join(map(_accepted_text, note.iter("{*}p"))).split())
            yield Paragraph(text=f"[{number}] {words}", tight=number > 1)


def _style_name(element: Element, document: WordDocument) -> str:
    try:
        style = WordParagraph(element, document).style
    except (AttributeError, KeyError):  # a document without styles
        return ""
    return (style.name if style else "") or ""


def _accepted_text(element: Element) -> str:
    """Return the words of a paragraph as they read with all changes accepted."""
    parts = []
    walk = etree.iterwalk(element, events=("start",))
    for _, inner in walk:
        name = local_name(inner)
        if name in _ELSEWHERE:
            walk.skip_subtree()
        elif name == "t":
            parts.append(inner.text or "")
        elif name == "footnotereference":
            parts.append(f"[{inner.get(_NUMBER)}]")
        else:
            parts.append(_SPACES.get(name, ""))
    return "".join(parts)
