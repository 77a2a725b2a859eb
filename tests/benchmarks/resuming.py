"""What a build that is killed loses, and what going on from it costs.

    python -m tests.benchmarks.resuming [CORPUS] [--articles N] [--share S] [--json]

builds an index of N articles (300) with the command, from nothing; then another one of the same
articles, which is killed (SIGKILL) once it has noted that a share S (.5) of the passages is
encoded, and is then built to its end. CORPUS is a JSON Lines file as for :mod:`.rebuilding`; left
out, texts are made up. Exit status 1 when a passage that was noted is encoded again, or when both
parts together take a quarter more CPU time than the whole: starting, reading and counting words
come twice, which is a tenth of as few articles as 150.
"""

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from retriever.index.unfinished import CHECKPOINTS
from tests.benchmarks.rebuilding import articles, build, say, write

MOST_CPU = 1.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """A build that was killed: seconds and CPU seconds until then, and what it had noted."""

    seconds: float
    cpu: float
    noted: int


def main(texts: Iterable[str], share: float, *, as_json: bool) -> bool:
    """Build whole, and in two parts; print what each took; return whether nothing was lost."""
    with tempfile.TemporaryDirectory() as temporary:
        corpus = Path(temporary, "corpus")
        files = write(texts, corpus)
        whole = build(corpus, Path(temporary, "whole"))
        killed = kill(corpus, Path(temporary, "parts"), noted=int(share * whole.embedded))
        resumed = build(corpus, Path(temporary, "parts"))
    for name, run in (("whole build", whole), ("killed", killed), ("gone on from that", resumed)):
        done = f"{run.noted} noted" if isinstance(run, Killed) else f"{run.embedded} encoded"
        say(f"{name:18} {run.seconds:8.2f} s  {run.cpu:8.2f} s CPU  {done}", aside=as_json)
    more = (killed.cpu + resumed.cpu) / whole.cpu
    say(f"{len(files)} articles; both parts took {more:.2f} times the CPU time", aside=as_json)
    if as_json:
        parts = {"whole": asdict(whole), "killed": asdict(killed), "resumed": asdict(resumed)}
        say(json.dumps({"articles": len(files), **parts, "cpu_of_both_parts": round(more, 3)}))
    return resumed.embedded == whole.embedded - killed.noted and more <= MOST_CPU


def kill(corpus: Path, index: Path, *, noted: int) -> Killed:
    """Build until so many passages are noted, then kill the process."""
    command = [sys.executable, "-m", "retriever.cli", "build", str(corpus), "--index", str(index)]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        while passages_noted(index) < noted and process.poll() is None:
            time.sleep(0.01)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Killed(seconds=seconds, cpu=cpu, noted=passages_noted(index))


def passages_noted(index: Path) -> int:
    """Return how many passages the checkpoint of a build says are encoded, in whole lines."""
    lines = [
        line
        for path in (index / CHECKPOINTS).glob("*")
        for line in path.read_bytes().splitlines(keepends=True)[1:]
    ]
    return sum(len(json.loads(line)["keys"]) for line in lines if line.endswith(b"\n"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure what a build that is killed loses.")
    parser.add_argument("corpus", nargs="?", type=Path)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--share", type=float, default=0.5)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    kept = main(articles(asked.corpus, asked.articles), asked.share, as_json=asked.json)
    sys.exit(0 if kept else 1)
