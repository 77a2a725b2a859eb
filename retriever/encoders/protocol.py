"""What the other stages need of an encoder, whatever runs its network."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from retriever.records import Span
from retriever.records.arrays import FloatMatrix


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """Unit vectors of ``n`` texts, ``(n, dimension) float32``, and of the parts of each.

    ``parts`` is ``(total number of parts, dimension) float32``, in the order of the texts.
    """

    texts: FloatMatrix
    parts: FloatMatrix


class Encoder(Protocol):
    """What the index needs of an encoder."""

    @property
    def fingerprint(self) -> str:
        """Identify weights, tokenizer, pooling and numerics: vectors of another one never mix."""
        ...

    @property
    def window(self) -> int:
        """How many tokens of a document are read, beside its prompt and special ones."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, special ones left out."""
        ...

    def encode_query(self, texts: Sequence[str]) -> FloatMatrix:
        """Return unit vectors of what is asked, ``(len(texts), dimension) float32``."""
        ...

    def encode_document(self, texts: Sequence[str]) -> FloatMatrix:
        """Return unit vectors of what is to be found, ``(len(texts), dimension) float32``."""
        ...

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> Encoded:
        """Return the vectors of documents and of the given spans of each."""
        ...
