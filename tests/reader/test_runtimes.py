"""Every runtime of the bundled reader says what the network said in training."""

import subprocess
import sys

import numpy as np
import pytest
import torch

from retriever.reader.bundled import LONGEST, BundledReader
from retriever.reader.protocol import ReadingWindow, WindowReading
from retriever.reader.runtimes import registry
from retriever.reader.runtimes.openvino_network import OpenvinoNetwork, load_openvino
from retriever.reader.runtimes.protocol import ReaderRuntimeEntry
from retriever.reader.runtimes.registry import READER_RUNTIMES
from retriever.reader.weights import DIFFERENCE, ReaderModel
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


def in_32_bits(model: ReaderModel) -> OpenvinoNetwork | None:
    return load_openvino(model, precision="f32")


EXACT_RUNTIMES = READER_RUNTIMES | {"openvino": ReaderRuntimeEntry(load=in_32_bits)}


@pytest.fixture(scope="module", params=EXACT_RUNTIMES)
def reader(request: pytest.FixtureRequest) -> BundledReader:
    """Return the bundled reader by each runtime, in 32 bits."""
    load = EXACT_RUNTIMES[request.param].load

    def loaded(model: ReaderModel) -> object:
        return load(model) or pytest.skip(f"{request.param} is not installed")

    return BundledReader(loaded)  # type: ignore[arg-type]  # skip() raises


def test_every_runtime_says_what_training_said(
    reader: BundledReader, expected: list[FloatMatrix]
) -> None:
    for said, right in zip(reader.read(QUESTION, WINDOWS), expected, strict=True):
        np.testing.assert_allclose(as_rows(said), right, atol=EXACT)


def test_what_is_read_beside_it_changes_nothing(reader: BundledReader) -> None:
    (alone,) = reader.read(QUESTION, WINDOWS[1:2])
    beside = reader.read(QUESTION, WINDOWS)[1]
    np.testing.assert_allclose(as_rows(alone), as_rows(beside), atol=EXACT)


def test_nothing_is_read_of_nothing(reader: BundledReader) -> None:
    assert reader.read(QUESTION, []) == []


def test_bfloat16_is_near(expected: list[FloatMatrix]) -> None:
    """On a processor without bfloat16 of its own the plugin rounds in between: as near as that."""
    reader = BundledReader(lambda model: load_openvino(model, precision="bf16") or pytest.skip())
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
