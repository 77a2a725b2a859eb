"""A notebook as a Word document: quotes in its style for quotes, their references as footnotes."""

import io
import re
from datetime import UTC, datetime, time

from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from retriever.exporters.references import Reference
from retriever.notebook.formats.document import (
    LABELS,
    NOW_SAYS,
    OWN_NOTE,
    TITLE,
    DocumentEntry,
    NotebookDocument,
    NotebookFormat,
    citation,
    paragraphs,
)
from retriever.notebook.formats.footnotes import Footnotes

# What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets).
_UNHOLDABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OWN_FONT = "Arial"


def write_word_notebook(document: NotebookDocument) -> bytes:
    """Return the notebook as a .docx file with a footnote to every quote."""
    word = Document()
    word.core_properties.title = TITLE
    word.core_properties.author = word.core_properties.comments = ""
    made = datetime.combine(document.checked, time(), tzinfo=UTC)
    word.core_properties.created = made
    notes = Footnotes(word)
    word.add_heading(TITLE, level=1)
    _add_remark(word, document.checked_line)
    for entry in document.entries:
        _add_entry(word, notes, entry)
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()


WORD_NOTEBOOK = NotebookFormat(
    name="word",
    label="Word, with footnotes",
    ending="docx",
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    write=write_word_notebook,
    is_text=False,
)


def _add_entry(word: WordDocument, notes: Footnotes, entry: DocumentEntry) -> None:
    if entry.remark:
        _add_remark(word, entry.remark)
    if entry.reference and entry.verified:
        _add_quote(word, notes, entry.reference)
    elif entry.reference:
        unverified = word.add_paragraph(_held(entry.reference.text))
        notes.add(unverified, _held(citation(entry.reference)))
    if entry.new:
        _add_remark(word, NOW_SAYS)
        _add_quote(word, notes, entry.new)
    for place, part in enumerate(paragraphs(entry.note)):
        _add_own(word, part, first=place == 0)
    if entry.labels:
        _add_remark(word, _held(f"{LABELS}: {', '.join(entry.labels)}"))


def _add_quote(word: WordDocument, notes: Footnotes, reference: Reference) -> Paragraph:
    quote = word.add_paragraph(_held(f"“{reference.text}”"), style="Quote")
    notes.add(quote, _held(citation(reference)))
    return quote


def _add_own(word: WordDocument, text: str, *, first: bool) -> None:
    own = word.add_paragraph()
    runs = [own.add_run(f"{OWN_NOTE}: ")] if first else []
    for run in runs:
        run.bold = True
    for run in [*runs, own.add_run(_held(text))]:
        run.font.name = _OWN_FONT


def _add_remark(word: WordDocument, text: str) -> None:
    run = word.add_paragraph().add_run(text)
    run.font.name, run.font.size = _OWN_FONT, Pt(9)
    run.font.color.rgb = RGBColor(0x6B, 0x64, 0x59)


def _held(text: str) -> str:
    """Return the text with U+FFFD for what XML cannot hold."""
    return _UNHOLDABLE.sub("\N{REPLACEMENT CHARACTER}", text)
