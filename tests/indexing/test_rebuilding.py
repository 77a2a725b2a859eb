"""A rebuild costs what changed, and gives what a first build would."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from retriever import Article, BuildReport, Failure, IndexStaleError, build, open_index
from retriever.corpus import ReaderPool, SourceFile, read_source
from retriever.index.publishing import roll_back
from retriever.indexing import source_reader, word_index
from retriever.indexing.doctor import examine
from retriever.indexing.segmentation import IndexedPassage, segment_article
from retriever.text.lexicon import Lexicon
from retriever.text.terms import terms
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
def test_only_what_changed_in_a_large_or_moved_file_is_cut_again(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut: list[str] = []

    def cutting(article: Article, encoder: HashingEncoder) -> list[IndexedPassage]:
        cut.append(article.id)
        return segment_article(article, encoder)

    monkeypatch.setattr(source_reader, "segment_article", cutting)
    write_articles(
        corpus / "c.jsonl", {"long": LONG, "short": "Another line.", "new": f"{BRIDGE} So."}
    )
    (corpus / "a.jsonl").rename(corpus / "z.jsonl")
    titled = {"id": "bridge", "text": BRIDGE, "title": "Cracks in the bridge"}
    write_articles(corpus / "b.jsonl", [titled])
    build_with(hashing_encoder, corpus, index)
    assert cut == ["bridge", "short", "new"]
    assert_same_as_anew(corpus, index)


@pytest.mark.usefixtures("built")
def test_only_the_words_of_what_changed_are_counted(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []

    def counting(text: str, lexicon: Lexicon) -> list[str]:
        counted.append(text)
        return terms(text, lexicon)

    monkeypatch.setattr(word_index, "terms", counting)
    write_articles(corpus / "a.jsonl", {"harbour": BRIDGE, "again": HARBOUR})
    (corpus / "b.jsonl").rename(corpus / "z.jsonl")  # whose article now comes last
    build_with(hashing_encoder, corpus, index)
    # "again" has another id than the article of before, and all else of it.
    assert [text for text in counted if text] == [BRIDGE]
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
        expected = other.encode_document(texts)
        np.testing.assert_allclose(generation.vectors.matrix(), expected, atol=1e-6)


@pytest.mark.parametrize(
    ("where", "part"),
    [
        (["previous_generation.READING", "completing.READING"], "reading"),
        (["segmentation.RULES"], "splitting"),
        (["segmentation.TITLE_CHARACTERS"], "splitting"),
        (["word_index.WORDS"], "words"),
    ],
)
@pytest.mark.usefixtures("built")
def test_other_rules_redo_what_depends_on_them_and_say_why(
    corpus: Path,
    index: Path,
    hashing_encoder: HashingEncoder,
    monkeypatch: pytest.MonkeyPatch,
    where: list[str],
    part: str,
) -> None:
    for name in where:
        monkeypatch.setattr(f"retriever.indexing.{name}", 99)
    report = build_with(hashing_encoder, corpus, index)
    assert report.generation == 2
    assert [*report.redone] == [part]
    assert f"the rules of {part} are" in report.redone[part]
    with opened(index) as generation:
        assert generation.manifest.redone == report.redone
    assert hashing_encoder.read == 0  # the texts came out the same
    assert build_with(hashing_encoder, corpus, index).generation == 2


@pytest.mark.usefixtures("built")
def test_a_smaller_passage_cuts_all_articles_again_and_mixes_no_vectors(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retriever.indexing.segmentation.PASSAGE_TOKENS", 12)
    report = build_with(hashing_encoder, corpus, index)
    assert [*report.redone] == ["splitting"]
    assert_same_as_anew(corpus, index)
    check_vectors(index, HashingEncoder())


def check_vectors(index: Path, encoder: HashingEncoder) -> None:
    """Every vector is what this encoder gives for the passage's own words."""
    with opened(index) as generation:
        assert generation.manifest.fingerprint == encoder.fingerprint
        texts = [passage.text for passage in generation.store.passages()]
        expected = encoder.encode_document(texts)
        np.testing.assert_allclose(generation.vectors.matrix(), expected, atol=1e-6)


