"""How much memory a build takes, and how much more of it each passage takes.

    python -m tests.benchmarks.memory [--articles FEW MANY]

builds indexes of FEW and of MANY made-up articles (2,000 and 8,000), as JSON Lines, each in a
process of its own, with the tests' encoder at 384 dimensions: the real one takes the same whatever
is encoded. Prints what the process held at the most while it read and encoded, and in all (at the
end it opens the new index and checks it), with the bytes for each further passage. Linux only.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from retriever.indexing.pipeline import Job, build_index
from retriever.indexing.progress import Progress
from tests import hashing_encoder
from tests.benchmarks.rebuilding import made_up, say
from tests.building import write_articles

DIMENSION = 384  # of all-MiniLM-L6-v2
_STATUS = Path("/proc/self/status")


def main(counts: Sequence[int]) -> None:
    """Build for each count of articles and print what it took."""
    found = [measured(count) for count in counts]
    for count, (passages, working, most) in zip(counts, found, strict=True):
        say(
            f"{count:,} articles, {passages:,} passages: {working / 1e6:.0f} MB at the most while"
            f" reading and encoding, {most / 1e6:.0f} MB in all"
        )
    (few, *least), (many, *greatest) = found[0], found[-1]
    further = [(b - a) / (many - few) for a, b in zip(least, greatest, strict=True)]
    say(f"bytes for each further passage: {further[0]:,.0f} and {further[1]:,.0f}")


def measured(count: int) -> tuple[int, int, int]:
    """Return passages, and bytes while reading and encoding and in all, of a fresh process."""
    command = [sys.executable, "-m", "tests.benchmarks.memory", "--build", str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # itself
    passages, working, most = json.loads(done.stdout.splitlines()[-1])
    return passages, working, most


def build_here(count: int) -> None:
    """Build in this process and print what it took as JSON."""
    hashing_encoder.DIMENSION = DIMENSION
    working = 0

    def watch(step: Progress) -> None:
        nonlocal working
        if step.stage in {"reading", "embedding"}:
            working = max(working, resident())

    with tempfile.TemporaryDirectory() as temporary:
        texts = {f"a{number}": text for number, text in enumerate(made_up(count))}
        corpus = write_articles(Path(temporary, "corpus.jsonl"), texts)
        del texts
        before = resident()
        report = build_index(
            Job(
                corpus=corpus,
                index=Path(temporary, "index"),
                encoder_name="hashing",
                encoder=hashing_encoder.HashingEncoder(window=250),
                full=False,
                progress=watch,
            )
        )
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    say(json.dumps([report.passages, max(before, working), most]))


def resident() -> int:
    """Return the bytes that this process holds now, without files that it has mapped."""
    found = re.search(r"^RssAnon:\s+(\d+) kB", _STATUS.read_text(), re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure what a build takes of memory.")
    parser.add_argument("--articles", nargs=2, type=int, default=(2_000, 8_000))
    parser.add_argument("--build", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.build:
        build_here(asked.build)
    else:
        main(asked.articles)
