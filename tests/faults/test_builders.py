"""Several builders of one index: one writes, the others are told who, and no lock stays behind."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from retriever.indexing.doctor import examine
from tests.building import BRIDGE, HARBOUR, articles, build_with, write_articles
from tests.conftest import ROOT
from tests.faults.conftest import times
from tests.hashing_encoder import HashingEncoder

BUILD = """
import sys, time
from pathlib import Path
from retriever import QuotidianError
from tests.building import build_with
from tests.hashing_encoder import HashingEncoder
pause = float(sys.argv[3])
def slowly(step):
    print(step.stage, flush=True)
    time.sleep(pause)
try:
    build_with(HashingEncoder(), Path(sys.argv[1]), Path(sys.argv[2]), full=True, progress=slowly)
    print("published", flush=True)
except QuotidianError as error:
    print(error, flush=True)
"""
# Starts a builder, says its process id, and waits for ever.
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", *sys.argv[1:]], stdout=subprocess.DEVNULL)
print(child.pid, flush=True)
time.sleep(600)
"""
SOON = 60.0


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "corpus" / "a.jsonl", {"harbour": HARBOUR}).parent


def start(corpus: Path, index: Path, *, pause: float = 0.0) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", BUILD, str(corpus), str(index), str(pause)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_builders_that_start_at_once_leave_one_sound_index(
    corpus: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    index, rounds = tmp_path / "index", times(2, 10)
    published = refused = 0
    for number in range(rounds):
        write_articles(corpus / "a.jsonl", {"harbour": f"{HARBOUR} Round {number}."})
        builders = [start(corpus, index, pause=0.05) for _ in range(3)]
        for builder in builders:
            last = builder.communicate()[0].splitlines()[-1]
            published += last == "published"
            refused += (
                re.match(r"process \d+ is building .*wait until it is done", last) is not None
            )
        assert articles(index)["harbour"].text.endswith(f"Round {number}.")
        assert examine(index, lambda _: HashingEncoder()) == []
    assert published + refused == 3 * rounds
    assert published >= rounds
    tell(
        f"three builders at once, {rounds} times: {published} published one after the other, "
        f"{refused} were told the process id of the one at work; index sound each time"
    )


def test_a_builder_whose_parent_died_finishes_and_lets_go(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    command = [sys.executable, "-c", PARENT, BUILD, str(corpus), str(index), "0.3"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        wait_until((index / "writer").exists)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    second = start(corpus, index).communicate()[0]
    assert f"process {child} is building {index}; wait until it is done" in second
    wait_until((index / "CURRENT").exists)
    wait_until(lambda: not (index / "writer").exists())
    assert articles(index)["harbour"].text == HARBOUR
    write_articles(corpus / "a.jsonl", {"harbour": BRIDGE})
    assert build_with(HashingEncoder(), corpus, index).generation == 2


def test_the_lock_of_a_dead_process_is_taken_over_whoever_has_its_number_now(
    corpus: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    builder = start(corpus, index, pause=600)
    assert builder.stdout
    assert builder.stdout.readline() == "reading\n"
    builder.kill()
    builder.communicate()
    left = [*(index / "generations").glob("building-*")]
    assert len(left) == 1
    # As if this living process had been given the dead one's number.
    (index / "writer").write_text(f"{os.getpid()}\n")
    assert build_with(HashingEncoder(), corpus, index).generation == 1
    assert not left[0].exists()
    assert not (index / "writer").exists()


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
