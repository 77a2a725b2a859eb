"""Whatever a reader does, the other files are read; what is the machine's fault is tried again."""

import base64
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from retriever.corpus import ReaderPool, SourceFile, digest, read_source, reading, survey
from retriever.corpus.formats.endings import BY_ENDING
from retriever.records import Article, Failure
from tests.building import build_with
from tests.corpus.conftest import Read
from tests.hashing_encoder import HashingEncoder


@pytest.mark.parametrize(
    ("error", "passing"),
    [
        (ZeroDivisionError("by zero\nor so"), False),
        (KeyError("x"), False),
        (AssertionError(), False),
        (MemoryError(), True),
    ],
)
def test_a_reader_that_breaks_costs_its_file(
    read: Read,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    *,
    passing: bool,
) -> None:
    def broken(source: SourceFile) -> Iterator[Article | Failure]:
        if source.path == "b.txt":
            raise error
        yield from BY_ENDING[".txt"].read(source)

    monkeypatch.setattr(reading, "read_here", broken)
    items = read({"a.txt": "One.", "b.txt": "Two.", "c.txt": "Three."})
    assert [item.path for item in items] == ["a.txt", "b.txt", "c.txt"]
    failure = items[1]
    assert isinstance(failure, Failure)
    assert failure.passing is passing
    assert "\n" not in failure.reason
    assert passing or "b.txt broke" in caplog.text


def test_a_file_that_the_machine_could_not_read_is_read_by_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its stamp and its bytes are the same, and those of a file that is bad are not tried again."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("The harbour was closed.")
    (corpus / "b.txt").write_text("The bridge was open.")
    reads: list[str] = []
    own = reading.read_here

    def full(source: SourceFile) -> Iterator[Article | Failure]:
        reads.append(source.path)
        if source.path == "b.txt":
            yield reading.unreadable(source.path, OSError(errno.EMFILE, "Too many open files"))
        else:
            yield from own(source)

    with monkeypatch.context() as patched:
        patched.setattr(reading, "read_here", full)
        report = build_with(HashingEncoder(), corpus, tmp_path / "index")
        assert [failure.path for failure in report.failed] == ["b.txt"]
    report = build_with(HashingEncoder(), corpus, tmp_path / "index")
    assert (report.articles, report.failed) == (2, ())
    monkeypatch.setattr(reading, "read_here", never)
    assert build_with(HashingEncoder(), corpus, tmp_path / "index").articles == 2


CODED = base64.b64encode(bytes(range(256)) * 100).decode()
WRAPPED = base64.encodebytes(bytes(range(256)) * 100).decode()


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        (f"A title\n\n{CODED}", False),
        (f"A title\n\n{WRAPPED}", False),
        ("x" * 30_000, False),
        (f"See https://news.example/{'a' * 900} for more. It is long.", True),
        (f"See {CODED[:2_000]}", True),
        (f"{'The harbour was closed on Monday. ' * 300}\n\n{CODED}", True),
        ("港は月曜日に閉鎖された。" * 4_000, True),
        ("ท่าเรือปิด" * 4_000, True),
        ("The harbour was closed. " * 2_000, True),
    ],
)
def test_what_is_no_prose_is_left_out_with_a_reason(
    read: Read, text: str, *, is_read: bool
) -> None:
    failure, *_ = [*read({"a.txt": text, "b.txt": "The bridge was open."})]
    if is_read:
        assert isinstance(failure, Article)
    else:
        assert isinstance(failure, Failure)
        assert "characters of words that are none" in failure.reason


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="links are opened as what they lead to")
@pytest.mark.parametrize("name", ["a.txt", "a.txt.meta.toml", "a.html", "a.zip", "a.jsonl.gz"])
def test_a_file_that_becomes_a_link_after_it_was_found_is_not_followed(
    tmp_path: Path, readers: ReaderPool, name: str
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (tmp_path / "secret").write_text('title = "The secret"')
    (corpus / "a.txt").write_text("The harbour was closed.")
    (corpus / name).write_bytes(b"x")
    found = survey(corpus).sources
    (corpus / name).unlink()
    (corpus / name).symlink_to(tmp_path / "secret")
    items = [item for source in found for item in read_source(source, readers)]
    reasons = [item.reason for item in items if isinstance(item, Failure)]
    assert len(reasons) == 1
    assert "link" in reasons[0].lower() or "symbolic" in reasons[0]
    assert not any("secret" in str(item) for item in items if isinstance(item, Article))


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="links are opened as what they lead to")
@pytest.mark.parametrize("windows", [False, True])
@pytest.mark.parametrize("swapped", ["one", "one/two"])
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.zip", "a.jsonl"])
def test_nothing_is_read_in_a_folder_that_becomes_a_link_after_its_files_were_found(
    tmp_path: Path,
    readers: ReaderPool,
    monkeypatch: pytest.MonkeyPatch,
    *,
    name: str,
    swapped: str,
    windows: bool,
) -> None:
    """Also where a file cannot be opened from its folder, as on Windows."""
    corpus, outside = tmp_path / "corpus", tmp_path / "outside" / "two"
    (corpus / "one" / "two").mkdir(parents=True)
    outside.mkdir(parents=True)
    (corpus / "one" / "two" / name).write_text("The harbour was closed.")
    (outside / name).write_text("The secret.")
    (source,) = survey(corpus).sources
    (corpus / swapped).rename(corpus / "moved")
    (corpus / swapped).symlink_to(outside.parent if swapped == "one" else outside)
    if windows:
        monkeypatch.setattr(os, "supports_dir_fd", set())
    (failure,) = read_source(source, readers)
    assert isinstance(failure, Failure)
    assert "became a link" in failure.reason
    assert digest(source) == ""


def test_a_corpus_may_itself_be_a_link(tmp_path: Path, readers: ReaderPool) -> None:
    (tmp_path / "real" / "one").mkdir(parents=True)
    (tmp_path / "real" / "one" / "a.txt").write_text("The harbour was closed.")
    (tmp_path / "corpus").symlink_to(tmp_path / "real")
    (source,) = survey(tmp_path / "corpus").sources
    (article,) = read_source(source, readers)
    assert isinstance(article, Article)


def test_a_link_that_a_person_names_is_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("The harbour was closed.")
    (tmp_path / "named.txt").symlink_to(tmp_path / "real.txt")
    (source,) = survey(tmp_path / "named.txt").sources
    assert source.path == "named.txt"
    assert source.problem is None
    assert [item.text for item in reading.read_here(source) if isinstance(item, Article)]


def never(source: SourceFile) -> NoReturn:
    """Fail: nothing is to be read."""
    pytest.fail(f"{source.path} was read again")
