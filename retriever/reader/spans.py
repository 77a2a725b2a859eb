"""The best span that a reader points at: where it stands, and how far it is above "none"."""

from dataclasses import dataclass

import numpy as np

from retriever.reader.protocol import WindowReading
from retriever.records import Span

LONGEST_ANSWER = 30  # tokens, as in training
# A span of at most so many tokens is taken if it comes within so many logits of the best one. The
# bundled reader learned of some rows only which sentence answers, and so marks whole sentences; by
# this, of realtimeqa's marks 6 in 100 have more than 12 words, not 19, and overlap F1 rises from
# .477 to .520; squad2 stays at .697 (6 to 12 tokens and 1 to 5 logits differ by .02 at most).
SHORT, NEARLY = 8, 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PointedSpan:
    """Code points of a text, and how far above "none" a reader puts them, in logits."""

    span: Span
    score: float


def best_span(reply: WindowReading, within: Span) -> PointedSpan | None:
    """Return the best span of whole tokens ``within`` a part of a window's passage, if any is.

    It has at most :data:`LONGEST_ANSWER` tokens; of equal ones the first and shortest is taken, and
    a :data:`SHORT` one that is nearly as good before a longer one. ``score`` is the best one's.
    """
    inside = (reply.offsets[:, 0] >= within.start) & (reply.offsets[:, 1] <= within.end)
    tokens = np.flatnonzero(inside)
    if not len(tokens):
        return None
    starts, ends = reply.starts[tokens][:, None], reply.ends[tokens]
    length = np.arange(len(tokens)) - np.arange(len(tokens))[:, None]
    scores = np.where((length >= 0) & (length < LONGEST_ANSWER), starts + ends, -np.inf)
    best = float(scores.max())
    short = np.where(length < SHORT, scores, -np.inf)
    chosen = short if short.max() >= best - NEARLY else scores
    first, last = divmod(int(chosen.argmax()), len(tokens))
    return PointedSpan(
        span=Span(
            start=int(reply.offsets[tokens[first], 0]), end=int(reply.offsets[tokens[last], 1])
        ),
        score=best - reply.none_start - reply.none_end,
    )