@pytest.mark.parametrize("window", [20, 41])
@pytest.mark.usefixtures("built")
def test_one_setting_of_the_encoder_encodes_everything_again(
    corpus: Path, index: Path, window: int
) -> None:
    other = HashingEncoder(window=window)
    report = build_with(other, corpus, index)
    assert (report.reused, report.generation) == (0, 2)
    assert [*report.redone] == ["encoding", "splitting"]
    assert "the encoder is hashing-, it was hashing (hashing-)" in report.redone["encoding"]
    check_vectors(index, other)


def test_a_build_that_does_everything_again_says_why(
    built: BuildReport, corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    assert built.redone == {}
    report = build_with(hashing_encoder, corpus, index, full=True)
    assert report.redone == {"everything": "it was asked for"}
    (index / "CURRENT").write_text("damaged")
    reason = build_with(hashing_encoder, corpus, index).redone["everything"]
    assert reason.startswith("what was there could not be used: ")


@pytest.mark.usefixtures("built")
def test_a_change_of_one_file_redoes_nothing(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    write_articles(corpus / "a.jsonl", {"harbour": BRIDGE})
    assert build_with(hashing_encoder, corpus, index).redone == {}


@pytest.mark.usefixtures("built")
def test_a_clock_set_back_hides_no_change(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_hour_ago = time.time_ns() - 3_600_000_000_000
    monkeypatch.setattr("time.time_ns", lambda: an_hour_ago)
    write_articles(corpus / "a.jsonl", {"harbour": HARBOUR.replace("Monday", "Friday")})
    os.utime(corpus / "a.jsonl", ns=(an_hour_ago, an_hour_ago))
    assert build_with(hashing_encoder, corpus, index).generation == 2
    assert "Friday" in articles(index)["harbour"].text
    before = (corpus / "a.jsonl").stat()
    write_articles(corpus / "a.jsonl", {"harbour": HARBOUR})
    os.utime(corpus / "a.jsonl", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert build_with(hashing_encoder, corpus, index).generation == 3
    assert articles(index)["harbour"].text == HARBOUR


@pytest.mark.usefixtures("built")
def test_a_file_that_failed_is_not_read_again_until_it_changes(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "broken.jsonl").write_text("{")
    (corpus / "odd.xyz").write_text("?")
    assert build_with(hashing_encoder, corpus, index).generation == 2
    read: list[str] = []

    def reading(source: SourceFile, readers: ReaderPool) -> Iterator[Article | Failure]:
        read.append(source.path)
        return read_source(source, readers)

    monkeypatch.setattr(source_reader, "read_source", reading)
    again = build_with(hashing_encoder, corpus, index)
    assert (read, again.generation, len(again.failed)) == ([], 2, 2)
    write_articles(corpus / "b.jsonl", {"bridge": HARBOUR})
    assert len(build_with(hashing_encoder, corpus, index).failed) == 2
    assert read == ["b.jsonl"]
    write_articles(corpus / "broken.jsonl", {"mended": HARBOUR})
    assert len(build_with(hashing_encoder, corpus, index).failed) == 1
    assert read == ["b.jsonl", "broken.jsonl"]


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


def test_one_setting_in_the_folder_of_a_model_mixes_no_vectors(
    corpus: Path, index: Path, tiny_model: Path, tmp_path: Path
) -> None:
    model = Path(shutil.copytree(tiny_model, tmp_path / "model"))
    build(corpus, index=index, encoder=str(model))
    settings = model / "sentence_bert_config.json"
    settings.write_text(settings.read_text().replace("32", "24"))
    with pytest.raises(IndexStaleError, match="was built with the encoder"):
        open_index(index).search("harbour")  # nor are questions compared with older vectors
    report = build(corpus, index=index, encoder=str(model))
    assert report.reused == 0
    assert [*report.redone] == ["encoding", "splitting"]
    assert examine(index) == []
    assert open_index(index).search("harbour")
