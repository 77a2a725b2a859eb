"""Time the program on this machine: ``make bench``, or ``python -m tests.benchmarks [CORPUS]``.

It prints what a person waits for: the command's help, building an index from nothing, building it
again, opening it with the first question, and every question after that. Compare figures of one
machine only, with nothing else running.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from retriever import build, open_index

ROUNDS = 20
QUESTIONS = (
    "Who did Andrey Rudenko meet in Beijing?",
    "Where will Prighozin go into exile?",
    "How many people live on the moon?",
)


def main(corpus: Path) -> None:
    """Run the benchmarks in order and print one line for each."""
    say(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    say(f"quotidian --help        {best_of(5, show_help):8.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder, "index")
        built = build(corpus, index=index)
        rate = built.embedded / built.seconds
        say(f"build from nothing      {built.seconds:8.2f} s   {built.passages} passages")
        say(f"                        {rate:8.1f} passages a second, the encoder's start included")
        again = build(corpus, index=index)
        say(f"build, nothing changed  {again.seconds:8.2f} s   {again.embedded} embedded")
        say(f"first question, cold    {timed(lambda: ask_cold(index)):8.2f} s   a new process")
        p50, p95 = latencies(index)
        say(f"ask, warm, p50          {p50:8.1f} ms")
        say(f"ask, warm, p95          {p95:8.1f} ms")


def show_help() -> None:
    """Start the command and let it print its help."""
    run_command("--help")


def ask_cold(index: Path) -> None:
    """Ask one question in a process of its own."""
    run_command("ask", QUESTIONS[0], "--index", str(index), "--json")


def latencies(index: Path) -> tuple[float, float]:
    """Return the median and the 95th percentile of asking, in milliseconds."""
    opened = open_index(index)
    opened.warm_up()
    taken = [
        1000 * timed(partial(opened.ask, question)) for _ in range(ROUNDS) for question in QUESTIONS
    ]
    cuts = statistics.quantiles(taken, n=20, method="inclusive")
    return cuts[9], cuts[18]


def best_of(rounds: int, run: Callable[[], object]) -> float:
    """Return the shortest of several timings in seconds: the one least disturbed."""
    return min(timed(run) for _ in range(rounds))


def timed(run: Callable[[], object]) -> float:
    """Return how long a call takes, in seconds."""
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def run_command(*arguments: str) -> None:
    """Run ``quotidian`` with the Python that runs this."""
    subprocess.run(
        [sys.executable, "-m", "retriever.cli", *arguments], check=True, capture_output=True
    )


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="tests.benchmarks", description="Time the program.")
    parser.add_argument("corpus", nargs="?", type=Path, default=Path("seeds"))
    main(parser.parse_args().corpus)
