"""What programs can do with the notebook of whoever asks: endpoints, and tools of these names."""

import base64
from typing import Any

import gradio as gr

from retriever import (
    NOTEBOOK_FORMATS,
    Notebooks,
    SettingsError,
    export_notebook,
    notebook_of,
    plain_entry,
)
from webui.wording import NO_NOTEBOOK


class NotebookActions:
    """The actions on a notebook; errors as in the actions over an index.

    The docstrings are what an API's reader and a language model see.
    """

    def __init__(self, notebooks: Notebooks | None) -> None:
        """Change these, of which whoever signed in has one."""
        self._notebooks = notebooks

    def notebook(self, request: gr.Request, text: str = "", label: str = "") -> dict[str, Any]:
        """List the pinned quotes and notes, each quote checked with the articles as they are now.

        Args:
            text: Only entries that hold all these words, in the quote, the notes or the source.
            label: Only entries with this label.

        Returns:
            entries in order, each with its kind: of a quote its text, article, place, note, labels
            and state: same, moved, revised (new_words are what the article says now), gone, or
            unverified (no article was ever found to hold these words); found, total, labels, and
            set_aside (files that could not be read).
        """
        return self._kept().show(request.username, text=text, label=label).to_dict()

    def pin(
        self, article_id: str, start: int, end: int, request: gr.Request, question: str = ""
    ) -> dict[str, Any]:
        """Pin the whole sentences of an article that a place touches.

        Args:
            article_id: The article's id, as a quote or a hit names it.
            start: Where the place begins in the article's text, as a quote or a hit says.
            end: Where it ends.
            question: What the quote answers.

        Returns:
            The pinned quote, with its id in the notebook.
        """
        pinned = self._kept().pin(
            article_id, start, end, question=question, account=request.username
        )
        return plain_entry(pinned)

    def unpin(self, entry_id: str, request: gr.Request) -> dict[str, Any]:
        """Remove an entry of the notebook, with what was written beside it.

        Args:
            entry_id: The entry's id.

        Returns:
            How many entries are left.
        """
        kept = self._kept()
        kept.remove(entry_id, account=request.username)
        return {"total": len(kept.kept(request.username).entries)}

    def note(self, text: str, request: gr.Request, entry_id: str = "") -> dict[str, Any]:
        """Add a note of the notebook's owner, or write beside a quote.

        Args:
            text: The note, plain text in at most 10,000 characters.
            entry_id: The quote beside which it stands, or the note that it replaces; empty for new.

        Returns:
            The entry.
        """
        kept, account = self._kept(), request.username
        if entry_id:
            return plain_entry(kept.annotate(entry_id, text, account=account))
        return plain_entry(kept.add_note(text, account=account))

    def label(self, entry_id: str, labels: list[str], request: gr.Request) -> dict[str, Any]:
        """Give an entry of the notebook these labels and no others.

        Args:
            entry_id: The entry's id.
            labels: At most 12, of 60 characters each.

        Returns:
            The entry.
        """
        return plain_entry(self._kept().label(entry_id, labels, account=request.username))

    def move(self, entry_id: str, by: int, request: gr.Request) -> dict[str, Any]:
        """Move an entry of the notebook up or down.

        Args:
            entry_id: The entry's id.
            by: How many places down; below 0 up.

        Returns:
            The entry.
        """
        return plain_entry(self._kept().move(entry_id, by, account=request.username))

    def export_notebook(self, request: gr.Request, format: str = "markdown") -> dict[str, Any]:  # noqa: A002
        """Write the notebook as a file for others.

        Args:
            format: markdown, word (with footnotes), html, or json to be imported again.

        Returns:
            The file's name, its type, and its content: encoding tells whether as utf-8 or base64.
        """
        content = export_notebook(self._kept(), format, account=request.username)
        kind = NOTEBOOK_FORMATS[format]
        text = kind.is_text
        return {
            "name": f"notebook.{kind.ending}",
            "type": kind.media_type,
            "encoding": "utf-8" if text else "base64",
            "content": content.decode() if text else base64.b64encode(content).decode(),
        }

    def import_notebook(self, notebook: dict[str, Any], request: gr.Request) -> dict[str, Any]:
        """Add the entries of an exported notebook; its quotes are compared with the articles.

        Args:
            notebook: What export_notebook wrote as json, read.

        Returns:
            How many were added, and how many of the quotes among them could not be verified.
        """
        return self._kept().join(notebook_of(notebook), account=request.username).to_dict()

    def _kept(self) -> Notebooks:
        if self._notebooks is None:
            raise SettingsError(NO_NOTEBOOK)
        return self._notebooks


NOTEBOOK_NAMES = (
    "notebook",
    "pin",
    "unpin",
    "note",
    "label",
    "move",
    "export_notebook",
    "import_notebook",
)
