"""An index that is damaged, foreign or gone: one clear line, and whoever has it open goes on."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from retriever import (
    IndexDamagedError,
    IndexMissingError,
    IndexStaleError,
    build,
    open_index,
)
from retriever.index import publishing as generations
from retriever.index.manifest import Manifest, check_files, read_manifest
from retriever.index.publishing import current_generation
from tests.building import BRIDGE, HARBOUR, write_articles


def swap_in_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "truncated": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "emptied": lambda path: path.write_bytes(b""),
    "zeroed": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "a folder": swap_in_folder,
}


@pytest.fixture(scope="module")
def made(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("damage")
    write_articles(folder / "corpus" / "a.jsonl", {"harbour": HARBOUR, "bridge": BRIDGE})
    build(folder / "corpus", index=folder / "index", encoder=str(tiny_model))
    return folder / "index"


@pytest.fixture
def index(made: Path, tmp_path: Path) -> Path:
    """Return a copy of the index that a test may damage."""
    return Path(shutil.copytree(made, tmp_path / "index"))


@pytest.mark.parametrize("damage", DAMAGES)
def test_each_damaged_file_is_named_in_one_line(index: Path, damage: str) -> None:
    folder = current_generation(index)
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    for path in files:
        kept = path.read_bytes()
        DAMAGES[damage](path)
        with pytest.raises(IndexDamagedError) as raised:
            open_index(index)
        assert path.name in str(raised.value)
        assert "quotidian build" in str(raised.value)
        assert "\n" not in str(raised.value)
        if damage == "a folder":
            path.rmdir()
        path.write_bytes(kept)
    open_index(index)


def test_a_missing_index_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="build one with: quotidian build CORPUS --index"):
        open_index(tmp_path / "nowhere")


def test_an_index_of_another_encoder_is_refused_at_the_first_question(index: Path) -> None:
    folder = current_generation(index)
    replace(read_manifest(folder), fingerprint="f" * 32).write(folder)
    opened = open_index(index)  # cheap: the encoder is not looked at yet
    with pytest.raises(IndexStaleError, match="was built with the encoder") as raised:
        opened.ask("Where is the harbour?")
    assert str(raised.value).endswith("rebuild it with: quotidian build --full")


def test_an_open_index_goes_on_when_its_folder_vanishes(index: Path) -> None:
    opened = open_index(index)
    before = opened.search("storm harbour")
    shutil.rmtree(index)
    assert opened.search("storm harbour") == before
    assert opened.article("bridge").text == BRIDGE
    told = opened.ask("Is the harbour closed?").coverage.warning
    assert told == opened.coverage.warning
    assert told is not None
    assert told.startswith("still answering from generation 000001: no index in")


def test_an_open_index_goes_on_when_a_newer_generation_is_damaged(
    index: Path, tiny_model: Path, tmp_path: Path
) -> None:
    opened = open_index(index)
    corpus = write_articles(tmp_path / "corpus" / "a.jsonl", {"other": BRIDGE}).parent
    build(corpus, index=index, encoder=str(tiny_model))
    (current_generation(index) / "articles.sqlite").write_bytes(b"damage")
    assert opened.article("harbour").text == HARBOUR
    assert "000002/articles.sqlite" in str(opened.coverage.warning)
    assert "still answering" in str(opened.ask("Is it closed?").to_dict()["coverage"])
    build(corpus, index=index, encoder=str(tiny_model))  # mends it
    assert opened.coverage.warning is None
    assert [article.id for article in opened.articles()] == ["other"]


def test_a_damaged_generation_is_looked_at_once_and_again_later(
    index: Path, tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, checked = open_index(index), []

    def checking(folder: Path, manifest: Manifest, *, thorough: bool) -> None:
        checked.append(folder.name)
        check_files(folder, manifest, thorough=thorough)

    corpus = write_articles(tmp_path / "corpus" / "a.jsonl", {"other": BRIDGE}).parent
    build(corpus, index=index, encoder=str(tiny_model))
    damaged = current_generation(index) / "articles.sqlite"
    content = damaged.read_bytes()
    damaged.write_bytes(b"damage")
    monkeypatch.setattr("retriever.index.generation.check_files", checking)
    for _ in range(5):
        assert opened.article("harbour").text == HARBOUR
    assert checked == ["000002"]
    damaged.write_bytes(content)  # as a disk that was away for a moment
    monkeypatch.setattr("retriever.newest_generation.RETRIED_AFTER", 0.0)
    assert opened.article("other").text == BRIDGE


def test_an_index_is_opened_although_builds_replace_it_meanwhile(
    index: Path, tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = write_articles(tmp_path / "corpus" / "a.jsonl", {"other": BRIDGE}).parent
    opening = generations.current_generation

    def slowly(folder: Path) -> Path:
        found = opening(folder)
        monkeypatch.undo()
        for text in (HARBOUR, BRIDGE):  # the second throws away what is being opened
            write_articles(corpus / "a.jsonl", {"other": text})
            build(corpus, index=index, encoder=str(tiny_model))
        assert not found.exists()
        return found

    monkeypatch.setattr("retriever.index.publishing.current_generation", slowly)
    assert open_index(index).article("other").text == BRIDGE
