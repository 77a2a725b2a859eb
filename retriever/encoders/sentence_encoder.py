"""Turning text into vectors of unit length with the model in a folder."""

import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np

from retriever.encoders.fingerprint import fingerprint_of
from retriever.encoders.protocol import Encoded
from retriever.encoders.runtimes.protocol import Runtime
from retriever.encoders.runtimes.registry import NUMERICS, RuntimeChoice
from retriever.encoders.tokenizer import TextTokenizer
from retriever.errors import EncoderError
from retriever.records import Span
from retriever.records.arrays import FloatMatrix, IntTable

REMEMBERED = 512  # texts and their vectors, under 2 MB

_Output = TypeVar("_Output")


class SentenceEncoder:
    """A sentence-transformers model in a local folder, loaded when it is first needed.

    Threads may share it; they encode one after the other, since one encoding keeps every core busy.
    """

    def __init__(
        self, folder: Path, *, sha256: str | None = None, numerics: str = NUMERICS
    ) -> None:
        """Use the model in ``folder``; with ``sha256``, refuse weights that differ from it.

        Only runtimes with these ``numerics`` run it.
        """
        self._folder, self._sha256, self._numerics = folder, sha256, numerics
        self._tokenizer = TextTokenizer(folder)
        self._runtimes = RuntimeChoice(folder, self._tokenizer, numerics=numerics)
        self._running = threading.Lock()
        self._remembering = threading.Lock()
        self._recent: dict[str, FloatMatrix] = {}

    @cached_property
    def fingerprint(self) -> str:
        """Hash of the numerics and of every file that shapes a vector, 32 hexadecimal digits.

        :raises EncoderError: when a file cannot be read or the weights are not those expected.
        """
        return fingerprint_of(self._folder, sha256=self._sha256, numerics=self._numerics)

    @property
    def window(self) -> int:
        """Tokens that fit, without the special ones ([CLS] and [SEP])."""
        return self._tokenizer.window

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, special ones left out."""
        return self._tokenizer.count(texts)

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """Return unit vectors, ``(len(texts), dimension) float32``; what does not fit is cut.

        Recent texts are remembered: a question comes again as the history of the next one.
        """
        wanted = list(texts) or [""]  # which tells how many numbers a vector has
        with self._remembering:
            missing = [text for text in dict.fromkeys(wanted) if text not in self._recent]
            if missing:
                vectors = self._run(missing, lambda runtime: runtime.embed(missing))
                self._recent |= zip(missing, _unit(vectors), strict=True)
            found = np.stack([self._recent[text] for text in wanted])
            for text in [*self._recent][:-REMEMBERED]:
                del self._recent[text]
        return found[: len(texts)]

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> Encoded:
        """Return the vectors of texts and of the given spans of each, read in their context.

        A part is the mean of its own tokens' vectors as the whole text shaped them ("late
        chunking", Günther et al. 2024, arXiv:2409.04701), so it costs no second pass.
        """
        if not texts:
            return Encoded(texts=self.encode(texts), parts=self.encode(texts))
        read = self._run(texts, lambda runtime: runtime.embed_tokens(texts))
        pooled = [
            _pool(tokens, offsets, spans)
            for tokens, offsets, spans in zip(
                read.tokens, self._tokenizer.offsets(texts), parts, strict=True
            )
        ]
        return Encoded(texts=_unit(read.texts), parts=np.concatenate(pooled))

    def _run(self, texts: Sequence[str], work: Callable[[Runtime], _Output]) -> _Output:
        """Return what the runtime for so many texts makes of them."""
        _ = self.fingerprint  # checks the weights before they are used
        with self._running:
            runtime = self._runtimes.runtime_for(len(texts))
            try:
                return work(runtime)
            except (IndexError, ValueError, RuntimeError) as error:
                reason = str(error).partition("\n")[0]
                message = f"the encoder in {self._folder} fails: {reason}; name another model"
                raise EncoderError(message) from error


def _pool(tokens: FloatMatrix, offsets: IntTable, spans: Sequence[Span]) -> FloatMatrix:
    """Return the unit mean of the token vectors under each span, ``(len(spans), d) float32``.

    A span whose tokens were all cut off gets the mean of the whole text.
    """
    length = min(len(tokens), len(offsets))
    tokens, starts, ends = tokens[:length], offsets[:length, 0], offsets[:length, 1]
    means = np.empty((len(spans), tokens.shape[1]), dtype=np.float32)
    for row, span in enumerate(spans):
        inside = (starts < span.end) & (ends > span.start)
        means[row] = tokens[inside].mean(axis=0) if inside.any() else tokens.mean(axis=0)
    return _unit(means)


def _unit(vectors: FloatMatrix) -> FloatMatrix:
    """Return the rows at length 1, ``float32``."""
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    unit: FloatMatrix = np.asarray(vectors / lengths, dtype=np.float32)
    return unit
