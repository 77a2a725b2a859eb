"""Text to the tokens that an encoder's network reads, by the folder's own ``tokenizer.json``."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from retriever.encoders.layout import setting, text_folder
from retriever.encoders.prompts import Prompts, TextRole, read_prompts
from retriever.errors import EncoderError
from retriever.records.arrays import IntTable, TokenIds

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

# Where a folder says nothing else: what BERT and its kin read.
USUAL_LENGTH = 512


class TextTokenizer:
    """The tokenizer of the model in a folder, read when it is first needed; threads may share it.

    Everything raises :class:`EncoderError` when a file of the folder cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        """Use the model in ``folder``."""
        self._folder = folder
        self._last: tuple[list[str], Sequence[Encoding]] = [], ()

    @cached_property
    def window(self) -> int:
        """Tokens of a document that fit, without its prompt and special ones ([CLS] and [SEP])."""
        special = int(self._tokenizer.num_special_tokens_to_add(is_pair=False))
        return self._longest - special - self.count([self.prompts.document])[0]

    @cached_property
    def prompts(self) -> Prompts:
        """What stands before a question and before a document."""
        return read_prompts(self._folder)

    def prompt_length(self, role: TextRole) -> int:
        """Return how many of a text's first tokens are the prompt and the special ones before it.

        Without a prompt, 0: as sentence-transformers counts them.
        """
        prompt = self.prompts.of(role)
        return len(self._cut(self._tokenizer.encode(prompt).ids)) - 1 if prompt else 0

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, special ones left out."""
        return count_tokens(self._tokenizer, texts)

    def ids(self, texts: Sequence[str], role: TextRole) -> list[TokenIds]:
        """Return what the network reads of each text: special tokens, prompt, what fits of it."""
        read = self._encoded(texts, self.prompts.of(role))
        return [np.array(self._cut(item.ids)) for item in read]

    def offsets(self, texts: Sequence[str]) -> list[IntTable]:
        """Return where each token of each document starts and ends in it, ``(tokens, 2)``.

        Those that do not fit are there as well; those of the prompt stand before the text.
        """
        prompt = self.prompts.document
        return [np.asarray(item.offsets) - len(prompt) for item in self._encoded(texts, prompt)]

    def _encoded(self, texts: Sequence[str], prompt: str) -> "Sequence[Encoding]":
        """Return the tokens of texts behind a prompt.

        The last are remembered: their numbers are asked for, and then their places.
        """
        whole = [prompt + text for text in texts]
        last, read = self._last
        if last != whole:
            read = self._tokenizer.encode_batch(whole)
            self._last = whole, read
        return read

    def _cut(self, ids: list[int]) -> list[int]:
        """Return what fits; the last one is [SEP], which ends a text that is cut as well."""
        most = self._longest
        return ids if len(ids) <= most else ids[: most - 1] + ids[-1:]

    @cached_property
    def _longest(self) -> int:
        """Return how many tokens fit; as sentence-transformers finds it, without the network."""
        folder = self._text_folder
        if stated := setting(folder / "sentence_bert_config.json", "max_seq_length", int):
            return stated
        tokens = setting(folder / "tokenizer_config.json", "model_max_length", int)
        places = setting(folder / "config.json", "max_position_embeddings", int)
        return min((most for most in (tokens, places) if most), default=USUAL_LENGTH)

    @cached_property
    def _text_folder(self) -> Path:
        return text_folder(self._folder)

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        return load_tokenizer(self._text_folder)


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


def count_tokens(tokenizer: "Tokenizer", texts: Sequence[str]) -> list[int]:
    """Return the number of tokens of each text, special ones left out."""
    encoded = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    return [len(item.ids) for item in encoded]
