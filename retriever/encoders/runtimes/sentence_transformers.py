"""The sentence-transformers library: runs any of its models, once it has started for 5 to 8 s."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from retriever.encoders.runtimes.protocol import TokenVectors
from retriever.encoders.tokenizer import TextTokenizer
from retriever.errors import EncoderError
from retriever.records.arrays import FloatMatrix

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 32


class SentenceTransformersRuntime:
    """A model that the library has loaded; prompt, cutting and pooling are its own."""

    def __init__(self, model: "SentenceTransformer") -> None:
        """Run ``model``."""
        self._model = model

    def embed(self, texts: Sequence[str]) -> FloatMatrix:
        """Return the vectors of texts, ``(len(texts), dimension)`` of any length."""
        vectors = self._model.encode(list(texts), batch_size=BATCH, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    def embed_tokens(self, texts: Sequence[str]) -> TokenVectors:
        """Return the vectors of texts and of their tokens, padded as they were read together."""
        outputs: Any = self._model.encode(  # one mapping per text
            list(texts), batch_size=BATCH, show_progress_bar=False, output_value=None
        )
        return TokenVectors(
            texts=np.stack([np.asarray(item["sentence_embedding"]) for item in outputs]),
            tokens=[np.asarray(item["token_embeddings"]) for item in outputs],
        )


def load_sentence_transformers(
    folder: Path, _tokenizer: TextTokenizer
) -> SentenceTransformersRuntime:
    """Return the model in ``folder``; the model hub is not asked about it.

    :raises EncoderError: when the library cannot load it.
    """
    from safetensors import SafetensorError  # noqa: PLC0415  # comes with transformers
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  # takes seconds
    from transformers.utils import logging  # noqa: PLC0415

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # "Loading weights" would write over our own lines
    try:
        model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        reason = str(error).partition("\n")[0]
        message = f"cannot load the encoder in {folder}: {reason}; name another model"
        raise EncoderError(message) from error
    return SentenceTransformersRuntime(model)
