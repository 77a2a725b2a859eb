"""Whose index it is: signed by the account that built it, and by nobody who only has the index."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from retriever import open_index
from retriever.index.manifest import read_manifest
from retriever.index.ownership import is_signed_here, signature_of
from retriever.index.publishing import current_generation
from tests.building import HARBOUR, build_with, write_articles
from tests.hashing_encoder import HashingEncoder


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where this account keeps its key: nowhere yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def test_a_signature_is_of_one_corpus_and_one_account(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = signature_of("/articles")
    assert is_signed_here("/articles", signed)
    assert not is_signed_here("/home/ann/.ssh", signed)
    assert not is_signed_here("/articles", "")
    assert not is_signed_here("/articles", "é\ud800")
    key = state / "quotidian" / "builder.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert [path.name for path in key.parent.iterdir()] == ["builder.key"]
    monkeypatch.setenv("XDG_STATE_HOME", str(state.with_name("another account's")))
    assert not is_signed_here("/articles", signed)


@pytest.mark.parametrize("content", [b"", b"short"])
def test_without_a_key_nothing_is_signed_and_nothing_is_ours(state: Path, content: bytes) -> None:
    (state / "quotidian").mkdir(parents=True)
    (state / "quotidian" / "builder.key").write_bytes(content)
    assert signature_of("/articles") == ""
    assert not is_signed_here("/articles", "")


def test_a_home_that_cannot_be_written_to_stops_no_build(state: Path) -> None:
    state.write_text("a file")
    assert signature_of("/articles") == ""


def test_an_index_whose_corpus_somebody_changed_is_not_ours(state: Path, tmp_path: Path) -> None:
    corpus = write_articles(tmp_path / "corpus" / "a.jsonl", {"harbour": HARBOUR}).parent
    build_with(HashingEncoder(), corpus, tmp_path / "index")

    def is_ours() -> bool:
        opened = open_index(tmp_path / "index", reader="none", load=lambda _: HashingEncoder())
        return opened.is_corpus_known("seeds")

    assert is_ours()
    folder = current_generation(tmp_path / "index")
    made = read_manifest(folder)
    replace(made, corpus=str(state)).write(folder)
    assert not is_ours()
    replace(made, signature="").write(folder)
    assert not is_ours()
