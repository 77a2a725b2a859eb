"""Readers that others made: question-answering models, cross-encoders, and what is neither."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from retriever import EncoderError, open_index
from retriever.reader.cross_encoder import CrossEncoderReader
from retriever.reader.protocol import ReadingWindow
from retriever.reader.question_answering import QuestionAnsweringReader
from retriever.reader.registry import load_reader
from retriever.reader.spans import best_span
from retriever.records import Filters, Span
from tests.conftest import ROOT
from tests.reader.tiny_readers import make_cross_encoder, make_distilled, make_question_answering

QUESTION = "who"
NOBODY = Filters(publisher="nobody")
WINDOWS = [
    ReadingWindow(heading="", passage="he and she"),
    ReadingWindow(heading="on ships", passage="the crane fell"),
    ReadingWindow(heading="", passage=""),
]
pytestmark = pytest.mark.model
every_kind = pytest.mark.parametrize(
    "make", [make_question_answering, make_distilled, make_cross_encoder]
)
pointing = pytest.mark.parametrize("make", [make_question_answering, make_distilled])


@pointing
def test_the_logits_are_those_of_transformers(make: Callable[[Path], Path], tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    folder = make(tmp_path / "model")
    reader = load_reader(str(folder))
    assert isinstance(reader, QuestionAnsweringReader)
    model = AutoModelForQuestionAnswering.from_pretrained(folder).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    windows = WINDOWS[:2]  # transformers takes a pair with nothing for one text
    for window, said in zip(windows, reader.read(QUESTION, windows), strict=True):
        text = f"{window.heading}\n{window.passage}" if window.heading else window.passage
        inputs = tokenizer(QUESTION, text, return_tensors="pt")
        if make is make_distilled:
            inputs.pop("token_type_ids", None)
        with torch.inference_mode():
            expected = model(**inputs)
        starts, ends = expected.start_logits[0].numpy(), expected.end_logits[0].numpy()
        count = len(said.starts)
        assert count == len(tokenizer(window.passage, add_special_tokens=False)["input_ids"])
        passage = slice(len(starts) - 1 - count, len(starts) - 1)
        np.testing.assert_allclose(said.starts, starts[passage], atol=1e-5)
        np.testing.assert_allclose(said.ends, ends[passage], atol=1e-5)
        assert (said.none_start, said.none_end) == pytest.approx((starts[0], ends[0]), abs=1e-5)


def test_relevance_is_how_far_the_best_span_stands_above_none(tmp_path: Path) -> None:
    reader = QuestionAnsweringReader(make_question_answering(tmp_path / "model"))
    for window, said in zip(WINDOWS, reader.read(QUESTION, WINDOWS), strict=True):
        best = best_span(said, Span(start=0, end=len(window.passage)))
        assert (best is None) == (not window.passage)
        assert best is None or said.relevance == best.score
    assert said.relevance < -10


def test_a_cross_encoder_tells_relevance_alone(tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder

    folder = make_cross_encoder(tmp_path / "model")
    reader = load_reader(str(folder))
    assert isinstance(reader, CrossEncoderReader)
    assert not reader.points
    said = reader.read(QUESTION, WINDOWS)
    texts = [(QUESTION, f"{one.heading}\n{one.passage}".strip()) for one in WINDOWS]
    expected = CrossEncoder(str(folder), device="cpu").predict(texts)  # a sigmoid's
    found = 1 / (1 + np.exp([-one.relevance for one in said]))
    np.testing.assert_allclose(found, expected, atol=1e-5)
    assert all(len(one.starts) == len(one.offsets) == 0 for one in said)


@every_kind
def test_any_of_them_answers(
    make: Callable[[Path], Path], seeds_index_folder: Path, tmp_path: Path
) -> None:
    index = open_index(seeds_index_folder, reader=str(make(tmp_path / "model")))
    answer = index.ask("Who did Andrey Rudenko meet in Beijing?")
    assert all(quote.article.text[quote.start : quote.end] == quote.text for quote in answer.quotes)
    hits = index.search("mutiny", k=3)
    assert len(hits) == 3
    assert all(hit.scores.reader is not None for hit in hits)


@every_kind
def test_a_filter_that_lets_nothing_through_is_an_answer(
    make: Callable[[Path], Path], seeds_index_folder: Path, tmp_path: Path
) -> None:
    index = open_index(seeds_index_folder, reader=str(make(tmp_path / "model")))
    assert index.search("mutiny", filters=NOBODY) == []
    assert index.ask("Who led the mutiny?", filters=NOBODY).quotes == ()


@every_kind
def test_no_windows_are_read_without_the_model(
    make: Callable[[Path], Path], tmp_path: Path
) -> None:
    folder = make(tmp_path / "model")
    (folder / "model.safetensors").unlink()
    reader = load_reader(str(folder))
    assert reader
    assert reader.read(QUESTION, []) == []


def test_what_a_cross_encoder_prefers_goes_first(seeds_index_folder: Path, tmp_path: Path) -> None:
    folder = make_cross_encoder(tmp_path / "model")
    question = "Who supports Russia?"
    plain = open_index(seeds_index_folder, reader="none").search(question, k=14)
    hits = open_index(seeds_index_folder, reader=str(folder)).search(question, k=14)
    assert {hit.passage.id for hit in plain} == {hit.passage.id for hit in hits}
    read = [hit.scores.reader for hit in hits if hit.scores.reader is not None]
    assert read == [hit.scores.reader for hit in hits][: len(read)]
    assert all(hit.scores.reader is None for hit in plain)


def test_the_bundled_reader_is_shared_and_none_is_none() -> None:
    assert load_reader() is load_reader("bundled") is not None
    assert load_reader("none") is None


@pytest.mark.parametrize(
    ("config", "complaint"),
    [
        ("{", "cannot read the reader's"),
        ("{}", "cannot read the reader's"),
        (json.dumps({"architectures": ["BertModel"]}), "holds no reader but BertModel"),
        (json.dumps({"architectures": None}), "holds no reader but nothing known"),
    ],
)
def test_what_is_no_reader_is_one_clear_line(tmp_path: Path, config: str, complaint: str) -> None:
    (tmp_path / "config.json").write_text(config, encoding="utf-8")
    with pytest.raises(EncoderError, match=complaint) as raised:
        load_reader(str(tmp_path))
    assert "\n" not in str(raised.value)


def test_a_name_that_the_hub_does_not_give_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(EncoderError, match=r"no reader 'nobody/nothing'.*use bundled or"):
        load_reader("nobody/nothing")


def test_a_model_that_was_fetched_in_part_is_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = make_cross_encoder(tmp_path / "part")
    (part / "model.safetensors").unlink()
    asked: list[bool] = []

    def hub_folder(_name: str, *, fetch: bool, **_words: str) -> Path:
        asked.append(fetch)
        return make_cross_encoder(tmp_path / "new") if fetch else part

    monkeypatch.setattr("retriever.reader.registry.hub_folder", hub_folder)
    reader = load_reader("someone/reader")
    assert asked == [False, True]
    assert reader
    assert len(reader.read(QUESTION, WINDOWS)) == len(WINDOWS)


@every_kind
@pytest.mark.parametrize("longest", [-1, 1, 6, 20])
def test_a_model_that_reads_too_little_is_one_clear_line(
    make: Callable[[Path], Path], longest: int, tmp_path: Path
) -> None:
    folder = make(tmp_path / "model")
    path = folder / "tokenizer_config.json"
    stated = json.loads(path.read_text("utf-8")) | {"model_max_length": longest}
    path.write_text(json.dumps(stated), encoding="utf-8")
    reader = load_reader(str(folder))
    assert reader
    for use in (lambda: reader.count_tokens(["who"]), lambda: reader.room(QUESTION, "")):
        with pytest.raises(EncoderError, match=r"too few for a question .*; name another model"):
            use()


@every_kind
@pytest.mark.parametrize("missing", ["model.safetensors", "tokenizer.json"])
def test_a_model_without_a_part_is_one_clear_line(
    make: Callable[[Path], Path], seeds_index_folder: Path, tmp_path: Path, missing: str
) -> None:
    folder = make(tmp_path / "model")
    (folder / missing).unlink()
    index = open_index(seeds_index_folder, reader=str(folder))
    with pytest.raises(EncoderError, match=r"name another|use a model that has one") as raised:
        index.search("mutiny")
    assert "\n" not in str(raised.value)


def _emptied(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"")


def _cut(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-1])


def _pickled(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(b"\x80\x02x")


def _of_more_words(folder: Path) -> None:
    """Give the tokenizer more words than the network has embeddings."""
    path = folder / "tokenizer.json"
    stated = json.loads(path.read_text("utf-8"))
    stated["model"]["vocab"]["who"] = 9999
    path.write_text(json.dumps(stated), encoding="utf-8")


def _set(**values: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / "config.json"
        path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | values), encoding="utf-8")

    return change


DAMAGE = {
    "emptied": _emptied,
    "cut": _cut,
    "pickled": _pickled,
    "more words": _of_more_words,
    "a list of types": _set(model_type=["x"]),
    "an unknown type": _set(model_type="x"),
    "no heads": _set(num_attention_heads=0, n_heads=0),
    "half a head": _set(num_attention_heads="half", n_heads="half"),
    "no number type": _set(dtype="x"),
    "padding elsewhere": _set(pad_token_id=9999),
}


@every_kind
@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_or_mismatched_model_is_one_clear_line(
    make: Callable[[Path], Path], damage: Callable[[Path], None], tmp_path: Path
) -> None:
    folder = make(tmp_path / "model")
    damage(folder)
    reader = load_reader(str(folder))
    assert reader
    with pytest.raises(EncoderError, match=r"cannot use the reader in .*; name another") as raised:
        reader.read(QUESTION, WINDOWS)
    assert "\n" not in str(raised.value)


@every_kind
def test_nothing_is_written_while_a_model_is_loaded(
    make: Callable[[Path], Path], tmp_path: Path
) -> None:
    folder = make(tmp_path / "model")
    code = (
        "import sys; from retriever.reader.protocol import ReadingWindow\n"
        "from retriever.reader.registry import load_reader\n"
        "load_reader(sys.argv[1]).read('who', [ReadingWindow(heading='', passage='She.')])\n"
    )
    command = [sys.executable, "-c", code, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
