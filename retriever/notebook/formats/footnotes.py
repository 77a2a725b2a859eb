"""Footnotes of a Word document: python-docx 1.2 has none, so their part is made by its packages.

See ECMA-376, part 1, 17.11: a part of notes beside the document, a reference in the text to each.
"""

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

_TEXT, _MARK = "FootnoteText", "FootnoteReference"
# The lines between text and notes, which every document has as notes of their own.
_LINES = (
    f"<w:footnotes {nsdecls('w')}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/>'
    "</w:r></w:p></w:footnote></w:footnotes>"
)
_STATED = (
    f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
)


class Footnotes:
    """The footnotes of one document, numbered in the order in which they are added."""

    def __init__(self, document: Document) -> None:
        """Give a document that has none its part of notes, and the styles for them."""
        _add_styles(document)
        # The schema has the settings in an order; what follows these is in every document.
        document.settings.element.find(qn("w:compat")).addprevious(parse_xml(_STATED))
        self._notes = parse_xml(_LINES)
        name, kind = PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES
        part = XmlPart(name, kind, self._notes, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._count = 0

    def add(self, paragraph: Paragraph, text: str) -> None:
        """Put a note's mark at the end of a paragraph, and its text, one line, among the notes."""
        self._count += 1
        _append_mark(paragraph, "w:footnoteReference", number=self._count)
        note = OxmlElement("w:footnote")
        note.set(qn("w:id"), str(self._count))
        self._notes.append(note)
        # A paragraph looks for its part only when it is asked for its style.
        inside = Paragraph(OxmlElement("w:p"), paragraph)
        note.append(inside._p)  # noqa: SLF001 - python-docx has no other way to its XML
        inside._p.style = _TEXT  # noqa: SLF001
        _append_mark(inside, "w:footnoteRef")
        inside.add_run(f" {text}")


def _append_mark(paragraph: Paragraph, tag: str, *, number: int | None = None) -> None:
    run, mark = paragraph.add_run(), OxmlElement(tag)
    if number is not None:
        mark.set(qn("w:id"), str(number))
    run._r.style = _MARK  # noqa: SLF001
    run._r.append(mark)  # noqa: SLF001


def _add_styles(document: Document) -> None:
    text = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    mark = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    text.element.styleId, mark.element.styleId = _TEXT, _MARK
    text.base_style = document.styles["Normal"]
    text.font.size = Pt(9)
    mark.font.superscript = True
