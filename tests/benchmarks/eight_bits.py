"""What eight bits would do to the encoder: how much faster it is, and how far its vectors move.

    python -m tests.benchmarks.eight_bits INDEX [--passages N] [--ranges M] [--tame T] [--json]

makes the network of the bundled encoder with weights and inputs of its linear layers in eight bits,
the ranges of the inputs measured on M passages of INDEX (24), and encodes N others (96) with it, in
bfloat16 (or what is fastest here) and in 32 bits, by turns. Few channels reach ten times as far as
the others; each beyond T times (1) what nine in ten stay below is scaled down to that, and its
weights up. 0 leaves them as they are. Speed is by the processors' time.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from retriever.encoders.prompts import TextRole
from retriever.encoders.registry import bundled_folder
from retriever.encoders.runtimes.bert import BertWeights, read_bert
from retriever.encoders.runtimes.numpy_bert import NumpyBert
from retriever.encoders.runtimes.openvino_bert import OpenvinoBert
from retriever.encoders.runtimes.openvino_graph import BertGraph, CompiledBert, compile_bert
from retriever.encoders.tokenizer import TextTokenizer
from retriever.index.publishing import current_generation
from retriever.index.store import Store
from retriever.records.arrays import FloatMatrix, FloatVector, TokenIds

ROUNDS = 3
LEVELS = 256
NINE_IN_TEN = 0.9


class Observed(NumpyBert):
    """The network in NumPy, which notes how far each channel of a linear layer's input reaches."""

    def __init__(self, model: BertWeights) -> None:
        """Observe ``model``."""
        super().__init__(model)
        self.lowest: dict[str, FloatVector] = {}
        self.highest: dict[str, FloatVector] = {}

    def _linear(self, states: FloatMatrix, name: str) -> FloatMatrix:
        low, high = states.min(axis=0), states.max(axis=0)
        self.lowest[name] = np.minimum(self.lowest.get(name, low), low)
        self.highest[name] = np.maximum(self.highest.get(name, high), high)
        return super()._linear(states, name)


class EightBitGraph(BertGraph):
    """The network with weights and inputs of its linear layers in eight bits."""

    def __init__(self, network: BertWeights, observed: Observed, tame: float) -> None:
        """Build ``network`` with the ranges that were ``observed``."""
        super().__init__(network)
        self._observed, self._tame = observed, tame

    def linear(self, states: Any, name: str) -> Any:
        """Return what the layer ``name`` makes of the states of tokens."""
        op, weights = self._op, self._network.weights
        low, high = self._observed.lowest[name], self._observed.highest[name]
        scale = self._scale(np.maximum(-low, high))
        states = op.multiply(states, op.constant((1 / scale).astype(np.float32)))
        borders = [op.constant(np.float32(one)) for one in _range(low / scale, high / scale)]
        rounded = op.fake_quantize(states, *borders, *borders, LEVELS)
        matrix = weights[f"{name}.weight"] * scale
        step = np.maximum(np.abs(matrix).max(axis=1, keepdims=True), 1e-8) / 127
        codes = op.convert(op.constant(np.rint(matrix / step).astype(np.int8)), np.float32)
        product = op.matmul(
            rounded, op.multiply(codes, op.constant(step)), transpose_a=False, transpose_b=True
        )
        return op.add(product, op.constant(weights[f"{name}.bias"]))

    def _scale(self, reach: FloatVector) -> FloatVector:
        """Return by how much each channel is scaled down."""
        if not self._tame:
            return np.ones_like(reach)
        most = self._tame * np.quantile(reach, NINE_IN_TEN)
        scale: FloatVector = np.maximum(reach / most, 1).astype(np.float32)
        return scale


def _range(low: FloatVector, high: FloatVector) -> tuple[float, float]:
    """Return the ends of the range, in which zero is a level: even, or of GELU upwards."""
    lowest, highest = float(low.min()), float(high.max())
    if lowest > -highest / 5:
        step = (highest - lowest) / (LEVELS - 1)
        zero = round(-lowest / step)
        return -zero * step, (LEVELS - 1 - zero) * step
    step = max(-lowest, highest) / 127
    return -128 * step, 127 * step


def main(texts: Sequence[str], ranges: Sequence[str], tame: float) -> dict[str, float]:
    """Return the cosines to 32 bits, and how many times as fast eight bits are."""
    folder = bundled_folder()
    tokenizer, model = TextTokenizer(folder), read_bert(folder)
    assert model
    network, observed = model.network, Observed(model.network)
    measured = tokenizer.ids(ranges, TextRole.DOCUMENT)
    observed.all_tokens(measured, [np.zeros_like(own) for own in measured])
    ids = tokenizer.ids(texts, TextRole.DOCUMENT)
    exact = made_by(compiled(network, "f32"))
    usual = made_by(compiled(network, ""))
    small = made_by(compiled(network, "", lambda: EightBitGraph(network, observed, tame)))
    right, bits, rounded = exact(ids), small(ids), usual(ids)
    taken = {"usual": 1e9, "small": 1e9}
    for _ in range(ROUNDS):
        for name, run in (("usual", usual), ("small", small)):
            began = time.process_time()
            run(ids)
            taken[name] = min(taken[name], time.process_time() - began)
    cosines = (bits * right).sum(axis=1)
    return {
        "cosine, mean": float(cosines.mean()),
        "cosine, least": float(cosines.min()),
        "cosine as it is used, least": float((rounded * right).sum(axis=1).min()),
        "times as fast": taken["usual"] / taken["small"],
    }


def compiled(
    network: BertWeights, precision: str, graph: Callable[[], BertGraph] | None = None
) -> OpenvinoBert:
    """Return a network compiled as a build compiles it."""
    found: CompiledBert | None = compile_bert(
        network,
        lambda _graph, states: [states],
        precision=precision,
        together=32,
        graph=graph or (lambda: BertGraph(network)),
    )
    assert found, "OpenVINO does not run here"
    return OpenvinoBert(found)


def made_by(network: OpenvinoBert) -> Callable[[Sequence[TokenIds]], FloatMatrix]:
    """Return what gives the unit vectors of texts by their tokens."""

    def run(ids: Sequence[TokenIds]) -> FloatMatrix:
        tokens = network.all_tokens(ids, [np.zeros_like(own) for own in ids])
        means = np.stack([own.mean(axis=0) for own in tokens])
        unit: FloatMatrix = means / np.linalg.norm(means, axis=1, keepdims=True)
        return unit

    return run


def passages(index: Path, count: int) -> list[str]:
    """Return the texts of so many passages of an index, drawn at random but always the same."""
    store = Store(current_generation(index))
    try:
        texts = [passage.text for passage in store.passages()]
    finally:
        store.close()
    return random.Random(1).sample(texts, count)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--passages", type=int, default=96)
    parser.add_argument("--ranges", type=int, default=24)
    parser.add_argument("--tame", type=float, default=1.0)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    drawn = passages(asked.index, asked.passages + asked.ranges)
    told = main(drawn[asked.ranges :], drawn[: asked.ranges], asked.tame)
    if asked.json:
        sys.stdout.write(f"{json.dumps(told)}\n")
    else:
        sys.stdout.write("".join(f"{name:28} {value:.5f}\n" for name, value in told.items()))
