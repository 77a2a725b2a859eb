"""What readers of models that others made have in common: a folder, its tokenizer, and one lock."""

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from retriever.encoders.tokenizer import TextTokenizer
from retriever.reader.pairs import PairTokenizer


class FolderReader:
    """A model in a local folder, loaded when the first question comes.

    ``most`` is how many tokens it reads at most, whatever it says of itself; ``None`` for no bound.
    """

    most: int | None = None

    def __init__(self, folder: Path) -> None:
        """Use the model in ``folder``."""
        self._folder = folder
        self._running = threading.Lock()

    def prepare(self) -> None:
        """Do nothing: the library is loaded when the first question comes."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, special ones left out."""
        return self._tokenizer.count(texts)

    def room(self, question: str, heading: str) -> int:
        """Return how many tokens of a passage are read with a question and a heading."""
        return self._tokenizer.room(question, heading)

    @cached_property
    def _tokenizer(self) -> PairTokenizer:
        window = TextTokenizer(self._folder).window
        return PairTokenizer(self._folder, longest=min(self.most or window, window))
