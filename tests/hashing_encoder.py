"""A tiny encoder that needs no weights: words hashed into 64 dimensions.

It fulfils the whole :class:`~retriever.encoders.protocol.Encoder` protocol, so that
whatever does not depend on meaning (building, publishing, offsets) is tested at full speed. Texts
with words in common are near each other, equal texts have equal vectors.
"""

import re
import zlib
from collections.abc import Sequence

import numpy as np

from retriever.encoders.protocol import Encoded
from retriever.records import Span
from retriever.records.arrays import FloatMatrix, FloatVector

DIMENSION = 64
# One token a word, and one for each sign that stands by itself; a token never holds white space,
# so the counts of texts joined by it add up.
_TOKEN = re.compile(r"\w+|[^\w\s]")


class HashingEncoder:
    """Unit sums of the vectors of words; ``read`` counts the texts encoded so far."""

    def __init__(self, *, window: int = 40, name: str = "hashing") -> None:
        """Read ``window`` tokens of each text; encoders of another name have other vectors."""
        self._window = window
        self._name = name
        self.read = 0

    @property
    def fingerprint(self) -> str:
        """Name and window: both shape the vectors."""
        return f"{self._name}-{DIMENSION}-{self._window}"

    @property
    def window(self) -> int:
        """How many tokens are read of each text."""
        return self._window

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text."""
        return [len(_TOKEN.findall(text)) for text in texts]

    def encode_query(self, texts: Sequence[str]) -> FloatMatrix:
        """Return unit vectors, ``(len(texts), 64) float32``: those of documents."""
        return self.encode_document(texts)

    def encode_document(self, texts: Sequence[str]) -> FloatMatrix:
        """Return unit vectors, ``(len(texts), 64) float32``."""
        self.read += len(texts)
        return _stacked([self._unit(text, Span(start=0, end=len(text))) for text in texts])

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> Encoded:
        """Return the vectors of texts and of the given spans of each."""
        pooled = [
            self._unit(text, span)
            for text, spans in zip(texts, parts, strict=True)
            for span in spans
        ]
        return Encoded(texts=self.encode_document(texts), parts=_stacked(pooled))

    def _unit(self, text: str, span: Span) -> FloatVector:
        """Return the unit sum of the words that overlap ``span``, of all where none does."""
        tokens = list(_TOKEN.finditer(text))[: self._window]
        inside = [m.group() for m in tokens if m.start() < span.end and m.end() > span.start]
        total = np.zeros(DIMENSION, dtype=np.float32)
        for word in inside or [m.group() for m in tokens]:
            code = zlib.crc32(f"{self._name} {word.casefold()}".encode("utf-8", "surrogatepass"))
            total[code % DIMENSION] += 1 if code & 64 else -1
        length = float(np.linalg.norm(total))
        if length == 0:  # no word at all, or two that cancel out
            total[0] = length = 1.0
        return total / np.float32(length)


def _stacked(rows: list[FloatVector]) -> FloatMatrix:
    return np.stack(rows) if rows else np.empty((0, DIMENSION), dtype=np.float32)
