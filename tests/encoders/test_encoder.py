"""The encoder: the bundled model, and models loaded by folder."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from retriever.encoders.prompts import TextRole
from retriever.encoders.registry import OFFICIAL_SHA256, load_encoder
from retriever.encoders.sentence_encoder import SentenceEncoder
from retriever.errors import EncoderError
from retriever.records import Span
from tests.encoders.tiny_model import DIMENSION, make_model

TEXTS = ["The harbour was closed. A storm, said the minister.", "ship", "crane and ship on monday."]


@pytest.fixture
def tiny(tiny_model: Path) -> SentenceEncoder:
    return load_encoder(str(tiny_model))


@pytest.mark.model
def test_bundled_encoder_gives_unit_vectors_of_its_official_weights() -> None:
    encoder = load_encoder()
    vectors = encoder.encode_document(
        ["A storm closed the harbour.", "The port is shut after a gale.", "Two plus two."]
    )
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2
    assert encoder.window == 254
    assert encoder.count_tokens(["harbour", "", "a b"]) == [1, 0, 2]


@pytest.mark.model
def test_a_part_of_the_bundled_encoder_is_the_mean_of_its_tokens() -> None:
    encoder = load_encoder()
    text = "Storm closes port\nA storm closed the harbour. Repairs will cost two million."
    whole = encoder.encode_parts([text], [[Span(start=0, end=len(text))]])
    np.testing.assert_allclose(whole.texts, encoder.encode_document([text]), atol=1e-5)
    # The whole text as a part leaves out the two special tokens, so it is near, not equal.
    assert whole.parts[0] @ whole.texts[0] > 0.95


def test_vectors_have_unit_length_without_a_normalising_module(tiny: SentenceEncoder) -> None:
    parts = [[Span(start=0, end=len(text))] for text in TEXTS]
    encoded = tiny.encode_parts(TEXTS, parts)
    for vectors in (tiny.encode_document(TEXTS), encoded.texts, encoded.parts):
        assert vectors.shape == (3, DIMENSION)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(encoded.texts, tiny.encode_document(TEXTS), atol=1e-5)


def test_parts_are_pooled_from_the_tokens_under_them(
    tiny: SentenceEncoder, tiny_model: Path
) -> None:
    from sentence_transformers import SentenceTransformer  # takes seconds

    text = "the harbour was closed . a storm"
    model = SentenceTransformer(str(tiny_model), device="cpu")
    tokens = np.asarray(model.encode(text, output_value="token_embeddings"))
    # One token a word here: [CLS], five, two, [SEP].
    by_hand = np.stack([tokens[1:6].mean(axis=0), tokens[6:8].mean(axis=0)])
    by_hand /= np.linalg.norm(by_hand, axis=1, keepdims=True)
    parts = [Span(start=0, end=24), Span(start=25, end=len(text))]
    longer = " ".join([text, text])  # a second text in the batch: the first one is padded
    found = tiny.encode_parts([text, longer], [parts, [Span(start=0, end=len(longer))]])
    np.testing.assert_allclose(found.parts[:2], by_hand, atol=1e-5)


def test_a_part_beyond_the_window_gets_the_mean_of_what_was_read(tiny: SentenceEncoder) -> None:
    text = "ship " * 60
    beyond, whole = Span(start=290, end=294), Span(start=0, end=len(text))
    found = tiny.encode_parts([text], [[beyond, whole]])
    assert np.isfinite(found.parts).all()
    assert found.parts[0] @ found.parts[1] > 0.95


def test_window_and_counts_leave_special_tokens_out(tiny: SentenceEncoder) -> None:
    assert tiny.window == 30
    assert tiny.count_tokens(["the harbour", "xyz", "", "the  harbour\n."]) == [2, 3, 0, 3]


@pytest.mark.parametrize("tokens", [None, 20, 10**30])
def test_the_window_is_the_one_that_the_library_finds(
    tiny_model: Path, tmp_path: Path, tokens: int | None
) -> None:
    from sentence_transformers import SentenceTransformer  # takes seconds

    folder = shutil.copytree(tiny_model, tmp_path / "copy")
    (folder / "sentence_bert_config.json").unlink()
    path = folder / "tokenizer_config.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    del settings["model_max_length"]
    path.write_text(json.dumps(settings | ({"model_max_length": tokens} if tokens else {})))
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    assert load_encoder(str(folder)).window + 2 == model.max_seq_length == min(tokens or 32, 32)


def test_threads_share_an_encoder(tiny_model: Path) -> None:
    encoder = load_encoder(str(tiny_model))  # not loaded yet: the threads race for that as well
    alone = load_encoder(str(tiny_model)).encode_document(TEXTS)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: encoder.encode_document(TEXTS), range(64)))
    for vectors in found:
        np.testing.assert_allclose(vectors, alone, atol=1e-5)


def test_fingerprint_follows_every_file_that_shapes_a_vector(
    tiny_model: Path, tmp_path: Path
) -> None:
    prints = {load_encoder(str(tiny_model)).fingerprint}
    for name in ("model.safetensors", "tokenizer.json", "1_Pooling/config.json", "modules.json"):
        copy = shutil.copytree(tiny_model, tmp_path / name.replace("/", "-"))
        (copy / name).write_bytes((copy / name).read_bytes() + b"\n")
        prints.add(load_encoder(str(copy)).fingerprint)
    for name in ("onnx/model.onnx", "openvino/model.xml", "openvino/model.bin"):
        copy = shutil.copytree(tiny_model, tmp_path / name.replace("/", "-"))
        (copy / name).parent.mkdir()
        for content in (b"one", b"another"):
            (copy / name).write_bytes(content)
            prints.add(load_encoder(str(copy)).fingerprint)
    prints.add(SentenceEncoder(tiny_model, numerics="bf16").fingerprint)
    assert len(prints) == 1 + 4 + 3 * 2 + 1
    readme = shutil.copytree(tiny_model, tmp_path / "readme")
    (readme / "README.md").write_text("Words about the model change nothing.", encoding="utf-8")
    assert load_encoder(str(readme)).fingerprint in prints


def test_altered_weights_are_refused(tiny_model: Path) -> None:
    encoder = SentenceEncoder(tiny_model, sha256=OFFICIAL_SHA256)
    for use in (lambda: encoder.fingerprint, lambda: encoder.encode_document(["harbour"])):
        with pytest.raises(EncoderError, match=r"model\.safetensors is not the official"):
            use()


@pytest.mark.parametrize(
    "name", ["no/such-model-here", "./no-such-folder", "no such model", "/proc/no-such"]
)
def test_an_unknown_name_is_one_clear_line(name: str) -> None:
    with pytest.raises(EncoderError) as raised:
        load_encoder(name)
    assert name in str(raised.value)
    assert "use all-MiniLM-L6-v2 or a folder" in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["", "/", "../..", "."])
def test_a_folder_that_is_no_model_is_not_read_through(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index from elsewhere may name any: its encoder's name alone hashed a whole disk."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "weights.bin").write_bytes(b"x")
    (tmp_path / "a" / "b" / "weights.bin").write_bytes(b"x")
    monkeypatch.chdir(tmp_path / "a" / "b")
    monkeypatch.setattr("retriever.encoders.fingerprint.content_hash", pytest.fail)
    with pytest.raises(EncoderError) as caught:
        _ = load_encoder(name, fetch=False).fingerprint
    assert "\n" not in str(caught.value)


def test_a_folder_without_a_model_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="holds no encoder"):
        _ = load_encoder(str(tmp_path)).fingerprint


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tokenizer.json", "{}"),
        ("tokenizer.json", "not JSON"),
        ("sentence_bert_config.json", "[]"),
        ("sentence_bert_config.json", '{"max_seq_length": "many"}'),
        ("modules.json", "{"),
        ("model.safetensors", "not weights"),
    ],
)
def test_a_damaged_model_is_one_clear_line(
    tiny_model: Path, tmp_path: Path, name: str, content: str
) -> None:
    copy = shutil.copytree(tiny_model, tmp_path / "copy")
    (copy / name).write_text(content, encoding="utf-8")
    encoder = load_encoder(str(copy))
    with pytest.raises(EncoderError) as raised:
        _ = encoder.window, encoder.encode_document(["harbour"])
    assert str(copy) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_other_weights_give_other_vectors(tiny: SentenceEncoder, tmp_path: Path) -> None:
    other = load_encoder(str(make_model(tmp_path, seed=1)))
    assert other.fingerprint != tiny.fingerprint
    assert not np.allclose(other.encode_document(["harbour"]), tiny.encode_document(["harbour"]))


def test_recent_texts_are_remembered_and_not_without_end(
    tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retriever.encoders.sentence_encoder.REMEMBERED", 3)
    encoder = SentenceEncoder(tiny_model)
    texts = ["the harbour", "a storm", "a ship", "the crane", "the harbour"]
    first = encoder.encode_document(texts)
    assert len(encoder._recent[TextRole.DOCUMENT]) == 3
    assert np.allclose(encoder.encode_document(texts), first, atol=1e-3)
    again = [encoder.encode_document(texts[-1:]) for _ in range(2)]
    assert np.array_equal(again[0], again[1])
