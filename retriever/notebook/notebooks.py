"""The notebooks beside an index: what the page, its programs and the command line all call."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import msgspec

from retriever.answer.speakers import speaker_of
from retriever.errors import NotebookError, QuestionError
from retriever.notebook.changes import (
    Change,
    annotated,
    entry_of,
    joined,
    labelled,
    moment_now,
    moved,
    new_id,
    quote_at,
    with_own_note,
    with_quote,
    without,
)
from retriever.notebook.checking import (
    CheckedQuote,
    LookedUpArticles,
    StoredArticles,
    check_quote,
    whole_sentences,
)
from retriever.notebook.entries import (
    LONGEST_FIELD,
    LONGEST_NOTE,
    LONGEST_QUOTE,
    Notebook,
    NotebookEntry,
    OwnNote,
    PinnedArticle,
    PinnedQuote,
    plain_entry,
)
from retriever.notebook.files import NotebookFile
from retriever.records import Article, Quote, Span, describe

ShownEntry = CheckedQuote | OwnNote

_ALL = slice(None)


class _OpenIndex(StoredArticles, Protocol):
    """An index, which is in a folder."""

    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNotebook:
    """A notebook, or what was searched for in it, each quote checked with the articles as they are.

    ``found`` counts what was searched for, of which ``entries`` may be a part, and ``total`` all
    its entries; ``labels`` are all its labels, each once, in order. In ``set_aside`` are the names
    of files that held a notebook and could not be read.
    """

    entries: tuple[ShownEntry, ...]
    found: int
    total: int
    labels: tuple[str, ...]
    set_aside: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Return it as ``notebook list --json`` prints it."""
        return {
            "entries": [
                plain_entry(entry) if isinstance(entry, OwnNote) else entry.to_dict()
                for entry in self.entries
            ],
            "found": self.found,
            "total": self.total,
            "labels": list(self.labels),
            "set_aside": list(self.set_aside),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedEntries:
    """How many entries an import added, and how many of their quotes no article holds today."""

    added: int
    unverified: int

    def to_dict(self) -> dict[str, object]:
        """Return it as ``notebook import --json`` prints it."""
        return {"added": self.added, "unverified": self.unverified}


class Notebooks:
    """The notebooks in a folder, one an account, over an index; threads and processes share it.

    ``account`` is the name of who signed in; without accounts there is one notebook, ``None``'s.
    Every change is one small step on what the disk holds at that moment, so that no open page can
    undo what another one did. Each raises :class:`NotebookError` when it makes no sense, the
    notebook is full, or the folder cannot be used.
    """

    @classmethod
    def beside(cls, index: "_OpenIndex") -> "Notebooks":
        """Return the notebooks that are kept in the folder of an index."""
        return cls(index.folder / "notebooks", index)

    def __init__(self, folder: Path, articles: StoredArticles) -> None:
        """Keep the notebooks in ``folder``, made when the first quote is pinned."""
        self._folder = folder
        self._articles = articles

    def show(
        self, account: str | None = None, *, text: str = "", label: str = "", part: slice = _ALL
    ) -> ShownNotebook:
        """Return the notebook, or its entries that hold all words of ``text`` and have ``label``.

        Case does not matter. Quotes are searched with what was written beside them and their
        source. Only the ``part`` that is given is compared with the articles and returned.
        """
        file = NotebookFile(self._folder, account)
        notebook = file.read()
        found = [entry for entry in notebook.entries if _holds(entry, text, label)]
        labels = (label for entry in notebook.entries for label in entry.labels)
        return ShownNotebook(
            entries=tuple(self._checked(found[part])),
            found=len(found),
            total=len(notebook.entries),
            labels=tuple(sorted({*labels}, key=str.casefold)),
            set_aside=tuple(path.name for path in file.set_aside()),
        )

    def kept(self, account: str | None = None) -> Notebook:
        """Return the notebook as it is kept, nothing checked."""
        return NotebookFile(self._folder, account).read()

    def pin(
        self,
        article_id: str,
        start: int,
        end: int,
        *,
        question: str = "",
        account: str | None = None,
    ) -> PinnedQuote:
        """Pin the sentences of an article that a place touches, and return them as they are kept.

        What is pinned already stays as it is. ``question`` is what the quote answered.

        :raises QuestionError: when there is no such article, or no sentence at that place.
        """
        quote = self._quote_of(article_id, start, end, question=question)
        after = self._change(account, lambda notebook: with_quote(notebook, quote))
        return quote_at(after, quote.article.id, quote.start, quote.end) or quote

    def unpin(self, article_id: str, start: int, end: int, *, account: str | None = None) -> bool:
        """Remove the pinned quote of a place and tell whether there was one.

        :raises NotebookError: when something was written beside it, which would go with it.
        """
        removed = False

        def unpinned(notebook: Notebook) -> Notebook:
            nonlocal removed
            quote = quote_at(notebook, article_id, start, end)
            if quote is None:
                return notebook
            if quote.note or quote.labels:
                message = "this quote has a note or labels of yours: remove it in the notebook"
                raise NotebookError(message)
            removed = True
            return without(notebook, quote.id)

        self._change(account, unpinned)
        return removed

    def remove(self, entry_id: str, *, account: str | None = None) -> None:
        """Remove an entry, with what was written beside it; nothing where it is gone already."""
        self._change(account, lambda notebook: without(notebook, entry_id))

    def add_note(self, text: str, *, account: str | None = None) -> OwnNote:
        """Add a note of one's own that stands by itself, and return it."""
        after = self._change(account, lambda notebook: with_own_note(notebook, text))
        note = after.entries[-1]
        if not isinstance(note, OwnNote):  # one adds to the end, under the lock
            raise NotebookError("the note was not kept; write it again")
        return note

    def annotate(self, entry_id: str, text: str, *, account: str | None = None) -> NotebookEntry:
        """Write beside a quote, or change a note of one's own; return the entry."""
        return self._changed(account, entry_id, lambda one: annotated(one, entry_id, text))

    def label(
        self, entry_id: str, labels: Sequence[str], *, account: str | None = None
    ) -> NotebookEntry:
        """Give an entry these labels and no others; return it."""
        return self._changed(account, entry_id, lambda one: labelled(one, entry_id, labels))

    def move(self, entry_id: str, by: int, *, account: str | None = None) -> NotebookEntry:
        """Move an entry so many places down, or up where ``by`` is below 0; return it."""
        return self._changed(account, entry_id, lambda one: moved(one, entry_id, by))

    def join(self, notebook: Notebook, *, account: str | None = None) -> ImportedEntries:
        """Add the entries of an exported notebook and tell how many came.

        It may come from anybody: of a quote that an article holds today all else is taken from
        that article; what none holds is kept as never verified.
        """
        articles = LookedUpArticles(self._articles)
        came = [_verified_anew(entry, articles) for entry in notebook.entries]
        file = NotebookFile(self._folder, account)
        before, after = file.change(lambda kept: joined(kept, came))
        fresh = after.entries[len(before.entries) :]
        quotes = [entry for entry in fresh if isinstance(entry, PinnedQuote)]
        unverified = sum(quote.verified is None for quote in quotes)
        return ImportedEntries(added=len(fresh), unverified=unverified)

    def _change(self, account: str | None, change: Change) -> Notebook:
        return NotebookFile(self._folder, account).change(change)[1]

    def _changed(self, account: str | None, entry_id: str, change: Change) -> NotebookEntry:
        return entry_of(self._change(account, change), entry_id)

    def _checked(self, entries: Sequence[NotebookEntry]) -> Iterator[ShownEntry]:
        articles = LookedUpArticles(self._articles)
        for entry in entries:
            yield entry if isinstance(entry, OwnNote) else check_quote(entry, articles)

    def _quote_of(self, article_id: str, start: int, end: int, *, question: str) -> PinnedQuote:
        article = self._articles.article(article_id)
        asked = Span(start=max(0, start), end=min(end, len(article.text)))
        span = whole_sentences(article, asked)
        if span is None:
            raise QuestionError(f"no sentence stands at {start} to {end} of {article_id[:200]!r}")
        if span.end - span.start > LONGEST_QUOTE:
            raise NotebookError(f"a pinned quote has at most {LONGEST_QUOTE:,} characters")
        return PinnedQuote(
            id=new_id(),
            pinned=moment_now(),
            question=question[:LONGEST_NOTE],
            verified=moment_now(),
            **_as_quoted(article, span),  # type: ignore[arg-type]  # by their names
        )


def _verified_anew(entry: NotebookEntry, articles: StoredArticles) -> NotebookEntry:
    """Return an imported entry with nothing in it that is only claimed to be of an article."""
    if isinstance(entry, OwnNote):
        return entry
    claimed = msgspec.structs.replace(entry, verified=None)
    checked = check_quote(claimed, articles)
    if not checked.stands or checked.article is None or checked.span is None:
        return claimed
    known = _as_quoted(checked.article, checked.span)
    return msgspec.structs.replace(claimed, verified=moment_now(), **known)


def _as_quoted(article: Article, span: Span) -> dict[str, object]:
    """Return what of a pinned quote follows from where it stands."""
    speaker = speaker_of(Quote(article=article, start=span.start, end=span.end, score=0.0))
    known = {name: text for name, text in describe(article).items() if isinstance(text, str)}
    url = known.get("url", "")
    return {
        "article": PinnedArticle(
            id=article.id,
            title=_shortened(known.get("title")),
            author=_shortened(known.get("author")),
            publisher=_shortened(known.get("publisher")),
            published=_shortened(known.get("published")),
            url=url if 0 < len(url) <= LONGEST_FIELD else None,
            path=article.path[:LONGEST_FIELD],
            sha256=article.sha256,
        ),
        "start": span.start,
        "end": span.end,
        "text": span.of(article.text),
        "speaker": _shortened(speaker.of(article.text)) if speaker else None,
    }


def _shortened(text: str | None) -> str | None:
    return text and text[:LONGEST_FIELD]


def _holds(entry: NotebookEntry, text: str, label: str) -> bool:
    if label and label.casefold() not in map(str.casefold, entry.labels):
        return False
    told: list[str | None] = [entry.text, *entry.labels]
    if isinstance(entry, PinnedQuote):
        source = entry.article
        told += [entry.note, entry.speaker, entry.question, source.title, source.author]
        told += [source.publisher, source.published, source.path]
    held = "\n".join(filter(None, told)).casefold()
    return all(word in held for word in text.casefold().split())
