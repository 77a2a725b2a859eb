"""What the lexical index costs as it grows: writing, bringing up to date, opening, asking.

    python -m tests.benchmarks.words [--passages N N...] [--bm25s N] [--json]

writes lexical indexes of so many made-up passages (10,000 and 100,000) of 100 terms, about as
frequent as those of news, each in a process of its own: CPU seconds and the most memory of writing
it, CPU seconds of writing it again with one passage changed, and CPU milliseconds of opening it, of
a question of five terms and of the terms near a misspelt one (the median of 50 each, the first ones
included). ``--bm25s`` lets bm25s index so many passages, in memory, in a process of its own. Linux
only, as for memory.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from retriever.index.lexical import K1, B, LexicalIndex
from retriever.indexing.lexical_writer import CountedBefore, LexicalWriter
from tests.benchmarks.memory import HeldAtMost
from tests.benchmarks.rebuilding import say

TERMS, AT_ONCE = 100, 1_000
# Zipf's law for the terms from the 50th on (those before are stop words) to the 10,000th, and with
# the square of the rank beyond, as in large corpora (Ferrer i Cancho and Sole 2001): the first term
# stands in a quarter of the passages, and 10,000 passages have some 70,000 terms.
FIRST, COMMON = 50, 10_000
ASKED = 50
# Letters of which words are made up: their number in a figure of that base.
LETTERS = "etaoinshrdlu"
Figures = dict[str, float]


def main(counts: Sequence[int], bm25s_count: int | None, *, as_json: bool) -> None:
    """Measure each size and print what was found."""
    wanted = [("--write", count) for count in counts]
    wanted += [("--plain", bm25s_count)] if bm25s_count else []
    found = []
    for way, count in wanted:
        found.append(figures := measured(way, count))
        told = ", ".join(f"{name} {value:,.3g}" for name, value in figures.items())
        say(told, aside=as_json)
    if as_json:
        say(json.dumps(found))


def measured(way: str, count: int) -> Figures:
    """Return the figures of a fresh process."""
    command = [sys.executable, "-m", "tests.benchmarks.words", way, str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # itself
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def passages(count: int) -> Iterator[list[str]]:
    """Yield the terms of each passage; the same whatever the count."""
    chance = np.random.default_rng(7)
    width = np.log(COMMON / FIRST)
    for _ in range(0, count, AT_ONCE):
        place = chance.random((AT_ONCE, TERMS)) * (width + 1)
        rare = COMMON / (1 - chance.random((AT_ONCE, TERMS)))
        ranks = np.where(place < width, FIRST * np.exp(place), rare).astype(np.int64)
        for row in ranks.tolist():
            yield [spelt(rank) for rank in row]


def spelt(rank: int) -> str:
    """Return a word for a number: the more frequent, the shorter."""
    letters = ["s"]
    while rank:
        rank, place = divmod(rank, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def write_here(count: int) -> Figures:
    """Write an index in this process, bring it up to date, and ask it."""
    with tempfile.TemporaryDirectory() as temporary:
        first, second = Path(temporary, "first"), Path(temporary, "second")
        with HeldAtMost(part="writing") as held:
            writing = cpu_of(lambda: write(first, count))
        index = LexicalIndex.load(first, count=count)
        updating = cpu_of(lambda: update(second, index, count))
        questions = [words[:5] for words in passages(ASKED)][:ASKED]
        emphasis = [1.0] * 5
        return {
            "passages": count,
            "postings": len(index.postings.rows),
            "terms": len(index.vocabulary),
            "writing_cpu_s": writing,
            "writing_bytes": held.bytes["writing"],
            "one_changed_cpu_s": updating,
            "opening_ms": median_ms([first] * ASKED, lambda at: LexicalIndex.load(at, count=count)),
            "question_ms": median_ms(questions, lambda words: index.scores(words, emphasis)),
            "near_ms": median_ms(questions, lambda words: near(index, words)),
        }


def write(folder: Path, count: int) -> None:
    """Write the index of so many passages."""
    with LexicalWriter(folder) as writer:
        for row, terms in enumerate(passages(count)):
            writer.add(row, terms)
        writer.finish(count)


def update(folder: Path, index: LexicalIndex, count: int) -> None:
    """Write an index of which one passage, in the middle, is another one."""
    rows = np.arange(count)
    rows[count // 2] = -1
    with LexicalWriter(folder, before=CountedBefore(index=index, rows=rows)) as writer:
        writer.add(count // 2, ["another", *next(passages(1))])
        writer.finish(count)


def near(index: LexicalIndex, words: Sequence[str]) -> list[tuple[str, int]]:
    """Return the terms near the longest of some words, written with a letter too many."""
    return [*index.vocabulary.near(f"{max(words, key=len)}x", edits=2)]


def plain_here(count: int) -> Figures:
    """Let bm25s index the same passages in this process."""
    import bm25s

    def index() -> None:
        bm25s.BM25(k1=K1, b=B, method="lucene").index([*passages(count)], show_progress=False)

    with HeldAtMost(part="writing") as held:
        cpu = cpu_of(index)
    return {"passages": count, "bm25s_cpu_s": cpu, "bm25s_bytes": held.bytes["writing"]}


def cpu_of(work: Callable[[], None]) -> float:
    """Do something and return the CPU seconds that it took."""
    before = time.process_time()
    work()
    return round(time.process_time() - before, 3)


def median_ms(things: Sequence[object], work: Callable[..., object]) -> float:
    """Do something with each of several things; return the median in milliseconds of CPU."""
    taken = []
    for thing in things:
        started = time.process_time()
        work(thing)
        taken.append(1_000 * (time.process_time() - started))
    return round(statistics.median(taken), 3)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure what the lexical index costs.")
    parser.add_argument("--passages", nargs="+", type=int, default=(10_000, 100_000))
    parser.add_argument("--bm25s", type=int)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--write", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--plain", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.write:
        say(json.dumps(write_here(asked.write)))
    elif asked.plain:
        say(json.dumps(plain_here(asked.plain)))
    else:
        main(asked.passages, asked.bm25s, as_json=asked.json)
