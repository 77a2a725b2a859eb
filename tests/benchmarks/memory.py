"""How much memory a build takes, and how much more of it each passage takes.

    python -m tests.benchmarks.memory [--articles N N...] [--json]

builds indexes of so many made-up articles (2,000 and 8,000), as JSON Lines, each in a process of
its own, with the tests' encoder at 384 dimensions: the real one takes the same whatever is encoded.
Prints what the process held at the most while it read and encoded, while it then counted words and
opened the new index, and with the files that are mapped at its end, with the bytes for each further
passage. Linux only.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event, Thread

from retriever.indexing.job import Job
from retriever.indexing.pipeline import build_index
from retriever.indexing.progress import Progress, Stage
from tests import hashing_encoder
from tests.benchmarks.rebuilding import made_up, say

DIMENSION = 384  # of all-MiniLM-L6-v2
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a build took at the most, in bytes; ``whole`` with the files that it mapped."""

    passages: int
    encoding: int
    opening: int
    whole: int


def main(counts: Sequence[int], *, as_json: bool) -> None:
    """Build for each count of articles and print what it took."""
    found = []
    for count in counts:
        found.append(taken := measured(count))
        say(
            f"{count:,} articles, {taken.passages:,} passages: {taken.encoding / 1e6:.0f} MB at "
            f"the most while reading and encoding, {taken.opening / 1e6:.0f} MB while counting "
            f"words and opening, {taken.whole / 1e6:.0f} MB in all",
            aside=as_json,
        )
    few, many = found[0], found[-1]
    further = {
        part: round((getattr(many, part) - getattr(few, part)) / (many.passages - few.passages))
        for part in ("encoding", "opening", "whole")
    }
    told = ", ".join(f"{part} {number:,}" for part, number in further.items())
    say(f"bytes for each further passage: {told}", aside=as_json)
    if as_json:
        builds = [asdict(taken) for taken in found]
        say(json.dumps({"builds": builds, "for_each_further_passage": further}))


def measured(count: int) -> Taken:
    """Return what a build of so many articles takes in a fresh process."""
    with tempfile.TemporaryDirectory() as temporary:
        corpus = Path(temporary, "corpus.jsonl")
        with corpus.open("w", encoding="utf-8") as file:
            for number, text in enumerate(made_up(count)):
                file.write(f"{json.dumps({'id': str(number), 'text': text})}\n")
        command = [sys.executable, "-m", "tests.benchmarks.memory", "--build", temporary]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # itself
        return Taken(**json.loads(done.stdout.splitlines()[-1]))


def build_here(folder: Path) -> None:
    """Build in this process and print what it took as JSON."""
    hashing_encoder.DIMENSION = DIMENSION

    def watch(step: Progress) -> None:
        last = step.stage in {Stage.INDEXING_WORDS, Stage.CALIBRATING}
        held.part = "opening" if last else "encoding"

    with HeldAtMost(part="encoding") as held:
        report = build_index(
            Job(
                corpus=folder / "corpus.jsonl",
                index=folder / "index",
                encoder_name="hashing",
                encoder=hashing_encoder.HashingEncoder(window=250),
                full=False,
                progress=watch,
            )
        )
    whole = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    say(json.dumps({"passages": report.passages, "whole": whole, **held.bytes}))


class HeldAtMost:
    """Looks every few milliseconds what this process holds: ``bytes`` has the most of each part."""

    def __init__(self, *, part: str) -> None:
        """Begin with a part."""
        self.part = part
        self.bytes: Counter[str] = Counter()
        self._done = Event()

    def __enter__(self) -> "HeldAtMost":
        """Begin to look."""
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *failed: object) -> None:
        """Look no more."""
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(0.005):
            self.bytes[self.part] = max(self.bytes[self.part], resident())


def resident() -> int:
    """Return the bytes that this process holds now, without files that it has mapped."""
    found = re.search(r"^RssAnon:\s+(\d+) kB", _STATUS.read_text(), re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure what a build takes of memory.")
    parser.add_argument("--articles", nargs="+", type=int, default=(2_000, 8_000))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.build:
        build_here(asked.build)
    else:
        main(asked.articles, as_json=asked.json)
