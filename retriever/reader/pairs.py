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

from retriever.encoders.tokenizer import count_tokens, load_tokenizer
from retriever.errors import EncoderError
from retriever.reader.protocol import ReadingWindow
from retriever.records.arrays import IntTable, TokenIds

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

# A quarter of the smallest window; of a longer question its end is read, where what is asked
# stands more often, after the words that were carried over.
_QUESTION_SHARE = 4
_HEADING_SHARE = 4
# Tokens of a passage; what leaves less beside the longest question and heading reads no sentence.
_LEAST_ROOM = 16


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
    """The tokenizer of the model in a folder, for pairs of at most ``longest`` tokens.

    Everything raises :class:`EncoderError` when it cannot be read, or ``longest`` is too few.
    """

    def __init__(self, folder: Path, *, longest: int) -> None:
        """Use the ``tokenizer.json`` of ``folder``, read when it is first needed."""
        self._folder, self.longest = folder, longest

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, special ones left out."""
        return count_tokens(self._tokenizer, texts)

    def room(self, question: str, heading: str) -> int:
        """Return how many tokens of a passage fit beside a question and a heading, at least 1."""
        taken = self.count([self._shortened(question), self._headed(heading, "")])
        # A word that is cut may have more tokens than the part of it that was kept had.
        return max(1, self.longest - _special(self._tokenizer) - sum(taken))

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
        ids, kinds = np.array(encoding.ids), np.array(encoding.type_ids)
        second = [n for n, part in enumerate(encoding.sequence_ids) if part == 1]
        asked = sum(part == 0 for part in encoding.sequence_ids)
        room = max(0, self.longest - _special(self._tokenizer) - asked)
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
        tokenizer = load_tokenizer(self._folder)
        most = self.longest - self.longest // _QUESTION_SHARE - self.longest // _HEADING_SHARE
        if most - _special(tokenizer) < _LEAST_ROOM:
            raise EncoderError(
                f"the model in {self._folder} reads {self.longest} tokens, too few for a question "
                "and a passage; name another model"
            )
        return tokenizer


def _special(tokenizer: "Tokenizer") -> int:
    return int(tokenizer.num_special_tokens_to_add(is_pair=True))
