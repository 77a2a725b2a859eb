"""What an encoder needs of whatever runs its network."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from retriever.encoders.prompts import TextRole
from retriever.encoders.tokenizer import TextTokenizer
from retriever.records.arrays import FloatMatrix


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenVectors:
    """What a network makes of ``n`` texts.

    ``texts`` are their vectors as the model makes them, ``(n, dimension)`` of any length;
    ``tokens`` those of the tokens of each before pooling, ``(tokens, width)``, special ones and
    prompt included. Rows of padding may follow.
    """

    texts: FloatMatrix
    tokens: list[FloatMatrix]


class Runtime(Protocol):
    """A network ready to run; one thread at a time calls it, and never without a text."""

    def embed(self, texts: Sequence[str], role: TextRole) -> FloatMatrix:
        """Return the vectors of texts, ``(len(texts), dimension)`` of any length."""
        ...

    def embed_tokens(self, texts: Sequence[str]) -> TokenVectors:
        """Return the vectors of documents and of their tokens."""
        ...

    def after_pooling(self, pooled: FloatMatrix) -> FloatMatrix:
        """Return what the model makes of means of a document's token vectors, a row each."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RuntimeEntry:
    """A runtime as the registry lists it.

    Runtimes of the same ``numerics`` give vectors with a cosine of at least .9999 to each other, so
    they may take turns, also in one index; those of another are another encoder. It is chosen for
    ``least_texts`` to ``most_texts`` at once, ``None`` for any number. ``load`` returns the network
    in a folder, or ``None`` where this runtime cannot run it.

    It raises :class:`EncoderError` when no runtime could.
    """

    numerics: str
    least_texts: int = 0
    most_texts: int | None
    load: Callable[[Path, TextTokenizer], Runtime | None]

    def is_meant_for(self, count: int) -> bool:
        """Tell whether it is chosen for so many texts at once."""
        return self.least_texts <= count and (self.most_texts is None or count <= self.most_texts)
