"""A BERT network with its pooling, in NumPy: a few texts are encoded without the library.

Importing sentence-transformers takes 5 s and reading these weights 0.2 s, so that a question asked
on the command line, or a rebuild after one changed article, does not wait for it. A question takes
8 ms and a full passage 0.13 s on one core, twice what the library takes, so this is for a few; the
vectors are the same to 1e-6. The network is that of Devlin et al. 2019 (arXiv:1810.04805).
"""

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from retriever.encoders.layout import ModelModule, document_modules
from retriever.encoders.prompts import TextRole
from retriever.encoders.runtimes.numpy_pooling import PoolingHead, load_pooling_head
from retriever.encoders.runtimes.protocol import TokenVectors
from retriever.encoders.tokenizer import TextTokenizer
from retriever.errors import EncoderError
from retriever.records.arrays import FloatMatrix, TokenIds

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

Weights = dict[str, FloatMatrix]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumpyBert:
    """A network: its weights, by the names that transformers gives them, and its tokenizer."""

    tokenizer: TextTokenizer
    weights: Weights
    layers: int
    heads: int
    epsilon: float
    head: PoolingHead = field(default_factory=PoolingHead)

    def embed(self, texts: Sequence[str], role: TextRole) -> FloatMatrix:
        """Return the vectors of texts, ``(len(texts), dimension)`` of any length."""
        return self._embed(texts, role).texts

    def embed_tokens(self, texts: Sequence[str]) -> TokenVectors:
        """Return the vectors of documents and of their tokens, one text a core at a time."""
        return self._embed(texts, TextRole.DOCUMENT)

    def after_pooling(self, pooled: FloatMatrix) -> FloatMatrix:
        """Return what the model makes of means of a document's token vectors, a row each."""
        return self.head.after_pooling(pooled)

    def _embed(self, texts: Sequence[str], role: TextRole) -> TokenVectors:
        ids = self.tokenizer.ids(texts, role)
        tokens = self.all_tokens(ids, [np.zeros_like(own) for own in ids])
        prompt = self.tokenizer.prompt_length(role)
        pooled = np.stack([self.head.pool(own, prompt=prompt) for own in tokens])
        return TokenVectors(texts=self.head.after_pooling(pooled), tokens=tokens)

    def all_tokens(self, ids: Sequence[TokenIds], kinds: Sequence[TokenIds]) -> list[FloatMatrix]:
        """Return the vectors of the tokens of several texts, one text a core at a time."""
        # OpenBLAS waits by spinning: two threads of its own on two cores that others use as well
        # took 0.27 s for a question, one takes 8 ms.
        with _blas().limit(limits=1, user_api="blas"), ThreadPoolExecutor(os.cpu_count()) as cores:
            return list(cores.map(self.tokens, ids, kinds))

    def tokens(self, ids: TokenIds, kinds: TokenIds) -> FloatMatrix:
        """Return the vectors of a text's tokens, ``(len(ids), dimension) float32``.

        ``kinds`` tells the first text of a pair, 0, from the second, 1.
        """
        table = self.weights
        places = table["embeddings.position_embeddings.weight"][: len(ids)]
        kind = table["embeddings.token_type_embeddings.weight"][kinds]
        total = table["embeddings.word_embeddings.weight"][ids] + places + kind
        states = self._normal(total, "embeddings.LayerNorm")
        for number in range(self.layers):
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
            .reshape(len(states), self.heads, -1)
            .transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        found: FloatMatrix = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(query.shape[2]))
        found = np.exp(found - found.max(axis=2, keepdims=True))
        found /= found.sum(axis=2, keepdims=True)
        return (found @ value).transpose(1, 0, 2).reshape(len(states), -1)

    def _linear(self, states: FloatMatrix, name: str) -> FloatMatrix:
        result: FloatMatrix = states @ self.weights[f"{name}.weight"].T
        result += self.weights[f"{name}.bias"]
        return result

    def _normal(self, states: FloatMatrix, name: str) -> FloatMatrix:
        """Return the rows at mean 0 and variance 1, scaled and shifted as was learnt."""
        apart = states - states.mean(axis=1, keepdims=True)
        spread = np.sqrt((apart * apart).mean(axis=1, keepdims=True) + np.float32(self.epsilon))
        result: FloatMatrix = apart / spread
        return result * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]


def load_numpy_bert(folder: Path, tokenizer: TextTokenizer) -> NumpyBert | None:
    """Return the network in ``folder``; ``None`` when it is of another kind or cannot be read.

    The library then reads it, or says what is wrong with it.
    """
    from safetensors import SafetensorError  # noqa: PLC0415  # only an encoder needs them
    from safetensors.numpy import load_file  # noqa: PLC0415

    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        modules = document_modules(folder)
        head = load_pooling_head(modules[1:]) if _is_known(folder, modules, config) else None
        if head is None:
            return None
        read = load_file(folder / "model.safetensors")
        weights = {name.removeprefix("bert."): value for name, value in read.items()}
        return _tried(weights, config, tokenizer, head)
    except (OSError, ValueError, TypeError, KeyError, SafetensorError, EncoderError):
        return None


def _is_known(folder: Path, modules: Sequence[ModelModule], config: dict[str, Any]) -> bool:
    """Tell whether the first module is the network that is here, and questions go through it."""
    return (
        modules[:1] == (ModelModule(kind="Transformer", folder=folder),)
        and config["model_type"] == "bert"
        and config["hidden_act"] == "gelu"
        and config.get("position_embedding_type", "absolute") == "absolute"
    )


def _tried(
    weights: Weights, config: dict[str, Any], tokenizer: TextTokenizer, head: PoolingHead
) -> NumpyBert:
    """Return the network, tried on two tokens so that no weight is missing or misshapen."""
    network = NumpyBert(
        tokenizer=tokenizer,
        weights={name: value for name, value in weights.items() if value.dtype == np.float32},
        layers=int(config["num_hidden_layers"]),
        heads=int(config["num_attention_heads"]),
        epsilon=float(config["layer_norm_eps"]),
        head=head,
    )
    pooled = head.pool(network.tokens(np.array([0, 1]), np.array([0, 0])), prompt=0)
    network.after_pooling(pooled[None])
    return network


@cache
def _blas() -> "ThreadpoolController":
    from threadpoolctl import ThreadpoolController  # noqa: PLC0415  # only an encoder needs it

    return ThreadpoolController()


def _gelu(states: FloatMatrix) -> FloatMatrix:
    from scipy.special import erf  # noqa: PLC0415  # only an encoder needs it

    result: FloatMatrix = states * np.float32(0.5)
    result *= 1 + erf(states * np.float32(np.sqrt(0.5)))
    return result
