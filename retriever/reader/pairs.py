"""Question and window as the tokens that a reader's network reads together.

``[CLS] question [SEP] heading and passage [SEP]``, or what the tokenizer of another network makes
of a pair: the bundled reader was trained on exactly this.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from retriever.encoders.tokenizer import load_tokenizer
from retriever.reader.protocol import ReadingWindow
from retriever.records.arrays import IntTable, TokenIds

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

# A quarter of the smallest window; of a longer question its end is read, where what is asked
# stands more often, after the words that were carried over.
_QUESTION_SHARE = 4
_HEADING_SHARE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPair:
    """Tokens of a question and a window, ``(n,)``: their numbers; ``kinds`` is 1 in the window.

    Those of the passage begin at place ``first``; ``offsets``, ``(t, 2)``, tell where they stand in
    it.
    """

    ids: TokenIds
    kinds: TokenIds
    first: int
    offsets: IntTable


class PairTokenizer:
    """The tokenizer of the model in a folder, for pairs of at most ``longest`` tokens."""

    def __init__(self, folder: Path, *, longest: int) -> None:
        """Use the ``tokenizer.json`` of ``folder``, read when it is first needed."""
        self._folder, self.longest = folder, longest

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, special ones left out."""
        encoded = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(item.ids) for item in encoded]

    def room(self, question: str, heading: str) -> int:
        """Return how many tokens of a passage fit beside a question and a heading."""
        taken = self.count([self._shortened(question), self._headed(heading, "")])
        special = int(self._tokenizer.num_special_tokens_to_add(is_pair=True))
        return self.longest - special - sum(taken)

    def pairs(self, question: str, windows: Sequence[ReadingWindow]) -> list[TokenPair]:
        """Return the tokens of the question with each window; what is beyond is cut."""
        asked = self._shortened(question)
        texts = [(asked, self._headed(one.heading, one.passage)) for one in windows]
        encodings = self._tokenizer.encode_batch(texts)
        return [
            self._pair(encoding, len(text) - len(window.passage))
            for encoding, (_, text), window in zip(encodings, texts, windows, strict=True)
        ]

    def _pair(self, encoding: "Encoding", shift: int) -> TokenPair:
        """Return a pair whose passage begins ``shift`` code points into what is read second."""
        special = int(self._tokenizer.num_special_tokens_to_add(is_pair=True))
        ids, kinds = np.array(encoding.ids), np.array(encoding.type_ids)
        second = [n for n, part in enumerate(encoding.sequence_ids) if part == 1]
        room = self.longest - special - sum(part == 0 for part in encoding.sequence_ids)
        cut, second = second[room:], second[:room]
        ids, kinds = np.delete(ids, cut), np.delete(kinds, cut)
        places = [n for n in second if encoding.offsets[n][0] >= shift]
        offsets = np.array([encoding.offsets[n] for n in places], dtype=np.int64).reshape(-1, 2)
        first = places[0] if places else len(ids)
        return TokenPair(ids=ids, kinds=kinds, first=first, offsets=offsets - shift)

    def _headed(self, heading: str, passage: str) -> str:
        return f"{self._cut(heading, _HEADING_SHARE, end=False)}\n{passage}" if heading else passage

    def _shortened(self, question: str) -> str:
        return self._cut(question, _QUESTION_SHARE, end=True)

    def _cut(self, text: str, share: int, *, end: bool) -> str:
        """Return as much of a text as fills that share of a window, its end or its beginning."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        most = self.longest // share
        if len(encoding.ids) <= most:
            return text
        return text[encoding.offsets[-most][0] :] if end else text[: encoding.offsets[most - 1][1]]

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        return load_tokenizer(self._folder)
