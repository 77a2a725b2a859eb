"""Small changes of a notebook: each gives a new one, made of what it is now."""

import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import msgspec

from retriever.errors import NotebookError
from retriever.notebook.entries import (
    LONGEST_LABEL,
    LONGEST_NOTE,
    MOST_ENTRIES,
    MOST_LABELS,
    Notebook,
    NotebookEntry,
    OwnNote,
    PinnedQuote,
)

Change = Callable[[Notebook], Notebook]


def new_id() -> str:
    """Return an identifier that no other entry has."""
    return secrets.token_hex(6)


def moment_now() -> str:
    """Return this moment in ISO form."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def with_quote(notebook: Notebook, quote: PinnedQuote) -> Notebook:
    """Return the notebook with a quote at its end; as it is if that place is pinned already."""
    if quote_at(notebook, quote.article.id, quote.start, quote.end):
        return notebook
    return _with_entries(notebook, (*notebook.entries, quote))


def with_own_note(notebook: Notebook, text: str) -> Notebook:
    """Return the notebook with a note of its owner's at its end.

    :raises NotebookError: when it is blank or too long, or the notebook is full.
    """
    if not text.strip():
        raise NotebookError("a note has to say something")
    note = OwnNote(id=new_id(), text=_note(text), written=moment_now())
    return _with_entries(notebook, (*notebook.entries, note))


def annotated(notebook: Notebook, entry_id: str, text: str) -> Notebook:
    """Return the notebook with this text beside a quote, or in place of that of an own note.

    :raises NotebookError: when there is no such entry, or the text is too long.
    """
    entry = entry_of(notebook, entry_id)
    changed: NotebookEntry
    if isinstance(entry, OwnNote):
        changed = msgspec.structs.replace(entry, text=_note(text))
    else:
        changed = msgspec.structs.replace(entry, note=_note(text))
    return _replaced(notebook, changed)


def labelled(notebook: Notebook, entry_id: str, labels: Sequence[str]) -> Notebook:
    """Return the notebook with these labels, and no others, on an entry.

    :raises NotebookError: when there is no such entry, or they are too many or too long.
    """
    kept = tuple(dict.fromkeys(" ".join(label.split()) for label in labels if label.strip()))
    if len(kept) > MOST_LABELS or any(len(label) > LONGEST_LABEL for label in kept):
        message = f"an entry has at most {MOST_LABELS} labels of {LONGEST_LABEL} characters"
        raise NotebookError(message)
    return _replaced(notebook, msgspec.structs.replace(entry_of(notebook, entry_id), labels=kept))


def moved(notebook: Notebook, entry_id: str, by: int) -> Notebook:
    """Return the notebook with an entry so many places further down, or up where ``by`` is below 0.

    It stays at the end that it reaches.

    :raises NotebookError: when there is no such entry.
    """
    entry = entry_of(notebook, entry_id)
    others = [other for other in notebook.entries if other.id != entry_id]
    place = min(max(notebook.entries.index(entry) + by, 0), len(others))
    return _with_entries(notebook, (*others[:place], entry, *others[place:]))


def without(notebook: Notebook, entry_id: str) -> Notebook:
    """Return the notebook without an entry; as it is if there is none: another tab was first."""
    return _with_entries(notebook, tuple(one for one in notebook.entries if one.id != entry_id))


def joined(notebook: Notebook, entries: Sequence[NotebookEntry]) -> Notebook:
    """Return the notebook with further entries at its end, but those that are there already.

    :raises NotebookError: when it does not hold so many.
    """
    known = {_told(entry) for entry in notebook.entries}
    fresh = [
        msgspec.structs.replace(entry, id=new_id())
        for entry in entries
        if _told(entry) not in known
    ]
    return _with_entries(notebook, (*notebook.entries, *fresh))


def entry_of(notebook: Notebook, entry_id: str) -> NotebookEntry:
    """Return the entry with an id.

    :raises NotebookError: when there is none.
    """
    for entry in notebook.entries:
        if entry.id == entry_id:
            return entry
    raise NotebookError(f"the notebook has no entry {entry_id!r:.40} any more; list it again")


def quote_at(notebook: Notebook, article_id: str, start: int, end: int) -> PinnedQuote | None:
    """Return the pinned quote of a place, if there is one."""
    quotes = (entry for entry in notebook.entries if isinstance(entry, PinnedQuote))
    return next((quote for quote in quotes if quote.is_at(article_id, start, end)), None)


def _with_entries(notebook: Notebook, entries: tuple[NotebookEntry, ...]) -> Notebook:
    if len(entries) > MOST_ENTRIES:
        raise NotebookError(
            f"a notebook holds at most {MOST_ENTRIES:,} quotes and notes: export it, then remove "
            "some"
        )
    return msgspec.structs.replace(notebook, entries=entries)


def _replaced(notebook: Notebook, changed: NotebookEntry) -> Notebook:
    entries = (changed if one.id == changed.id else one for one in notebook.entries)
    return _with_entries(notebook, tuple(entries))


def _note(text: str) -> str:
    if len(text) > LONGEST_NOTE:
        message = f"a note has at most {LONGEST_NOTE:,} characters, not {len(text):,}"
        raise NotebookError(message)
    return text.strip()


def _told(entry: NotebookEntry) -> tuple[str, ...]:
    """Return what tells an entry from others, whatever its id: the quoted place, or the words."""
    if isinstance(entry, OwnNote):
        return ("note", entry.text)
    return ("quote", entry.article.id, str(entry.start), entry.text)
