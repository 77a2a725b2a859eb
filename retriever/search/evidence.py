"""From passages to sentences: how strongly each sentence of the candidates speaks for the question.

A passage is as good as its best sentence, so this is the reranking step as well.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retriever.index.generation import Generation
from retriever.search.candidates import Candidates
from retriever.search.query import Query
from retriever.text.terms import terms

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]

RERANKED = 40  # candidates whose sentences are read


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The sentences of the best candidates, and what they make of their passages.

    ``sentences`` are sentence rows, ``scores`` and ``coverage`` their strength and the share of
    the question's weighted words found in them, all ``(m,)``. ``passage_scores`` is ``(n,)`` in
    the order of the candidates.
    """

    sentences: Rows
    scores: Floats
    coverage: Floats
    cosine: Floats
    passage_scores: Floats


def weigh_sentences(query: Query, candidates: Candidates, generation: Generation) -> Evidence:
    """Return the evidence in the first candidates; those beyond keep their order behind them."""
    read = candidates.owners < RERANKED
    sentences, owners = candidates.sentences[read], candidates.owners[read]
    cosine = candidates.sentence_cosine[read]
    coverage = _coverage(query, sentences, generation)
    scores = (cosine + coverage + candidates.fused[owners]) / 3
    passage_scores = candidates.fused - 2
    np.maximum.at(passage_scores, owners, scores)
    return Evidence(
        sentences=sentences,
        scores=scores.astype(np.float32),
        coverage=coverage,
        cosine=cosine,
        passage_scores=passage_scores,
    )


def _coverage(query: Query, sentences: Rows, generation: Generation) -> Floats:
    """Return the share of the question's words, weighted by rarity, that each sentence holds."""
    total = float(query.weights.sum()) or 1.0
    weight = dict(zip(query.terms, query.weights.tolist(), strict=True))
    shares = [
        sum(weight.get(term, 0.0) for term in set(terms(_text(row, generation)))) / total
        for row in sentences.tolist()
    ]
    return np.array(shares, dtype=np.float32)


def _text(row: int, generation: Generation) -> str:
    passage = generation.store.passage(generation.sentences.passage(row))
    return generation.sentences.span(row).of(passage.article.text)
