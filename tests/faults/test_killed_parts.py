"""A builder of parts that is killed, while it builds one or merges all: the next one goes on."""

import random
import subprocess
import sys
import time
from pathlib import Path

from retriever import IndexMissingError
from retriever.indexing.doctor import examine
from tests.building import BRIDGE, HARBOUR, LONG, build_with, contents, opened, write_articles
from tests.conftest import ROOT
from tests.faults.conftest import times
from tests.faults.part_builder import build_and_merge
from tests.hashing_encoder import HashingEncoder

# A round of three parts and a merge takes half a second.
LONGEST = 3.0


def test_killed_at_random_moments_of_parts_and_merges(tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    write_articles(corpus / "a.jsonl", {"harbour": HARBOUR, "long": LONG})
    write_articles(corpus / "b.jsonl", {"bridge": BRIDGE})
    chance = random.Random(3)
    for _ in range(times(3, full=60)):
        kill_after(chance.uniform(0, LONGEST), corpus, index)
        check_whole(index)
    build_and_merge(corpus, index, 3)
    build_with(HashingEncoder(), corpus, tmp_path / "anew")
    assert contents(index) == contents(tmp_path / "anew")
    assert examine(index, lambda _: HashingEncoder()) == []


def kill_after(seconds: float, corpus: Path, index: Path) -> None:
    command = [sys.executable, "-m", "tests.faults.part_builder", str(corpus), str(index), "3"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        time.sleep(seconds)
        process.kill()


def check_whole(index: Path) -> None:
    """Check that the index that is in use, if one is yet, opens and holds what it should."""
    try:
        with opened(index) as generation:
            assert generation.store.article("bridge").text == BRIDGE
            assert generation.store.article("long").text == LONG
    except IndexMissingError:
        assert not (index / "CURRENT").exists()
