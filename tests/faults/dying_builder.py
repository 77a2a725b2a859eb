"""Builds that die or meet a failing disk, each in a process of its own; run as a script.

    python -m tests.faults.dying_builder INDEX CORPUS_A CORPUS_B

takes orders on standard input, one a line, and answers each with one line when the process that
carried it out is gone:

- ``at N``: one build that ends, as by SIGKILL, just before its Nth operation on a file;
- ``publishing N``: one build that ends before the Nth call into the system while it publishes;
- ``fail N``: one build whose Nth operation on a file fails, as on a full disk;
- ``after S``: builds in turn of A and B, each third one full, killed after S seconds;
- ``slowly S``: one build of A whose encoder takes its time, killed after S seconds unless it ends.

Every process is forked from this one, which has everything imported and no thread running.
"""

import errno
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import cycle
from pathlib import Path
from types import FrameType

import datasketch  # noqa: F401  # a build imports it late, and here before it is killed

from retriever import QuotidianError
from retriever.encoders.protocol import Encoded
from retriever.index import publishing as generations
from retriever.indexing import embedding
from retriever.records import Span
from tests.building import build_with
from tests.hashing_encoder import HashingEncoder

# What Python tells its audit hooks of before it happens, as far as it changes or opens files.
OPERATIONS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate"}
# Where the functions come from that call into the system: every one that can change a file.
SYSTEM = {"posix", "io", "_io"}
FINISHED, REFUSED = 0, 7
# Seconds that an encoder takes for some passages.
A_PORTION = 0.02


def main(index: Path, corpora: tuple[Path, Path]) -> None:
    """Carry out orders until there are none left."""
    orders: dict[str, Callable[[int], None]] = {
        "at": partial(die_at, index, corpora),
        "publishing": partial(die_publishing, index, corpora),
        "fail": partial(fail_at, index, corpora),
    }
    for line in sys.stdin:
        order, number = line.split()
        if order == "after":
            status = in_child(partial(build_on, index, corpora), seconds=float(number))
        elif order == "slowly":
            status = in_child(partial(build_slowly, index, corpora[0]), seconds=float(number))
        else:
            status = in_child(partial(orders[order], int(number)))
        print(ended(status), flush=True)  # noqa: T201  # the answer


def ended(status: int) -> str:
    """Return how a process ended, from its wait status."""
    if os.WIFSIGNALED(status):
        return "died"
    code = os.WEXITSTATUS(status)
    return {FINISHED: "finished", REFUSED: "refused"}.get(code, f"ended with status {code}")


def in_child(work: Callable[[], None], *, seconds: float | None = None) -> int:
    """Do ``work`` in a forked process, killed after ``seconds``; return its wait status."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except QuotidianError:
            os._exit(REFUSED)
        except BaseException as error:  # noqa: BLE001  # told by the status, and by this line
            print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)  # noqa: T201
            os._exit(1)
        os._exit(FINISHED)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def die_at(index: Path, corpora: tuple[Path, Path], count: int) -> None:
    """Build, up to the ``count``-th operation on a file of the index."""
    corpus = _other(index, corpora)
    _at_operation(index, count, _die)
    build_with(HashingEncoder(), corpus, index)


def fail_at(index: Path, corpora: tuple[Path, Path], count: int) -> None:
    """Build on a disk that is full at the ``count``-th operation, and has room again after it."""

    def fail() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    corpus = _other(index, corpora)
    _at_operation(index, count, fail)
    build_with(HashingEncoder(), corpus, index)


def die_publishing(index: Path, corpora: tuple[Path, Path], count: int) -> None:
    """Build, up to the ``count``-th call into the system after publishing began."""
    left, publish = count, generations.publish

    def watch(_: FrameType, event: str, called: object) -> None:
        nonlocal left
        if event != "c_call":
            return
        owner = getattr(called, "__self__", None)
        module = getattr(called, "__module__", None) or getattr(type(owner), "__module__", "")
        if module in SYSTEM:
            left -= 1
            if left == 0:
                _die()

    def publishing(*arguments: object) -> object:
        sys.setprofile(watch)
        try:
            return publish(*arguments)  # type: ignore[arg-type]  # as they come
        finally:
            sys.setprofile(None)

    generations.publish = publishing  # type: ignore[assignment]  # this process is its own
    build_with(HashingEncoder(), _other(index, corpora), index)


def build_on(index: Path, corpora: tuple[Path, Path]) -> None:
    """Build one corpus after the other, until killed."""
    for number, corpus in enumerate(cycle(corpora)):
        build_with(HashingEncoder(), corpus, index, full=number % 3 == 0)


def build_slowly(index: Path, corpus: Path) -> None:
    """Build once, a moment for each portion that is encoded, which is told in a file beside."""

    class Slow(HashingEncoder):
        def encode_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> Encoded:
            time.sleep(A_PORTION)
            with index.with_name("encoded").open("a", encoding="ascii") as file:
                file.write(f"{len(texts)}\n")
            return super().encode_parts(texts, parts)

    embedding.ENCODED_AT_ONCE = 8  # this process is its own
    build_with(Slow(), corpus, index)


def _other(index: Path, corpora: tuple[Path, Path]) -> Path:
    """Return the corpus that the index does not hold."""
    current = index / "CURRENT"
    return corpora[int(current.read_text()) % 2 if current.exists() else 0]


def _at_operation(index: Path, count: int, happen: Callable[[], None]) -> None:
    left = count

    def look(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in OPERATIONS and str(index) in str(arguments[0]):
            left -= 1
            if left == 0:
                happen()

    sys.addaudithook(look)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]), (Path(sys.argv[2]), Path(sys.argv[3])))
