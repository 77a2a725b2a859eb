"""Watching a folder: real files, real events."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread, Timer
from typing import Any

import pytest
from watchfiles import watch
from watchfiles.main import FileChange

from retriever import BuildReport, CorpusError, IndexBusyError
from retriever.watching import Outcome, follow
from tests.building import BRIDGE, HARBOUR, articles, build_with, write_articles
from tests.conftest import ROOT
from tests.hashing_encoder import HashingEncoder

SETTLED = 0.2
# Long for a loaded machine; what is waited for comes within a second.
SOON = 30.0
QUIET = 1.0


class Follower:
    """Outcomes of a folder that is being followed, as they come."""

    def __init__(self, outcomes: "Queue[Outcome]") -> None:
        """Take them from a queue."""
        self._outcomes = outcomes

    def next(self) -> Outcome:
        """Wait for the next outcome."""
        return self._outcomes.get(timeout=SOON)

    def report(self) -> BuildReport:
        """Wait for the next outcome, which must be a build's report."""
        outcome = self.next()
        assert isinstance(outcome, BuildReport), outcome
        return outcome

    def assert_quiet(self) -> None:
        """Check that nothing comes for a while."""
        with pytest.raises(Empty):
            self._outcomes.get(timeout=QUIET)


@contextmanager
def following(
    corpus: Path, index: Path, build: Callable[[], BuildReport], *, poll: bool = False
) -> Iterator[Follower]:
    outcomes: Queue[Outcome] = Queue()
    stop = Event()

    def run() -> None:
        for outcome in follow(corpus, index, build, settled=SETTLED, poll=poll, stop=stop):
            outcomes.put(outcome)

    thread = Thread(target=run)
    thread.start()
    try:
        yield Follower(outcomes)
    finally:
        stop.set()
        thread.join(SOON)
        assert not thread.is_alive()


@pytest.fixture(autouse=True)
def look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retriever.watching.LOOKED_AFTER", 0.3)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "corpus" / "a.jsonl", {"harbour": HARBOUR}).parent


def builder(corpus: Path, index: Path) -> Callable[[], BuildReport]:
    return lambda: build_with(HashingEncoder(), corpus, index)


@pytest.mark.parametrize("poll", [False, True])
def test_each_change_is_in_the_index_soon(corpus: Path, poll: bool) -> None:  # noqa: FBT001
    index = corpus / "index"  # inside, and not hidden: its own changes must not count
    with following(corpus, index, builder(corpus, index), poll=poll) as follower:
        assert follower.report().generation == 1
        write_articles(corpus / "deep" / "b.jsonl", {"bridge": BRIDGE})
        assert follower.report().articles == 2
        (corpus / "a.jsonl").rename(corpus / "c.jsonl")
        assert follower.report().embedded == 0
        (corpus / "c.jsonl").unlink()
        assert follower.report().articles == 1
        (corpus / ".hidden").write_text("nothing to read")
        follower.assert_quiet()
    assert articles(index).keys() == {"bridge"}


