"""Asks an index for a while, from several threads, and checks every answer; run as a script.

    python -m tests.faults.asking INDEX SECONDS THREADS

prints "ready" when it begins, and at the end one line of JSON: how many questions were asked, which
generations answered, what went wrong, and how much memory and how many files the process held early
and late. Every article of generation N is called ``N …`` and says so in its text, so that a mixed
or stale answer shows.
"""

import json
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path

from retriever import Index, QuotidianError, open_index

QUESTIONS = ("Which storm closed the harbour?", "Who closed harbour 3?", "harbour")
# Every part is loaded and has switched generations by then.
EARLY = 0.25


@dataclass(slots=True, kw_only=True)
class Seen:
    """What asking gave."""

    asked: int = 0
    generations: list[int] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    early_mb: float = 0.0
    late_mb: float = 0.0
    early_files: int = 0
    late_files: int = 0


def main(index: Path, seconds: float, threads: int) -> Seen:
    """Ask until the time is over."""
    opened, seen = open_index(index), Seen()
    check(opened, index)  # everything is loaded
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    started = time.monotonic()
    with ThreadPoolExecutor(threads) as pool:
        asking = [pool.submit(ask_until, opened, index, started + seconds) for _ in range(threads)]
        time.sleep(seconds * EARLY)
        seen.early_mb, seen.early_files = held()
        for found in asking:
            asked, generations, problems = found.result()
            seen.asked += asked
            seen.generations = sorted({*seen.generations, *generations})
            seen.problems += problems
    seen.late_mb, seen.late_files = held()
    return seen


def ask_until(index: Index, folder: Path, end: float) -> tuple[int, set[int], list[str]]:
    """Ask until ``end``; return how often, which generations answered, and what was wrong."""
    asked, generations, problems = 0, set[int](), []
    while time.monotonic() < end:
        try:
            generation, wrong = check(index, folder, QUESTIONS[asked % len(QUESTIONS)])
            generations.add(generation)
            problems += wrong
        except QuotidianError as error:
            problems.append(f"{type(error).__name__}: {error}")
        asked += 1
    return asked, generations, problems


def check(index: Index, folder: Path, question: str = QUESTIONS[0]) -> tuple[int, list[str]]:
    """Ask once; return the generation that answered, and what is wrong with the answer."""
    current = int((folder / "CURRENT").read_text())
    answer = index.ask(question)
    generation = answer.coverage.generation
    quotes = [*answer.quotes, *answer.closest]
    stated = f"This is number {generation}."
    rules = {
        "answered from before what was current": generation >= current,
        "quoted nothing": bool(quotes),
        "quoted another generation's article": all(
            quote.article.id.split()[0] == str(generation) for quote in quotes
        ),
        "quoted another generation's words": all(stated in quote.article.text for quote in quotes),
        "withheld a quote": answer.withheld == 0,
    }
    return generation, [f"{generation}: {rule}" for rule, holds in rules.items() if not holds]


def held() -> tuple[float, int]:
    """Return the memory of this process in MB, and how many files it has open."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6, len([*Path("/proc/self/fd").iterdir()])


if __name__ == "__main__":
    found = main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.write(f"{json.dumps(asdict(found))}\n")
