"""Everything Quotidian raises on purpose.

Each message is one line that says what was wrong, with the value, and what to do about it.

::

    QuotidianError
    ├── CorpusError           the folder or file of articles cannot be used
    ├── UnreadableError       a file of the corpus holds no article; never leaves the reading of it
    ├── QuestionError         the question or the conversation cannot be used
    ├── DraftError            the draft to be checked is too long or cannot be read
    ├── TableError            the table of questions cannot be read, or its answers not written
    ├── SettingsError         a flag, variable or settings file holds an unusable value
    ├── NotebookError         a notebook, or what is to be done with it, cannot be used
    ├── DatasetError          an evaluation data set is incomplete or malformed
    ├── EncoderError          the encoder cannot be loaded, or has unexpected weights
    ├── BuildCancelled        whoever watched a build asked it to stop
    └── IndexUnusableError    the index on disk cannot answer
        ├── IndexMissingError     there is none
        ├── IndexDamagedError     a file of it is missing, altered or malformed
        ├── IndexStaleError       it was made by another encoder or another format
        ├── IndexBusyError        another build is writing to it
        └── IndexUnreachableError the server that searches its vectors does not answer
"""

import re
from pathlib import Path

_BREAKS = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


class QuotidianError(Exception):
    """Root of the tree; ``str(error)`` is the one line to show to a person."""

    def __str__(self) -> str:
        """Return the message on one line: what it quotes may be somebody else's, and have more."""
        return _BREAKS.sub(" ", super().__str__())


class CorpusError(QuotidianError):
    """The corpus is missing, empty, or holds nothing that can be read."""


class UnreadableError(QuotidianError):
    """A file, or a part of one, cannot be read; reading turns it into a ``Failure``.

    The message completes "NAME ...": "is empty", "is locked with a password".
    """


class QuestionError(QuotidianError):
    """The question is too long, or the history is not a list of messages."""


class DraftError(QuotidianError):
    """The draft is too long, or no text can be read from it."""


class TableError(QuotidianError):
    """The table of questions cannot be read, or the one of answers cannot be written."""


class SettingsError(QuotidianError):
    """A setting has a value that cannot be used."""


class NotebookError(QuotidianError):
    """A notebook cannot be read or kept, or what is to be done with it makes no sense."""


class DatasetError(QuotidianError):
    """An evaluation data set lacks a file or has a malformed line."""


class EncoderError(QuotidianError):
    """The encoder is not installed, cannot be loaded, or has unexpected weights."""


class BuildCancelled(QuotidianError):  # noqa: N818  # nothing went wrong: it was asked for
    """Raised from ``progress`` to stop a build; the index in use stays as it is.

    What the build had encoded is kept for the next one.
    """


class IndexUnusableError(QuotidianError):
    """The index cannot answer; the message names the command that mends it."""


class IndexMissingError(IndexUnusableError):
    """There is no index in the folder."""


class IndexDamagedError(IndexUnusableError):
    """A file of the index is missing, altered or malformed; the remedy is always the same."""

    def __init__(self, problem: str, *, index: Path | None = None) -> None:
        """Say what is wrong, and what mends it, in the folder ``index`` where that is known."""
        where = f" --index {index}" if index else ""
        super().__init__(f"{problem}; rebuild it with: quotidian build --full{where}")


class IndexStaleError(IndexUnusableError):
    """The index was made with another encoder, another format or other rules."""


class IndexBusyError(IndexUnusableError):
    """Another process is building this index."""


class IndexUnreachableError(IndexUnusableError):
    """The server that searches the vectors of an index does not answer; it may do so later."""
