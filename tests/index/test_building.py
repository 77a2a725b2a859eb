"""Building and rebuilding: what is read, what is encoded, what stays, what is said."""

import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from retriever import Article, BuildReport, CorpusError, Progress
from retriever.index import drafting
from retriever.index.generations import current_generation, roll_back
from retriever.index.pieces import encoded_text, title_of
from retriever.index.sentences import quantised
from tests.building import BRIDGE, HARBOUR, build_with, opened, write_articles
from tests.hashing_encoder import HashingEncoder

LONG = " ".join(f"Sentence number {n} tells of ship {n} and its crew." for n in range(40))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a corpus of three files: two of one article each, one of two."""
    folder = tmp_path / "corpus"
    write_articles(folder / "a.jsonl", {"harbour": HARBOUR})
    write_articles(folder / "b.jsonl", {"bridge": BRIDGE})
    write_articles(folder / "c.jsonl", {"long": LONG, "short": "One line only."})
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def built(corpus: Path, index: Path, hashing_encoder: HashingEncoder) -> BuildReport:
    """Build the corpus for the first time, and forget how much was encoded for it."""
    report = build_with(hashing_encoder, corpus, index)
    hashing_encoder.read = 0
    return report


def articles(index: Path) -> dict[str, Article]:
    with opened(index) as generation:
        return {article.id: article for article in generation.store.articles()}


def contents(index: Path) -> Mapping[str, object]:
    """Return what an index holds, whichever way it was built."""
    with opened(index) as generation:
        store = generation.store
        return {
            "articles": [*store.articles()],
            "stated": [*store.articles_of("a.jsonl")],
            "passages": [*store.passages()],
            "keys": store.passage_keys(),
            "failures": sorted((f.path, f.reason) for f in store.failures()),
            "sentences": generation.sentences.table.tolist(),
            "codes": generation.sentences.all_codes().tolist(),
            "vectors": np.round(generation.vectors.matrix(), 5).tolist(),
            "titles": generation.titles.codes().tolist(),
        }


def assert_same_as_anew(corpus: Path, index: Path) -> None:
    """Check that an index brought up to date is the one a first build would make."""
    anew = index.with_name("anew")
    build_with(HashingEncoder(), corpus, anew, full=True)
    assert contents(index) == contents(anew)


def test_a_first_build_encodes_everything(built: BuildReport, index: Path) -> None:
    with opened(index) as generation:
        assert built.passages == len(generation.store) == len(generation.vectors) > 6
        assert generation.coverage.articles == built.articles == 4
        assert generation.manifest.generation == built.generation == 1
    assert (built.embedded, built.reused, built.failed) == (built.passages, 0, ())
    assert built.to_dict()["embedded"] == built.embedded


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


def test_a_failure_is_listed_until_its_file_changes(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    bad = corpus / "bad.jsonl"
    bad.write_text('{"id": "x"}\n{"id": "good", "text": "A good line."}\n', encoding="utf-8")
    first = build_with(hashing_encoder, corpus, index)
    assert [failure.path for failure in first.failed] == ["bad.jsonl"]
    again = build_with(hashing_encoder, corpus, index)
    assert (again.generation, again.failed) == (1, first.failed)
    (corpus / "a.jsonl").unlink()
    taken_over = build_with(hashing_encoder, corpus, index)
    assert (taken_over.generation, taken_over.failed) == (2, first.failed)
    assert_same_as_anew(corpus, index)
    bad.write_text('{"id": "good", "text": "A good line."}\n', encoding="utf-8")
    assert build_with(hashing_encoder, corpus, index).failed == ()


def test_a_file_that_can_be_read_at_last_is_read(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    (corpus / "later.pdf").write_bytes(b"%PDF")
    first = build_with(hashing_encoder, corpus, index)
    assert [failure.path for failure in first.failed] == ["later.pdf"]
    (corpus / "later.pdf").rename(corpus / "later.txt")
    (corpus / "later.txt").write_text("The text can be read now.", encoding="utf-8")
    report = build_with(hashing_encoder, corpus, index)
    assert (report.failed, report.articles) == ((), first.articles + 1)


def test_two_records_with_one_id_are_both_kept(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    write_articles(corpus / "d.jsonl", {"harbour": "Another harbour altogether."})
    build_with(hashing_encoder, corpus, index)
    found = articles(index)
    assert found["harbour"].text == HARBOUR
    assert found["harbour~2"].text == "Another harbour altogether."
    (corpus / "a.jsonl").unlink()  # now the name is free, as it would be in a first build
    build_with(hashing_encoder, corpus, index)
    assert_same_as_anew(corpus, index)
    assert articles(index)["harbour"].text == "Another harbour altogether."


def test_the_same_words_cut_otherwise_are_kept_apart(
    index: Path, tmp_path: Path, hashing_encoder: HashingEncoder
) -> None:
    """Sentences are cut by the rules of a language, so equal words may have unequal sentences."""
    text = "Er kam am 3. Mai nach Ostby. Sie kam am 4. Juni."
    records = [{"id": code, "text": text, "language": code} for code in ("de", "en", "de-AT")]
    corpus = write_articles(tmp_path / "c.jsonl", records)
    build_with(hashing_encoder, corpus, index)
    with opened(index) as generation:
        sentences = generation.sentences
        lengths = [len(sentences.rows(row)) for row in range(3)]
        assert lengths[0] == lengths[2] != lengths[1]
        for row, passage in enumerate(generation.store.passages()):
            words = [span.of(passage.article.text) for span in sentences.spans(row)]
            stored = sentences.all_codes()[list(sentences.rows(row))]
            np.testing.assert_array_equal(stored, quantised(hashing_encoder.encode(words)))


def test_equal_passages_are_encoded_once(
    index: Path, tmp_path: Path, hashing_encoder: HashingEncoder
) -> None:
    corpus = write_articles(tmp_path / "c.jsonl", {"a": HARBOUR, "b": HARBOUR, "c": BRIDGE})
    report = build_with(hashing_encoder, corpus, index)
    assert report.embedded < report.passages
    with opened(index) as generation:
        matrix, store = generation.vectors.matrix(), generation.store
        np.testing.assert_array_equal(
            matrix[list(store.passage_rows(0))], matrix[list(store.passage_rows(1))]
        )


def test_nothing_readable_is_one_clear_line_and_keeps_the_index(
    built: BuildReport, corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    for path in corpus.iterdir():
        path.write_text("{not JSON\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"no article could be read in .*: a\.jsonl: line 1"):
        build_with(hashing_encoder, corpus, index)
    assert current_generation(index).name == f"{built.generation:06d}"
    assert os.listdir(index / "generations") == ["000001"]  # noqa: PTH208  # names alone


def test_a_damaged_generation_is_made_anew(
    built: BuildReport, corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    (current_generation(index) / "vectors.faiss").write_bytes(b"damage")
    report = build_with(hashing_encoder, corpus, index)
    assert (report.embedded, report.generation) == (built.embedded, 2)
    assert_same_as_anew(corpus, index)


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


def test_progress_only_rises_and_ends_full(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    told: list[Progress] = []
    build_with(hashing_encoder, corpus, index, progress=told.append)
    stages = list(dict.fromkeys(step.stage for step in told))
    assert stages == ["reading", "embedding", "indexing words", "calibrating"]
    assert [step.stage for step in told] == sorted((step.stage for step in told), key=stages.index)
    for stage in stages:
        steps = [step for step in told if step.stage == stage]
        assert [step.done for step in steps] == sorted(step.done for step in steps)
        assert {step.total for step in steps} == {steps[-1].done}


def test_no_passage_outgrows_a_short_window(index: Path, tmp_path: Path) -> None:
    """Nor with a title that alone would fill it."""
    encoder = HashingEncoder(window=12)
    title = "A title of many many words that tells nearly the whole story of the harbour"
    corpus = write_articles(tmp_path / "c.jsonl", [{"id": "a", "title": title, "text": LONG}])
    build_with(encoder, corpus, index)
    with opened(index) as generation:
        for passage in generation.store.passages():
            shown = title_of(passage.article, encoder)
            assert shown == "A title of many"
            assert encoder.count_tokens([encoded_text(passage, shown)])[0] <= encoder.window
