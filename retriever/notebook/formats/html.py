"""A notebook as one HTML file that asks nothing of any host: quotes with footnotes below."""

import html
from collections.abc import Iterator

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

_STYLE = (
    "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 Georgia,serif}"
    "blockquote{margin:1rem 0;padding-inline-start:1rem;border-inline-start:3px solid #7c2d1e;"
    "white-space:pre-wrap}"
    ".own,.remark,.labels,.unverified{font-family:system-ui,sans-serif}"
    ".own{padding:.5rem .8rem;background:#f0f0ee;white-space:pre-wrap}"
    ".remark,.labels,footer{font-size:.9rem}.remark{color:#9a2a12}"
)


def write_html_notebook(document: NotebookDocument) -> bytes:
    """Return the notebook as an HTML document; every value is escaped, links are http(s) only."""
    notes: list[Reference] = []
    body = "\n".join("\n".join(_entry(entry, notes)) for entry in document.entries)
    footnotes = "\n".join(_footnote(number, note) for number, note in enumerate(notes, 1))
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{TITLE}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{TITLE}</h1>\n"
        f'<p class="remark">{document.checked_line}</p>\n{body}\n'
        f"<footer>\n<ol>\n{footnotes}\n</ol>\n</footer>\n</body>\n</html>\n"
    )
    return page.encode("utf-8", "replace")


HTML_NOTEBOOK = NotebookFormat(
    name="html", label="HTML", ending="html", media_type="text/html", write=write_html_notebook
)


def _entry(entry: DocumentEntry, notes: list[Reference]) -> Iterator[str]:
    yield "<section>"
    if entry.remark:
        yield f'<p class="remark">{entry.remark}</p>'
    if entry.reference and entry.verified:
        yield _quote(entry.reference, notes)
    elif entry.reference:
        mark = _mark(entry.reference, notes)
        yield f'<p class="unverified">{_escaped(entry.reference.text)}{mark}</p>'
    if entry.new:
        yield f'<p class="remark">{NOW_SAYS}</p>'
        yield _quote(entry.new, notes)
    if entry.note:
        said = "\n\n".join(paragraphs(entry.note))
        yield f'<p class="own"><b>{OWN_NOTE}:</b> {_escaped(said)}</p>'
    if entry.labels:
        yield f'<p class="labels">{LABELS}: {_escaped(", ".join(entry.labels))}</p>'
    yield "</section>"


def _quote(reference: Reference, notes: list[Reference]) -> str:
    cite = f' cite="{_escaped(reference.url)}"' if reference.url else ""
    mark = _mark(reference, notes)
    return f'<blockquote dir="auto"{cite}>“{_escaped(reference.text)}”{mark}</blockquote>'


def _mark(reference: Reference, notes: list[Reference]) -> str:
    """Return the mark of the next footnote, which is the reference's."""
    notes.append(reference)
    number = len(notes)
    return f'<sup><a id="mark-{number}" href="#note-{number}">{number}</a></sup>'


def _footnote(number: int, reference: Reference) -> str:
    said = _escaped(citation(reference))
    if reference.url:
        address = _escaped(reference.url)
        said = said.replace(address, f'<a href="{address}" rel="noreferrer">{address}</a>', 1)
    return f'<li id="note-{number}">{said} <a href="#mark-{number}" aria-label="Back">↩</a></li>'


def _escaped(text: str) -> str:
    return html.escape(text.replace("\0", "\N{REPLACEMENT CHARACTER}"))
