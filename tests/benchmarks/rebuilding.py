"""What a rebuild costs, as a share of the first build.

    python -m tests.benchmarks.rebuilding [CORPUS] [--articles N] [--characters M] [--json]

builds an index of N articles (2,000) from nothing, then again with nothing changed, one article
changed, one in a hundred changed, and the folder that holds them renamed; each as the command in a
process of its own, so that starting counts. CORPUS is a JSON Lines file (``.gz`` too) with a
``text`` a line, whose texts are written out as files of a temporary folder, cut to M characters;
left out, texts are made up. With ``--json`` the figures are printed as JSON, and the lines for
people go to standard error. Exit status 1 when a share is above its limit. Shares of CPU time are
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
from dataclasses import asdict, dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuild:
    """A build after the first: what had happened, and the share of the first that it may take."""

    after: str
    run: Run
    limit: float


def main(texts: Iterable[str], *, as_json: bool) -> bool:
    """Build and rebuild; print what each takes and return whether every limit held."""
    with tempfile.TemporaryDirectory() as temporary:
        corpus, index = Path(temporary, "corpus"), Path(temporary, "index")
        files = write(texts, corpus)
        say(f"{len(files)} articles; shares of the first build", aside=as_json)
        first = build(corpus, index)
        say(f"first build          {first.seconds:8.2f} s  {first.cpu:8.2f} s CPU", aside=as_json)
        found = []
        for rebuild in rebuilds(files, corpus, index):
            say(line_of(rebuild, first), aside=as_json)
            found.append(rebuild)
    held = all(one.run.seconds <= one.limit * first.seconds for one in found)
    if as_json:
        rebuilt = {one.after: asdict(one.run) for one in found}
        say(json.dumps({"articles": len(files), "first": asdict(first), "after": rebuilt}))
    return held and found[-1].run.embedded == 0


def rebuilds(files: list[Path], corpus: Path, index: Path) -> Iterator[Rebuild]:
    """Change more and more of the corpus, and build again each time."""
    yield Rebuild(after="nothing changed", run=build(corpus, index), limit=0.02)
    revise(files[:1])
    yield Rebuild(after="one changed", run=build(corpus, index), limit=0.03)
    revise(files[50::A_FOLDER])
    yield Rebuild(after="1 in 100 changed", run=build(corpus, index), limit=0.05)
    renamed = corpus.rename(corpus.with_name("renamed"))
    yield Rebuild(after="folder renamed", run=build(renamed, index), limit=1.0)


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


def line_of(rebuild: Rebuild, first: Run) -> str:
    """Return what a rebuild took, as a share of the first build."""
    run = rebuild.run
    return (
        f"{rebuild.after:20} {run.seconds:8.2f} s  {run.cpu:8.2f} s CPU   "
        f"{run.seconds / first.seconds:6.2%} of the time, {run.cpu / first.cpu:6.2%} of the CPU "
        f"time, {run.embedded} encoded"
    )


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


def say(line: str, *, aside: bool = False) -> None:
    """Print a line at once, ``aside`` to standard error: standard output then has only JSON."""
    stream = sys.stderr if aside else sys.stdout
    stream.write(f"{line}\n")
    stream.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure what a rebuild costs.")
    parser.add_argument("corpus", nargs="?", type=Path)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--characters", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    chosen = (text[: asked.characters] for text in articles(asked.corpus, asked.articles))
    sys.exit(0 if main(chosen, as_json=asked.json) else 1)
