"""Reading the best passages with the question: which of their words answer, if any do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from retriever.index.generation import Generation
from retriever.query.formulation import Query
from retriever.ranking.candidates import Candidates
from retriever.ranking.scoring import Reading, ScoredSentences
from retriever.ranking.windows import PassageWindow, windows_of
from retriever.reader.protocol import Reader, WindowReading
from retriever.reader.spans import PointedSpan, best_span
from retriever.records.arrays import FloatVector, RowNumbers

if TYPE_CHECKING:
    from retriever.records import Span

# Passages, from the best. Of 2, 3, 4, 5, 6 and 8, none changed a figure by more than chance on six
# sets, and each takes as long as all the rest of a question.
READ = 3
# What the words that it points at, and the relevance of their passage, add to a sentence's strength
# at most: .2 and .1 were, of 36 pairs, the best mean over squad2, realtimeqa, clapnq, canard,
# ramdocs and inscit. Half of the .2 is now the sentence's share of all that was read, since a
# reader that points at many sentences knows less of each: the best one holds the evidence for .010
# more of realtimeqa, .014 of clapnq, .008 of ramdocs, on squad2 for as many; of the quotes .001,
# .014, .007 and .002 more do, and none quotes less of its evidence. With a share of .15 squad2
# quotes .007 less.
POINTED, SHARE, RELEVANT = 0.1, 0.1, 0.1
# A passage gains less, by the words alone. From .1 to .15 @1 of squad2 goes from .909 to .915, of
# ramdocs from .816 to .832, of canard from .815 to .817; realtimeqa, clapnq and inscit stay. At .25
# clapnq, inscit and realtimeqa lose .01 each. Passages of follow-ups gain nothing: of .03, .05 and
# .1 none helps canard or inscit.
PASSAGE_POINTED = 0.15
SOFTNESS = 3.0  # logits of a span, which sums two, to one of a sentence
# The score of a sentence that was not read; logits are between -20 and 20, a span's has four.
UNREAD = -100.0


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
    """Return the sentences with what a reader says of those of the :data:`READ` best passages.

    What it says is added to their strength; see :func:`lift_pointed_at`, :func:`lift_relevant`. A
    follow-up is read as it was asked: behind what it leans on it is no question as any in training,
    and the title says whom it is about (of 225 of canard .333 are quoted with evidence for .280, of
    72 of mtrag .069 for .028; precision rises by .02 and .035).
    """
    best = np.argsort(-scored.passage_scores, kind="stable")[:READ]
    rows = candidates.rows[best].tolist()
    passages = [generation.store.passage(row) for row in rows]
    sentences = [generation.sentences.spans(row) for row in rows]
    windows = windows_of(passages, sentences, query.spelt, reader)
    said = reader.read(query.spelt, [one.window for one in windows])
    relevance = np.full(len(candidates.rows), np.nan, dtype=np.float32)
    for window, reply in zip(windows, said, strict=True):
        place = best[window.place]
        relevance[place] = np.fmax(relevance[place], np.float32(reply.relevance))
    replies = _by_sentence(scored, generation, best[[one.place for one in windows]], windows, said)
    reading = _together(len(scored.rows), replies, relevance)
    scored = replace(scored, reading=reading)
    if not reader.points:
        return lift_relevant(scored, reading)
    lifted = lift_pointed_at(scored, reading)
    beside = query.text != query.spelt  # what a follow-up leans on
    return replace(lifted, passage_scores=scored.passage_scores) if beside else lifted


def lift_pointed_at(scored: ScoredSentences, reading: Reading) -> ScoredSentences:
    """Return the sentences with what a reader that points at words says added to their scores.

    A passage gains by the words that are pointed at most surely in it.
    """
    read = ~np.isnan(reading.relevance)
    pointed, lift = np.zeros_like(scored.scores), np.zeros_like(scored.scores)
    pointed[read] = likelihood(reading.span_scores[read] / SOFTNESS)
    lift[read] = (
        POINTED * pointed[read]
        + SHARE * shares_of(reading.span_scores[read] / SOFTNESS)
        + RELEVANT * likelihood(reading.relevance[read])
    )
    in_passage = np.zeros_like(scored.passage_scores)
    np.maximum.at(in_passage, scored.owners, pointed)
    return replace(
        scored,
        scores=scored.scores + lift,
        passage_scores=scored.passage_scores + PASSAGE_POINTED * in_passage,
    )


def likelihood(logits: FloatVector | np.float32) -> FloatVector:
    """Return in [0, 1] how likely what has these ``logits`` is."""
    return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)


def shares_of(logits: FloatVector) -> FloatVector:
    """Return the share of each in all of them, as softmax gives it; they add up to 1."""
    if not len(logits):
        return logits
    odds = np.exp(logits - logits.max())
    return np.asarray(odds / odds.sum(), dtype=np.float32)


def lift_relevant(scored: ScoredSentences, reading: Reading) -> ScoredSentences:
    """Return the sentences with the relevance of what was read added to their scores.

    What was read stands before all that was not. This is for readers that point at no words.
    """
    read = ~np.isnan(reading.passage_relevance)
    lift = np.zeros_like(scored.passage_scores)
    lift[read] = 1 + likelihood(reading.passage_relevance[read])
    return replace(
        scored,
        scores=scored.scores + lift[scored.owners],
        passage_scores=scored.passage_scores + lift,
    )


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
