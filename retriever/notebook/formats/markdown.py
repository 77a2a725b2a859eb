"""A notebook as Markdown: quotes as block quotes with their sources, notes as text of their own."""

from collections.abc import Iterator

from retriever.exporters.markdown import as_markdown, markdown
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


def write_markdown_notebook(document: NotebookDocument) -> bytes:
    """Return the notebook as Markdown in which nothing quoted or written is markup."""
    parts = [f"# {TITLE}", document.checked_line]
    for entry in document.entries:
        parts += ["---", *_parts(entry)]
    return ("\n\n".join(parts) + "\n").encode("utf-8", "replace")


MARKDOWN_NOTEBOOK = NotebookFormat(
    name="markdown",
    label="Markdown",
    ending="md",
    media_type="text/markdown",
    write=write_markdown_notebook,
)


def _parts(entry: DocumentEntry) -> Iterator[str]:
    if entry.remark:
        yield f"*{entry.remark}*"
    if entry.reference and entry.verified:
        yield as_markdown(entry.reference)
    elif entry.reference:
        yield markdown(" ".join(entry.reference.text.split()))
        yield f"— {markdown(citation(entry.reference))}"
    if entry.new:
        yield from (NOW_SAYS, as_markdown(entry.new))
    for place, part in enumerate(paragraphs(entry.note)):
        said = markdown(" ".join(part.split()))
        yield f"**{OWN_NOTE}:** {said}" if place == 0 else said
    if entry.labels:
        yield f"{LABELS}: {', '.join(map(markdown, entry.labels))}"
