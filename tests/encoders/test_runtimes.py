"""Every registered runtime gives the same vectors, and the right one is chosen."""

import gc
import importlib.util
import json
import shutil
import subprocess
import sys
import weakref
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from retriever.encoders.prompts import TextRole
from retriever.encoders.registry import bundled_folder, load_encoder
from retriever.encoders.runtimes import registry
from retriever.encoders.runtimes.bert import read_bert
from retriever.encoders.runtimes.numpy_bert import load_numpy_bert
from retriever.encoders.runtimes.openvino_bert import load_openvino_bert
from retriever.encoders.runtimes.openvino_graph import compile_bert
from retriever.encoders.runtimes.protocol import RuntimeEntry, TokenVectors
from retriever.encoders.runtimes.registry import RUNTIMES
from retriever.encoders.sentence_encoder import SentenceEncoder
from retriever.encoders.tokenizer import TextTokenizer
from retriever.errors import EncoderError
from retriever.records import Span
from retriever.records.arrays import FloatMatrix
from tests.conftest import ROOT
from tests.encoders.tiny_model import DIMENSION

TEXTS = [
    "the harbour was closed . a storm , said the minister",
    "Wer weiß, was São Paulo kostet? 東京, 3.5 % — “never”!",
    "ship",
    "",
    "crane and ship on monday " * 60,
]
PARTS = [[Span(start=0, end=3), Span(start=3, end=1 + len(text))] for text in TEXTS]
REFERENCE = "sentence-transformers"
TOLERANCE = 1e-5  # of sums of 32 bits in another order
COSINE = 0.9999  # what the protocol promises
# Every runtime, in 32 bits.
EXACT = {
    "openvino": replace(RUNTIMES["openvino"], load=partial(load_openvino_bert, precision="f32")),
    **{name: entry for name, entry in RUNTIMES.items() if name != "openvino"},
}

needs_openvino = pytest.mark.skipif(
    importlib.util.find_spec("openvino") is None, reason="OpenVINO is not installed"
)
every_runtime = pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[needs_openvino] if name == "openvino" else []) for name in RUNTIMES],
)


