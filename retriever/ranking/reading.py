"""Reading the best passages with the question: which of their words answer, if any do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from retriever.index.generation import Generation
from retriever.query.formulation import Query
from retriever.ranking.candidates import Candidates
from retriever.ranking.scoring import Reading, ScoredSentences
from retriever.ranking.windows import PassageWindow, windows_of
from retriever.reader.protocol import Reader, WindowReading
from retriever.records import Span
from retriever.records.arrays import FloatVector, RowNumbers

READ = 8  # passages, from the best
LONGEST_ANSWER = 30  # tokens, as in training
# The score of a sentence that was not read; logits are between -20 and 20, a span's has four.
UNREAD = -100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PointedSpan:
    """Code points of a text, and how far above "none" a reader puts them, in logits."""

    span: Span
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _SentenceReading:
    """What one window says of the sentence at place ``sentence``."""

    sentence: int
    relevance: float
    best: PointedSpan | None


def read_closely(
    scored: ScoredSentences,
    query: Query,
    candidates: Candidates,
    generation: Generation,
    reader: Reader,
) -> ScoredSentences:
    """Return the sentences with what a reader says of those of the :data:`READ` best passages."""
    best = np.argsort(-scored.passage_scores, kind="stable")[:READ]
    rows = candidates.rows[best].tolist()
    passages = [generation.store.passage(row) for row in rows]
    sentences = [generation.sentences.spans(row) for row in rows]
    windows = windows_of(passages, sentences, query.text, reader)
    said = reader.read(query.text, [one.window for one in windows])
    relevance = np.full(len(candidates.rows), np.nan, dtype=np.float32)
    for window, reply in zip(windows, said, strict=True):
        place = best[window.place]
        relevance[place] = np.fmax(relevance[place], np.float32(reply.relevance))
    replies = _by_sentence(scored, generation, best[[one.place for one in windows]], windows, said)
    return replace(scored, reading=_together(len(scored.rows), replies, relevance))


def _by_sentence(
    scored: ScoredSentences,
    generation: Generation,
    owners: RowNumbers,
    windows: Sequence[PassageWindow],
    said: Sequence[WindowReading],
) -> Iterator[_SentenceReading]:
    """Yield what each window says of each sentence that it holds, or holds a part of."""
    for owner, window, reply in zip(owners.tolist(), windows, said, strict=True):
        for n in np.flatnonzero(scored.owners == owner).tolist():
            sentence = generation.sentences.span(int(scored.rows[n]))
            if sentence.overlap(window.span):
                best = best_span(reply, sentence.moved(-window.span.start))
                yield _SentenceReading(
                    sentence=n,
                    relevance=reply.relevance,
                    best=best and replace(best, span=best.span.moved(window.span.start)),
                )


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


def _together(count: int, replies: Iterator[_SentenceReading], passages: FloatVector) -> Reading:
    """Return what is said of ``count`` sentences; of several windows the better counts."""
    scores = np.full(count, UNREAD, dtype=np.float32)
    relevance = np.full(count, np.nan, dtype=np.float32)
    spans: list[Span | None] = [None] * count
    for one in replies:
        n = one.sentence
        relevance[n] = np.fmax(relevance[n], np.float32(one.relevance))
        if one.best and one.best.score > scores[n]:
            scores[n], spans[n] = one.best.score, one.best.span
    return Reading(
        span_scores=scores, spans=tuple(spans), relevance=relevance, passage_relevance=passages
    )
