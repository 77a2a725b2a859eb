"""What a larger corpus costs: opening, asking, memory, and what the vector engine misses.

    python -m tests.benchmarks.growth BASE... --questions FILE [--sizes N...] [--folder DIR]
        [--rounds R] [--asked Q] [--json]

makes an index of each size (1,000, 10,000, 100,000 and 1,000,000 passages) out of the indexes BASE
with :mod:`.made_index` in DIR, where it finds those of the last time, and then asks the first Q
questions (40) of FILE, the ``queries.jsonl`` of a data set, of each, in a process of its own, R
times (3) by turns. Times are medians of all rounds, by the clock and of the CPU (of all threads);
memory is what opening and asking add to a process that has loaded and used encoder and reader:
``anonymous`` is its own, ``mapped`` are pages of the index's files, which the system may drop.
``recall`` compares the 10 and the 100 nearest of the engine with those of a scan of all vectors.
"""

import argparse
import gc
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np

from retriever import open_index
from retriever.encoders.registry import load_encoder
from retriever.index.generation import Generation
from retriever.index.publishing import current_generation
from retriever.index.vectors import VectorIndex
from retriever.reader.protocol import ReadingWindow
from retriever.reader.registry import load_reader
from retriever.records.arrays import FloatMatrix, RowNumbers
from tests.benchmarks.made_index import NOISE, make_index
from tests.benchmarks.rebuilding import say

SIZES = (1_000, 10_000, 100_000, 1_000_000)
DEPTHS = (10, 100)
_AT_ONCE = 8_192  # vectors in memory
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """What one process measured of one index; seconds, bytes, and shares."""

    passages: int
    opening: float
    opening_cpu: float
    first: float
    ask: list[float]
    ask_cpu: list[float]
    dense_cpu: list[float]
    anonymous: int
    mapped: int
    recall: dict[str, float]


def main(
    bases: Sequence[Path],
    questions: Path,
    *,
    sizes: Sequence[int],
    folder: Path,
    rounds: int,
    asked: int,
    as_json: bool,
) -> None:
    """Make the indexes, measure each by turns and print a line, or a record, for each."""
    for size in sizes:
        if not (folder / f"{size}" / "CURRENT").is_file():
            make_index(folder / f"{size}", bases, passages=size, noise=NOISE)
    runs: dict[int, list[Grown]] = {size: [] for size in sizes}
    for _ in range(rounds):
        for size in sizes:
            runs[size].append(measured_apart(folder / f"{size}", questions, asked))
    found = {size: together(of) for size, of in runs.items()}
    if as_json:
        say(json.dumps({"rounds": rounds, "questions": asked, "sizes": [*found.values()]}))
        return
    for one in found.values():
        say(", ".join(f"{name} {value}" for name, value in one.items()))


def together(runs: Sequence[Grown]) -> dict[str, object]:
    """Return what several processes found of one index: medians, and the most memory."""

    def median(of: Callable[[Grown], list[float]]) -> float:
        return statistics.median([one for run in runs for one in of(run)])

    return {
        "passages": runs[0].passages,
        "opening_s": round(median(lambda run: [run.opening]), 3),
        "opening_cpu_s": round(median(lambda run: [run.opening_cpu]), 3),
        "first_ask_ms": round(1000 * median(lambda run: [run.first]), 1),
        "ask_p50_ms": round(1000 * median(lambda run: run.ask), 1),
        "ask_cpu_p50_ms": round(1000 * median(lambda run: run.ask_cpu), 1),
        "dense_cpu_p50_ms": round(1000 * median(lambda run: run.dense_cpu), 2),
        "anonymous_mb": round(max(run.anonymous for run in runs) / 1e6),
        "mapped_mb": round(max(run.mapped for run in runs) / 1e6),
        "recall": runs[0].recall,
    }


