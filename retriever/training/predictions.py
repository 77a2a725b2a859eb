"""Reading windows with a trained network, and what it points at in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from retriever.training.measured_questions import GoldPlace, MeasuredQuestion, Text
from retriever.training.network import ReaderNetwork
from retriever.training.rows import Range

Logits = NDArray[np.float32]
LONGEST_ANSWER = 30  # tokens
_LONGEST_PAIR = 384  # tokens
_BATCH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What a reader points at in a window: ``margin`` is how far the span stands above "none"."""

    place: GoldPlace
    words: str
    margin: float
    relevance: float


def read(
    reader: ReaderNetwork, tokeniser: Tokenizer, asked: Sequence[MeasuredQuestion]
) -> list[list[Prediction]]:
    """Return for each question what is found in its windows, the surest first."""
    pairs = [(number, window) for number, one in enumerate(asked) for window in one.windows]
    pairs.sort(key=lambda pair: len(pair[1].text))
    found: list[list[Prediction]] = [[] for _ in asked]
    reader.eval()
    for at in range(0, len(pairs), _BATCH):
        part = pairs[at : at + _BATCH]
        texts = [(asked[number].question, window) for number, window in part]
        for (number, _), one in zip(part, _read_batch(reader, tokeniser, texts), strict=True):
            found[number].append(one)
    return [sorted(one, key=lambda found: -found.margin) for one in found]


def _read_batch(
    reader: ReaderNetwork, tokeniser: Tokenizer, texts: Sequence[tuple[str, Text]]
) -> Iterator[Prediction]:
    tokeniser.enable_truncation(384, strategy="only_second")
    tokeniser.enable_padding()
    encodings = tokeniser.encode_batch([(question, window.text) for question, window in texts])
    tokens, kinds, present = (
        torch.tensor([getattr(one, name) for one in encodings])
        for name in ("ids", "type_ids", "attention_mask")
    )
    device = reader.span.weight.device
    with torch.inference_mode(), torch.autocast(device.type, dtype=torch.bfloat16):
        reading = reader(tokens.to(device), kinds.to(device), present.to(device))
    starts, ends = (one.float().cpu().numpy() for one in (reading.starts, reading.ends))
    for row, (_, window) in enumerate(texts):
        first, last, score = best_span(starts[row], ends[row])
        offsets = encodings[row].offsets
        here = Range(start=offsets[first][0], end=offsets[last][1])
        yield Prediction(
            place=GoldPlace(
                article=window.article,
                start=window.start + here.start,
                end=window.start + here.end,
            ),
            words=here.of(window.text),
            margin=score - float(starts[row, 0] + ends[row, 0]),
            relevance=float(reading.relevance[row]),
        )


def best_span(starts: NDArray[np.float32], ends: NDArray[np.float32]) -> tuple[int, int, float]:
    """Return the first and last token of the best answer, and its score; place 0 is no answer."""
    scores = starts[:, None] + ends[None, :]
    length = len(starts)
    allowed = np.triu(np.ones((length, length), dtype=bool))
    allowed &= ~np.triu(np.ones((length, length), dtype=bool), LONGEST_ANSWER)
    allowed[0] = False
    scores = np.where(allowed, scores, -np.inf)
    first, last = np.unravel_index(int(scores.argmax()), scores.shape)
    return int(first), int(last), float(scores[first, last])
