"""The reader's network in OpenVINO: the encoder's graph with two layers more.

Each pair is read by itself, as many at a time as the processor has streams for: eight pairs of 120
to 205 tokens take two cores 52 ms in bfloat16, in batches of four 56; in 32 bits it is 85 and 95.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from retriever.encoders.runtimes.bert import BertWeights
from retriever.encoders.runtimes.openvino_graph import (
    BertGraph,
    CompiledBert,
    compile_bert,
    padded,
    padded_length,
)
from retriever.reader.pairs import TokenPair
from retriever.reader.runtimes.protocol import PairLogits
from retriever.records.arrays import AnyArray

_TOGETHER = 8  # pairs that a question gives; no more streams are made than that


class OpenvinoNetwork:
    """The compiled network."""

    def __init__(self, compiled: CompiledBert) -> None:
        """Run ``compiled``."""
        self._compiled = compiled

    def run(self, pairs: Sequence[TokenPair]) -> list[PairLogits]:
        """Return the logits of each pair, in the order given; the longest are begun first."""
        order = sorted(range(len(pairs)), key=lambda n: -len(pairs[n].ids))
        found = self._compiled.run([_inputs(pairs[n]) for n in order])
        logits = dict(zip(order, found, strict=True))
        return [_logits(*logits[n]) for n in range(len(pairs))]


def load_openvino(model: BertWeights, *, precision: str = "") -> OpenvinoNetwork | None:
    """Return the network, compiled; ``None`` where OpenVINO is not installed or does not run.

    ``precision`` is ``bf16`` or ``f32``; without it, what is fastest here.
    """
    compiled = compile_bert(model, _heads, precision=precision, together=_TOGETHER)
    return OpenvinoNetwork(compiled) if compiled else None


def _heads(graph: BertGraph, states: Any) -> list[Any]:  # noqa: ANN401
    return [graph.linear(states, "span"), graph.linear(graph.first(states), "relevance")]


def _inputs(pair: TokenPair) -> list[AnyArray]:
    length = padded_length(len(pair.ids))
    present = np.ones(len(pair.ids), dtype=np.float32)
    return [padded([row], length) for row in (pair.ids, pair.kinds, present)]


def _logits(spans: AnyArray, relevance: AnyArray) -> PairLogits:
    return PairLogits(spans=spans[0], relevance=float(relevance[0, 0]))
