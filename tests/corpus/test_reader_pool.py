"""Reading apart: what a reader does to its process costs its file only."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from retriever.corpus import SourceFile, find_sources, read_source
from retriever.corpus import reader_pool as apart
from retriever.corpus.messages import next_item, next_source, send_item, send_source
from retriever.corpus.reader_pool import read_apart
from retriever.records import Article, Failure

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


@pytest.fixture
def sources(tmp_path: Path) -> list[SourceFile]:
    """Return three Markdown files."""
    for name in "abc":
        (tmp_path / f"{name}.md").write_text(f"The text of {name}.")
    return find_sources(tmp_path)


@pytest.fixture(autouse=True)
def no_worker() -> Iterator[None]:
    """Start and end without a process apart."""
    apart._end_all()
    yield
    apart._end_all()


def test_one_process_serves_file_after_file(sources: list[SourceFile]) -> None:
    seen = set()
    for source in sources:
        (article,) = read_apart(source)
        assert isinstance(article, Article)
        seen.add(apart._idle[0]._process.pid)
    assert len(seen) == 1


def test_process_stays_however_large_the_one_that_started_it(sources: list[SourceFile]) -> None:
    ballast = bytearray(b"x" * 400_000_000)  # as much as an encoder takes
    seen = set()
    for source in sources:
        list(read_apart(source))
        seen.add(apart._idle[0]._process.pid)
    assert len(seen) == 1
    assert ballast


def test_reading_two_files_at_once(sources: list[SourceFile]) -> None:
    pairs = zip(read_apart(sources[0]), read_apart(sources[1]), strict=True)
    assert [(one.path, other.path) for one, other in pairs] == [("a.md", "b.md")]


def test_process_that_died_while_idle_is_replaced(sources: list[SourceFile]) -> None:
    list(read_apart(sources[0]))
    apart._idle[0]._process.kill()
    apart._idle[0]._process.wait()
    (article,) = read_apart(sources[1])
    assert isinstance(article, Article)


def test_abandoned_file_leaves_no_process(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"text": "One."}, {"text": "Two."}]')
    (source,) = find_sources(tmp_path)
    items = read_apart(source)
    next(items)
    items.close()  # type: ignore[attr-defined]  # it is a generator
    assert apart._idle == []


@POSIX
def test_reader_that_hangs_costs_its_file_only(
    sources: list[SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    list(read_apart(sources[0]))
    monkeypatch.setattr(apart, "SECONDS_A_FILE", 4.0)
    os.kill(apart._idle[0]._process.pid, signal.SIGSTOP)
    started = time.monotonic()
    items = [item for source in sources for item in read_source(source)]
    assert items[0] == Failure(path="a.md", reason="took longer than 4 s to read")
    assert [item.path for item in items if isinstance(item, Article)] == ["b.md", "c.md"]
    assert time.monotonic() - started < 30


@POSIX
def test_reader_that_crashes_costs_its_file_only(
    sources: list[SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    crash = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
    monkeypatch.setattr(apart, "_PROGRAM", crash + " # {path}")
    (failure,) = read_apart(sources[0])
    assert failure == Failure(path="a.md", reason="stopped its reader: SIGSEGV")
    monkeypatch.undo()
    (article,) = read_apart(sources[0])
    assert isinstance(article, Article)


def test_reader_that_raises_says_what(
    sources: list[SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_PROGRAM", "raise KeyError('colour') # {path}")
    (failure,) = read_apart(sources[0])
    assert failure == Failure(path="a.md", reason="stopped its reader: KeyError: 'colour'")


@POSIX
def test_reader_that_fills_memory_is_told_so(tmp_path: Path) -> None:
    # Every pair of brackets becomes an object of sixty bytes: a thousand million of them.
    (tmp_path / "a.json").write_bytes(b"[" + b"[]," * 30_000_000 + b"[]]")
    (source,) = find_sources(tmp_path)
    (failure,) = read_apart(source)
    assert isinstance(failure, Failure)
    assert "bytes of memory" in failure.reason


@pytest.mark.parametrize(
    "message",
    [
        b"no JSON",
        b"[]",
        b"7",
        b"{}",
        b'{"article": {}}',
        b'{"failure": {"path": 1, "reason": "r"}}',
        b"[" * 100_000,
        b"\x80\x04N.",
    ],
)
def test_what_is_no_article_is_not_taken_for_one(message: bytes) -> None:
    stream = io.BytesIO(len(message).to_bytes(8, "big") + message)
    assert next_item(stream) is None


def test_what_is_sent_arrives(sources: list[SourceFile]) -> None:
    items = [*read_source(sources[0]), Failure(path="a\udcff", reason="unreadable")]
    stream = io.BytesIO()
    for item in items:
        send_item(stream, item)
    send_source(stream, sources[0])
    stream.seek(0)
    assert [next_item(stream) for _ in items] == items
    assert next_source(stream) == sources[0]
    assert next_source(stream) is None


@POSIX
def test_process_goes_when_its_parent_is_killed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("The text.")
    program = (
        "import sys, time; from pathlib import Path\n"
        "from retriever.corpus import apart, find_sources, read_source\n"
        "[*read_source(find_sources(Path(sys.argv[1]))[0])]\n"
        "print(apart._idle[0]._process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.kill()
    for _ in range(100):
        if not Path(f"/proc/{worker}").exists() or "Z" in _state(worker):
            return
        time.sleep(0.1)
    pytest.fail(f"process {worker} is still there")


def _state(process: int) -> str:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
