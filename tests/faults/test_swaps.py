"""Generations that are swapped while others ask: every answer is whole and none comes too late."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from retriever import open_index
from retriever.index.publishing import roll_back
from tests.building import build_with
from tests.faults.asking import QUESTIONS, check
from tests.faults.conftest import times
from tests.faults.test_asking import write_corpus
from tests.hashing_encoder import HashingEncoder

THREADS = 4


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_generations_are_swapped_and_no_answer_mixes_two(
    tmp_path: Path, tell: Callable[[str], None]
) -> None:
    swaps, corpus, index = times(6, 50), tmp_path / "corpus", tmp_path / "index"
    write_corpus(corpus, 1)
    build_with(HashingEncoder(), corpus, index)
    opened = open_index(index, reader="none", load=lambda _: HashingEncoder())
    ended, asked, problems = threading.Event(), [0] * THREADS, list[str]()

    def ask(number: int) -> None:
        while not ended.is_set():
            _, wrong = check(opened, index, QUESTIONS[asked[number] % len(QUESTIONS)])
            problems.extend(wrong)
            asked[number] += 1

    threads = [threading.Thread(target=ask, args=[number]) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    try:
        for number in range(2, swaps + 2):
            write_corpus(corpus, number)
            assert build_with(HashingEncoder(), corpus, index).generation == number
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert problems == []
    assert min(asked) > 0
    roll_back(index)
    assert check(opened, index)[0] == swaps
    tell(f"generations swapped while {THREADS} asked: {swaps}, {sum(asked):,} answers, each whole")
