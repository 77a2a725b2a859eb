"""The network in NumPy gives what sentence-transformers gives, and knows what it cannot read."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from retriever.encoders import sentence_encoder as encoders
from retriever.encoders.numpy_bert import read_bert
from retriever.encoders.sentence_encoder import SentenceEncoder, load_encoder
from retriever.records import Span
from tests.conftest import ROOT

TEXTS = [
    "the harbour was closed . a storm , said the minister",
    "Wer weiß, was São Paulo kostet? 東京, 3.5 % — “never”!",
    "ship",
    "",
    "crane and ship on monday " * 60,
]


def by_library(encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch) -> SentenceEncoder:
    """Return an encoder of the same folder that uses the library for everything."""
    other = SentenceEncoder(encoder._folder)
    monkeypatch.setattr(other, "_network_for", lambda _: None)
    return other


def check_same(encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    other = by_library(encoder, monkeypatch)
    np.testing.assert_allclose(encoder.encode(TEXTS), other.encode(TEXTS), atol=1e-6)
    parts = [[Span(start=0, end=3), Span(start=3, end=1 + len(text))] for text in TEXTS]
    found, expected = encoder.encode_parts(TEXTS, parts), other.encode_parts(TEXTS, parts)
    np.testing.assert_allclose(found.texts, expected.texts, atol=1e-6)
    np.testing.assert_allclose(found.parts, expected.parts, atol=1e-6)


@pytest.mark.model
def test_the_bundled_model_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    check_same(load_encoder(), monkeypatch)


def test_a_model_of_a_folder_gives_the_same(
    tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_bert(tiny_model)
    check_same(load_encoder(str(tiny_model)), monkeypatch)


def test_many_texts_go_through_the_library(
    tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = load_encoder(str(tiny_model))
    monkeypatch.setattr(encoders, "FEW", 3)
    encoder.encode(TEXTS[:3])
    assert "_loaded" not in vars(encoder)
    encoder.encode([f"the {text}" for text in TEXTS])
    assert "_loaded" in vars(encoder)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("config.json", {"model_type": "mpnet"}),
        ("config.json", {"hidden_act": "relu"}),
        ("config.json", {"position_embedding_type": "relative_key"}),
        ("config.json", {"num_hidden_layers": 3}),
        ("config.json", {"num_attention_heads": 5}),
        ("1_Pooling/config.json", {"pooling_mode_mean_tokens": False}),
        ("1_Pooling/config.json", {"pooling_mode_cls_token": True}),
        ("1_Pooling/config.json", None),
        ("config_sentence_transformers.json", {"default_prompt_name": "query"}),
        ("model.safetensors", None),
        ("modules.json", None),
    ],
)
def test_another_kind_of_model_is_left_to_the_library(
    tiny_model: Path, tmp_path: Path, name: str, change: dict[str, object] | None
) -> None:
    copy = shutil.copytree(tiny_model, tmp_path / "copy")
    path = copy / name
    if change is None:
        path.write_text("{", encoding="utf-8")
    else:
        settings = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        path.write_text(json.dumps(settings | change), encoding="utf-8")
    assert read_bert(copy) is None


def test_a_question_imports_no_torch(tiny_model: Path) -> None:
    code = (
        "import sys; from retriever.encoders.sentence_encoder import load_encoder; "
        "load_encoder(sys.argv[1]).encode(['ship']); print('torch' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tiny_model)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"
