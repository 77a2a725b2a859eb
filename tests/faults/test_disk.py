"""Disks that are full, and folders that may not be written to."""

import gc
import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from retriever import QuotidianError
from retriever.index.manifest import checksums
from tests.building import BRIDGE, HARBOUR, build_with, opened, write_articles
from tests.hashing_encoder import HashingEncoder

ROUNDS = 20
DISK = 4 << 20
# The rounds end with this much room, which is plenty: an index of this corpus takes 250 kB.
MOST_ROOM = 600_000


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


@pytest.mark.slow
def test_a_full_disk_at_any_stage_keeps_the_index_and_gives_its_space_back(
    disk: Path, corpus: Path
) -> None:
    index, lines = disk / "index", []
    build_with(HashingEncoder(), corpus, index)
    for number in range(ROUNDS):
        free = shutil.disk_usage(disk).free
        before = checksums(index)
        change(corpus, number)
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(free - MOST_ROOM * number // ROUNDS))
        line = refused(corpus, index)
        ballast.unlink()
        with opened(index) as generation:
            assert generation.store.count_articles() == 60
        if line:
            lines.append(line)
            gc.collect()  # what the error's traceback still refers to
            assert before.items() <= checksums(index).items()
            assert shutil.disk_usage(disk).free >= free - 4 * 4096  # writer.lock and the like
    assert len(lines) >= 5
    for line in lines:
        assert f"cannot write the index in {index}" in line
        assert "\n" not in line
    assert refused(corpus, index) is None


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
