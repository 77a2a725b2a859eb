"""Builds that die, each in a process of its own; run as a script by the tests of this folder.

    python -m tests.faults.dying_builder INDEX CORPUS_A CORPUS_B

takes orders on standard input, one a line, and answers each with one line when the process that
carried it out is gone:

- ``at N``: one build that ends, as by SIGKILL, just before its Nth operation on a file;
- ``after S``: builds in turn of A and B, killed after S seconds.

Every process is forked from this one, which has everything imported and no thread running.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import cycle
from pathlib import Path

from tests.building import build_with
from tests.hashing_encoder import HashingEncoder

# What Python tells its audit hooks of before it happens, as far as it changes or opens files.
OPERATIONS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate"}
DIED, FINISHED = 9, 0


def main(index: Path, corpora: tuple[Path, Path]) -> None:
    """Carry out orders until there are none left."""
    for line in sys.stdin:
        order, number = line.split()
        if order == "at":
            status = in_child(partial(build_until, index, corpora, int(number)))
        else:
            status = in_child(partial(build_on, index, corpora), seconds=float(number))
        print("died" if status else "finished", flush=True)  # noqa: T201  # the answer


def in_child(work: Callable[[], None], *, seconds: float | None = None) -> int:
    """Do ``work`` in a forked process, killed after ``seconds``; return its wait status."""
    child = os.fork()
    if child == 0:
        work()
        os._exit(FINISHED)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def build_until(index: Path, corpora: tuple[Path, Path], count: int) -> None:
    """Build the corpus that the index does not hold, up to the ``count``-th operation."""
    current = index / "CURRENT"
    held = int(current.read_text()) if current.exists() else 0
    left = count

    def die(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in OPERATIONS and str(index) in str(arguments[0]):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(die)
    build_with(HashingEncoder(), corpora[held % 2], index)


def build_on(index: Path, corpora: tuple[Path, Path]) -> None:
    """Build one corpus after the other, until killed."""
    for number, corpus in enumerate(cycle(corpora)):
        build_with(HashingEncoder(), corpus, index, full=number % 3 == 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), (Path(sys.argv[2]), Path(sys.argv[3])))
