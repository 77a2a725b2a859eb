"""The runtimes, and which of them runs an encoder's network over so many texts.

To add one, write its file and enter it here; tests/encoders/test_runtimes.py then tries it.
"""

from pathlib import Path

from retriever.encoders.runtimes.numpy_bert import load_numpy_bert
from retriever.encoders.runtimes.openvino_bert import load_openvino_bert
from retriever.encoders.runtimes.protocol import Runtime, RuntimeEntry
from retriever.encoders.runtimes.sentence_transformers import load_sentence_transformers
from retriever.encoders.tokenizer import TextTokenizer
from retriever.errors import EncoderError

# Vectors as 32-bit sums make them. Two of the runtimes here differ by 1e-6 in a number of a unit
# vector, and OpenVINO in bfloat16 by 1.5e-3 (cosine .99997): an index whose passages come of it and
# whose questions do not has the same figures, squad2 and realtimeqa, as one that has no bfloat16.
FP32 = "fp32"
# What an encoder is run with unless told otherwise.
NUMERICS = FP32

# In the order of preference.
RUNTIMES = {
    # It starts in 0.3 s, in which NumPy has read two or three passages.
    "openvino": RuntimeEntry(
        numerics=FP32, least_texts=4, most_texts=None, load=load_openvino_bert
    ),
    # Full passages take it 0.07 s more each on a core than the library, so that from 70 at once on
    # the library's 5 s of starting pay.
    "numpy": RuntimeEntry(numerics=FP32, most_texts=64, load=load_numpy_bert),
    "sentence-transformers": RuntimeEntry(
        numerics=FP32, most_texts=None, load=load_sentence_transformers
    ),
}


class RuntimeChoice:
    """The runtimes of the network in one folder, each loaded when it is first chosen."""

    def __init__(self, folder: Path, tokenizer: TextTokenizer, *, numerics: str) -> None:
        """Choose among the runtimes with these ``numerics``."""
        self._folder, self._tokenizer, self._numerics = folder, tokenizer, numerics
        self._loaded: dict[str, Runtime | None] = {}

    def runtime_for(self, count: int) -> Runtime:
        """Return the first runtime that runs this network and is meant for so many texts at once.

        :raises EncoderError: when there is none.
        """
        for name, entry in RUNTIMES.items():
            alike = entry.numerics == self._numerics
            if alike and entry.is_meant_for(count) and (found := self._load(name, entry)):
                return found
        raise EncoderError(f"no runtime of {self._numerics} runs the encoder in {self._folder}")

    def _load(self, name: str, entry: RuntimeEntry) -> Runtime | None:
        if name not in self._loaded:
            self._loaded[name] = entry.load(self._folder, self._tokenizer)
        return self._loaded[name]
