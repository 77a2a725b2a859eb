"""Whether two versions of the program give the same quotes, question by question.

    python -m tests.benchmarks.quotes DATASET INDEX > before.jsonl    # with the one version
    python -m tests.benchmarks.quotes DATASET INDEX > after.jsonl     # with the other
    python -m tests.benchmarks.quotes --compare before.jsonl after.jsonl

An index that is missing is built from the data set's corpus. What is written is the answer as
``ask --json`` prints it, without when and as which generation the index was built.
"""

import argparse
import json
import math
import sys
import time
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from retriever import build, open_index
from retriever.evaluation.datasets import read_dataset


def main() -> None:
    """Write the answers to a data set's questions, or compare two files of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.quotes")
    parser.add_argument("first", type=Path, help="the data set, or the answers before")
    parser.add_argument("second", type=Path, help="the index, or the answers after")
    parser.add_argument("--compare", action="store_true", help="compare two files of answers")
    parser.add_argument("--no-reader", action="store_true", help="answer without the reader")
    given = parser.parse_args()
    if given.compare:
        differing = list(differences(given.first, given.second))
        sys.stdout.writelines(f"{line}\n" for line in differing)
        sys.exit(bool(differing))
    reader = "none" if given.no_reader else "bundled"
    for answer in answers(given.first, given.second, reader=reader):
        sys.stdout.write(f"{json.dumps(answer, ensure_ascii=False, sort_keys=True)}\n")


def answers(dataset: Path, folder: Path, *, reader: str) -> Iterator[dict[str, Any]]:
    """Yield the answer to every question, and last how many milliseconds one took."""
    data = read_dataset(dataset)
    if not folder.exists():
        build(data.corpus, index=folder)
    index = open_index(folder, reader=reader)
    index.warm_up()
    started = time.perf_counter()
    for query in data.queries:
        answer = index.ask(query.text, history=query.history, today=query.asked_on).to_dict()
        del answer["coverage"]
        yield {"id": query.id, **answer}
    taken = 1000 * (time.perf_counter() - started) / max(1, len(data.queries))
    sys.stderr.write(f"{data.name}: {len(data.queries)} questions, {taken:.1f} ms each\n")


def differences(before: Path, after: Path) -> Iterator[str]:
    """Yield a line for each question that is not answered as before."""
    nothing: dict[str, Any] = {}
    for old, new in zip_longest(_answers_in(before), _answers_in(after), fillvalue=nothing):
        changed = [key for key in old.keys() | new.keys() if not _same(old.get(key), new.get(key))]
        if changed:
            yield f"{old.get('id') or new.get('id')}: {', '.join(sorted(changed))}"


def _same(one: object, other: object) -> bool:
    """Compare what JSON holds; scores may differ as sums of 32-bit numbers in another order do."""
    match one, other:
        case (float(), float()):
            return math.isclose(one, other, abs_tol=1e-6)
        case (list(), list()):
            return len(one) == len(other) and all(map(_same, one, other))
        case (dict(), dict()):
            return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    return one == other


def _answers_in(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
