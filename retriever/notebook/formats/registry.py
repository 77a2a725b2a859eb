"""The formats that a notebook is exported in: one module a format, listed here."""

from datetime import UTC, date, datetime

from retriever.errors import NotebookError
from retriever.notebook.entries import notebook_json
from retriever.notebook.formats.document import NotebookFormat, document_of
from retriever.notebook.formats.html import HTML_NOTEBOOK
from retriever.notebook.formats.markdown import MARKDOWN_NOTEBOOK
from retriever.notebook.formats.word import WORD_NOTEBOOK
from retriever.notebook.notebooks import Notebooks

JSON_NOTEBOOK = NotebookFormat(
    name="json",
    label="JSON, to be imported",
    ending="json",
    media_type="application/json",
    write=lambda document: notebook_json(document.kept).encode("ascii"),
)
"""The notebook as it is kept, to be imported elsewhere."""

NOTEBOOK_FORMATS = {
    one.name: one for one in (MARKDOWN_NOTEBOOK, WORD_NOTEBOOK, HTML_NOTEBOOK, JSON_NOTEBOOK)
}
"""The formats by name, in the order in which people are offered them."""


def export_notebook(
    notebooks: Notebooks,
    form: str,
    *,
    account: str | None = None,
    today: date | None = None,
) -> bytes:
    """Return the file of an account's notebook in one of :data:`NOTEBOOK_FORMATS`.

    Its quotes are compared with the articles now; ``today`` is the day that the file states for it.

    :raises NotebookError: when the format is not known, or the notebook cannot be read.
    """
    if form not in NOTEBOOK_FORMATS:
        known = ", ".join(NOTEBOOK_FORMATS)
        raise NotebookError(f"{form!r:.40} is no format of a notebook; choose one of {known}")
    checked = today or datetime.now(UTC).date()
    kept, shown = notebooks.kept(account), notebooks.show(account)
    return NOTEBOOK_FORMATS[form].write(document_of(kept, shown, checked=checked))
