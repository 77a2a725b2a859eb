"""Reading apart: what a reader does to its process costs its file only."""

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from retriever.corpus import ReaderPool, SourceFile, read_source, reader_pool, survey
from retriever.corpus.messages import next_item, next_source, send_item, send_source
from retriever.records import Article, Failure

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


@pytest.fixture
def sources(tmp_path: Path) -> list[SourceFile]:
    """Return three Markdown files."""
    for name in "abc":
        (tmp_path / f"{name}.md").write_text(f"The text of {name}.")
    return survey(tmp_path).sources


@pytest.fixture
def readers() -> Iterator[ReaderPool]:
    """Return a pool of its own for a test."""
    with ReaderPool() as pool:
        yield pool


def idle_process(readers: ReaderPool) -> int:
    """Return the number of the only process that waits for a file."""
    (worker,) = readers._idle
    return worker._process.pid


def is_there(process: int) -> bool:
    """Tell whether a process is still at work."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_one_process_serves_file_after_file(sources: list[SourceFile], readers: ReaderPool) -> None:
    seen = set()
    for source in sources:
        (article,) = readers.read(source)
        assert isinstance(article, Article)
        seen.add(idle_process(readers))
    assert len(seen) == 1


def test_process_stays_however_large_the_one_that_started_it(
    sources: list[SourceFile], readers: ReaderPool
) -> None:
    ballast = bytearray(b"x" * 400_000_000)  # as much as an encoder takes
    seen = set()
    for source in sources:
        list(readers.read(source))
        seen.add(idle_process(readers))
    assert len(seen) == 1
    assert ballast


def test_reading_two_files_at_once(sources: list[SourceFile], readers: ReaderPool) -> None:
    pairs = zip(readers.read(sources[0]), readers.read(sources[1]), strict=True)
    assert [(one.path, other.path) for one, other in pairs] == [("a.md", "b.md")]


def test_process_that_died_while_idle_is_replaced(
    sources: list[SourceFile], readers: ReaderPool
) -> None:
    list(readers.read(sources[0]))
    readers._idle[0]._process.kill()
    readers._idle[0]._process.wait()
    (article,) = readers.read(sources[1])
    assert isinstance(article, Article)


@POSIX
def test_closed_pool_leaves_no_process(sources: list[SourceFile]) -> None:
    with ReaderPool() as readers:
        list(readers.read(sources[0]))
        process = idle_process(readers)
        assert is_there(process)
    assert not is_there(process)


def test_abandoned_file_leaves_no_process(tmp_path: Path, readers: ReaderPool) -> None:
    (tmp_path / "a.json").write_text('[{"text": "One."}, {"text": "Two."}]')
    (source,) = survey(tmp_path).sources
    items = readers.read(source)
    next(items)
    (worker,) = readers._busy
    items.close()  # type: ignore[attr-defined]  # it is a generator
    assert worker.has_ended()
    assert (readers._idle, readers._busy) == ([], set())


def test_articles_of_one_file_are_not_held_together(tmp_path: Path, readers: ReaderPool) -> None:
    records = [{"id": str(n), "text": "A word. " * 2000} for n in range(500)]
    (tmp_path / "a.json").write_text(json.dumps(records))
    (source,) = survey(tmp_path).sources
    tracemalloc.start()
    assert sum(1 for _ in readers.read(source)) == 500
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 500_000  # the file has 8 million bytes


@POSIX
def test_one_owner_cancels_its_own_reading_only(
    sources: list[SourceFile], readers: ReaderPool
) -> None:
    """Whatever thread reads: here the same one reads for both."""
    with ReaderPool() as other:
        list(readers.read(sources[0]))
        list(other.read(sources[0]))
        for pool in (readers, other):
            os.kill(idle_process(pool), signal.SIGSTOP)
        hanging = idle_process(other)
        threading.Timer(0.3, readers.cancel).start()
        (failure,) = readers.read(sources[1])
        assert failure == Failure(path="b.md", reason="stopped its reader: SIGKILL")
        os.kill(hanging, signal.SIGCONT)
        (article,) = other.read(sources[1])
        assert isinstance(article, Article)
        assert idle_process(other) == hanging


def test_nothing_is_read_once_that_is_cancelled(
    sources: list[SourceFile], readers: ReaderPool
) -> None:
    readers.cancel()
    (failure,) = readers.read(sources[0])
    assert isinstance(failure, Failure)
    assert "cancelled" in failure.reason
    assert readers._idle == []


@POSIX
def test_reader_that_hangs_costs_its_file_only(sources: list[SourceFile]) -> None:
    with ReaderPool(seconds_a_file=4.0) as readers:
        list(readers.read(sources[0]))
        os.kill(idle_process(readers), signal.SIGSTOP)
        started = time.monotonic()
        items = [item for source in sources for item in read_source(source, readers)]
    assert items[0] == Failure(path="a.md", reason="took longer than 4 s to read")
    assert [item.path for item in items if isinstance(item, Article)] == ["b.md", "c.md"]
    assert time.monotonic() - started < 30


@POSIX
def test_reader_that_crashes_costs_its_file_only(
    sources: list[SourceFile], readers: ReaderPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
    monkeypatch.setattr(reader_pool, "_PROGRAM", crash + " # {path}")
    (failure,) = readers.read(sources[0])
    assert failure == Failure(path="a.md", reason="stopped its reader: SIGSEGV")
    monkeypatch.undo()
    (article,) = readers.read(sources[0])
    assert isinstance(article, Article)


def test_reader_that_raises_says_what(
    sources: list[SourceFile], readers: ReaderPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_pool, "_PROGRAM", "raise KeyError('colour') # {path}")
    (failure,) = readers.read(sources[0])
    assert failure == Failure(path="a.md", reason="stopped its reader: KeyError: 'colour'")


@POSIX
def test_reader_that_fills_memory_is_told_so(tmp_path: Path, readers: ReaderPool) -> None:
    # Every pair of brackets becomes an object of sixty bytes: a thousand million of them.
    (tmp_path / "a.json").write_bytes(b"[" + b"[]," * 30_000_000 + b"[]]")
    (source,) = survey(tmp_path).sources
    (failure,) = readers.read(source)
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
    assert next_item(io.BytesIO(message + b"\n")) is None


def test_message_cut_short_is_none(sources: list[SourceFile]) -> None:
    stream = io.BytesIO()
    send_item(stream, Failure(path="a", reason="r"))
    send_source(stream, sources[0])
    whole = stream.getvalue()
    item, source = (line + b"\n" for line in whole.splitlines())
    for end in range(len(item)):
        assert next_item(io.BytesIO(item[:end])) is None
    for end in range(len(source)):
        assert next_source(io.BytesIO(source[:end])) is None


def test_what_is_sent_arrives(sources: list[SourceFile], readers: ReaderPool) -> None:
    items = [*read_source(sources[0], readers), Failure(path="a\udcff", reason="two\nlines")]
    stream = io.BytesIO()
    for item in items:
        send_item(stream, item)
    send_source(stream, sources[0])
    stream.seek(0)
    assert [next_item(stream) for _ in items] == items
    assert next_source(stream) == sources[0]
    assert next_source(stream) is None


_SCRIPT = """
import sys, time
from pathlib import Path
from retriever.corpus import ReaderPool, read_source, survey
readers = ReaderPool()
(source,) = survey(Path(sys.argv[1])).sources
(article,) = read_source(source, readers)
print(readers._idle[0]._process.pid, flush=True)
print(article.text, *sorted({"torch", "gradio"} & {*sys.modules}), flush=True)
time.sleep(float(sys.argv[2]))
"""


def run_script(tmp_path: Path, seconds: float) -> "subprocess.Popen[str]":
    """Start a script that reads a file without being guarded, and then sleeps."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.md").write_text("The text.")
    (tmp_path / "script.py").write_text(_SCRIPT)
    return subprocess.Popen(
        [sys.executable, tmp_path / "script.py", tmp_path / "corpus", str(seconds)],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_script_is_not_run_again_by_the_process_that_reads_for_it(tmp_path: Path) -> None:
    with run_script(tmp_path, 0) as script:
        output, _ = script.communicate()
    assert script.returncode == 0
    assert output.splitlines()[1:] == ["The text."]


@POSIX
def test_process_goes_when_its_parent_is_killed(tmp_path: Path) -> None:
    with run_script(tmp_path, 60) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.kill()
    for _ in range(100):
        if not is_there(worker):
            return
        time.sleep(0.1)
    pytest.fail(f"process {worker} is still there")
