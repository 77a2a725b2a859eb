"""Every runtime of the bundled reader says what the network said in training."""

import importlib.util
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch

from retriever.encoders.runtimes.bert import BertWeights
from retriever.errors import EncoderError
from retriever.reader.bundled import LONGEST, BundledReader
from retriever.reader.pairs import TokenPair
from retriever.reader.protocol import ReadingWindow, WindowReading
from retriever.reader.runtimes import registry
from retriever.reader.runtimes.numpy_network import NumpyNetwork
from retriever.reader.runtimes.openvino_network import OpenvinoNetwork, load_openvino
from retriever.reader.runtimes.protocol import PairLogits
from retriever.reader.runtimes.registry import READER_RUNTIMES
from retriever.reader.weights import DIFFERENCE, bundled_model
from retriever.records.arrays import FloatMatrix
from retriever.training.network import ReaderNetwork, bundled_reader, bundled_tokeniser
from retriever.training.weights import read_weights
from tests.conftest import ROOT

pytestmark = pytest.mark.model

QUESTION = "Who closed the harbour of Ostby?"
WINDOWS = [
    ReadingWindow(heading="Storm", passage="The harbour was closed by Anna Lund on Monday."),
    ReadingWindow(heading="", passage="Ships wait outside. “Weiß wer, warum?” — 東京 3.5 %"),
    ReadingWindow(heading="A long one", passage="The crane fell, said the mayor, again. " * 40),
    ReadingWindow(heading="Nothing", passage=""),
]
# Sums of 32 bits in another order; logits are between -15 and 15.
EXACT = 2e-4
# bfloat16 keeps 8 bits of a number: what it changes in a logit, at most and on average.
ROUNDED, ROUNDED_MEAN = 0.6, 0.1


def read_in_training(network: ReaderNetwork, window: ReadingWindow) -> FloatMatrix:
    """Return ``(tokens, 2)`` logits of a window, with its relevance in a last row."""
    tokeniser = bundled_tokeniser()
    tokeniser.enable_truncation(LONGEST, strategy="only_second")
    tokeniser.no_padding()
    text = f"{window.heading}\n{window.passage}" if window.heading else window.passage
    one = tokeniser.encode(QUESTION, text)
    rows = (torch.tensor([row]) for row in (one.ids, one.type_ids, one.attention_mask))
    with torch.inference_mode():
        said = network(*rows)
    spans = torch.stack([said.starts[0], said.ends[0]], dim=1).numpy()
    kept = [0]  # and the tokens of the passage alone
    shift = len(text) - len(window.passage)
    kept += [n for n, part in enumerate(one.sequence_ids) if part and one.offsets[n][0] >= shift]
    relevance = np.full((1, 2), float(said.relevance[0]), dtype=np.float32)
    return np.concatenate([spans[kept], relevance])


def as_rows(said: WindowReading) -> FloatMatrix:
    none = [[said.none_start, said.none_end]]
    relevance = [[said.relevance, said.relevance]]
    tokens = np.stack([said.starts, said.ends], axis=1)
    return np.concatenate([none, tokens, relevance]).astype(np.float32)


@pytest.fixture(scope="module")
def expected() -> list[FloatMatrix]:
    """Return what the network of training says, in 32 bits."""
    network = read_weights(bundled_reader(), DIFFERENCE).eval()
    return [read_in_training(network, window) for window in WINDOWS]


def in_32_bits(model: BertWeights) -> OpenvinoNetwork:
    return installed_openvino(model, precision="f32")


def installed_openvino(model: BertWeights, *, precision: str = "") -> OpenvinoNetwork:
    """Return the network in OpenVINO, which has to run where it is installed."""
    if importlib.util.find_spec("openvino") is None:
        pytest.skip("OpenVINO is not installed")
    found = load_openvino(model, precision=precision)
    assert found is not None
    return found


EXACT_RUNTIMES = READER_RUNTIMES | {"openvino": in_32_bits}


@pytest.fixture(scope="module", params=EXACT_RUNTIMES)
def reader(request: pytest.FixtureRequest) -> BundledReader:
    """Return the bundled reader by each runtime, in 32 bits."""
    return BundledReader(EXACT_RUNTIMES[request.param])  # type: ignore[arg-type]  # never None


