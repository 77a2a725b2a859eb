"""What the page asks of the notebook: small changes, in their order, and what to list of it."""

from collections.abc import Mapping
from typing import Annotated

import msgspec

from retriever import NotebookError, Notebooks
from webui.byline import read_place_key

# Changes that are sent at once: those that were made while the last ones were on their way.
_MOST = 200
_LONGEST = 200
# The last is what half a character comes to, where the name of a change is due.
_UNREADABLE = (msgspec.ValidationError, RecursionError, UnicodeEncodeError)


class PinRequest(msgspec.Struct, frozen=True, tag_field="do", tag="pin"):
    """Pin the quote of a card's key, which answered a question, if one was asked."""

    key: str
    question: str = ""

    def apply(self, notebooks: Notebooks, account: str | None) -> str:
        """Do it, and return what was done in a word or two."""
        notebooks.pin(*read_place_key(self.key), question=self.question, account=account)
        return "Pinned"


class UnpinRequest(msgspec.Struct, frozen=True, tag_field="do", tag="unpin"):
    """Take the pin of a card's key out again."""

    key: str

    def apply(self, notebooks: Notebooks, account: str | None) -> str:
        """Do it, and return what was done in a word or two."""
        notebooks.unpin(*read_place_key(self.key), account=account)
        return "No longer pinned"


class RemoveRequest(msgspec.Struct, frozen=True, tag_field="do", tag="remove"):
    """Remove an entry with all that was written beside it."""

    entry: str

    def apply(self, notebooks: Notebooks, account: str | None) -> str:
        """Do it, and return what was done in a word or two."""
        notebooks.remove(self.entry, account=account)
        return "Removed"


class MoveRequest(msgspec.Struct, frozen=True, tag_field="do", tag="move"):
    """Move an entry so many places down."""

    entry: str
    by: int

    def apply(self, notebooks: Notebooks, account: str | None) -> str:
        """Do it, and return what was done in a word or two."""
        notebooks.move(self.entry, self.by, account=account)
        return "Moved down" if self.by > 0 else "Moved up"


class AnnotateRequest(msgspec.Struct, frozen=True, tag_field="do", tag="annotate"):
    """Write beside a quote, or change an own note."""

    entry: str
    text: str

    def apply(self, notebooks: Notebooks, account: str | None) -> str:
        """Do it, and return what was done in a word or two."""
        notebooks.annotate(self.entry, self.text, account=account)
        return "Note kept"


class NoteRequest(msgspec.Struct, frozen=True, tag_field="do", tag="note"):
    """Add an own note."""

    text: str

    def apply(self, notebooks: Notebooks, account: str | None) -> str:
        """Do it, and return what was done in a word or two."""
        notebooks.add_note(self.text, account=account)
        return "Note added"


class LabelRequest(msgspec.Struct, frozen=True, tag_field="do", tag="label"):
    """Give an entry the labels that are written with commas between them."""

    entry: str
    labels: str

    def apply(self, notebooks: Notebooks, account: str | None) -> str:
        """Do it, and return what was done in a word or two."""
        notebooks.label(self.entry, self.labels.split(","), account=account)
        return "Labels kept"


ChangeRequest = (
    PinRequest
    | UnpinRequest
    | RemoveRequest
    | MoveRequest
    | AnnotateRequest
    | NoteRequest
    | LabelRequest
)


class NotebookQuery(msgspec.Struct, frozen=True):
    """What to list: entries that hold all words of ``text``, with ``label``; a page, from 1."""

    text: Annotated[str, msgspec.Meta(max_length=_LONGEST)] = ""
    label: Annotated[str, msgspec.Meta(max_length=_LONGEST)] = ""
    page: Annotated[int, msgspec.Meta(ge=1, le=1_000)] = 1


def read_changes(value: object) -> list[ChangeRequest]:
    """Return the changes that a browser asks for.

    :raises NotebookError: when they are none, or too many.
    """
    changes = value if isinstance(value, list) else []
    if len(changes) > _MOST:
        raise NotebookError(f"at most {_MOST} changes at once; these are {len(changes):,}")
    try:
        return msgspec.convert(changes, list[ChangeRequest])
    except _UNREADABLE as error:
        why = str(error).partition("\n")[0]
        raise NotebookError(f"this is no change of a notebook: {why}") from error


def read_query(value: object) -> NotebookQuery:
    """Return what a browser wants listed; the whole notebook for whatever makes no sense."""
    try:
        return msgspec.convert(value if isinstance(value, Mapping) else {}, NotebookQuery)
    except _UNREADABLE:
        return NotebookQuery()
