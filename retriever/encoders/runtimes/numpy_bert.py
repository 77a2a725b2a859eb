"""A BERT network in NumPy: a few texts are encoded without a library that has to start.

Importing sentence-transformers takes 5 s and OpenVINO a third of one; these weights are mapped, so
that a question asked on the command line does not wait for them. A question takes 8 ms and a
full passage 0.13 s on one core, so this is for a few; the vectors are those of the library to 1e-6.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from retriever.encoders.runtimes.bert import BertWeights, read_bert
from retriever.encoders.runtimes.pooled import PooledRuntime, tried
from retriever.encoders.tokenizer import TextTokenizer
from retriever.records.arrays import FloatMatrix, TokenIds

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController


class NumpyBert:
    """The network, one text a core at a time."""

    def __init__(self, model: BertWeights) -> None:
        """Run ``model``."""
        self._model, self._weights = model, model.weights

    def all_tokens(self, ids: Sequence[TokenIds], kinds: Sequence[TokenIds]) -> list[FloatMatrix]:
        """Return the vectors of the tokens of several texts, ``(len(ids[n]), width)`` each."""
        # OpenBLAS waits by spinning: two threads of its own on two cores that others use as well
        # took 0.27 s for a question, one takes 8 ms.
        with _blas().limit(limits=1, user_api="blas"), ThreadPoolExecutor(os.cpu_count()) as cores:
            return list(cores.map(self._tokens, ids, kinds))

    def _tokens(self, ids: TokenIds, kinds: TokenIds) -> FloatMatrix:
        """Return the vectors of a text's tokens, ``(len(ids), width) float32``."""
        table = self._weights
        places = table["embeddings.position_embeddings.weight"][: len(ids)]
        kind = table["embeddings.token_type_embeddings.weight"][kinds]
        total = table["embeddings.word_embeddings.weight"][ids] + places + kind
        states = self._normal(total, "embeddings.LayerNorm")
        for number in range(self._model.layers):
            states = self._layer(states, f"encoder.layer.{number}")
        return states

    def _layer(self, states: FloatMatrix, name: str) -> FloatMatrix:
        mixed = self._linear(self._attention(states, name), f"{name}.attention.output.dense")
        states = self._normal(states + mixed, f"{name}.attention.output.LayerNorm")
        wide = _gelu(self._linear(states, f"{name}.intermediate.dense"))
        return self._normal(
            states + self._linear(wide, f"{name}.output.dense"), f"{name}.output.LayerNorm"
        )

    def _attention(self, states: FloatMatrix, name: str) -> FloatMatrix:
        query, key, value = (
            self._linear(states, f"{name}.attention.self.{part}")
            .reshape(len(states), self._model.heads, -1)
            .transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        found: FloatMatrix = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(query.shape[2]))
        found = np.exp(found - found.max(axis=2, keepdims=True))
        found /= found.sum(axis=2, keepdims=True)
        return (found @ value).transpose(1, 0, 2).reshape(len(states), -1)

    def _linear(self, states: FloatMatrix, name: str) -> FloatMatrix:
        result: FloatMatrix = states @ self._weights[f"{name}.weight"].T
        result += self._weights[f"{name}.bias"]
        return result

    def _normal(self, states: FloatMatrix, name: str) -> FloatMatrix:
        """Return the rows at mean 0 and variance 1, scaled and shifted as was learnt."""
        apart = states - states.mean(axis=1, keepdims=True)
        spread = np.sqrt(
            (apart * apart).mean(axis=1, keepdims=True) + np.float32(self._model.epsilon)
        )
        result: FloatMatrix = apart / spread
        return result * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]


def load_numpy_bert(folder: Path, tokenizer: TextTokenizer) -> PooledRuntime | None:
    """Return the network in ``folder``; ``None`` when it is of another kind or cannot be read."""
    if (model := read_bert(folder)) is None:
        return None
    network = NumpyBert(model.network)
    try:
        return tried(PooledRuntime(network=network, tokenizer=tokenizer, head=model.head))
    except (KeyError, ValueError, IndexError):  # the library says what is wrong with it
        return None


@cache
def _blas() -> "ThreadpoolController":
    from threadpoolctl import ThreadpoolController  # noqa: PLC0415  # only an encoder needs it

    return ThreadpoolController()


def _gelu(states: FloatMatrix) -> FloatMatrix:
    result: FloatMatrix = states * np.float32(0.5)
    result *= 1 + _erf(states * np.float32(np.sqrt(0.5)))
    return result


def _erf(values: FloatMatrix) -> FloatMatrix:
    """Return the error function to 6e-7 (Abramowitz and Stegun 1964, formula 7.1.26).

    SciPy has it exactly, takes eight times as long, and its import 0.08 s of a first question.
    """
    size = np.abs(values)
    step = 1 / (1 + np.float32(0.3275911) * size)
    terms: FloatMatrix = np.full_like(step, 1.061405429)
    for factor in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        terms *= step
        terms += np.float32(factor)
    result: FloatMatrix = 1 - terms * step * np.exp(-size * size)
    return np.copysign(result, values)
