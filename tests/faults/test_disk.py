"""Disks that are full, and folders that may not be written to."""

import gc
import os
import resource
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retriever import QuotidianError
from retriever.index.manifest import checksums
from tests.building import BRIDGE, HARBOUR, build_with, opened, write_articles
from tests.hashing_encoder import HashingEncoder

ROUNDS = 20
DISK = 4 << 20


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    articles = {f"article {n}": f"{HARBOUR} {BRIDGE} Number {n}." for n in range(60)}
    return write_articles(tmp_path / "corpus" / "articles.jsonl", articles).parent


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return a small disk of its own, in memory."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if not mounted or mounted.returncode:
        pytest.skip("mounting a small disk needs rights that this account does not have")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def change(corpus: Path, number: int) -> None:
    """Change every article, so that a build has everything to do."""
    articles = {f"article {n}": f"{BRIDGE} Round {number}, {n}." for n in range(60)}
    write_articles(corpus / "articles.jsonl", articles)


def refused(corpus: Path, index: Path) -> str | None:
    """Build; return the one line that says why it could not be done, or nothing."""
    try:
        build_with(HashingEncoder(), corpus, index)
    except QuotidianError as error:
        return str(error)
    return None


def staged(corpus: Path, index: Path) -> tuple[str | None, str]:
    """Build; return the line that refused it, if one did, and the stage that it was in."""
    stages = ["starting"]
    try:
        build_with(HashingEncoder(), corpus, index, progress=lambda step: stages.append(step.stage))
    except QuotidianError as error:
        return str(error), stages[-1]
    return None, stages[-1]


def room_needed(corpus: Path, folder: Path) -> int:
    """Return how many bytes a generation of this corpus takes on a disk."""
    build_with(HashingEncoder(), corpus, folder)
    files = [path for path in (folder / "generations").rglob("*") if path.is_file()]
    return sum(4096 * (path.stat().st_size // 4096 + 1) for path in files)


@pytest.mark.slow
def test_a_full_disk_at_any_stage_keeps_the_index_and_gives_its_space_back(
    disk: Path, corpus: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    index, stages = disk / "index", Counter[str]()
    build_with(HashingEncoder(), corpus, index)
    change(corpus, 0)
    needed = room_needed(corpus, tmp_path / "elsewhere")
    for number in range(ROUNDS):
        free = shutil.disk_usage(disk).free
        before = checksums(index)
        change(corpus, number)
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(free - needed * number // (ROUNDS + 2)))
        line, stage = staged(corpus, index)
        ballast.unlink()
        with opened(index) as generation:
            assert generation.store.article("article 1").text.startswith(HARBOUR)
        assert line, f"round {number} had room enough"
        assert f"cannot write the index in {index}" in line
        assert "\n" not in line
        stages[stage] += 1
        gc.collect()  # what the error's traceback still refers to
        assert before.items() <= checksums(index).items()
        assert shutil.disk_usage(disk).free >= free - 4 * 4096  # writer.lock and the like
    assert len(stages) >= 3
    assert refused(corpus, index) is None
    told = ", ".join(f"{count} while {stage}" for stage, count in stages.items())
    tell(f"writes that failed on a full disk: {ROUNDS} of {ROUNDS} ({told}), space given back")


@pytest.mark.parametrize("limit", [0, 100, 2_000, 8_000, 20_000, 40_000])
def test_a_file_that_may_not_grow_keeps_the_index(tmp_path: Path, corpus: Path, limit: int) -> None:
    """As a quota: needs no rights, and stops a different file at each limit."""
    index = tmp_path / "index"
    build_with(HashingEncoder(), corpus, index)
    change(corpus, limit)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        line = refused(corpus, index)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert line
    assert "cannot write the index in" in line
    assert "\n" not in line
    with opened(index) as generation:
        assert generation.manifest.generation == 1
    assert [path.name for path in (index / "generations").iterdir()] == ["000001"]


def test_a_read_only_disk_answers_and_refuses_to_build(disk: Path, corpus: Path) -> None:
    index = disk / "index"
    build_with(HashingEncoder(), corpus, index)
    change(corpus, 1)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    for folder in (index, disk / "new"):
        line = refused(corpus, folder)
        assert line
        assert f"cannot write the index in {folder}: Read-only file system" in line
    with opened(index) as generation:
        assert generation.store.article("article 1").text.startswith(HARBOUR)


@pytest.mark.skipif(os.geteuid() == 0, reason="to root every folder is writable")
def test_a_folder_without_permission_refuses_to_be_built_in(tmp_path: Path, corpus: Path) -> None:
    index = tmp_path / "index"
    build_with(HashingEncoder(), corpus, index)
    change(corpus, 1)
    index.chmod(0o555)
    try:
        line = refused(corpus, index)
    finally:
        index.chmod(0o755)
    assert line
    assert "Permission denied" in line
