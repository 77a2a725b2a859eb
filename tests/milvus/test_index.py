"""An index in Milvus: the answers of one in a folder, generations, damage, and other folders."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from retriever import (
    BuildCancelled,
    BuildReport,
    Index,
    IndexStaleError,
    IndexUnusableError,
    Progress,
    open_index,
)
from retriever.index.location import locate
from retriever.index.milvus.address import parse_address
from retriever.index.milvus.connection import connection_to
from retriever.indexing.completing import STORING
from retriever.indexing.doctor import examine
from retriever.indexing.merging import merge_parts
from retriever.indexing.parts import parts_of
from retriever.indexing.pipeline import build_index
from retriever.indexing.sharding import Shard
from tests.building import job_of, write_articles
from tests.hashing_encoder import HashingEncoder

QUESTIONS = ("What happened to the crane?", "ship 7", "When did the bridge open?", "green")


def _build(corpus: Path, index: str, encoder: HashingEncoder | None = None) -> BuildReport:
    return build_index(job_of(corpus, index, encoder))


def _opened(index: str | Path) -> Index:
    return open_index(index, reader="none", load=lambda _: HashingEncoder())


def _collections(address: str) -> list[str]:
    parsed = parse_address(address)
    return sorted(
        name for name in connection_to(parsed).names() if name.startswith(f"{parsed.name}_")
    )


def _assert_same(one: Index, other: Index) -> None:
    for question in QUESTIONS:
        first, second = one.ask(question), other.ask(question)
        assert first.quotes == second.quotes
        assert first.closest == second.closest
        assert one.search(question) == other.search(question)
        for quote in (*first.quotes, *first.closest):
            assert quote.article.text[quote.start : quote.end] == quote.text


def test_it_answers_as_an_index_in_a_folder_does(
    corpus: Path, tmp_path: Path, address: str
) -> None:
    first = _build(corpus, address)
    local = _build(corpus, str(tmp_path / "local"))
    assert (first.articles, first.passages, first.embedded) == (
        local.articles,
        local.passages,
        local.embedded,
    )
    _assert_same(_opened(address), _opened(tmp_path / "local"))
    assert examine(address, lambda _: HashingEncoder()) == []


def test_an_open_index_changes_over_and_goes_back(corpus: Path, address: str) -> None:
    encoder = HashingEncoder()
    _build(corpus, address, encoder)
    index = _opened(address)
    encoder.read = 0
    assert _build(corpus, address, encoder).generation == 1
    assert encoder.read == 0
    write_articles(corpus / "d.jsonl", {"new": "A lighthouse was sold to a baker of Ostby."})
    (corpus / "a.jsonl").unlink()
    second = _build(corpus, address, encoder)
    assert (second.generation, second.embedded) == (2, 1)
    assert index.search("Who bought the lighthouse?")[0].passage.article.id == "new"
    assert "harbour" not in {article.id for article in index.articles()}
    assert len(_collections(address)) == 2
    locate(address).roll_back()
    assert "harbour" in {article.id for article in index.articles()}
    assert index.coverage.generation == 1
    assert _build(corpus, address, encoder).generation == 3
    assert [name[-1] for name in _collections(address)] == ["1", "3"]
    assert "harbour" not in {article.id for article in index.articles()}


def test_parts_are_merged_into_it(corpus: Path, tmp_path: Path, address: str) -> None:
    job = job_of(corpus, address)
    for number in (1, 2):
        build_index(replace(job, shard=Shard(number=number, count=2)))
    assert _collections(address) == []
    merge_parts(job, parts_of(address))
    _build(corpus, str(tmp_path / "local"))
    _assert_same(_opened(address), _opened(tmp_path / "local"))


def _replace(address: str, name: str) -> None:
    parsed = parse_address(address)
    connection_to(parsed).create(name, 16)
    connection_to(parsed).point(parsed.name, name)


def _overwrite(address: str, name: str) -> None:
    vectors = np.eye(4, 64, dtype=np.float32)
    connection_to(parse_address(address)).write(name, 0, vectors)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_replace, "has vectors of 16 numbers where 64 belong"),
        (_overwrite, "holds other vectors than the index"),
    ],
)
def test_a_damaged_collection_is_told_and_mended_without_encoding(
    corpus: Path, tmp_path: Path, address: str, harm: Callable[[str, str], None], said: str
) -> None:
    encoder = HashingEncoder()
    _build(corpus, address, encoder)
    harm(address, _collections(address)[0])
    with pytest.raises(IndexUnusableError, match=f"{said}; put it right, without encoding .*build"):
        _opened(address)
    assert said in examine(address, lambda _: HashingEncoder())[0].problem
    encoder.read = 0
    assert _build(corpus, address, encoder).generation == 2
    assert encoder.read == 0
    _build(corpus, str(tmp_path / "local"))
    _assert_same(_opened(address), _opened(tmp_path / "local"))


def test_a_server_that_lost_everything_is_filled_again_without_encoding(
    corpus: Path, tmp_path: Path, address: str
) -> None:
    encoder = HashingEncoder()
    _build(corpus, address, encoder)
    connection_to(parse_address(address)).drop(_collections(address)[0])
    with pytest.raises(IndexUnusableError, match="quotidian build"):
        _opened(address)
    encoder.read = 0
    assert _build(corpus, address, encoder).generation == 2
    assert encoder.read == 0
    _build(corpus, str(tmp_path / "local"))
    _assert_same(_opened(address), _opened(tmp_path / "local"))


def test_a_collection_that_goes_under_an_open_index_is_one_clear_line(
    corpus: Path, address: str
) -> None:
    _build(corpus, address)
    index = _opened(address)
    connection = connection_to(parse_address(address))
    name = _collections(address)[0]
    connection.create("other_place", 64)
    connection.point(parse_address(address).name, "other_place")
    connection.drop(name)
    with pytest.raises(IndexUnusableError, match="quotidian build") as told:
        index.ask(QUESTIONS[0])
    assert "\n" not in str(told.value)
    with pytest.raises(IndexUnusableError, match="is no index of this program; use another name"):
        _build(corpus, address)


def test_another_encoder_is_refused(corpus: Path, address: str) -> None:
    _build(corpus, address)
    other = open_index(address, reader="none", load=lambda _: HashingEncoder(name="another"))
    with pytest.raises(IndexStaleError, match="was built with the encoder"):
        other.search("bridge")
    report = _build(corpus, address, HashingEncoder(name="another"))
    assert (report.generation, report.embedded) == (2, report.passages)


def test_another_folder_is_refused_and_a_copy_is_not(
    corpus: Path, tmp_path: Path, address: str
) -> None:
    _build(corpus, address)
    own = parse_address(address).folder
    elsewhere = address.replace(f"folder={own}", f"folder={tmp_path / 'elsewhere'}")
    for use in (lambda: _opened(elsewhere), lambda: _build(corpus, elsewhere)):
        with pytest.raises(IndexUnusableError, match="share or copy the folder"):
            use()
    (tmp_path / "elsewhere").rename(tmp_path / "unused")
    (tmp_path / "elsewhere").symlink_to(own)
    assert _opened(elsewhere).search("bridge")


def test_who_asks_need_not_know_how_many_replicas_there_are(corpus: Path, address: str) -> None:
    _build(corpus, address)
    assert _opened(f"{address}&replicas=2").search("bridge")


def test_a_killed_builder_leaves_nothing_behind(corpus: Path, address: str) -> None:
    def stop(progress: Progress) -> None:
        if progress.stage == STORING and progress.done:
            raise BuildCancelled("stopped")

    with pytest.raises(BuildCancelled):
        build_index(replace(job_of(corpus, address), progress=stop))
    assert len(_collections(address)) == 1
    write_articles(corpus / "d.jsonl", {"new": "A lighthouse was sold to a baker of Ostby."})
    for generation in (1, 2):
        (corpus / "e.jsonl").write_text(f'{{"text": "Number {generation} of its kind."}}\n')
        assert _build(corpus, address).generation == generation
        assert len(_collections(address)) == generation


def test_no_index_is_told_with_the_command_that_makes_one(address: str) -> None:
    with pytest.raises(IndexUnusableError, match=r"no index in milvus.*build one with"):
        _opened(address)
