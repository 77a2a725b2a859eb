"""Questions and documents: each with its own prompt, as sentence-transformers chooses them."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from retriever import build, open_index
from retriever.encoders.prompts import NO_PROMPTS, Prompts, read_prompts
from retriever.encoders.registry import load_encoder
from retriever.encoders.runtimes.numpy_bert import load_numpy_bert
from retriever.encoders.runtimes.openvino_bert import load_openvino_bert
from retriever.encoders.tokenizer import TextTokenizer
from retriever.errors import EncoderError
from retriever.records import Span
from tests.encoders.test_runtimes import (
    PARTS,
    REFERENCE,
    TEXTS,
    TOLERANCE,
    change,
    every_runtime,
    only,
    require_same,
)
from tests.encoders.tiny_model import DIMENSION, add_dense, make_model

SETTINGS = "config_sentence_transformers.json"
PROMPTS = {"query": "the crane said ", "document": "in the harbour "}
POOLING = "1_Pooling/config.json"
FIRST: dict[str, object] = {"pooling_mode_mean_tokens": False, "pooling_mode_cls_token": True}
# What follows the network, in the manner of models that are around: E5, INSTRUCTOR, BGE, ...
HEADS: dict[str, dict[str, object]] = {
    "mean": {},
    "mean, as releases from 6 on write it": {
        "pooling_mode_mean_tokens": None,
        "pooling_mode": "mean",
        "include_prompt": True,
    },
    "mean without the prompt": {"include_prompt": False},
    "first token": FIRST,
    "first token after the prompt": FIRST | {"include_prompt": False},
}


@pytest.fixture
def prompted(tiny_model: Path, tmp_path: Path) -> Path:
    """Return a model that wants a prompt before questions and another before documents."""
    folder = shutil.copytree(tiny_model, tmp_path / "prompted")
    change(folder, SETTINGS, prompts=PROMPTS)
    return folder


@pytest.mark.parametrize(
    ("stated", "prompts"),
    [
        ({}, NO_PROMPTS),
        ({"prompts": {}}, NO_PROMPTS),
        ({"prompts": {"query": "q: "}}, Prompts(query="q: ")),
        ({"prompts": {"query": "q: ", "passage": "p: "}}, Prompts(query="q: ", document="p: ")),
        ({"prompts": {"document": "", "corpus": "c: "}}, Prompts(document="c: ")),
        ({"prompts": {"passage": "p: ", "document": "d: "}}, Prompts(document="d: ")),
        ({"prompts": {"query": None, "sts": "s: "}, "default_prompt_name": "sts"}, NO_PROMPTS),
    ],
)
def test_prompts_are_those_stated_for_search(
    tmp_path: Path, stated: dict[str, object], prompts: Prompts
) -> None:
    assert read_prompts(tmp_path) == NO_PROMPTS
    (tmp_path / SETTINGS).write_text(json.dumps(stated))
    assert read_prompts(tmp_path) == prompts


def test_prompts_that_cannot_be_read_are_one_clear_line(prompted: Path) -> None:
    (prompted / SETTINGS).write_text('{"prompts": 3}')
    with pytest.raises(EncoderError, match=r"cannot read prompts in .*; mend it"):
        load_encoder(str(prompted)).encode_query(["ship"])


@every_runtime
@pytest.mark.parametrize("default", [None, "query", "document"])
def test_vectors_are_those_of_the_librarys_own_choice(
    name: str, default: str | None, prompted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sentence_transformers import SentenceTransformer  # takes seconds

    change(prompted, SETTINGS, default_prompt_name=default)
    library = SentenceTransformer(str(prompted), device="cpu", local_files_only=True)
    encoder = only(name, prompted, monkeypatch)
    for found, expected in (
        (encoder.encode_query(TEXTS), library.encode_query(TEXTS, normalize_embeddings=True)),
        (encoder.encode_document(TEXTS), library.encode_document(TEXTS, normalize_embeddings=True)),
    ):
        np.testing.assert_allclose(found, expected, atol=TOLERANCE)
    assert not np.allclose(encoder.encode_query(TEXTS), encoder.encode_document(TEXTS), atol=0.01)


@every_runtime
@pytest.mark.parametrize("head", HEADS)
def test_every_runtime_gives_the_librarys_vectors_of_models_with_prompts(
    name: str, head: str, prompted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(prompted, POOLING, **HEADS[head])
    assert load_numpy_bert(prompted, TextTokenizer(prompted))
    require_same(name, prompted, monkeypatch)


@every_runtime
@pytest.mark.parametrize("activation", ["activation.Tanh", "linear.Identity"])
def test_every_runtime_gives_the_librarys_vectors_of_dense_layers(
    name: str, activation: str, prompted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_dense(prompted, activation=f"torch.nn.modules.{activation}")
    assert load_numpy_bert(prompted, TextTokenizer(prompted))
    require_same(name, prompted, monkeypatch)


@pytest.mark.parametrize(
    "changed",
    [
        {"activation_function": "torch.nn.modules.activation.ReLU"},
        {"module_input_name": "token_embeddings"},
        {"module_output_name": "other"},
        {"use_residual": True},
    ],
)
def test_another_dense_layer_is_left_to_the_library(
    prompted: Path, changed: dict[str, object]
) -> None:
    add_dense(prompted, activation="torch.nn.modules.linear.Identity")
    assert load_numpy_bert(prompted, TextTokenizer(prompted))
    change(prompted, "2_Dense/config.json", **changed)
    assert load_numpy_bert(prompted, TextTokenizer(prompted)) is None


@every_runtime
def test_parts_are_pooled_from_their_own_tokens_behind_the_prompt(
    name: str, prompted: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        found = only(name, prompted, patched).encode_parts(TEXTS, PARTS)
    prompt = PROMPTS["document"]
    moved = [
        [Span(start=span.start + len(prompt), end=span.end + len(prompt)) for span in spans]
        for spans in PARTS
    ]
    written_out = [prompt + text for text in TEXTS]
    expected = only(name, tiny_model, monkeypatch).encode_parts(written_out, moved)
    np.testing.assert_allclose(found.texts, expected.texts, atol=TOLERANCE)
    np.testing.assert_allclose(found.parts, expected.parts, atol=TOLERANCE)


@every_runtime
def test_the_window_leaves_room_for_the_prompt_of_documents(
    name: str, prompted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = only(name, prompted, monkeypatch)
    assert encoder.window == 30 - 3
    fits, shorter = (" ".join(["ship"] * (encoder.window - less)) for less in (0, 1))
    cut, whole, less = encoder.encode_document([f"{fits} crane crane", fits, shorter])
    np.testing.assert_allclose(cut, whole, atol=TOLERANCE)
    assert np.abs(whole - less).max() > 1e-4


@every_runtime
def test_a_model_that_reads_its_first_token_gets_each_part_by_itself(
    name: str, prompted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(prompted, POOLING, **FIRST)
    encoder = only(name, prompted, monkeypatch)
    found = encoder.encode_parts(TEXTS, PARTS)
    alone = [span.of(text) for text, spans in zip(TEXTS, PARTS, strict=True) for span in spans]
    np.testing.assert_allclose(found.parts, encoder.encode_document(alone), atol=TOLERANCE)
    np.testing.assert_allclose(found.texts, encoder.encode_document(TEXTS), atol=TOLERANCE)
    assert encoder.encode_parts(["ship"], [[]]).parts.shape == (0, DIMENSION)


def test_a_router_leads_questions_and_documents_through_networks_of_their_own(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sentence_transformers import SentenceTransformer  # takes seconds
    from sentence_transformers.base.modules import Router, Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling

    other = make_model(tmp_path / "other", seed=1)
    ways = [[Transformer(str(one)), Pooling(DIMENSION, "mean")] for one in (other, tiny_model)]
    router = Router.for_query_document(query_modules=ways[0], document_modules=ways[1])
    folder = tmp_path / "routed"
    SentenceTransformer(modules=[router], device="cpu").save(str(folder))
    encoder = load_encoder(str(folder))
    asked, found = (only(REFERENCE, one, monkeypatch) for one in (other, tiny_model))
    np.testing.assert_allclose(
        encoder.encode_query(TEXTS), asked.encode_query(TEXTS), atol=TOLERANCE
    )
    own, expected = encoder.encode_parts(TEXTS, PARTS), found.encode_parts(TEXTS, PARTS)
    np.testing.assert_allclose(own.texts, expected.texts, atol=TOLERANCE)
    np.testing.assert_allclose(own.parts, expected.parts, atol=TOLERANCE)
    assert encoder.window == found.window
    for load in (load_numpy_bert, load_openvino_bert):
        assert load(folder, TextTokenizer(folder)) is None


def test_a_changed_prompt_is_another_encoder(prompted: Path, tiny_model: Path) -> None:
    prints = {load_encoder(str(tiny_model)).fingerprint}
    for prompts in (PROMPTS, PROMPTS | {"query": "the ship said "}, {"document": "the harbour "}):
        change(prompted, SETTINGS, prompts=prompts)
        prints.add(load_encoder(str(prompted)).fingerprint)
    assert len(prints) == 4


@pytest.mark.model
def test_the_bundled_encoder_has_no_prompts_and_stays_as_it_was() -> None:
    encoder = load_encoder()
    assert encoder.fingerprint == "defbaa580dc1c9507e2042898d84b252"
    texts = ["Who closed the harbour?", "A storm closed the harbour."]
    assert np.array_equal(encoder.encode_query(texts), encoder.encode_document(texts))


def test_an_index_finds_by_the_prompts_and_layers_of_its_model(
    prompted: Path, tmp_path: Path
) -> None:
    add_dense(prompted, activation="torch.nn.modules.linear.Identity")
    corpus = tmp_path / "corpus.jsonl"
    text = "The harbour was closed on monday, said the minister. A ship and a crane opened it."
    corpus.write_text(json.dumps({"id": "1", "text": text}))
    build(corpus, index=tmp_path / "index", encoder=str(prompted))
    question = "Who said the harbour was closed?"
    (hit,) = open_index(tmp_path / "index").search(question)
    encoder = load_encoder(str(prompted))
    expected = encoder.encode_query([question])[0] @ encoder.encode_document([text])[0]
    assert hit.scores.cosine == pytest.approx(expected, abs=1e-5)
    without = encoder.encode_document([question])[0] @ encoder.encode_document([text])[0]
    assert hit.scores.cosine != pytest.approx(without, abs=1e-4)
