"""One notebook as one file: read whole, replaced by an atomic rename, one writer at a time.

A file that cannot be read is set aside under another name and told of; it is never overwritten.
"""

import hashlib
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from retriever.errors import NotebookError
from retriever.notebook.changes import Change
from retriever.notebook.entries import Notebook, notebook_json, read_notebook

_ASIDE = ".unreadable-"
# Seconds. A change takes milliseconds; who waits longer waits for a process that hangs.
_PATIENCE = 10.0
_log = logging.getLogger(__name__)


class NotebookFile:
    """The notebook of one account in a folder; threads and processes may share it."""

    def __init__(self, folder: Path, account: str | None) -> None:
        """Name the file; the account's own name stands in none, so it leads nowhere else."""
        digest = hashlib.sha256((account or "").encode("utf-8", "surrogatepass")).hexdigest()
        self._name = f"account-{digest[:32]}" if account else "local"
        self.path = folder / f"{self._name}.json"

    def read(self) -> Notebook:
        """Return the notebook, an empty one where nothing was kept yet.

        :raises NotebookError: when the folder cannot be used.
        """
        if not self.path.is_file():
            return Notebook()
        with self._locked():
            return self._read_or_set_aside()

    def change(self, change: Change) -> tuple[Notebook, Notebook]:
        """Return the notebook before and after a change, which is on the disk by then.

        :raises NotebookError: when the change makes no sense, or it cannot be kept.
        """
        with self._locked():
            before = self._read_or_set_aside()
            after = change(before)
            if after != before:
                content = notebook_json(after).encode("ascii")
                read_notebook(content)  # nothing is written that could not be read again
                self._replace(content)
            return before, after

    def set_aside(self) -> list[Path]:
        """Return the files that could not be read and were set aside, the newest last."""
        return sorted(self.path.parent.glob(f"{self._name}{_ASIDE}*"))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path.with_suffix(".lock"), timeout=_PATIENCE):
                yield
        except Timeout as error:
            message = f"{self.path} is in use by another process; try again"
            raise NotebookError(message) from error
        except OSError as error:
            why = error.strerror or error
            raise NotebookError(f"the notebook {self.path} cannot be used: {why}") from error

    def _read_or_set_aside(self) -> Notebook:
        if not self.path.is_file():
            return Notebook()
        try:
            return read_notebook(self.path.read_bytes())
        except NotebookError as error:
            when = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
            aside = self.path.with_name(f"{self._name}{_ASIDE}{when}")
            self.path.rename(aside)
            _log.warning("%s could not be read and is now %s: %s", self.path, aside.name, error)
            return Notebook()

    def _replace(self, content: bytes) -> None:
        """Put content in the file's place, whole or not at all, whatever happens meanwhile."""
        descriptor, name = tempfile.mkstemp(dir=self.path.parent, prefix=f"{self._name}.new-")
        beside = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        if os.name == "nt":  # Windows cannot open a folder to sync it
            return
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