def only(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> SentenceEncoder:
    """Return an encoder of ``folder`` whose every text, however many, one runtime reads."""
    entry = EXACT[name]
    alone = replace(entry, least_texts=0, most_texts=None)
    monkeypatch.setattr(registry, "RUNTIMES", {name: alone})
    encoder = SentenceEncoder(folder, numerics=entry.numerics)
    encoder.encode_document(["warm up"])
    return encoder


def require_same(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare a runtime with the reference: the same numerics, the same numbers."""
    with monkeypatch.context() as patched:
        own = only(name, folder, patched)
        found, parts = own.encode_document(TEXTS), own.encode_parts(TEXTS, PARTS)
        asked = own.encode_query(TEXTS)
    with monkeypatch.context() as patched:
        other = only(REFERENCE, folder, patched)
        expected, expected_parts = other.encode_document(TEXTS), other.encode_parts(TEXTS, PARTS)
        expected_asked = other.encode_query(TEXTS)
    same = RUNTIMES[name].numerics == RUNTIMES[REFERENCE].numerics
    tolerance = TOLERANCE if same else 0.1
    np.testing.assert_allclose(found, expected, atol=tolerance)
    np.testing.assert_allclose(asked, expected_asked, atol=tolerance)
    np.testing.assert_allclose(parts.texts, expected_parts.texts, atol=tolerance)
    np.testing.assert_allclose(parts.parts, expected_parts.parts, atol=tolerance)
    assert (own.fingerprint == other.fingerprint) == same
    for vectors in (found, parts.texts, parts.parts):
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@every_runtime
@pytest.mark.model
def test_every_runtime_gives_the_same_vectors_of_the_bundled_model(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_same(name, load_encoder()._folder, monkeypatch)


@every_runtime
def test_every_runtime_gives_the_same_vectors_of_a_folder(
    name: str, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_same(name, tiny_model, monkeypatch)


@every_runtime
def test_every_runtime_cuts_a_text_that_does_not_fit(
    name: str, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = only(name, tiny_model, monkeypatch)
    fits = " ".join(["ship"] * encoder.window)
    cut, whole = encoder.encode_document([f"{fits} crane crane", fits])
    np.testing.assert_allclose(cut, whole, atol=TOLERANCE)


@every_runtime
def test_every_runtime_gives_nothing_for_nothing(
    name: str, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = only(name, tiny_model, monkeypatch)
    nothing = encoder.encode_parts([], [])
    without_parts = encoder.encode_parts(["ship"], [[]])
    assert encoder.encode_document([]).shape == nothing.texts.shape == (0, DIMENSION)
    assert nothing.parts.shape == without_parts.parts.shape == (0, DIMENSION)


class AlphabetRuntime:
    """A runtime of its own: a text is how often it holds each of 26 letters."""

    def embed(self, texts: Sequence[str], role: TextRole) -> FloatMatrix:
        """Count the letters of each text, whatever it is for."""
        del role
        counts = [[text.count(chr(code)) for code in range(97, 123)] for text in texts]
        return np.array(counts, dtype=np.float32)

    def embed_tokens(self, texts: Sequence[str]) -> TokenVectors:
        """Take a text for one token."""
        whole = self.embed(texts, TextRole.DOCUMENT)
        return TokenVectors(texts=whole, tokens=[own[None] for own in whole])

    def after_pooling(self, pooled: FloatMatrix) -> FloatMatrix:
        """Leave counts as they are."""
        return pooled


def load_alphabet(folder: Path, _tokenizer: TextTokenizer) -> AlphabetRuntime | None:
    return AlphabetRuntime() if (folder / "alphabet.txt").exists() else None


def test_another_runtime_needs_an_entry_and_no_more(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = RuntimeEntry(numerics="counts", most_texts=2, load=load_alphabet)
    monkeypatch.setattr(registry, "RUNTIMES", {"alphabet": entry, **RUNTIMES})
    folder = shutil.copytree(tiny_model, tmp_path / "other")
    (folder / "alphabet.txt").write_text("a to z", encoding="ascii")
    encoder = SentenceEncoder(folder, numerics="counts")
    (found,) = encoder.encode_document(["abba"])
    assert found[:3].tolist() == pytest.approx([0.5**0.5, 0.5**0.5, 0])
    assert encoder.encode_parts(["ab"], [[Span(start=0, end=1)]]).parts.shape == (1, 26)
    assert encoder.fingerprint != SentenceEncoder(folder).fingerprint
    with pytest.raises(EncoderError, match="no runtime of counts runs"):
        encoder.encode_document(["too", "many", "texts"])
    with pytest.raises(EncoderError, match="no runtime of counts runs"):
        SentenceEncoder(tiny_model, numerics="counts").encode_document(["another folder"])


def test_many_texts_go_through_the_library(
    tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)  # what makes its import fail
    monkeypatch.setitem(RUNTIMES, "numpy", replace(RUNTIMES["numpy"], most_texts=3))
    encoder = load_encoder(str(tiny_model))
    encoder.encode_document(TEXTS[:3])
    assert encoder._runtimes._loaded.keys() == {"numpy"}
    encoder.encode_document([f"the {text}" for text in TEXTS])
    assert encoder._runtimes._loaded.keys() == {"openvino", "numpy", "sentence-transformers"}
    assert encoder._runtimes._loaded["openvino"] is None


@needs_openvino
def test_a_few_texts_do_not_wait_for_openvino_and_many_go_through_it(tiny_model: Path) -> None:
    encoder = load_encoder(str(tiny_model))
    encoder.encode_document(TEXTS[:3])
    assert encoder._runtimes._loaded.keys() == {"numpy"}
    encoder.encode_document([f"the {text}" for text in TEXTS])
    assert encoder._runtimes._loaded.keys() == {"numpy", "openvino"}
    assert encoder._runtimes._loaded["openvino"]


@needs_openvino
@pytest.mark.model
@pytest.mark.parametrize("precision", ["bf16", ""])
def test_what_openvino_rounds_is_told_by_no_cosine(precision: str) -> None:
    """On a processor without bfloat16 of its own the plugin rounds in between: as near as that."""
    folder = bundled_folder()
    tokenizer = TextTokenizer(folder)
    rounded = load_openvino_bert(folder, tokenizer, precision=precision)
    exact = load_numpy_bert(folder, tokenizer)
    assert rounded
    assert exact
    for role in TextRole:
        found, right = (runtime.embed(TEXTS, role) for runtime in (rounded, exact))
        lengths = np.linalg.norm(found, axis=1) * np.linalg.norm(right, axis=1)
        assert ((found * right).sum(axis=1) / lengths).min() >= COSINE


@needs_openvino
def test_a_text_has_one_vector_whatever_is_encoded_beside_it(tiny_model: Path) -> None:
    runtime = load_openvino_bert(tiny_model, TextTokenizer(tiny_model))
    assert runtime
    texts = [f"ship {word}" for word in "a storm on monday said the minister of harbours".split()]
    together = runtime.embed(texts, TextRole.DOCUMENT)
    alone = [runtime.embed([text], TextRole.DOCUMENT)[0] for text in texts]
    np.testing.assert_allclose(together, alone, atol=TOLERANCE)


def test_a_runtime_that_cannot_run_a_model_leaves_it_to_the_next(
    tiny_model: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(tiny_model, tmp_path / "copy")
    change(folder, "1_Pooling/config.json", pooling_mode="max")
    encoder = load_encoder(str(folder))
    assert encoder.encode_document(["ship"]).shape == (1, DIMENSION)
    assert encoder._runtimes._loaded["numpy"] is None


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("config.json", {"model_type": "mpnet"}),
        ("config.json", {"hidden_act": "relu"}),
        ("config.json", {"position_embedding_type": "relative_key"}),
        ("config.json", {"num_hidden_layers": 3}),
        ("config.json", {"num_attention_heads": 5}),
        ("1_Pooling/config.json", {"pooling_mode_mean_tokens": False}),
        ("1_Pooling/config.json", {"pooling_mode_cls_token": True}),
        ("1_Pooling/config.json", {"pooling_mode": "max"}),
        ("1_Pooling/config.json", {"pooling_mode": ["mean", "max"]}),
        ("1_Pooling/config.json", None),
        ("model.safetensors", None),
        ("modules.json", None),
    ],
)
def test_another_kind_of_model_is_left_to_the_library(
    tiny_model: Path, tmp_path: Path, name: str, changed: dict[str, object] | None
) -> None:
    copy = shutil.copytree(tiny_model, tmp_path / "copy")
    if changed is None:
        (copy / name).write_text("{", encoding="utf-8")
    else:
        change(copy, name, **changed)
    assert load_numpy_bert(copy, TextTokenizer(copy)) is None
    assert load_openvino_bert(copy, TextTokenizer(copy)) is None


def test_a_question_imports_no_torch(tiny_model: Path) -> None:
    code = (
        "import sys; from retriever.encoders.registry import bundled_folder, load_encoder; "
        "load_encoder(sys.argv[1]).encode_document(['ship']); print('torch' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tiny_model)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"


def change(folder: Path, name: str, **settings: object) -> None:
    """Set entries of a JSON file of a model."""
    path = folder / name
    present = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.write_text(json.dumps(present | settings), encoding="utf-8")


def test_numbers_and_places_of_tokens_are_of_one_reading(tiny_model: Path) -> None:
    tokenizer = TextTokenizer(tiny_model)
    long = "the crane and ship"
    for texts in (["ship", long], [long], ["ship", long]):
        ids = tokenizer.ids(texts, TextRole.DOCUMENT)
        read = tokenizer._last
        offsets = tokenizer.offsets(texts)
        assert tokenizer._last is read
        assert [len(own) for own in ids] == [len(own) for own in offsets]
        assert offsets[-1][-2].tolist() == [14, 18]


def test_without_the_library_another_model_says_what_is_missing(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(tiny_model, tmp_path / "copy")
    change(folder, "1_Pooling/config.json", pooling_mode="max")
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)  # what makes its import fail
    with pytest.raises(EncoderError, match="pip install sentence-transformers"):
        load_encoder(str(folder)).encode_document(["ship"])


@needs_openvino
def test_a_network_that_nobody_uses_any_more_is_gone() -> None:
    """Whoever builds again and again, as ``quotidian watch`` does, kept 60 MB of each build."""
    model = read_bert(bundled_folder())
    assert model
    compiled = compile_bert(model.network, lambda _, states: [states], together=2)
    assert compiled
    words = np.array([[101, 2911, 102]])
    given = [words, np.zeros_like(words), np.ones(words.shape, np.float32)]
    (first,), (second,) = compiled.run([given, given])
    np.testing.assert_array_equal(first, second)
    kept = weakref.ref(compiled)
    del compiled
    gc.collect()
    assert kept() is None
