"""A runtime made of a network that gives the vectors of tokens, and of what pools them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from retriever.encoders.prompts import TextRole
from retriever.encoders.runtimes.numpy_pooling import PoolingHead
from retriever.encoders.runtimes.protocol import TokenVectors
from retriever.encoders.tokenizer import TextTokenizer
from retriever.records.arrays import FloatMatrix, TokenIds


class TokenNetwork(Protocol):
    """A network that reads token numbers."""

    def all_tokens(self, ids: Sequence[TokenIds], kinds: Sequence[TokenIds]) -> list[FloatMatrix]:
        """Return the vectors of the tokens of several texts, ``(len(ids[n]), width) float32`` each.

        ``kinds`` tells the first text of a pair, 0, from the second, 1.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledRuntime:
    """An encoder's network with the tokenizer before it and the pooling after it."""

    network: TokenNetwork
    tokenizer: TextTokenizer
    head: PoolingHead

    def embed(self, texts: Sequence[str], role: TextRole) -> FloatMatrix:
        """Return the vectors of texts, ``(len(texts), dimension)`` of any length."""
        return self._embed(texts, role).texts

    def embed_tokens(self, texts: Sequence[str]) -> TokenVectors:
        """Return the vectors of documents and of their tokens."""
        return self._embed(texts, TextRole.DOCUMENT)

    def after_pooling(self, pooled: FloatMatrix) -> FloatMatrix:
        """Return what the model makes of means of a document's token vectors, a row each."""
        return self.head.after_pooling(pooled)

    def _embed(self, texts: Sequence[str], role: TextRole) -> TokenVectors:
        ids = self.tokenizer.ids(texts, role)
        tokens = self.network.all_tokens(ids, [np.zeros_like(own) for own in ids])
        prompt = self.tokenizer.prompt_length(role)
        pooled = np.stack([self.head.pool(own, prompt=prompt) for own in tokens])
        return TokenVectors(texts=self.head.after_pooling(pooled), tokens=tokens)


def tried(runtime: PooledRuntime) -> PooledRuntime:
    """Return the runtime after two tokens, so that no weight is missing or misshapen.

    :raises KeyError, ValueError: when one is, or whatever else the network raises then.
    """
    (tokens,) = runtime.network.all_tokens([np.array([0, 1])], [np.array([0, 0])])
    runtime.after_pooling(runtime.head.pool(tokens, prompt=0)[None])
    return runtime
