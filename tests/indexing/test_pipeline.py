"""A build: what is read, what is encoded, what is kept apart, what is said."""

import itertools
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from retriever import BuildCancelled, BuildReport, CorpusError, Progress, Stage
from retriever.index.publishing import current_generation
from retriever.index.quantization import quantised
from retriever.indexing.segmentation import encoded_text, title_of
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


def test_a_first_build_encodes_everything(built: BuildReport, index: Path) -> None:
    with opened(index) as generation:
        assert built.passages == len(generation.store) == len(generation.vectors) > 6
        assert generation.coverage.articles == built.articles == 4
        assert generation.manifest.generation == built.generation == 1
    assert (built.embedded, built.reused, built.failed) == (built.passages, 0, ())
    assert built.to_dict()["embedded"] == built.embedded


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
            stored = sentences.codes[list(sentences.rows(row))]
            np.testing.assert_array_equal(stored, quantised(hashing_encoder.encode_document(words)))


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
    (current_generation(index) / "vectors.npy").write_bytes(b"damage")
    report = build_with(hashing_encoder, corpus, index)
    assert (report.embedded, report.generation) == (built.embedded, 2)
    assert_same_as_anew(corpus, index)


def test_progress_only_rises_and_ends_full(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    told: list[Progress] = []
    build_with(hashing_encoder, corpus, index, progress=told.append)
    stages = [*dict.fromkeys(step.stage for step in told)]
    # No article of this corpus has a title, and none is like another.
    untold = {Stage.ENCODING_TITLES, Stage.COMPARING_TEXTS}
    assert stages == [stage for stage in Stage if stage not in untold]
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


def test_a_build_that_is_cancelled_at_any_stage_leaves_the_index_as_it_was(
    built: BuildReport, corpus: Path, index: Path
) -> None:
    told = [("harbour", BRIDGE), ("again", f"{BRIDGE} And so on.")]
    write_articles(
        corpus / "a.jsonl", [{"id": name, "title": "Storm", "text": text} for name, text in told]
    )
    stopped: set[str] = set()
    for count in itertools.count(1):
        try:
            build_with(HashingEncoder(), corpus, index, full=True, progress=_stopping(count))
        except BuildCancelled as cancelled:
            stopped.add(str(cancelled))
        else:
            break  # it was done before that
        with opened(index) as generation:
            assert generation.manifest.generation == built.generation
        # What was encoded is kept, see test_resuming.py.
        kept = [path for path in (index / "generations").iterdir() if path.name != "000001"]
        assert {path.suffix for folder in kept for path in folder.iterdir()} <= {".npy"}
    assert not (index / "checkpoints").exists()
    assert stopped == {*Stage}
    with opened(index) as generation:
        assert generation.manifest.generation == 2


def _stopping(count: int) -> Callable[[Progress], None]:
    left = iter(range(1, count))

    def stop(step: Progress) -> None:
        if next(left, None) is None:
            raise BuildCancelled(step.stage)

    return stop
