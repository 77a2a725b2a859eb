"""The process apart: reads the files it is handed until nobody hands it any more."""

import os
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

from retriever.corpus.messages import LEAVES, STAYS, next_source, send_item
from retriever.corpus.reader_pool import SECONDS_A_FILE
from retriever.corpus.reading import read_here
from retriever.corpus.source import SourceFile
from retriever.records import Article, Failure

if sys.platform != "win32":  # which has no such limits
    import resource

MEMORY = 1 << 30
"""Bytes of address space: three times what the largest files need that people keep as articles."""

_FILES_A_LIFE = 500  # libraries in C may leak; a fresh process costs a quarter of a second
_MEMORY_IN_USE = Path("/proc/self/statm")
_GROWN = 300 << 20  # bytes in use after which the memory is given back by ending


def main() -> None:
    """Read files until standard input ends."""
    # Whatever a library prints must not come between the messages.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one decides
    _limit_memory()
    for number, source in enumerate(iter(lambda: next_source(sys.stdin.buffer), None), 1):
        _limit_time()
        for item in _read_within_memory(source):
            send_item(answers, item)
        send_item(answers, LEAVES if number >= _FILES_A_LIFE or _has_grown() else STAYS)


def _read_within_memory(source: SourceFile) -> Iterable[Article | Failure]:
    try:
        yield from read_here(source)
    except MemoryError:
        yield Failure(path=source.path, reason=f"needs more than {MEMORY:,} bytes of memory")


def _limit_memory() -> None:
    """Set what no file may exceed, as far as the platform can."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        if most == resource.RLIM_INFINITY or most > MEMORY:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, most))


def _limit_time() -> None:
    """End this process when a file keeps it busy too long, even with nobody left to end it."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, 2 * SECONDS_A_FILE)


def _has_grown() -> bool:
    """Return whether this process holds much memory, as far as the platform tells."""
    # getrusage would do, were it not that its maximum is inherited from the starting process.
    try:
        pages = int(_MEMORY_IN_USE.read_text().split()[1])
    except OSError:  # not on Linux
        return False
    return pages * resource.getpagesize() > _GROWN
