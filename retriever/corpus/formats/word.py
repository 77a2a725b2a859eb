"""Word documents (.docx): their paragraphs, lists and tables, and their properties."""

from collections.abc import Callable, Iterator, Mapping
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
from retriever.corpus.article.marks import line_of_cells, subscript, superscript
from retriever.corpus.article.names import completed, real_title
from retriever.corpus.cleaning import places_printed_once
from retriever.corpus.formats.archives.zips import DAMAGE, open_package
from retriever.corpus.formats.xml.tree import local_name, parse_xml
from retriever.corpus.source import SourceFile, read_bytes
from retriever.errors import UnreadableError
from retriever.records import Article, Failure

LARGEST_DOCUMENT = 100_000_000
"""Bytes, its pictures included."""

_SPACES = {"tab": "\t", "br": "\n", "cr": "\n", "nobreakhyphen": "\u2011"}
_ELSEWHERE = frozenset("del movefrom fallback txbxcontent ppr rpr rt".split())
_NOTES = {
    "footnoteReference": "/relationships/footnotes",
    "endnoteReference": "/relationships/endnotes",
}
"""The marks of notes, and the relation of the document to the part that holds the notes."""
_MARKS = tuple(f"{{*}}{name}" for name in _NOTES)
_MARK_NAMES = frozenset(name.lower() for name in _NOTES)
_NUMBER = "number"
_CONTROLS = frozenset("sdt sdtcontent customxml ins smarttag".split())
"""What may stand around the rows of a table and the cells of a row."""
_ID = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}id"
_VALUE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val"
_OFF = frozenset({"0", "false", "off"})
_UNSEEN_RUNS = frozenset("vanish strike dstrike".split())
_PLACES: Mapping[str, Callable[[str], str]] = {"superscript": superscript, "subscript": subscript}
_IN_FORMULAS: Mapping[str, Callable[[str], str]] = {
    "sup": superscript,
    "sub": subscript,
    "den": "/{}".format,
}
_TEMPLATE_MADE = "2013-12-23"  # stands in every document that python-docx made


def read_word(source: SourceFile) -> Iterator[Article | Failure]:
    """Yield the one article of a document; its id is its path.

    A mark of a footnote or endnote is written ``[1]``, and the notes end the text in that form.
    Its title is the paragraph in the style Title, else that of the properties, else the heading
    that opens it. What was deleted with changes tracked is left out. The day on which the file was
    made counts only where the text states no other, and a warning says so.
    """
    document = _open_word(source)
    for number, mark in enumerate(_note_marks(document), 1):
        mark.set(_NUMBER, str(number))
    paragraphs = list(_styled_paragraphs(document.element.body, document))
    title = next((one.text for one, style in paragraphs if style == "Title"), None)
    stated = About(title=title or real_title(document.core_properties.title))
    kept, about = take_head([one for one, _ in paragraphs], stated)
    texts = ["" if one.heading or one.tight else one.text for one in kept]
    kept = [kept[place] for place in places_printed_once(texts)]
    kept.extend(_notes(document))
    yield compose(kept, _with_word_properties(about, document), path=source.path)


# What python-docx comes to where a part is there but of another kind than it takes it for.
_FOREIGN = (AttributeError, LookupError, TypeError, ValueError)


def _open_word(source: SourceFile) -> WordDocument:
    data = read_bytes(source, LARGEST_DOCUMENT)
    open_package(data, "Word").close()
    try:
        return Document(BytesIO(data))
    except (PackageNotFoundError, etree.LxmlError, *_FOREIGN, *DAMAGE) as error:
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
            for number, cells in enumerate(_rows(child)):
                yield Paragraph(text=line_of_cells(cells), tight=number > 0), ""
            after_item = False
        elif name not in _ELSEWHERE:
            yield from _styled_paragraphs(child, document)


def _rows(table: Element) -> Iterator[list[str]]:
    """Yield the words of each cell, row by row; a table inside a cell is words of that cell."""
    for row in _own_parts(table, "tr"):
        yield [
            " ".join(
                _accepted_text(one)
                for one in cell.iter("{*}p")
                if not any(local_name(above) == "fallback" for above in one.iterancestors())
            )
            for cell in _own_parts(row, "tc")
        ]


def _own_parts(element: Element, wanted: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, those inside content controls as well."""
    for child in element:
        if local_name(child) == wanted:
            yield child
        elif local_name(child) in _CONTROLS:
            yield from _own_parts(child, wanted)


def _notes(document: WordDocument) -> Iterator[Paragraph]:
    """Yield the footnotes and endnotes in the order of their marks."""
    notes = {
        (name, note.get(_ID)): note
        for name, relation in _NOTES.items()
        for one in document.part.rels.values()
        if one.reltype.endswith(relation)
        for note in parse_xml(one.target_part.blob).iter(f"{{*}}{name.removesuffix('Reference')}")
    }
    for mark in _note_marks(document):
        note = notes.get((etree.QName(mark).localname, mark.get(_ID)))
        if note is not None:
            words = " ".join(" ".join(map(_accepted_text, note.iter("{*}p"))).split())
            number = mark.get(_NUMBER)
            yield Paragraph(text=f"[{number}] {words}", tight=number != "1")


def _note_marks(document: WordDocument) -> Iterator[Element]:
    """Yield the marks of notes in the order of the text, but deleted ones."""
    for mark in document.element.body.iter(*_MARKS):
        if not any(local_name(above) in _ELSEWHERE for above in mark.iterancestors()):
            yield mark


def _style_name(element: Element, document: WordDocument) -> str:
    try:
        style = WordParagraph(element, document).style
    except (AttributeError, KeyError):  # a document without styles
        return ""
    return (style.name if style else "") or ""


def _accepted_text(element: Element) -> str:
    """Return the words of a paragraph as they read with all changes accepted, and none hidden."""
    parts = []
    walk = etree.iterwalk(element, events=("start",))
    for _, inner in walk:
        name = local_name(inner)
        if name in _ELSEWHERE or _is_unseen(inner, name):
            walk.skip_subtree()
        elif placed := _placing(inner, name):
            parts.append(placed("".join(map(_accepted_text, inner))))
            walk.skip_subtree()
        elif name == "t":
            parts.append(inner.text or "")
        elif name in _MARK_NAMES:
            parts.append(f"[{inner.get(_NUMBER)}]")
        else:
            parts.append(_SPACES.get(name, ""))
    return "".join(parts)


def _is_unseen(element: Element, name: str) -> bool:
    """Return whether words are struck out or hidden."""
    return name == "r" and any(
        local_name(one) in _UNSEEN_RUNS and one.get(_VALUE) not in _OFF
        for one in element.iterfind("./{*}rPr/*")
    )


def _placing(element: Element, name: str) -> Callable[[str], str] | None:
    """Return how plain text writes what stands higher or lower, ``None`` for all else."""
    if name != "r":
        return _IN_FORMULAS.get(name)
    place = element.find("./{*}rPr/{*}vertAlign")
    return None if place is None else _PLACES.get(place.get(_VALUE, ""))
