"""The server killed in the middle of a build and of a question, and started again.

One clear line each time, within seconds; nothing is lost, and all goes on after the start.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import numpy as np
import pytest

from retriever import (
    IndexDamagedError,
    IndexUnusableError,
    Progress,
    QuotidianError,
    open_index,
)
from retriever.errors import IndexUnreachableError
from retriever.index.milvus import connection, vectors
from retriever.indexing.completing import STORING
from retriever.indexing.pipeline import build_index
from retriever.records.arrays import FloatVector, RowNumbers
from tests.building import LONG, job_of, write_articles
from tests.hashing_encoder import HashingEncoder
from tests.milvus.conftest import ENGINES
from tests.milvus.server import MilvusServer

pytestmark = [
    pytest.mark.skipif("server" not in ENGINES, reason="needs the real server"),
    pytest.mark.timeout(900),
]
QUESTION = "What tells of ship 7?"
# Seconds that a question may wait for a server that is gone.
PATIENCE = connection.ASKING + connection.CONNECTING + 5
# Seconds in which a server that was killed must be searchable again; on a quiet machine, 48.
BACK = 240.0

T = TypeVar("T")


@pytest.fixture
def running(server: MilvusServer) -> Iterator[MilvusServer]:
    """Return the server, empty; have it running again afterwards, whatever became of it."""
    server.start()
    server.clear()
    yield server
    server.start()


@pytest.fixture
def address(running: MilvusServer, tmp_path: Path) -> str:
    name = f"test_{uuid4().hex[:12]}"
    return f"{running.address(name)}?folder={tmp_path / 'index'}"


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    """Return a corpus of a hundred stories: four thousand vectors of passages and more."""
    return write_articles(
        tmp_path / "stories.jsonl",
        {f"story-{n}": f"Story {n}. {LONG.replace('ship', f'ship {n}')}" for n in range(100)},
    )


def _patiently(use: Callable[[], T]) -> T:
    """Try until a server that has just started answers."""
    end = time.monotonic() + BACK
    while True:
        try:
            return use()
        except (IndexUnreachableError, IndexDamagedError):
            if time.monotonic() > end:
                raise
            time.sleep(2)


def _assert_one_clear_line(error: QuotidianError) -> None:
    line = str(error)
    assert "\n" not in line
    assert "does not answer" in line
    assert "try again" in line
    assert "Traceback" not in line


@pytest.mark.parametrize("again", [1, 2])
def test_killed_while_a_build_stores_its_vectors(
    running: MilvusServer, stories: Path, address: str, monkeypatch: pytest.MonkeyPatch, again: int
) -> None:
    monkeypatch.setattr(vectors, "WAITED", 1.0)

    def kill(progress: Progress) -> None:
        if progress.stage == STORING:
            running.kill()

    encoder = HashingEncoder()
    job = job_of(stories, address, encoder)
    read = 0
    for _ in range(again):
        with pytest.raises(IndexUnreachableError) as told:
            build_index(replace(job, progress=kill))
        _assert_one_clear_line(told.value)
        read, encoder.read = encoder.read, 0
        running.start()
    assert (read > 0) == (again == 1)
    monkeypatch.undo()
    report = build_index(job)
    assert encoder.read == 0
    assert report.reused == report.passages
    index = open_index(address, reader="none", load=lambda _: HashingEncoder())
    assert index.search(QUESTION)


def test_started_again_while_a_build_stores_its_vectors(
    running: MilvusServer, stories: Path, address: str
) -> None:
    restarted = False

    def restart(progress: Progress) -> None:
        nonlocal restarted
        if progress.stage == STORING and not restarted:
            restarted = True
            running.kill()
            running.start()

    report = build_index(replace(job_of(stories, address, HashingEncoder()), progress=restart))
    assert restarted
    assert report.generation == 1
    index = open_index(address, reader="none", load=lambda _: HashingEncoder())
    assert index.search(QUESTION)


def test_killed_while_a_newer_generation_is_built(
    running: MilvusServer,
    stories: Path,
    tmp_path: Path,
    address: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vectors, "WAITED", 1.0)

    def kill(progress: Progress) -> None:
        if progress.stage == STORING:
            running.kill()

    encoder = HashingEncoder()
    job = job_of(stories, address, encoder)
    build_index(job)
    index = open_index(address, reader="none", load=lambda _: HashingEncoder())
    before = index.search(QUESTION)
    with stories.open("a") as file:
        file.write('{"id": "new", "text": "A lighthouse was sold to a baker of Ostby."}\n')
    with pytest.raises(IndexUnreachableError):
        build_index(replace(job, progress=kill))
    running.start()
    assert _patiently(lambda: index.search(QUESTION)) == before
    encoder.read = 0
    assert build_index(job).generation == 3
    assert encoder.read == 0
    assert index.search("lighthouse")[0].passage.article.id == "new"
    kept = sorted(path.name for path in (tmp_path / "index" / "generations").iterdir())
    assert kept == ["000001", "000003"]


def test_killed_between_two_questions_and_during_one(
    running: MilvusServer, stories: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(job_of(stories, address, HashingEncoder()))
    index = open_index(address, reader="none", load=lambda _: HashingEncoder())
    before, article = index.search(QUESTION), index.article("story-7")
    held = index._current().generation.vectors
    search = held.search

    def kill_first(
        query: FloatVector, *, k: int, rows: RowNumbers | None = None
    ) -> tuple[RowNumbers, FloatVector]:
        running.kill()
        return search(query, k=k, rows=rows)

    monkeypatch.setattr(held, "search", kill_first)
    for _ in range(2):  # during a question, then before one
        started = time.monotonic()
        with pytest.raises(IndexUnreachableError) as told:
            index.ask(QUESTION)
        _assert_one_clear_line(told.value)
        assert time.monotonic() - started < PATIENCE
        monkeypatch.undo()
    assert index.article("story-7") == article
    assert "still answering from generation 000001" in (index.coverage.warning or "")
    with pytest.raises(IndexUnusableError, match="does not answer"):
        open_index(address, reader="none", load=lambda _: HashingEncoder())
    running.start()
    assert _patiently(lambda: index.search(QUESTION)) == before
    assert index.coverage.warning is None


def test_killed_right_after_an_index_was_published(
    running: MilvusServer, stories: Path, tmp_path: Path, address: str
) -> None:
    build_index(job_of(stories, address, HashingEncoder()))
    running.kill()
    running.start()
    index = _patiently(lambda: open_index(address, reader="none", load=lambda _: HashingEncoder()))
    build_index(job_of(stories, str(tmp_path / "local"), HashingEncoder()))
    local = open_index(tmp_path / "local", reader="none", load=lambda _: HashingEncoder())
    for number in np.random.default_rng(1).integers(0, 100, size=20).tolist():
        assert index.search(f"story {number}") == local.search(f"story {number}")
