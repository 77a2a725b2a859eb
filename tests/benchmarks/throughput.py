"""How many questions an index answers at once, and how long each then waits.

    python -m tests.benchmarks.throughput INDEX --questions FILE [--askers N...] [--rounds R]
        [--asked Q] [--json]

lets 1, 2, 4, 8 and 16 threads of one process ask Q questions (48) of FILE, the ``queries.jsonl`` of
a data set, of one open index, each taking the next as soon as it has its answer; R times (3) by
turns, so that what else the machine does falls on all alike. ``times`` is the throughput as a
multiple of that of one asker in the same round, at the median of rounds.
"""

import argparse
import json
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from retriever import open_index
from retriever.library import Index
from tests.benchmarks.growth import questions_of
from tests.benchmarks.rebuilding import say

ASKERS = (1, 2, 4, 8, 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """So many questions asked by so many at once: seconds in all, of the CPU, and of each."""

    seconds: float
    cpu: float
    each: list[float]


def main(
    index: Path, questions: Sequence[str], *, askers: Sequence[int], rounds: int, as_json: bool
) -> None:
    """Ask by turns and print a line, or a record, for each number of askers."""
    opened = open_index(index)
    opened.warm_up()
    for question in questions[:4]:
        opened.ask(question)
    runs: dict[int, list[Load]] = {count: [] for count in askers}
    for _ in range(rounds):
        for count in askers:
            runs[count].append(asked_at_once(opened, questions, count))
    found = [together(count, runs[count], runs[askers[0]]) for count in askers]
    if as_json:
        say(json.dumps({"rounds": rounds, "questions": len(questions), "askers": found}))
        return
    for one in found:
        say(", ".join(f"{name} {value}" for name, value in one.items()))


def asked_at_once(index: Index, questions: Sequence[str], askers: int) -> Load:
    """Let so many threads ask all questions, each its next."""
    waiting, each = iter(questions), []
    taking = threading.Lock()

    def ask() -> None:
        while True:
            with taking:
                question = next(waiting, None)
            if question is None:
                return
            began = time.perf_counter()
            index.ask(question)
            each.append(time.perf_counter() - began)

    threads = [threading.Thread(target=ask) for _ in range(askers)]
    started, used = time.perf_counter(), time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(each) != len(questions):
        raise RuntimeError(f"{len(questions) - len(each)} questions were not answered")
    return Load(seconds=time.perf_counter() - started, cpu=time.process_time() - used, each=each)


def together(askers: int, runs: Sequence[Load], alone: Sequence[Load]) -> dict[str, object]:
    """Return what all rounds say of so many askers."""
    each = [1000 * one for run in runs for one in run.each]
    cuts = statistics.quantiles(each, n=20, method="inclusive")
    times = [other.seconds / run.seconds for run, other in zip(runs, alone, strict=True)]
    per_second = statistics.median(len(run.each) / run.seconds for run in runs)
    return {
        "askers": askers,
        "per_second": round(per_second, 2),
        "times": round(statistics.median(times), 2),
        "p50_ms": round(cuts[9]),
        "p95_ms": round(cuts[18]),
        "cpu_ms_per_question": round(
            1000 * statistics.median(run.cpu / len(run.each) for run in runs)
        ),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure how many questions are answered at once.")
    parser.add_argument("index", type=Path)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--askers", type=int, nargs="+", default=ASKERS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--asked", type=int, default=48)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    main(
        given.index,
        questions_of(given.questions, given.asked),
        askers=given.askers,
        rounds=given.rounds,
        as_json=given.json,
    )
