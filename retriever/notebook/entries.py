"""What a notebook holds: quotes that were pinned and notes of its owner's own, in their order.

Its JSON is read with every field checked and bounded, since it may come from anybody.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from retriever.errors import NotebookError
from retriever.records.serialization import read_as

MOST_ENTRIES = 1_000
# Characters of a quote, whose sentences have some hundred, and of what somebody writes beside it.
LONGEST_QUOTE, LONGEST_NOTE = 10_000, 10_000
LONGEST_LABEL, MOST_LABELS = 60, 12
LONGEST_FIELD = 2_000  # of a title, an address and the like
# Bytes of the whole: the page takes no larger request than 4 MB, and what it gave it takes back.
MOST_BYTES = 3_000_000
FORMAT = "quotidian-notebook"

_Identifier = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{12}\Z")]
_Known = Annotated[str, msgspec.Meta(max_length=LONGEST_FIELD)]
_Place = Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)]
_Label = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_LABEL)]
_Labels = Annotated[tuple[_Label, ...], msgspec.Meta(max_length=MOST_LABELS)]
_Words = Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE)]
_Moment = Annotated[str, msgspec.Meta(max_length=40)]


class PinnedArticle(msgspec.Struct, frozen=True, kw_only=True):
    """Who wrote what, where and when, as it was when a quote of it was pinned."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_QUOTE)]
    title: _Known | None = None
    author: _Known | None = None
    publisher: _Known | None = None
    published: _Known | None = None
    url: _Known | None = None
    path: _Known = ""
    sha256: Annotated[str, msgspec.Meta(max_length=64)] = ""


class PinnedQuote(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="quote"):
    """A quote as it was pinned, with what its owner wrote beside it.

    ``question`` is what it answered, if anything was asked. ``verified`` is the moment, in ISO
    form, at which this program found the words in an article; one that it never found has none.
    """

    id: _Identifier
    article: PinnedArticle
    start: _Place
    end: _Place
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_QUOTE)]
    speaker: _Known | None = None
    question: _Words = ""
    note: _Words = ""
    labels: _Labels = ()
    pinned: _Moment
    verified: _Moment | None = None

    def is_at(self, article_id: str, start: int, end: int) -> bool:
        """Tell whether it is the quote of this place."""
        return (self.article.id, self.start, self.end) == (article_id, start, end)


class OwnNote(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="note"):
    """Words of the notebook's owner that stand by themselves, between the quotes."""

    id: _Identifier
    text: _Words
    labels: _Labels = ()
    written: _Moment


NotebookEntry = PinnedQuote | OwnNote


class Notebook(msgspec.Struct, frozen=True, kw_only=True):
    """Quotes and notes in the order that their owner gave them."""

    format: Literal["quotidian-notebook"] = "quotidian-notebook"
    version: Literal[1] = 1
    entries: Annotated[tuple[NotebookEntry, ...], msgspec.Meta(max_length=MOST_ENTRIES)] = ()


def notebook_json(notebook: Notebook) -> str:
    """Return a notebook as JSON, in ASCII: a lone surrogate or a line separator harms nothing."""
    return json.dumps(msgspec.to_builtins(notebook), indent=1) + "\n"


def read_notebook(text: str | bytes) -> Notebook:
    """Return the notebook that JSON holds.

    :raises NotebookError: when it is none, or something in it is longer than may be kept.
    """
    if len(text) > MOST_BYTES:
        raise NotebookError(f"a notebook has at most {MOST_BYTES:,} bytes, not {len(text):,}")
    try:
        return notebook_of(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise NotebookError(f"this is not the JSON of a notebook: {error}") from error


def notebook_of(value: object) -> Notebook:
    """Return the notebook that was read from JSON already.

    :raises NotebookError: as :func:`read_notebook`.
    """
    if not isinstance(value, Mapping) or value.get("format") != FORMAT:
        raise NotebookError("this is not a notebook: `quotidian notebook export --as json` is one")
    try:
        notebook = read_as(value, Notebook)
    except ValueError as error:
        raise NotebookError(f"this notebook cannot be used: {error}") from error
    for entry in notebook.entries:
        _require_sense(entry)
    if len({entry.id for entry in notebook.entries}) < len(notebook.entries):
        raise NotebookError("this notebook cannot be used: two of its entries have the same id")
    return notebook


def _require_sense(entry: NotebookEntry) -> None:
    """Raise for what the types alone do not tell: places that end before they begin, no moments."""
    moments = [entry.written] if isinstance(entry, OwnNote) else [entry.pinned, entry.verified]
    for moment in filter(None, moments):
        try:
            datetime.fromisoformat(moment)
        except ValueError as error:
            raise NotebookError(f"this notebook cannot be used: {error}") from error
    if isinstance(entry, PinnedQuote) and entry.end - entry.start != len(entry.text):
        raise NotebookError(
            f"this notebook cannot be used: {entry.id} has {len(entry.text):,} characters between "
            f"{entry.start} and {entry.end}"
        )


def plain_entry(entry: NotebookEntry) -> dict[str, Any]:
    """Return an entry as JSON holds it."""
    plain: dict[str, Any] = msgspec.to_builtins(entry)
    return plain | {"labels": list(entry.labels)}
