"""What changes the corpus and the index: adding files, rebuilding, checking; one at a time."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from dataclasses import replace as replaced
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from retriever import Finding, SettingsError, add_to_corpus, examine
from webui.wording import (
    CANCELLED,
    READ_ONLY,
    STOPPED_EARLY,
    added,
    rebuilt,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """How far a rebuild is, or what came of the last thing done; ``total`` may not be known.

    While files are read, ``articles`` counts what they gave and ``encoded`` the passages encoded
    beside. ``per_second`` and ``seconds_left`` are those of a build's progress. ``said`` is one
    line, ``problem`` whether it tells of a failure.
    """

    running: bool = False
    stage: str = ""
    done: int = 0
    total: int | None = None
    articles: int = 0
    encoded: int = 0
    per_second: float | None = None
    seconds_left: float | None = None
    said: str = ""
    problem: bool = False
    findings: tuple[Finding, ...] | None = None

    def to_dict(self) -> dict[str, object]:
        """Return it as programs get it; findings only after a check."""
        told = asdict(self)
        if self.findings is None:
            del told["findings"]
        return told


class Curator:
    """Rebuilds the index in a folder and adds to its corpus; threads may share it."""

    def __init__(
        self,
        index: Path,
        corpus: Path,
        *,
        generation: Callable[[], int] = lambda: 0,
        read_only: bool = False,
    ) -> None:
        """Curate the index in the folder ``index``, built from ``corpus``.

        ``generation`` gives the number of the one in use: what a check found holds for that only.
        If ``read_only``, nobody knows that this is the folder to write to and to read: the index
        alone says so, and somebody else made it.
        """
        self._index = index
        self._generation = generation
        self._checked = 0
        self._corpus = corpus
        self._read_only = read_only
        self._lock = Lock()
        self._work = Work()
        self._process: subprocess.Popen[str] | None = None

    @property
    def work(self) -> Work:
        """What is being done, or came of it; what a check found goes with what was checked."""
        now = self._generation()
        with self._lock:
            if self._work.findings is not None and now != self._checked:
                self._work = Work()
            return self._work

    def rebuild(self) -> Work:
        """Start a rebuild in a process of its own, unless one is running, and return at once.

        :raises SettingsError: if the corpus is only to be read.
        """
        self._require_ours()
        with self._lock:
            if self._work.running:
                return self._work
            if self._process is not None:
                self._process.wait()  # one that was cancelled still has the index for a moment
            folders = [str(self._corpus), str(self._index)]
            command = [sys.executable, "-m", "webui.corpus.rebuild", *folders]
            self._process = subprocess.Popen(  # noqa: S603 - nothing of it comes from a browser
                command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
            self._work = Work(running=True, stage="starting")
            Thread(target=self._follow, args=[self._process], daemon=True).start()
            return self._work

    def cancel(self) -> Work:
        """Stop the rebuild that is running, if any; the index in use stays as it is."""
        with self._lock:
            if self._process is not None and self._work.running:
                self._work = Work(said=CANCELLED)
                self._process.terminate()
            return self._work

    def examine(self) -> Work:
        """Check the index from end to end, which reads it whole."""
        self._checked = self._generation()
        found = tuple(examine(self._index))
        return replaced(self._end_unless_running(Work(findings=found)), findings=found)

    def add(self, files: Sequence[tuple[str, Path]], *, replace: bool = False) -> Work:
        """Put files, by the name that each shall have, into the corpus; none twice.

        One is only replaced, by the file of its name, with ``replace``.

        :raises SettingsError: if the corpus is not a folder or only to be read, or a name is none
            for a file.
        """
        self._require_ours()
        came = add_to_corpus(self._corpus, files, replace=replace)
        for _, upload in files:
            upload.unlink(missing_ok=True)
        none = not came.added + came.replaced + came.beside + came.present
        return self._end_unless_running(Work(said=added(came), problem=bool(came.refused) and none))

    def _require_ours(self) -> None:
        if self._read_only:
            raise SettingsError(READ_ONLY.format(corpus=self._corpus))

    def _follow(self, process: subprocess.Popen[str]) -> None:
        last: dict[str, Any] = {}
        with process:
            for line in process.stdout or ():
                last = json.loads(line)
                with self._lock:
                    if self._is_current(process) and "stage" in last:
                        self._work = Work(running=True, **last)
        with self._lock:
            if self._is_current(process):
                self._work = _work_when_ended(last)

    def _is_current(self, process: "subprocess.Popen[str]") -> bool:
        """Tell whether it is this rebuild that runs: one that was cancelled may end after it."""
        return self._work.running and self._process is process

    def _end_unless_running(self, work: Work) -> Work:
        with self._lock:
            if not self._work.running:
                self._work = work
            return self._work


def _work_when_ended(last: Mapping[str, Any]) -> Work:
    if "report" in last:
        report = last["report"]
        return Work(said=rebuilt(report["articles"], report["embedded"], report["seconds"]))
    return Work(said=str(last.get("problem", STOPPED_EARLY)), problem=True)
