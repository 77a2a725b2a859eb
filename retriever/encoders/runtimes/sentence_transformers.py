"""The sentence-transformers library: runs any of its models, once it has started for 5 to 8 s."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from retriever.encoders.prompts import Prompts, TextRole
from retriever.encoders.runtimes.protocol import TokenVectors
from retriever.encoders.tokenizer import TextTokenizer
from retriever.errors import EncoderError
from retriever.records.arrays import FloatMatrix

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 32
LIBRARY = "sentence-transformers"


class SentenceTransformersRuntime:
    """A model that the library has loaded; cutting, pooling and routing are its own."""

    def __init__(self, model: "SentenceTransformer", prompts: Prompts) -> None:
        """Run ``model`` with ``prompts`` before its texts."""
        self._model, self._prompts = model, prompts

    def embed(self, texts: Sequence[str], role: TextRole) -> FloatMatrix:
        """Return the vectors of texts, ``(len(texts), dimension)`` of any length."""
        asked = role is TextRole.QUERY
        encode = self._model.encode_query if asked else self._model.encode_document
        vectors = encode(
            list(texts), prompt=self._prompts.of(role), batch_size=BATCH, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    def embed_tokens(self, texts: Sequence[str]) -> TokenVectors:
        """Return the vectors of documents and of their tokens, padded as they were read."""
        outputs: Any = self._model.encode_document(  # one mapping per text
            list(texts),
            prompt=self._prompts.document,
            batch_size=BATCH,
            show_progress_bar=False,
            output_value=None,
        )
        return TokenVectors(
            texts=np.stack([np.asarray(item["sentence_embedding"]) for item in outputs]),
            tokens=[np.asarray(item["token_embeddings"]) for item in outputs],
        )

    def after_pooling(self, pooled: FloatMatrix) -> FloatMatrix:
        """Return what the model makes of means of a document's token vectors, a row each."""
        import torch  # noqa: PLC0415  # is loaded by now

        features: dict[str, Any] = {"sentence_embedding": torch.from_numpy(pooled)}
        with torch.inference_mode():
            for module in _modules_after_pooling(self._model):
                features = module(features)
        return np.asarray(features["sentence_embedding"], dtype=np.float32)


def load_sentence_transformers(
    folder: Path, tokenizer: TextTokenizer
) -> SentenceTransformersRuntime:
    """Return the model in ``folder``; the model hub is not asked about it.

    :raises EncoderError: when the library cannot load it.
    """
    from safetensors import SafetensorError  # noqa: PLC0415  # only an encoder needs it

    try:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415  # takes seconds
        from transformers.utils import logging  # noqa: PLC0415
    except ModuleNotFoundError as error:
        message = f"the encoder in {folder} needs what is not installed; pip install {LIBRARY}"
        raise EncoderError(message) from error
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # "Loading weights" would write over our own lines
    try:
        model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        reason = str(error).partition("\n")[0]
        message = f"cannot load the encoder in {folder}: {reason}; name another model"
        raise EncoderError(message) from error
    return SentenceTransformersRuntime(model, tokenizer.prompts)


def _modules_after_pooling(model: "SentenceTransformer") -> list[Any]:
    """Return the modules that shape a document's vector once it is pooled, in order."""
    from sentence_transformers.base.modules import Normalize, Router  # noqa: PLC0415
    from sentence_transformers.sentence_transformer.modules import Pooling  # noqa: PLC0415

    modules: list[Any] = list(model)
    if isinstance(modules[0], Router):
        way: Any = modules[0].sub_modules[TextRole.DOCUMENT]
        modules = [*way, *modules[1:]]
    if isinstance(modules[-1], Normalize):
        modules.pop()  # every vector is brought to unit length anyhow; twice would round twice
    pooling = [number for number, module in enumerate(modules) if isinstance(module, Pooling)]
    return modules[pooling[-1] + 1 :]
