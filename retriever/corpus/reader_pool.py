"""Reading in a process apart: a reader that crashes, hangs or fills memory costs its file only.

The process is a fresh Python that is handed one file after another over its standard input and
answers with articles over its standard output. It is started when first needed, kept for the files
that follow, and gone when none follows or the process that started it is gone.
"""

import atexit
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from threading import Lock, Timer, get_ident
from typing import IO

from retriever.corpus.messages import STAYS, next_item, send_source
from retriever.corpus.source import SourceFile
from retriever.records import Article, Failure

SECONDS_A_FILE = 60.0
"""How long one file may keep its reader busy. A book of 1,000 pages takes five."""

IDLE_SECONDS = 30.0
"""How long the process waits for another file before it ends, to give its memory back."""

_LONGEST_REASON = 200
_PROGRAM = (
    "import sys; sys.path[:] = {path!r}; from retriever.corpus.reader_worker import main; main()"
)


def read_apart(source: SourceFile) -> Iterator[Article | Failure]:
    """Yield what :func:`retriever.corpus.reading.read_here` gives for the file.

    If its reader breaks or takes too long, a failure that says so comes last.
    """
    try:
        worker = _taken()
    except OSError as error:
        reason = f"cannot be read, no process can be started for it: {error.strerror}"
        yield Failure(path=source.path, reason=reason)
        return
    stays = False
    with _changing:
        _busy[worker] = get_ident()
    try:
        stays = yield from worker.read(source)
    finally:  # also where the caller takes no more of it
        with _changing:
            interrupted = _busy.pop(worker, None) is None
        if stays and not interrupted:
            worker.free_since = time.monotonic()
            _idle.append(worker)
        else:
            worker.end()


def interrupt(thread: int) -> None:
    """End the processes that read for the thread of this number; their files fail at once."""
    with _changing:
        for worker in [worker for worker, owner in _busy.items() if owner == thread]:
            del _busy[worker]
            worker.kill()


def _taken() -> "_Worker":
    """Return a process that waits for a file, a new one where none does."""
    while _idle:
        worker = _idle.pop()
        if not worker.has_ended() and time.monotonic() - worker.free_since < IDLE_SECONDS / 2:
            return worker
        worker.end()
    return _Worker()


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
        self.free_since = time.monotonic()

    def has_ended(self) -> bool:
        """Tell whether the process is gone."""
        return self._process.poll() is not None

    def read(self, source: SourceFile) -> Generator[Article | Failure, None, bool]:
        """Yield what the file holds; return whether the process can take another."""
        if not self._send(source):
            yield Failure(path=source.path, reason=self._why())
            return False
        left = SECONDS_A_FILE
        while True:
            started = time.monotonic()
            item = self._receive(left)
            left -= time.monotonic() - started  # the caller's own time does not count
            if item is None:
                yield Failure(path=source.path, reason=self._why())
                return False
            if isinstance(item, str):
                return item == STAYS
            yield item

    def kill(self) -> None:
        """Let the process go as soon as it can, without waiting for that."""
        self._process.kill()

    def end(self) -> None:
        """End the process and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._complaints):
            _close(stream)

    def _send(self, source: SourceFile) -> bool:
        try:
            send_source(_given(self._process.stdin), source)
        except OSError:  # it is gone; why is told by what it left
            return False
        return True

    def _receive(self, seconds: float) -> Article | Failure | str | None:
        """Return the next item, a word at the end of the file, ``None`` when there is no more."""
        timer = Timer(max(0.0, seconds), self._give_up)
        timer.start()
        try:
            return next_item(_given(self._process.stdout))
        finally:
            timer.cancel()

    def _give_up(self) -> None:
        self._late = True
        self._process.kill()

    def _why(self) -> str:
        """Return why the process ended, as far as that is known."""
        if self._late:
            return f"took longer than {SECONDS_A_FILE:.0f} s to read"
        self._process.kill()
        status = self._process.wait()
        self._complaints.seek(0)
        lines = self._complaints.read().decode("utf-8", "replace").split("\n")
        said = next((line.strip() for line in reversed(lines) if line.strip()), "")
        ended = signal.Signals(-status).name if status < 0 else f"exit status {status}"
        what = said or ended
        return f"stopped its reader: {what[:_LONGEST_REASON]}"


def _given(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:  # never: both were asked for
        message = "the process has no pipe"
        raise OSError(message)
    return stream


def _close(stream: IO[bytes] | None) -> None:
    try:
        _given(stream).close()
    except OSError:  # what was not yet written has nobody to go to
        return


_idle: list[_Worker] = []
_busy: dict[_Worker, int] = {}  # and for which thread
_changing = Lock()


def _end_all() -> None:
    while _idle:
        _idle.pop().end()


atexit.register(_end_all)
