"""What every format writes of a notebook: its entries in order, each with its reference and state.

Fixed phrases and own notes stand apart from what is quoted; only words that an article held when
this program looked are written as a quote.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from retriever.exporters.references import Reference, reference_line, reference_of
from retriever.notebook.checking import CheckedQuote, PinState
from retriever.notebook.entries import Notebook, OwnNote, plain_entry
from retriever.notebook.notebooks import ShownEntry, ShownNotebook
from retriever.records import PartialDate, describe

TITLE = "Notebook"
OWN_NOTE = "Your note"
LABELS = "Labels"
NOW_SAYS = "It now says:"
NOTEBOOK_REMARKS = {
    PinState.MOVED: "These words stand at another place than when they were pinned.",
    PinState.REVISED: "The article was revised: it holds these words no longer.",
    PinState.GONE: "The article is gone: no article here holds these words now.",
    PinState.UNVERIFIED: (
        "Not verified: no article here was found to hold these words. An imported file says where "
        "they are from."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEntry:
    """An entry as it is written: a quote with its reference, or a note that stands by itself.

    ``verified`` tells whether an article held the words of the reference; ``remark`` is what became
    of them, ``new`` what the article says in their place now. ``note`` are its owner's words.
    """

    reference: Reference | None = None
    verified: bool = False
    remark: str | None = None
    new: Reference | None = None
    note: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookDocument:
    """A notebook to be written: as it is kept, its entries checked, and the day of the check."""

    kept: Notebook
    entries: tuple[DocumentEntry, ...]
    checked: date

    @property
    def checked_line(self) -> str:
        """When the quotes were compared with the articles, in words."""
        day = PartialDate.parse(self.checked.isoformat()).in_words()
        return f"Quotes compared with the articles on {day}."


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookFormat:
    """A format: its name, what people call it, its files' ending and media type, its writer.

    ``is_text`` tells whether its files are text in UTF-8.
    """

    name: str
    label: str
    ending: str
    media_type: str
    write: Callable[[NotebookDocument], bytes]
    is_text: bool = True


def document_of(kept: Notebook, shown: ShownNotebook, *, checked: date) -> NotebookDocument:
    """Return a notebook ready to be written, ``shown`` as it was checked on a day."""
    entries = tuple(map(_document_entry, shown.entries))
    return NotebookDocument(kept=kept, entries=entries, checked=checked)


def citation(reference: Reference) -> str:
    """Return the reference as one line of plain text, for a note at the foot of a page."""
    title = f"“{' '.join(reference.title.split())}”" if reference.title else None
    return " ".join(reference_line(reference, title, reference.url).split())


def paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of what somebody wrote, without the blank lines between them."""
    for part in text.replace("\r\n", "\n").replace("\r", "\n").split("\n\n"):
        if part.strip():
            yield part.strip("\n")


def _document_entry(entry: ShownEntry) -> DocumentEntry:
    if isinstance(entry, OwnNote):
        return DocumentEntry(note=entry.text, labels=entry.labels)
    return DocumentEntry(
        reference=_reference_today(entry),
        verified=entry.state is not PinState.UNVERIFIED,
        remark=NOTEBOOK_REMARKS.get(entry.state),
        new=_new_reference(entry),
        note=entry.entry.note,
        labels=entry.entry.labels,
    )


def _reference_today(checked: CheckedQuote) -> Reference:
    """Return the reference of the words: to where they stand now, else to where they stood."""
    if not checked.stands or checked.article is None or checked.span is None:
        return reference_of(plain_entry(checked.entry))
    return reference_of(
        {
            "article": describe(checked.article),
            "start": checked.span.start,
            "end": checked.span.end,
            "text": checked.span.of(checked.article.text),
            "speaker": checked.entry.speaker,
        }
    )


def _new_reference(checked: CheckedQuote) -> Reference | None:
    if checked.new_words is None or checked.article is None or checked.span is None:
        return None
    return reference_of(
        {
            "article": describe(checked.article),
            "start": checked.span.start,
            "end": checked.span.end,
            "text": checked.new_words,
        }
    )