def test_every_runtime_says_what_training_said(
    reader: BundledReader, expected: list[FloatMatrix]
) -> None:
    for said, right in zip(reader.read(QUESTION, WINDOWS), expected, strict=True):
        np.testing.assert_allclose(as_rows(said), right, atol=EXACT)


def test_what_is_read_beside_it_changes_nothing(reader: BundledReader) -> None:
    (alone,) = reader.read(QUESTION, WINDOWS[1:2])
    beside = reader.read(QUESTION, WINDOWS)[1]
    np.testing.assert_allclose(as_rows(alone), as_rows(beside), atol=EXACT)


def test_no_windows_are_read_without_the_network() -> None:
    def never(_model: BertWeights) -> OpenvinoNetwork:
        raise AssertionError("it was loaded")

    assert BundledReader(never).read(QUESTION, []) == []


def test_bfloat16_is_near(expected: list[FloatMatrix]) -> None:
    """On a processor without bfloat16 of its own the plugin rounds in between: as near as that."""
    reader = BundledReader(lambda model: installed_openvino(model, precision="bf16"))
    for said, right in zip(reader.read(QUESTION, WINDOWS), expected, strict=True):
        off = np.abs(as_rows(said) - right)
        assert off.max() < ROUNDED
        assert off.mean() < ROUNDED_MEAN


def test_without_openvino_numpy_reads(
    monkeypatch: pytest.MonkeyPatch, expected: list[FloatMatrix]
) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)  # what makes an import fail
    reader = BundledReader(registry.load_runtime)
    for said, right in zip(reader.read(QUESTION, WINDOWS), expected, strict=True):
        np.testing.assert_allclose(as_rows(said), right, atol=EXACT)


BROKEN = {
    "emptied": "",
    "wrongly built": "raise RuntimeError('this CPU lacks AVX')",
    "cut off": "def Core(:",
    "without plugins": "def Core(): raise RuntimeError('no plugins.xml')",
    "without a processor": """
class Core:
    def get_property(self, *names): raise RuntimeError('no device CPU')
""",
    "without operations": """
class Core:
    def get_property(self, *names): return []
""",
}


@pytest.mark.parametrize("source", BROKEN.values(), ids=BROKEN)
def test_where_openvino_is_broken_numpy_reads(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "openvino").mkdir()
    (tmp_path / "openvino" / "__init__.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(sys.modules, "openvino", None)  # and is put back in the end
    for name in [name for name in sys.modules if name.partition(".")[0] == "openvino"]:
        monkeypatch.delitem(sys.modules, name)
    assert isinstance(registry.load_runtime(bundled_model()), NumpyNetwork)


def test_where_openvino_compiles_nothing_numpy_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_given: object) -> None:
        raise RuntimeError("no memory may be run")

    installed_openvino(bundled_model())
    monkeypatch.setattr("openvino.Core.compile_model", refused)
    assert isinstance(registry.load_runtime(bundled_model()), NumpyNetwork)


class _Failing:
    def __init__(self, after: int) -> None:
        self.left = after

    def run(self, pairs: Sequence[TokenPair]) -> list[PairLogits]:
        if not self.left:
            raise RuntimeError("could not execute a primitive\nat src/plugins/intel_cpu")
        self.left -= 1
        return [
            PairLogits(spans=np.zeros((len(one.ids), 2), dtype=np.float32), relevance=0)
            for one in pairs
        ]


@pytest.mark.parametrize("after", [0, 1])
def test_a_run_that_fails_is_one_clear_line(after: int) -> None:
    reader = BundledReader(lambda _model: _Failing(after))
    with pytest.raises(EncoderError, match=r"execute a primitive; .* --no-reader") as raised:
        reader.read(QUESTION, WINDOWS)
    assert "\n" not in str(raised.value)


def test_reading_needs_no_torch_and_no_other_machine() -> None:
    code = (
        "import os, sys; from tests.guarded import guard; sys.addaudithook(guard)\n"
        "from retriever.reader.bundled import BundledReader\n"
        "from retriever.reader.protocol import ReadingWindow\n"
        "BundledReader().read('who', [ReadingWindow(heading='', passage='She.')])\n"
        "print('torch' in sys.modules, 'transformers' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("False False\n", 0), done.stderr
