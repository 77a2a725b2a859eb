"""The right to write to an index: one process has it, and who that is can be told."""

import os
import time
from pathlib import Path

from filelock import FileLock, Timeout

from retriever.errors import IndexBusyError
from retriever.index.removing import unlink_or_tell

WRITER, LOCK = "writer", "writer.lock"
# In a second.
MOMENTS = 50


def name_writer(index: Path) -> None:
    """Say which process writes."""
    (index / WRITER).write_text(f"{os.getpid()}\n", encoding="ascii")


def forget_writer(index: Path) -> None:
    """Say no longer which process writes; it is only read while the lock is held."""
    unlink_or_tell(index / WRITER)


def locked(index: Path) -> FileLock:
    """Return the lock, taken; who is at work is told by name.

    One that has just begun has not said who it is, and one that is just done says so no longer:
    both are over in a moment.

    :raises IndexBusyError: naming the process that holds it.
    """
    lock, writer = FileLock(index / LOCK, timeout=0), None
    for _ in range(MOMENTS):
        try:
            lock.acquire()
        except Timeout:
            if writer := _writer(index):
                break
            time.sleep(1 / MOMENTS)
        else:
            return lock
    who = f"process {writer}" if writer else "another process"
    message = f"{who} is building {index}; wait until it is done, or end it and try again"
    raise IndexBusyError(message)


def _writer(index: Path) -> int | None:
    """Return the process that says it writes, if it lives."""
    try:
        process = int((index / WRITER).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return process if lives(process) else None


def lives(process: int) -> bool:
    """Tell whether there is a process with this number."""
    if os.name == "nt":
        return True  # asking would end it there
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