@pytest.mark.alone
def test_a_folder_in_motion_is_read_once_it_is_still(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    with following(corpus, index, builder(corpus, index)) as follower:
        follower.report()
        for number in range(20):
            write_articles(corpus / f"{number}.jsonl", {f"n{number}": BRIDGE})
            time.sleep(SETTLED / 10)
        assert follower.report().articles == 21
        follower.assert_quiet()


def test_a_change_during_a_build_is_taken_up_by_the_next(corpus: Path, tmp_path: Path) -> None:
    index, running = tmp_path / "index", [0]
    builds: list[BuildReport] = []

    def build() -> BuildReport:
        assert not running[0]  # one at a time
        running[0] += 1
        report = build_with(HashingEncoder(), corpus, index)
        if not builds:
            write_articles(corpus / "late.jsonl", {"late": BRIDGE})
            time.sleep(3 * SETTLED)
        builds.append(report)
        running[0] -= 1
        return report

    with following(corpus, index, build) as follower:
        assert follower.report().articles == 1
        assert follower.report().articles == 2


def test_a_single_file_is_followed_with_its_sidecar(tmp_path: Path) -> None:
    story, index = tmp_path / "story.txt", tmp_path / "index"
    story.write_text(HARBOUR)
    with following(story, index, builder(story, index)) as follower:
        follower.report()
        (tmp_path / "other.txt").write_text(BRIDGE)
        follower.assert_quiet()
        (tmp_path / "story.txt.meta.toml").write_text('title = "Storm"')
        assert follower.report().generation == 2
        story.write_text(BRIDGE)
        assert follower.report().generation == 3
    assert articles(index)["story.txt"].title == "Storm"


def test_errors_are_told_and_watching_goes_on(corpus: Path, tmp_path: Path) -> None:
    index, away = tmp_path / "index", tmp_path / "away"
    with following(corpus, index, builder(corpus, index)) as follower:
        follower.report()
        (corpus / "a.jsonl").unlink()
        assert "no article files in" in str(follower.next())
        corpus.rename(away)
        assert "is gone; the index stays as it is until it is back" in str(follower.next())
        write_articles(away / "b.jsonl", {"bridge": BRIDGE})
        shutil.copytree(away, corpus)
        assert follower.report().articles == 1
        write_articles(corpus / "c.jsonl", {"harbour": HARBOUR})
        assert follower.report().articles == 2


def test_while_another_builds_it_is_tried_again(corpus: Path, tmp_path: Path) -> None:
    index, left = tmp_path / "index", iter(range(2))

    def build() -> BuildReport:
        if next(left, None) is not None:
            raise IndexBusyError("process 1 is building")
        return build_with(HashingEncoder(), corpus, index)

    with following(corpus, index, build) as follower:
        assert [type(follower.next()) for _ in range(3)] == [
            IndexBusyError,
            IndexBusyError,
            BuildReport,
        ]
        follower.assert_quiet()


def test_a_missing_folder_is_refused_at_once(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    with pytest.raises(CorpusError, match="no such file or folder"):
        next(follow(gone, tmp_path / "index", builder(gone, tmp_path / "index")))


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_the_command_says_what_it_did_and_ends_with_ctrl_c(
    corpus: Path, tmp_path: Path, tiny_model: Path, end: signal.Signals
) -> None:
    command = [sys.executable, "-m", "retriever.cli", "watch", str(corpus)]
    with subprocess.Popen(
        [*command, "--index", str(tmp_path / "index")],
        env={"PATH": "", "QUOTIDIAN_ENCODER": str(tiny_model)},
        cwd=ROOT,
        # What runs in the background of a shell ignores Ctrl-C, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert "1 articles, " in process.stdout.readline()
        assert "generation 1 is in use in" in process.stdout.readline()
        assert "not calibrated" in process.stdout.readline()  # a tiny encoder, a tiny corpus
        write_articles(corpus / "b.jsonl", {"bridge": BRIDGE})
        assert "2 articles, " in process.stdout.readline()
        process.send_signal(end)
        watchdog = Timer(SOON, process.kill)
        watchdog.start()
        _, said = process.communicate()
        watchdog.cancel()
    assert process.returncode == 0
    assert said.splitlines()[-1] == f"no longer watching {corpus}"
    assert "Traceback" not in said


def test_a_folder_that_sends_no_events_is_looked_at(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the system's watches are used up, which notify says by an error of its own."""
    index, by_looking = tmp_path / "index", []

    def refusing(root: Path, **options: Any) -> Iterator[set[FileChange]]:
        by_looking.append(options["force_polling"])
        if not options["force_polling"]:
            raise OSError(28, "OS file watch limit reached")
        return watch(root, **options)

    monkeypatch.setattr("retriever.watching.watch", refusing)
    with following(corpus, index, builder(corpus, index)) as follower:
        assert follower.report().articles == 1
        write_articles(corpus / "b.jsonl", {"bridge": BRIDGE})
        assert follower.report().articles == 2
    assert by_looking == [None, True]
