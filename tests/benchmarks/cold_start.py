"""How long a first question takes from nothing, and what it spends that on.

    python -m tests.benchmarks.cold_start [INDEX] [--question Q] [--rounds R] [--imports N] [--json]

asks one question with the command, each time in a process of its own, without a reader and with the
bundled one by turns, R times (10), over INDEX (left out, one is built of ``seeds/``). It prints the
shortest and the median time, and the processor time, which other work on the machine changes less.
With ``--imports`` the N modules follow whose own import takes longest, by ``python -X importtime``.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from retriever import build

QUESTION = "Who did Andrey Rudenko meet in Beijing?"
WAYS = {"without a reader": ["--no-reader"], "with the reader": []}


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """One way of asking: seconds of all rounds, and of the processor."""

    best: float
    median: float
    cpu: float


def main(index: Path, question: str, rounds: int) -> dict[str, Start]:
    """Ask by turns and return what each way took."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in WAYS}
    for _ in range(rounds):
        for name, options in WAYS.items():
            taken[name].append(ask(index, question, options))
    return {
        name: Start(
            best=min(seconds for seconds, _ in runs),
            median=statistics.median(seconds for seconds, _ in runs),
            cpu=statistics.median(cpu for _, cpu in runs),
        )
        for name, runs in taken.items()
    }


def ask(index: Path, question: str, options: list[str]) -> tuple[float, float]:
    """Ask in a process of its own; return the seconds that it took, and those of processors."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command(index, question, options), check=True, stdout=subprocess.DEVNULL)
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def command(index: Path, question: str, options: list[str], *python: str) -> list[str]:
    """Return the command line that asks."""
    program = [sys.executable, *python, "-m", "retriever.cli"]
    return [*program, "ask", question, "--index", str(index), "--json", *options]


def slowest_imports(index: Path, question: str, count: int) -> list[tuple[float, str]]:
    """Return the milliseconds and names of the modules that a question without a reader imports."""
    asking = command(index, question, WAYS["without a reader"], "-X", "importtime")
    told = subprocess.run(asking, check=True, capture_output=True, text=True).stderr
    lines = [
        line.partition(":")[2].split("|") for line in told.splitlines() if "import time" in line
    ]
    own = [(int(fields[0]) / 1000, fields[2].strip()) for fields in lines[1:]]
    return sorted(own, reverse=True)[:count]


def show(starts: dict[str, Start], imports: list[tuple[float, str]]) -> None:
    """Print what was measured."""
    sys.stdout.write(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}\n")
    for name, start in starts.items():
        sys.stdout.write(
            f"{name:16}  {start.best:.2f} s at best, {start.median:.2f} s at the median, "
            f"{start.cpu:.2f} s CPU\n"
        )
    for milliseconds, module in imports:
        sys.stdout.write(f"{milliseconds:8.1f} ms  {module}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure a first question from nothing.")
    parser.add_argument("index", nargs="?", type=Path)
    parser.add_argument("--question", default=QUESTION)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--imports", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        over = asked.index or Path(temporary)
        if not asked.index:
            build("seeds", index=over)
        found = main(over, asked.question, asked.rounds)
        slow = slowest_imports(over, asked.question, asked.imports) if asked.imports else []
    if asked.json:
        told = {name: asdict(start) for name, start in found.items()}
        sys.stdout.write(f"{json.dumps({'starts': told, 'imports': slow})}\n")
    else:
        show(found, slow)
