"""An encoder's network in OpenVINO: what encodes whole corpora where it is installed.

On two cores with bfloat16 of their own, 512 passages of 195 tokens take a sixth of the processor
time that the library takes, 6.8 s for 42, and in 32 bits a third. Vectors in bfloat16 have a cosine
of .99997 and more to those in 32 bits; no figure of any measured set is moved by that.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from retriever.encoders.runtimes.bert import BertWeights, read_bert
from retriever.encoders.runtimes.openvino_graph import (
    BertGraph,
    CompiledBert,
    compile_bert,
    padded,
    padded_length,
)
from retriever.encoders.runtimes.pooled import PooledRuntime, tried
from retriever.encoders.tokenizer import TextTokenizer
from retriever.records.arrays import AnyArray, FloatMatrix, TokenIds

# Texts of one padded length that are read as one input: of 1, 4 and 16 the cheapest. The rest of
# such texts go one by one, so that code is made for two shapes a length and no more.
_BATCH = 4
_TOGETHER = 32  # inputs that 128 passages give


class OpenvinoBert:
    """The compiled network; a text is padded by its own length, whatever is read beside it."""

    def __init__(self, compiled: CompiledBert) -> None:
        """Run ``compiled``."""
        self._compiled = compiled

    def all_tokens(self, ids: Sequence[TokenIds], kinds: Sequence[TokenIds]) -> list[FloatMatrix]:
        """Return the vectors of the tokens of several texts, ``(len(ids[n]), width)`` each."""
        batches = [*_batches([len(own) for own in ids])]
        made = self._compiled.run([_inputs(ids, kinds, batch) for batch in batches])
        states = {
            n: own[: len(ids[n])]
            for batch, (found,) in zip(batches, made, strict=True)
            for n, own in zip(batch, found, strict=True)
        }
        return [states[n] for n in range(len(ids))]


def load_openvino_bert(
    folder: Path, tokenizer: TextTokenizer, *, precision: str = ""
) -> PooledRuntime | None:
    """Return the network in ``folder``; ``None`` where it is of another kind, or OpenVINO fails.

    ``precision`` is ``bf16`` or ``f32``; without it, what is fastest here.
    """
    model = read_bert(folder)
    network = model and _compiled(model.network, precision)
    if not model or not network:
        return None
    try:
        return tried(PooledRuntime(network=network, tokenizer=tokenizer, head=model.head))
    except (RuntimeError, ValueError):  # the library says what is wrong with it
        return None


def _compiled(network: BertWeights, precision: str) -> OpenvinoBert | None:
    try:
        compiled = compile_bert(network, _states, precision=precision, together=_TOGETHER)
    except KeyError:  # a weight is missing
        return None
    return OpenvinoBert(compiled) if compiled else None


def _states(_graph: BertGraph, states: Any) -> list[Any]:  # noqa: ANN401
    return [states]


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the numbers of texts that are read as one input, the longest first."""
    alike: dict[int, list[int]] = defaultdict(list)
    for n, length in enumerate(lengths):
        alike[padded_length(length)].append(n)
    for _, numbers in sorted(alike.items(), reverse=True):
        whole = len(numbers) - len(numbers) % _BATCH
        yield from (numbers[at : at + _BATCH] for at in range(0, whole, _BATCH))
        yield from ([n] for n in numbers[whole:])


def _inputs(
    ids: Sequence[TokenIds], kinds: Sequence[TokenIds], batch: Sequence[int]
) -> list[AnyArray]:
    length = padded_length(len(ids[batch[0]]))
    present = [np.ones(len(ids[n]), dtype=np.float32) for n in batch]
    return [
        padded(rows, length)
        for rows in ([ids[n] for n in batch], [kinds[n] for n in batch], present)
    ]
