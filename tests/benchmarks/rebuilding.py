"""What a rebuild costs, as a share of the first build.

    python -m tests.benchmarks.rebuilding [CORPUS] [--articles N] [--characters M]

builds an index of N articles (2,000) from nothing, then again with nothing changed, one article
changed, one in a hundred changed, and the folder that holds them renamed; each as the command in a
process of its own, so that starting counts. CORPUS is a JSON Lines file (``.gz`` too) with a
``text`` a line, whose texts are written out as files of a temporary folder, cut to M characters;
left out, texts are made up. Exit status 1 when a share is above its limit. Shares of CPU time are
the ones to look at on a machine that does something else besides.
"""

import argparse
import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

WORDS = (
    "the harbour minister said report a storm city budget company shares rose fell by per cent on "
    "monday after talks with union leaders about new rules for trade ships and grain prices in "
    "region officials police court judge ruled that appeal election voters party leader"
).split()
A_FOLDER = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One build: wall and CPU seconds of its process, and how many passages it encoded."""

    seconds: float
    cpu: float
    embedded: int


def main(texts: Iterable[str]) -> bool:
    """Build and rebuild; print a line for each and return whether every limit held."""
    with tempfile.TemporaryDirectory() as temporary:
        corpus, index = Path(temporary, "corpus"), Path(temporary, "index")
        files = write(texts, corpus)
        say(f"{len(files)} articles; shares of the first build, each in a process of its own")
        first = build(corpus, index)
        say(f"first build          {first.seconds:8.2f} s  {first.cpu:8.2f} s CPU")
        held = [report("nothing changed", build(corpus, index), first, limit=0.02)]
        revise(files[:1])
        held.append(report("one changed", build(corpus, index), first, limit=0.03))
        revise(files[50::A_FOLDER])
        held.append(report("1 in 100 changed", build(corpus, index), first, limit=0.05))
        renamed = corpus.rename(corpus.with_name("renamed"))
        moved = build(renamed, index)
        report("folder renamed", moved, first, limit=1.0)
        return all(held) and moved.embedded == 0


def write(texts: Iterable[str], corpus: Path) -> list[Path]:
    """Write each text to a file of its own, a hundred a folder."""
    files = []
    for number, text in enumerate(texts):
        path = corpus / f"{number // A_FOLDER:04d}" / f"{number:06d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        files.append(path)
    return files


def revise(files: list[Path]) -> None:
    """Add a sentence to each file."""
    for path in files:
        with path.open("a", encoding="utf-8") as file:
            file.write(f"\n\nCorrection: the figure was {time.time_ns()}.\n")


def build(corpus: Path, index: Path) -> Run:
    """Run ``quotidian build`` and measure it."""
    command = [sys.executable, "-m", "retriever.cli", "build", str(corpus), "--index", str(index)]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([*command, "--json"], check=True, stdout=subprocess.PIPE)
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(seconds=seconds, cpu=cpu, embedded=json.loads(done.stdout)["embedded"])


def report(what: str, run: Run, first: Run, *, limit: float) -> bool:
    """Print one rebuild; return whether it stayed below ``limit`` of the first build's time."""
    share = run.seconds / first.seconds
    say(
        f"{what:20} {run.seconds:8.2f} s  {run.cpu:8.2f} s CPU   {share:6.2%} of the time, "
        f"{run.cpu / first.cpu:6.2%} of the CPU time, {run.embedded} encoded"
    )
    return share <= limit


def texts_of(path: Path) -> Iterator[str]:
    """Yield title and text of each line of a JSON Lines file."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield f"{record.get('title') or ''}\n\n{record['text']}"


def made_up(count: int) -> Iterator[str]:
    """Yield articles of about 3,000 characters, the length of a news article."""
    chance = random.Random(7)
    for number in range(count):
        lines = [" ".join(chance.choices(WORDS, k=12)).capitalize() for _ in range(40)]
        yield f"Article {number}\n\n" + ". ".join(lines) + "."


def articles(corpus: Path | None, count: int) -> Iterator[str]:
    """Yield the texts of at most ``count`` articles of a corpus, made up where there is none."""
    return islice(texts_of(corpus) if corpus else made_up(count), count)


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure what a rebuild costs.")
    parser.add_argument("corpus", nargs="?", type=Path)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--characters", type=int, default=100_000)
    asked = parser.parse_args()
    chosen = (text[: asked.characters] for text in articles(asked.corpus, asked.articles))
    sys.exit(0 if main(chosen) else 1)
