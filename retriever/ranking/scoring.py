"""From passages to sentences: how strongly each sentence of the candidates speaks for the question.

A passage is as good as its best sentence, so this is the reranking step as well.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from retriever.index.generation import Generation
from retriever.query.formulation import Query
from retriever.ranking.candidates import Candidates
from retriever.ranking.cross_encoder import READ, Reranker
from retriever.ranking.features import Signals, measure

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]

RERANKED = 40  # candidates whose sentences are read; more changed no figure, and took longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The sentences of the best candidates, and what they make of their passages.

    ``sentences`` are sentence rows and ``scores`` their strength, both ``(m,)``, with the
    ``signals`` behind it and in ``owners`` the places of their passages among the candidates.
    ``passage_scores`` is ``(n,)``, in the order of the candidates. ``held``, ``(m,)`` in [0, 1], is
    the share that a sentence holds of phrases that are all the question asks for.
    """

    sentences: Rows
    owners: Rows
    scores: Floats
    signals: Signals
    held: Floats
    passage_scores: Floats


def weigh_sentences(
    query: Query, candidates: Candidates, generation: Generation, *, gains: Floats
) -> Evidence:
    """Return the evidence in the first candidates; those beyond keep their order behind them.

    ``gains``, ``(n,)``, is added to the strength of every sentence of a candidate.
    """
    best = candidates.first(RERANKED)
    signals = measure(query, best, generation)
    scores = strength = signals.strength() + gains[best.owners]
    if query.carried:
        scores = _own_strength(query, best, signals, generation) + gains[best.owners]
    passage_scores = candidates.fused - _BEHIND
    np.maximum.at(passage_scores, best.owners, strength)
    return Evidence(
        sentences=best.sentences,
        owners=best.owners,
        scores=scores,
        signals=signals,
        held=np.zeros_like(scores),
        passage_scores=passage_scores,
    )


def _own_strength(
    query: Query, candidates: Candidates, signals: Signals, generation: Generation
) -> Floats:
    """Return how strongly each sentence speaks for a follow-up by itself.

    What was carried over finds the passages. Inside them it would choose the sentences that answer
    the questions before (canard: .56 of evidence quoted instead of .61; inscit: .50 for .52).
    """
    own = generation.sentences.cosines(query.own_vector, candidates.sentences)
    return replace(signals, sentence_cosine=own).strength()


def read_together(
    evidence: Evidence,
    query: Query,
    candidates: Candidates,
    generation: Generation,
    reranker: Reranker,
) -> Evidence:
    """Return the evidence with the reranker's verdict on the best passages added to it.

    What it has read stands before all that it has not.
    """
    best = np.argsort(-evidence.passage_scores, kind="stable")[:READ]
    passages = [generation.store.passage(int(row)) for row in candidates.rows[best]]
    texts = [f"{part.article.title or ''}\n{part.text}".strip() for part in passages]
    verdict = np.zeros(len(candidates.rows), dtype=np.float32)
    verdict[best] = 1 + reranker.scores(query.text, texts)
    return replace(
        evidence,
        scores=evidence.scores + verdict[evidence.owners],
        passage_scores=evidence.passage_scores + verdict,
    )


# Below every strength, which is a weighted mean of signals that are never under -1.
_BEHIND = np.float32(4)
