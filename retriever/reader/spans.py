"""The best span that a reader points at: where it stands, and how far it is above "none"."""

from dataclasses import dataclass

import numpy as np

from retriever.reader.protocol import WindowReading
from retriever.records import Span

LONGEST_ANSWER = 30  # tokens, as in training


@dataclass(frozen=True, slots=True, kw_only=True)
class PointedSpan:
    """Code points of a text, and how far above "none" a reader puts them, in logits."""

    span: Span
    score: float


def best_span(reply: WindowReading, within: Span) -> PointedSpan | None:
    """Return the best span of whole tokens ``within`` a part of a window's passage, if any is.

    It has at most :data:`LONGEST_ANSWER` tokens; of equal ones the first and shortest is taken.
    """
    inside = (reply.offsets[:, 0] >= within.start) & (reply.offsets[:, 1] <= within.end)
    tokens = np.flatnonzero(inside)
    if not len(tokens):
        return None
    starts, ends = reply.starts[tokens][:, None], reply.ends[tokens]
    length = np.arange(len(tokens)) - np.arange(len(tokens))[:, None]
    scores = np.where((length >= 0) & (length < LONGEST_ANSWER), starts + ends, -np.inf)
    first, last = divmod(int(scores.argmax()), len(tokens))
    return PointedSpan(
        span=Span(
            start=int(reply.offsets[tokens[first], 0]), end=int(reply.offsets[tokens[last], 1])
        ),
        score=float(scores[first, last]) - reply.none_start - reply.none_end,
    )
