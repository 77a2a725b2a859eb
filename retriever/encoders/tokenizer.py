"""Text to the tokens that an encoder's network reads, by the folder's own ``tokenizer.json``."""

import json
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from retriever.errors import EncoderError
from retriever.records.arrays import IntTable, TokenIds

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# Where a folder says nothing else: what BERT and its kin read.
USUAL_LENGTH = 512

_Value = TypeVar("_Value")


class TextTokenizer:
    """The tokenizer of the model in a folder, read when it is first needed; threads may share it.

    Everything raises :class:`EncoderError` when a file of the folder cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        """Use the model in ``folder``."""
        self._folder = folder

    @cached_property
    def window(self) -> int:
        """Tokens that fit, without the special ones ([CLS] and [SEP])."""
        special = int(self._tokenizer.num_special_tokens_to_add(is_pair=False))
        return self._longest - special

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, special ones left out."""
        encoded = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(item.ids) for item in encoded]

    def ids(self, texts: Sequence[str]) -> list[TokenIds]:
        """Return what the network reads of each text: special tokens, prompt, what fits of it."""
        read = self._tokenizer.encode_batch([self._prompt + text for text in texts])
        most = self._longest
        # The last one is [SEP], which ends a text that is cut as well.
        return [
            np.array(own if len(own) <= most else own[: most - 1] + own[-1:])
            for own in (item.ids for item in read)
        ]

    def offsets(self, texts: Sequence[str]) -> list[IntTable]:
        """Return where each token of each text starts and ends in it, ``(tokens, 2)``.

        Those that do not fit are there as well; those of the prompt stand before the text.
        """
        read = self._tokenizer.encode_batch([self._prompt + text for text in texts])
        return [np.asarray(item.offsets) - len(self._prompt) for item in read]

    @cached_property
    def _longest(self) -> int:
        """Return how many tokens fit; as sentence-transformers finds it, without the network."""
        if stated := self._setting("sentence_bert_config.json", "max_seq_length", int):
            return stated
        tokens = self._setting("tokenizer_config.json", "model_max_length", int)
        places = self._setting("config.json", "max_position_embeddings", int)
        return min((most for most in (tokens, places) if most), default=USUAL_LENGTH)

    @cached_property
    def _prompt(self) -> str:
        """Return what the model is told to put before every text."""
        name = "config_sentence_transformers.json"
        prompts = self._setting(name, "prompts", dict) or {}
        return str(prompts.get(self._setting(name, "default_prompt_name", str)) or "")

    def _setting(self, name: str, key: str, kind: Callable[[Any], _Value]) -> _Value | None:
        """Return an entry of a file of the folder; ``None`` where there is no file or no entry."""
        path = self._folder / name
        try:
            value = json.loads(path.read_text("utf-8")).get(key) if path.exists() else None
            return None if value is None else kind(value)
        except (OSError, ValueError, TypeError, AttributeError) as error:
            message = f"cannot read {key} in the encoder's {path} ({error}); mend it"
            raise EncoderError(message) from error

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        return load_tokenizer(self._folder)


def load_tokenizer(folder: Path) -> "Tokenizer":
    """Return the tokenizer in a model's folder; it neither cuts nor pads.

    :raises EncoderError: when there is none that can be read.
    """
    from tokenizers import Tokenizer  # noqa: PLC0415  # only a build counts tokens

    path = folder / "tokenizer.json"
    try:
        tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    except Exception as error:  # the Rust library raises nothing more exact
        message = f"cannot read the model's {path}: {error}; use a model that has one"
        raise EncoderError(message) from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
