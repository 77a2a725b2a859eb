"""Reading beside encoding: neither waits for the other without need, nor outlives it."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

import pytest

from retriever import Article, BuildCancelled, EncoderError, Failure, Progress
from retriever.corpus import ReaderPool, SourceFile, read_source, reader_pool
from retriever.encoders.protocol import Encoded
from retriever.index.manifest import checksums
from retriever.index.publishing import current_generation
from retriever.indexing import ingestion, source_reader
from retriever.indexing.embedding import ENCODED_AT_ONCE
from retriever.records import Span
from tests.building import build_with, write_articles
from tests.hashing_encoder import HashingEncoder

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
SOON = 30.0
FILES = 6
# Of one passage each: in every file enough for the encoder, and some more.
EACH = ENCODED_AT_ONCE + 10


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a corpus of several files, each with more passages than are encoded at once."""
    for name in range(FILES):
        texts = {f"{name} {n}": f"Ship {n} of line {name} has left." for n in range(EACH)}
        write_articles(tmp_path / "corpus" / f"{name}.jsonl", texts)
    return tmp_path / "corpus"


class Telling(HashingEncoder):
    """Tells when it has encoded for the first time, and what it was given at once."""

    def __init__(self) -> None:
        """Tell nothing yet."""
        super().__init__()
        self.encoded = threading.Event()
        self.portions: list[int] = []

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> Encoded:
        """Encode, and tell."""
        self.portions.append(len(texts))
        self.encoded.set()
        return super().encode_parts(texts, parts)


def pausing(before: list[str], pause: Callable[[], object]) -> Callable[..., Iterator[object]]:
    """Return a reader that does something before it reads one of these files."""

    def reading(source: SourceFile, readers: ReaderPool) -> Iterator[Article | Failure]:
        if source.path in before:
            pause()
        yield from read_source(source, readers)

    return reading


def nothing_is_left(index: Path) -> None:
    """Check that no thread and no file is left of a build."""
    no_thread_is_left()
    assert [*index.glob("generations/*")] == []


def no_thread_is_left() -> None:
    """Check that no thread is left of a build."""
    assert [one.name for one in threading.enumerate() if one.name.startswith("prefetch")] == []


def files(index: Path) -> dict[str, str]:
    """Return the checksums of what was made; the store also holds when the corpus was read."""
    found = checksums(current_generation(index))
    del found["articles.sqlite"]
    return found


def test_the_encoder_works_while_a_file_is_read(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second file is only read once something of the first is encoded."""
    encoder = Telling()

    def wait() -> None:
        assert encoder.encoded.wait(SOON), "the encoder waits for all files"

    monkeypatch.setattr(source_reader, "read_source", pausing(["1.jsonl"], wait))
    told: list[Progress] = []
    build_with(encoder, corpus, index, progress=told.append)
    reading = [step for step in told if step.stage == "reading"]
    assert reading[-1].encoded >= ENCODED_AT_ONCE
    assert (reading[-1].done, reading[-1].articles) == (FILES, FILES * EACH)
    assert next(step for step in told if step.stage == "embedding").done == reading[-1].encoded


def test_the_index_is_the_same_whoever_is_slower(
    corpus: Path, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what is encoded at once: the last bits of a vector depend on it."""
    slow_encoder, slow_reader = Telling(), Telling()
    build_with(slow_encoder, corpus, index)

    def wait() -> None:
        assert slow_reader.encoded.wait(SOON)
        slow_reader.encoded.clear()

    monkeypatch.setattr(source_reader, "read_source", pausing(["1.jsonl", "3.jsonl"], wait))
    build_with(slow_reader, corpus, tmp_path / "other")
    whole, rest = divmod(FILES * EACH, ENCODED_AT_ONCE)
    assert slow_encoder.portions == slow_reader.portions == [ENCODED_AT_ONCE] * whole + [rest]
    assert files(index) == files(tmp_path / "other")


def test_reading_waits_when_it_is_far_ahead(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingestion, "READ_AHEAD", 1)
    assert build_with(HashingEncoder(), corpus, index).articles == FILES * EACH


@pytest.mark.parametrize("error", [OSError("the folder is gone"), RuntimeError("a fault")])
def test_an_error_of_reading_reaches_the_caller_once(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(source_reader, "read_source", pausing(["3.jsonl"], fail))
    with pytest.raises(Exception, match=str(error)):
        build_with(HashingEncoder(), corpus, index)
    nothing_is_left(index)


@POSIX
def test_an_error_of_encoding_ends_reading(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(HashingEncoder):
        def encode_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> Encoded:
            assert hanging.is_read.wait(SOON)
            raise EncoderError(f"no {len(texts)} texts, no {len(parts)} parts")

    hanging = hang_at_last(corpus, monkeypatch)
    with pytest.raises(EncoderError, match="no 128 texts"):
        build_with(Failing(), corpus, index)
    assert hanging.has_ended()
    nothing_is_left(index)


@POSIX
def test_a_build_is_stopped_while_a_file_hangs(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = hang_at_last(corpus, monkeypatch)
    started = time.monotonic()

    def stop(step: Progress) -> None:
        if step.done == FILES and hanging.is_read.is_set():
            raise BuildCancelled("enough")

    with pytest.raises(BuildCancelled, match="enough"):
        build_with(HashingEncoder(), corpus, index, progress=stop)
    assert time.monotonic() - started < reader_pool.SECONDS_A_FILE / 2
    assert hanging.has_ended()
    no_thread_is_left()


class Hanging(reader_pool._Worker):
    """A process that reads nothing of what it is given."""

    def __init__(self) -> None:
        """Start it, and stop it at once."""
        super().__init__()
        self.is_read = threading.Event()
        os.kill(self._process.pid, signal.SIGSTOP)

    def read(self, source: SourceFile, seconds: float) -> Generator[Article | Failure, None, bool]:
        """Wait for what never comes."""
        self.is_read.set()
        return super().read(source, seconds)


def hang_at_last(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Hanging:
    """Let a last file hang in the only process that reads, which is returned."""
    (corpus / "z.md").write_text("It is never read.")
    hanging = Hanging()
    monkeypatch.setattr(reader_pool, "_Worker", lambda: hanging)
    return hanging
