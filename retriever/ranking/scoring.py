"""From passages to sentences: how strongly each sentence of the candidates speaks for the question.

A passage is as good as its best sentence, so this is the reranking step as well.
"""

from dataclasses import dataclass, replace

import numpy as np

from retriever.index.generation import Generation
from retriever.query.formulation import Query
from retriever.ranking.candidates import Candidates
from retriever.ranking.context import read_in_context
from retriever.ranking.features import FeatureValues, measure
from retriever.reader.spans import PointedSpan
from retriever.records import Span
from retriever.records.arrays import FloatVector, RowNumbers

READ_CLOSELY = 40  # candidates whose sentences are read; more changed no figure, and took longer
# Below every strength: a weighted mean of features that are never under -1, less what furniture
# loses.
_BEHIND = np.float32(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader says of ``m`` sentences and the ``n`` candidates that they are of, in logits.

    ``span_scores``, ``(m,)``, tell how far the best span within each sentence stands above "no
    answer here"; ``spans`` where it stands in the article, ``None`` where nothing was read.
    ``relevance``, ``(m,)``, is that of the window with the sentence, ``passage_relevance``,
    ``(n,)``, that of the passage's best window; both are NaN where nothing was read.
    """

    span_scores: FloatVector
    spans: tuple[Span | None, ...]
    relevance: FloatVector
    passage_relevance: FloatVector

    def pointed_at(self, sentence: int) -> PointedSpan | None:
        """Return what the reader points at in a sentence; ``None`` where it was not read."""
        span = self.spans[sentence]
        score = float(self.span_scores[sentence])
        return PointedSpan(span=span, score=score) if span else None

    def only(self, places: RowNumbers) -> "Reading":
        """Return what is said of the sentences at some ``places``, in that order."""
        return replace(
            self,
            span_scores=self.span_scores[places],
            spans=tuple(self.spans[place] for place in places.tolist()),
            relevance=self.relevance[places],
        )

    def likelihood(self, candidate: int) -> float | None:
        """Return in [0, 1] how likely a candidate answers; ``None`` where it was not read."""
        logit = float(self.passage_relevance[candidate])
        return None if np.isnan(logit) else 1 / (1 + float(np.exp(-logit)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredSentences:
    """The sentences of the best candidates, and what they make of their passages.

    ``rows`` are sentence rows and ``scores`` their strength, both ``(m,)``, with the ``features``
    behind it and in ``owners`` the places of their passages among the candidates.
    ``passage_scores`` is ``(n,)``, in the order of the candidates. ``held``, ``(m,)`` in [0, 1], is
    the share that a sentence holds of phrases that are all the question asks for. ``reading`` is
    what a reader says, if there is one.
    """

    rows: RowNumbers
    owners: RowNumbers
    scores: FloatVector
    features: FeatureValues
    held: FloatVector
    passage_scores: FloatVector
    reading: Reading | None = None

    def only(self, places: RowNumbers) -> "ScoredSentences":
        """Return the sentences at some ``places``, in that order; passages stay as they are."""
        return replace(
            self,
            rows=self.rows[places],
            owners=self.owners[places],
            scores=self.scores[places],
            features=self.features.only(places),
            held=self.held[places],
            reading=self.reading.only(places) if self.reading else None,
        )


def score_sentences(
    query: Query, candidates: Candidates, generation: Generation
) -> ScoredSentences:
    """Return the sentences of the first candidates; those beyond keep their order behind them.

    What a follow-up carries over finds the passages; inside them it would choose the sentences that
    answer the questions before (canard: .56 of evidence quoted instead of .61; inscit: .50 for
    .52), so there the question's own words count.
    """
    best = candidates.first(READ_CLOSELY)
    features = measure(read_in_context(query, best, generation))
    scores = strength = features.strength()
    if query.carried:
        own = generation.sentences.cosines(query.own_vector, best.sentences)
        scores = features.replaced("sentence_cosine", own).strength()
    passage_scores = candidates.fused - _BEHIND
    np.maximum.at(passage_scores, best.owners, strength)
    return ScoredSentences(
        rows=best.sentences,
        owners=best.owners,
        scores=scores,
        features=features,
        held=np.zeros_like(scores),
        passage_scores=passage_scores,
    )
