"""Builds of hostile corpora, each in a process of its own whose memory and time are told.

    python -m tests.attacks.builder

takes orders on standard input, a line of JSON each, and answers each with one. Processes are forked
from this one, which has everything imported and no thread running: a build takes as long as it
would in a command, and nothing for the imports.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.conftest import ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What came of a build: ``problem`` where it was refused, ``traceback`` where it broke.

    ``failed`` maps what could not be read to the reason. ``megabytes`` is what the build needed
    beside what an empty one does, the processes that read for it not counted.
    """

    articles: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    problem: str = ""
    traceback: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0


class Builder:
    """The process that forks builds."""

    def __init__(self) -> None:
        """Start it."""
        command = [sys.executable, "-m", "tests.attacks.builder"]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def build(self, corpus: Path, index: Path, *, temporary: Path | None = None) -> Built:
        """Build an index of a corpus; ``temporary`` is the folder for temporary files."""
        order = {"corpus": str(corpus), "index": str(index)}
        if temporary:
            order["temporary"] = str(temporary)
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{json.dumps(order)}\n")
        self._process.stdin.flush()
        return Built(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """End it."""
        self._process.communicate()


def main() -> None:
    """Carry out orders until there are none left."""
    from retriever.settings import BUNDLED_ENCODER
    from tests.building import build_with
    from tests.hashing_encoder import HashingEncoder

    with tempfile.TemporaryDirectory() as folder:  # imports what the first build imports
        (Path(folder) / "a.txt").write_text("One.")
        build_with(HashingEncoder(), Path(folder) / "a.txt", Path(folder) / "i")
    for line in sys.stdin:
        reading, writing = os.pipe()
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _build_and_tell(json.loads(line), writing, BUNDLED_ENCODER)
        os.close(writing)
        with os.fdopen(reading) as told:
            built = json.loads(told.read() or '{"traceback": "the process ended"}')
        _, _, used = os.wait4(child, 0)
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        built["seconds"] = round(time.monotonic() - started, 2)
        built["megabytes"] = round(max(0, used.ru_maxrss - held) / 1024, 1)
        sys.stdout.write(f"{json.dumps(built)}\n")
        sys.stdout.flush()


def _build_and_tell(order: dict[str, str], out: int, name: str) -> None:
    """Build, tell what came of it, and end the process."""
    from tests.building import build_with
    from tests.hashing_encoder import HashingEncoder

    tempfile.tempdir = order.get("temporary")
    told = Built()
    try:
        report = build_with(
            HashingEncoder(), Path(order["corpus"]), Path(order["index"]), name=name
        )
        failed = {failure.path: failure.reason for failure in report.failed}
        told = Built(articles=report.articles, failed=failed)
    except BaseException as error:  # noqa: BLE001 - told to who ordered it
        told = _told_of(error)
    with os.fdopen(out, "w", encoding="utf-8", errors="backslashreplace") as pipe:
        pipe.write(json.dumps(asdict(told)))
    os._exit(0)


def _told_of(error: BaseException) -> Built:
    from retriever import QuotidianError

    if isinstance(error, QuotidianError):
        return Built(problem=str(error))
    return Built(traceback=f"{type(error).__name__}: {error}"[:500])


if __name__ == "__main__":
    main()
