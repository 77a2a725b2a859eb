"""Reading in a process apart: a reader that crashes, hangs or fills memory costs its file only.

The process is a fresh Python that is handed one file after another over its standard input and
answers with articles over its standard output. It is started when first needed, kept for the files
that follow, and gone when the pool is closed or the process that started it is gone.

Pools of libraries do not hold this: pebble's and multiprocessing's processes run the main script
again, so that ``build()`` in a script without a guard fails, and a file for a process that does not
wake is waited for without end; loky's outlive a parent that is killed.
"""

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import suppress
from threading import Lock, Timer
from typing import IO, cast

from retriever.corpus.messages import STAYS, next_item, send_source
from retriever.corpus.source import SourceFile, is_passing
from retriever.records import Article, Failure

SECONDS_A_FILE = 60.0
"""How long one file may keep its reader busy. A book of 1,000 pages takes five."""

_LONGEST_REASON = 200
_PROGRAM = (
    "import sys; sys.path[:] = {path!r}; from retriever.corpus.reader_worker import main; main()"
)


class ReaderPool:
    """Processes that read files for one owner, who may cancel that from any thread.

    Files read one after another share a process. Use as a context manager, which ends them.
    """

    def __init__(self, *, seconds_a_file: float = SECONDS_A_FILE) -> None:
        """Start nothing yet."""
        self._seconds = seconds_a_file
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._cancelled = False
        self._changing = Lock()

    def __enter__(self) -> "ReaderPool":
        """Return the pool itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes that wait for a file."""
        while self._idle:
            self._idle.pop().end()

    def read(self, source: SourceFile) -> Iterator[Article | Failure]:
        """Yield what :func:`retriever.corpus.reading.read_here` gives for the file.

        If its reader breaks, takes too long or is cancelled, a failure that says so comes last.
        """
        try:
            worker = self._begin()
        except OSError as error:
            reason = f"cannot be read, no process can be started for it: {error.strerror}"
            yield Failure(path=source.path, reason=reason, passing=is_passing(error))
            return
        stays = False
        try:
            stays = yield from worker.read(source, self._seconds)
        finally:  # also where the caller takes no more of it
            self._finish(worker, stays=stays)

    def cancel(self) -> None:
        """End what is being read, and from now on everything that would be read."""
        with self._changing:
            self._cancelled = True
            for worker in self._busy:
                worker.kill()

    def _begin(self) -> "_Worker":
        """Return a process for a file, a new one where none waits."""
        with self._changing:
            if self._cancelled:
                raise OSError(0, "reading was cancelled")
            worker = self._idle.pop() if self._idle else _Worker()
            if worker.has_ended():
                worker.end()
                worker = _Worker()
            self._busy.add(worker)
        return worker

    def _finish(self, worker: "_Worker", *, stays: bool) -> None:
        with self._changing:
            self._busy.remove(worker)
            if stays and not self._cancelled:
                self._idle.append(worker)
                return
        worker.end()


class _Worker:
    """A process that reads files, one at a time."""

    def __init__(self) -> None:
        """Start it; it needs a quarter of a second before its first file."""
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  # closed in end()
        self._process = subprocess.Popen(  # noqa: S603  # this Python, with a fixed program
            [sys.executable, "-c", _PROGRAM.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
        )
        self._late = False

    def has_ended(self) -> bool:
        """Tell whether the process is gone."""
        return self._process.poll() is not None

    def read(self, source: SourceFile, seconds: float) -> Generator[Article | Failure, None, bool]:
        """Yield what the file holds; return whether the process can take another.

        ``seconds`` is how long it may take, the caller's own time left out.
        """
        with suppress(OSError):  # it is gone: nothing comes, and why is told by what it left
            send_source(cast("IO[bytes]", self._process.stdin), source)
        left = seconds
        while True:
            started = time.monotonic()
            item = self._receive(left)
            left -= time.monotonic() - started
            if isinstance(item, str):
                return item == STAYS
            if item is None:
                late = f"took longer than {seconds:.0f} s to read"
                yield Failure(path=source.path, reason=late if self._late else self._why_it_ended())
                return False
            yield item

    def kill(self) -> None:
        """Let the process go as soon as it can, without waiting for that."""
        self._process.kill()

    def end(self) -> None:
        """End the process and wait until it is gone."""
        self._process.kill()
        self._process.communicate()
        self._complaints.close()

    def _receive(self, seconds: float) -> Article | Failure | str | None:
        """Return the next item, a word at the end of the file, ``None`` when there is no more."""
        timer = Timer(max(0.0, seconds), self._give_up)
        timer.start()
        try:
            return next_item(cast("IO[bytes]", self._process.stdout))
        finally:
            timer.cancel()

    def _give_up(self) -> None:
        self._late = True
        self._process.kill()

    def _why_it_ended(self) -> str:
        """Return why the process ended, as far as that is known."""
        self._process.kill()
        status = self._process.wait()
        self._complaints.seek(0)
        lines = self._complaints.read().decode("utf-8", "replace").split("\n")
        said = next((line.strip() for line in reversed(lines) if line.strip()), "")
        ended = signal.Signals(-status).name if status < 0 else f"exit status {status}"
        return f"stopped its reader: {(said or ended)[:_LONGEST_REASON]}"