def measured_apart(index: Path, questions: Path, asked: int) -> Grown:
    """Measure an index in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.growth", "--measure", str(index)]
    done = subprocess.run(
        [*command, "--questions", str(questions), "--asked", str(asked)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return Grown(**json.loads(done.stdout.splitlines()[-1]))


def measure(index: Path, questions: Sequence[str]) -> Grown:
    """Open an index, ask it everything, and compare its vectors' engine with a scan."""
    encoder, reader = load_encoder(), load_reader("bundled")
    vectors = np.concatenate([encoder.encode_query([question]) for question in questions])
    if reader:
        reader.read("warm up", [ReadingWindow(heading="", passage="Warmed up.")])
    gc.collect()
    before = resident()
    started, used = time.perf_counter(), time.process_time()
    opened = open_index(index, load=lambda _: encoder)
    opening, opening_cpu = time.perf_counter() - started, time.process_time() - used
    first, _ = timed(partial(opened.ask, questions[0]))
    asked = [timed(partial(opened.ask, question)) for question in questions]
    after = resident()
    generation = Generation(current_generation(index))
    dense = [timed(partial(generation.vectors.search, vector, k=100))[1] for vector in vectors]
    return Grown(
        passages=len(generation.store),
        opening=opening,
        opening_cpu=opening_cpu,
        first=first,
        ask=[one for one, _ in asked],
        ask_cpu=[cpu for _, cpu in asked],
        dense_cpu=dense,
        anonymous=after[0] - before[0],
        mapped=after[1] - before[1],
        recall=recall(generation.vectors, vectors),
    )


def recall(index: VectorIndex, queries: FloatMatrix) -> dict[str, float]:
    """Return the shares of the nearest rows that the engine finds, by how many are asked for."""
    most = max(DEPTHS)
    nearest = scanned(index.matrix(), queries, most)
    found = [index.search(query, k=most)[0] for query in queries]
    return {
        str(depth): round(
            statistics.mean(
                len({*own[:depth].tolist()} & {*true[:depth].tolist()}) / min(depth, len(true))
                for own, true in zip(found, nearest, strict=True)
            ),
            4,
        )
        for depth in DEPTHS
    }


def scanned(matrix: FloatMatrix, queries: FloatMatrix, k: int) -> list[RowNumbers]:
    """Return the rows nearest to each query by a plain scan, a few thousand rows at a time."""
    best = np.full((len(queries), 0), -2, dtype=np.float32)
    rows = np.zeros((len(queries), 0), dtype=np.int64)
    for start in range(0, len(matrix), _AT_ONCE):
        block = queries @ matrix[start : start + _AT_ONCE].T
        own = np.broadcast_to(np.arange(start, start + block.shape[1]), block.shape)
        best, rows = np.hstack([best, block]), np.hstack([rows, own])
        order = np.argsort(-best, axis=1, kind="stable")[:, :k]
        best, rows = np.take_along_axis(best, order, 1), np.take_along_axis(rows, order, 1)
    return [*rows]


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """Return how long a call takes by the clock and of the CPU, in seconds."""
    started, used = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - started, time.process_time() - used


def resident() -> tuple[int, int]:
    """Return the bytes that this process holds: its own, and those of files it has mapped."""
    status = _STATUS.read_text()
    own, files = (
        int(found[1]) * 1024 if (found := re.search(rf"^{name}:\s+(\d+) kB", status, re.M)) else 0
        for name in ("RssAnon", "RssFile")
    )
    return own, files


def questions_of(path: Path, count: int) -> list[str]:
    """Return the first questions of a data set."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line, _ in zip(lines, range(count), strict=False)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure what a larger corpus costs.")
    parser.add_argument("bases", type=Path, nargs="*")
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--asked", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        say(json.dumps(asdict(measure(given.measure, questions_of(given.questions, given.asked)))))
        sys.exit(0)
    with tempfile.TemporaryDirectory() as temporary:
        main(
            given.bases,
            given.questions,
            sizes=given.sizes,
            folder=given.folder or Path(temporary),
            rounds=given.rounds,
            asked=given.asked,
            as_json=given.json,
        )
