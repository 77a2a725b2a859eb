"""Turning text into vectors of unit length with the model in a folder."""

import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np

from retriever.encoders.fingerprint import fingerprint_of
from retriever.encoders.layout import averages_tokens
from retriever.encoders.prompts import TextRole
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
        self._recent: dict[TextRole, dict[str, FloatMatrix]] = {role: {} for role in TextRole}

    @cached_property
    def fingerprint(self) -> str:
        """Hash of the numerics and of every file that shapes a vector, 32 hexadecimal digits.

        :raises EncoderError: when a file cannot be read or the weights are not those expected.
        """
        return fingerprint_of(self._folder, sha256=self._sha256, numerics=self._numerics)

    @property
    def window(self) -> int:
        """Tokens of a document that fit, without its prompt and special ones ([CLS] and [SEP])."""
        return self._tokenizer.window

    @cached_property
    def _averages_tokens(self) -> bool:
        return averages_tokens(self._folder)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, special ones left out."""
        return self._tokenizer.count(texts)

    def encode_query(self, texts: Sequence[str]) -> FloatMatrix:
        """Return unit vectors of what is asked, ``(len(texts), dimension) float32``.

        Recent texts are remembered: a question comes again as the history of the next one.
        """
        return self._encode(texts, TextRole.QUERY)

    def encode_document(self, texts: Sequence[str]) -> FloatMatrix:
        """Return unit vectors of what is to be found, ``(len(texts), dimension) float32``."""
        return self._encode(texts, TextRole.DOCUMENT)

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> Encoded:
        """Return the vectors of documents and of the given spans of each.

        A part is the mean of its own tokens' vectors as the whole text shaped them ("late
        chunking", Günther et al. 2024, arXiv:2409.04701), so it costs no second pass. A model whose
        texts are not the mean of their tokens reads each part by itself.
        """
        if not texts:
            nothing = self.encode_document(texts)
            return Encoded(texts=nothing, parts=nothing)
        if not self._averages_tokens:
            alone = [span.of(text) for text, own in zip(texts, parts, strict=True) for span in own]
            return Encoded(texts=self._read(texts), parts=self._read(alone or [""])[: len(alone)])
        return self._run(texts, lambda runtime: self._read_with_parts(runtime, texts, parts))

    def _encode(self, texts: Sequence[str], role: TextRole) -> FloatMatrix:
        """Return the vectors of texts; what does not fit is cut."""
        wanted = list(texts) or [""]  # which tells how many numbers a vector has
        with self._remembering:
            recent = self._recent[role]
            missing = [text for text in dict.fromkeys(wanted) if text not in recent]
            if missing:
                recent |= zip(missing, self._read(missing, role), strict=True)
            found = np.stack([recent[text] for text in wanted])
            for text in [*recent][:-REMEMBERED]:
                del recent[text]
        return found[: len(texts)]

    def _read(self, texts: Sequence[str], role: TextRole = TextRole.DOCUMENT) -> FloatMatrix:
        # However many are asked at once, a question is a few texts' runtime's: its vector, and so
        # what is answered, is the same to the last bit whatever was asked with it.
        count = 1 if role is TextRole.QUERY else len(texts)
        return _unit(self._run(texts, lambda runtime: runtime.embed(texts, role), count=count))

    def _read_with_parts(
        self, runtime: Runtime, texts: Sequence[str], parts: Sequence[Sequence[Span]]
    ) -> Encoded:
        read = runtime.embed_tokens(texts)
        pooled = [
            _unit(runtime.after_pooling(_means(tokens, offsets, spans)))
            for tokens, offsets, spans in zip(
                read.tokens, self._tokenizer.offsets(texts), parts, strict=True
            )
        ]
        return Encoded(texts=_unit(read.texts), parts=np.concatenate(pooled))

    def _run(
        self, texts: Sequence[str], work: Callable[[Runtime], _Output], *, count: int | None = None
    ) -> _Output:
        """Return what the runtime for so many texts, or for ``count``, makes of them."""
        _ = self.fingerprint  # checks the weights before they are used
        with self._running:
            runtime = self._runtimes.runtime_for(len(texts) if count is None else count)
            try:
                return work(runtime)
            except (IndexError, ValueError, RuntimeError) as error:
                reason = str(error).partition("\n")[0]
                message = f"the encoder in {self._folder} fails: {reason}; name another model"
                raise EncoderError(message) from error


def _means(tokens: FloatMatrix, offsets: IntTable, spans: Sequence[Span]) -> FloatMatrix:
    """Return the mean of the token vectors under each span, ``(len(spans), width) float32``.

    A span whose tokens were all cut off gets the mean of the whole text.
    """
    length = min(len(tokens), len(offsets))
    tokens, starts, ends = tokens[:length], offsets[:length, 0], offsets[:length, 1]
    means = np.empty((len(spans), tokens.shape[1]), dtype=np.float32)
    for row, span in enumerate(spans):
        inside = (starts < span.end) & (ends > span.start)
        means[row] = tokens[inside].mean(axis=0) if inside.any() else tokens.mean(axis=0)
    return means


def _unit(vectors: FloatMatrix) -> FloatMatrix:
    """Return the rows at length 1, ``float32``."""
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    unit: FloatMatrix = np.asarray(vectors / lengths, dtype=np.float32)
    return unit
