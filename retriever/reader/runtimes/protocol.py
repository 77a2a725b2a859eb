"""What the bundled reader needs of whatever runs its network."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from retriever.encoders.runtimes.bert import BertWeights
from retriever.reader.pairs import TokenPair
from retriever.records.arrays import FloatMatrix


@dataclass(frozen=True, slots=True, kw_only=True)
class PairLogits:
    """What the network says of a pair: of each token, ``(n, 2)`` start and end; of the whole."""

    spans: FloatMatrix
    relevance: float


class ReaderRuntime(Protocol):
    """A network ready to run; one thread at a time calls it."""

    def run(self, pairs: Sequence[TokenPair]) -> list[PairLogits]:
        """Return the logits of each pair, in the order given."""
        ...


# Returns the network ready to run, or ``None`` where this runtime does not run.
LoadReaderRuntime = Callable[[BertWeights], ReaderRuntime | None]
