"""A rebuild costs what changed, and gives what a first build would."""

import os
from pathlib import Path

import numpy as np
import pytest

from retriever import BuildReport
from retriever.index import drafting
from retriever.index.generations import roll_back
from tests.building import (
    BRIDGE,
    HARBOUR,
    LONG,
    articles,
    assert_same_as_anew,
    build_with,
    opened,
    write_articles,
)
from tests.hashing_encoder import HashingEncoder


def test_nothing_changed_keeps_the_generation(
    built: BuildReport, corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    again = build_with(hashing_encoder, corpus, index)
    assert (again.generation, again.embedded, again.reused) == (1, 0, built.passages)
    assert hashing_encoder.read == 0


@pytest.mark.usefixtures("built")
def test_a_file_merely_touched_changes_nothing(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    os.utime(corpus / "a.jsonl", (1, 1))
    assert build_with(hashing_encoder, corpus, index).generation == 1


@pytest.mark.usefixtures("built")
def test_a_change_that_keeps_size_and_time_is_seen(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    path = corpus / "a.jsonl"
    before = path.stat()
    path.write_text(path.read_text().replace("Monday", "Friday"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    report = build_with(hashing_encoder, corpus, index)
    assert report.generation == 2
    assert "Friday" in articles(index)["harbour"].text


@pytest.mark.usefixtures("built")
def test_a_changed_article_encodes_only_its_new_passages(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    changed = LONG.replace("Sentence number 39 ", "The last sentence ")
    write_articles(corpus / "c.jsonl", {"long": changed, "short": "One line only."})
    report = build_with(hashing_encoder, corpus, index)
    assert report.embedded == hashing_encoder.read == 1
    assert report.reused == report.passages - 1
    assert articles(index)["long"].text == changed
    assert_same_as_anew(corpus, index)


@pytest.mark.usefixtures("built")
def test_a_renamed_file_encodes_nothing(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    (corpus / "deeper").mkdir()
    (corpus / "b.jsonl").rename(corpus / "deeper" / "z.jsonl")
    report = build_with(hashing_encoder, corpus, index)
    assert (report.embedded, hashing_encoder.read, report.generation) == (0, 0, 2)
    assert articles(index)["bridge"].path == "deeper/z.jsonl"
    assert_same_as_anew(corpus, index)


@pytest.mark.usefixtures("built")
def test_a_removed_file_leaves_the_index(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    (corpus / "a.jsonl").unlink()
    report = build_with(hashing_encoder, corpus, index)
    assert (report.articles, hashing_encoder.read) == (3, 0)
    assert "harbour" not in articles(index)
    with opened(index) as generation:
        assert "crane" not in generation.lexical
    assert_same_as_anew(corpus, index)


@pytest.mark.usefixtures("built")
def test_a_new_file_is_added(corpus: Path, index: Path, hashing_encoder: HashingEncoder) -> None:
    write_articles(corpus / "aa.jsonl", {"new": "A whale was seen off Ostby."})
    assert build_with(hashing_encoder, corpus, index).embedded == 1
    assert_same_as_anew(corpus, index)


def test_full_reads_and_encodes_everything(
    built: BuildReport, corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    report = build_with(hashing_encoder, corpus, index, full=True)
    assert (report.embedded, report.generation) == (built.embedded, 2)
    assert hashing_encoder.read == built.embedded


@pytest.mark.usefixtures("built")
def test_another_encoder_never_mixes_its_vectors_with_the_old(corpus: Path, index: Path) -> None:
    other = HashingEncoder(name="other")
    report = build_with(other, corpus, index)
    assert (report.reused, report.generation) == (0, 2)
    with opened(index) as generation:
        assert generation.manifest.fingerprint == other.fingerprint
        texts = [passage.text for passage in generation.store.passages()]
        np.testing.assert_allclose(generation.vectors.matrix(), other.encode(texts), atol=1e-6)


@pytest.mark.parametrize("rules", ["READING", "SPLITTING"])
@pytest.mark.usefixtures("built")
def test_other_rules_of_reading_or_splitting_redo_what_depends_on_them(
    corpus: Path,
    index: Path,
    hashing_encoder: HashingEncoder,
    monkeypatch: pytest.MonkeyPatch,
    rules: str,
) -> None:
    monkeypatch.setattr(drafting, rules, 99)
    monkeypatch.setattr(f"retriever.index.building.{rules}", 99)
    assert build_with(hashing_encoder, corpus, index).generation == 2
    assert hashing_encoder.read == 0  # the texts came out the same
    assert build_with(hashing_encoder, corpus, index).generation == 2


def test_another_corpus_with_the_same_names_is_read(
    corpus: Path, index: Path, tmp_path: Path, hashing_encoder: HashingEncoder
) -> None:
    other = write_articles(tmp_path / "other" / "a.jsonl", {"harbour": HARBOUR[::-1]})
    write_articles(corpus / "a.jsonl", {"harbour": HARBOUR})
    for path in (corpus / "a.jsonl", other):
        os.utime(path, (1, 1))
    build_with(hashing_encoder, corpus, index)
    assert build_with(hashing_encoder, other.parent, index).articles == 1
    assert articles(index)["harbour"].text == HARBOUR[::-1]


@pytest.mark.usefixtures("built")
def test_after_a_rollback_the_next_build_catches_up(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    write_articles(corpus / "a.jsonl", {"harbour": BRIDGE})
    build_with(hashing_encoder, corpus, index)
    roll_back(index)
    assert articles(index)["harbour"].text == HARBOUR
    report = build_with(hashing_encoder, corpus, index)
    assert report.generation == 3
    assert articles(index)["harbour"].text == BRIDGE
