"""Threads and processes ask while builds publish: every answer comes from one generation, whole."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from retriever import build
from tests.building import write_articles
from tests.conftest import ROOT
from tests.faults.conftest import times

THREADS, PROCESSES = 8, 4
ARTICLES = 40


def write_corpus(corpus: Path, generation: int) -> None:
    """Write the articles of one generation; each names it."""
    articles = {
        f"{generation} {n}": f"The storm closed harbour {n}. This is number {generation}."
        for n in range(ARTICLES)
    }
    write_articles(corpus / "a.jsonl", articles)


@pytest.mark.alone
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_questions_during_rebuilds_neither_fail_nor_mix_generations(
    tmp_path: Path, tiny_model: Path, tell: Callable[[str], None]
) -> None:
    seconds, rebuilds = times(8, 60), times(4, 10)
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    write_corpus(corpus, 1)
    build(corpus, index=index, encoder=str(tiny_model))
    script = [sys.executable, "-m", "tests.faults.asking", str(index), str(seconds)]
    asking = [
        subprocess.Popen([*script, str(threads)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for threads in (THREADS, *[1] * PROCESSES)
    ]
    for process in asking:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for generation in range(2, rebuilds + 2):
        time.sleep(seconds / (rebuilds + 2))
        write_corpus(corpus, generation)
        assert build(corpus, index=index, encoder=str(tiny_model)).generation == generation
    seen = [json.loads(process.communicate()[0]) for process in asking]
    for found in seen:
        assert found["problems"] == []
        assert found["asked"] > seconds
        assert len(found["generations"]) > rebuilds / 2
        # A generation of this corpus takes 0.2 MB; the rest is what the interpreter keeps.
        assert found["late_mb"] - found["early_mb"] < 15
        assert found["late_files"] - found["early_files"] < 4
    grown = max(found["late_mb"] - found["early_mb"] for found in seen)
    tell(
        f"questions asked by {THREADS} threads and {PROCESSES} processes for {seconds} s while "
        f"{rebuilds} builds published: {sum(found['asked'] for found in seen)}, 0 errors, 0 mixed "
        f"or stale; memory of a process grew by {grown:.1f} MB at most, of {seen[0]['late_mb']:.0f}"
    )
