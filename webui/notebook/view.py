"""From a notebook to what the page shows of it: one page of its entries, each ready to be shown."""

import math
from dataclasses import dataclass

import msgspec

from retriever import (
    NOTEBOOK_REMARKS,
    CheckedQuote,
    Notebook,
    Notebooks,
    OwnNote,
    PinnedQuote,
    PinState,
)
from webui.byline import Byline, make_byline, place_key, safe_link
from webui.notebook.requests import NotebookQuery
from webui.wording import NO_TITLE, PIN_STATES, date_in_words

PER_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuote:
    """A pinned quote as it is shown.

    ``verified`` tells whether an article was ever found to hold the words, ``stands`` whether one
    does now; ``new_words`` is what the article says instead. ``key`` opens the article.
    """

    entry: str
    words: str
    verified: bool
    stands: bool
    state: str
    state_words: str
    remark: str | None
    new_words: str | None
    speaker: str | None
    byline: Byline
    key: str | None
    question: str
    note: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNote:
    """A note of the notebook's owner as it is shown."""

    entry: str
    note: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookPage:
    """One page of a notebook; ``found`` counts all pages' entries, ``first`` the first's number."""

    rows: tuple[ShownQuote | ShownNote, ...]
    query: NotebookQuery
    found: int
    total: int
    first: int
    pages: int
    labels: tuple[str, ...]
    set_aside: tuple[str, ...]

    @property
    def narrowed(self) -> bool:
        """Whether only part of the notebook was asked for."""
        return bool(self.query.text.strip() or self.query.label)


def notebook_page(
    notebooks: Notebooks, query: NotebookQuery, *, account: str | None = None
) -> NotebookPage:
    """Return the page that is asked for, else the first; only its quotes are checked."""
    first = (query.page - 1) * PER_PAGE
    part = slice(first, first + PER_PAGE)
    shown = notebooks.show(account, text=query.text, label=query.label, part=part)
    if first and not shown.entries:  # something was removed since
        return notebook_page(notebooks, msgspec.structs.replace(query, page=1), account=account)
    pages = max(1, math.ceil(shown.found / PER_PAGE))
    return NotebookPage(
        rows=tuple(map(_row, shown.entries)),
        query=query,
        found=shown.found,
        total=shown.total,
        first=first + 1,
        pages=pages,
        labels=shown.labels,
        set_aside=shown.set_aside,
    )


def _row(entry: CheckedQuote | OwnNote) -> ShownQuote | ShownNote:
    if isinstance(entry, OwnNote):
        return ShownNote(entry=entry.id, note=entry.text, labels=entry.labels)
    kept = entry.entry
    return ShownQuote(
        entry=kept.id,
        words=kept.text,
        verified=entry.state is not PinState.UNVERIFIED,
        stands=entry.stands,
        state=str(entry.state),
        state_words=PIN_STATES[entry.state],
        remark=NOTEBOOK_REMARKS.get(entry.state),
        new_words=entry.new_words,
        speaker=kept.speaker,
        byline=_byline(entry),
        key=_key(entry),
        question=kept.question,
        note=kept.note,
        labels=kept.labels,
    )


def _byline(checked: CheckedQuote) -> Byline:
    """Return who wrote it where: as the article states it, else as it was when it was pinned.

    What came with an imported file and was never verified leads nowhere.
    """
    if checked.article:
        return make_byline(checked.article, quoted=checked.entry.text if checked.stands else "")
    known = checked.entry.article
    link = safe_link(known.url) if checked.state is not PinState.UNVERIFIED else None
    return Byline(
        name=known.title or NO_TITLE,
        title=known.title,
        author=known.author,
        publisher=known.publisher,
        date=date_in_words(known.published),
        date_from=None,
        updated=None,
        link=link,
        address=link,
        path=known.path,
    )


def _key(checked: CheckedQuote) -> str | None:
    if checked.article is None:
        return None
    span = checked.span
    return place_key(checked.article.id, span.start if span else 0, span.end if span else 0)


def pinned_keys(notebook: Notebook) -> list[str]:
    """Return the keys of the places that are pinned, as cards name them."""
    return [
        place_key(entry.article.id, entry.start, entry.end)
        for entry in notebook.entries
        if isinstance(entry, PinnedQuote)
    ]
