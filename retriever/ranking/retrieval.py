"""The read path: a question and its conversation → hits, best first."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from retriever.encoders.protocol import Encoder
from retriever.index.generation import Generation
from retriever.query.conversation import context_of
from retriever.query.filters import allowed_rows
from retriever.query.formulation import Query, make_query
from retriever.query.question import Question
from retriever.query.quoted_phrases import quoted
from retriever.ranking.candidates import Candidates, find_candidates
from retriever.ranking.cross_encoder import Reranker
from retriever.ranking.duplicates import originals_first
from retriever.ranking.phrases import Phrases, find_phrases, mark_phrases
from retriever.ranking.recency import time_of, timeliness
from retriever.ranking.scoring import Evidence, read_together, weigh_sentences
from retriever.records import Hit, Scores
from retriever.text.terms import words

Floats = NDArray[np.float32]
Channel = Literal["dense", "lexical", "fused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found: the query, its phrases, the candidates, and the sentences in the best."""

    query: Query
    phrases: Phrases
    candidates: Candidates
    evidence: Evidence


def retrieve(
    question: Question, generation: Generation, encoder: Encoder, reranker: Reranker | None
) -> Found:
    """Return the candidates for a question, with the sentences that speak for them."""
    query, phrases, candidates = _candidates(question, generation, encoder)
    gains = _gains(question, candidates, generation)
    evidence = weigh_sentences(query, candidates, generation, gains=gains)
    evidence = mark_phrases(evidence, phrases, candidates, generation)
    if reranker:
        evidence = read_together(evidence, query, candidates, generation, reranker)
    return Found(query=query, phrases=phrases, candidates=candidates, evidence=evidence)


def hits_of(found: Found, generation: Generation) -> list[Hit]:
    """Return the passages found, best first; only a search needs them, an answer does not."""
    hits = originals_first(_hits(found.candidates, found.evidence.passage_scores, generation))
    return _numbered(hits)


def retrieve_channel(
    question: Question, generation: Generation, encoder: Encoder, *, channel: Channel
) -> list[Hit]:
    """Return what one channel alone finds, for measuring each stage by itself."""
    _, _, found = _candidates(question, generation, encoder)
    order_by = {"dense": found.cosine, "lexical": found.bm25, "fused": found.fused}[channel]
    hits = _hits(found, order_by, generation)
    return [hit for hit in hits if hit.scores.bm25 > 0] if channel == "lexical" else hits


def _candidates(
    question: Question, generation: Generation, encoder: Encoder
) -> tuple[Query, Phrases, Candidates]:
    context = context_of(question, generation, encoder)
    as_typed = question.without | frozenset(words(" ".join(quoted(question.text))))
    query = make_query(question.text, context, generation, encoder, as_typed=as_typed)
    allowed = allowed_rows(generation.store, question.filters)
    phrases = find_phrases(query, generation, allowed)
    return query, phrases, find_candidates(query, generation, allowed, wanted=phrases.rows)


def _gains(question: Question, candidates: Candidates, generation: Generation) -> Floats:
    """Return what each candidate gains from when its article was published, ``(n,)``."""
    articles = generation.store.passage_article[candidates.rows]
    return timeliness(generation.store, articles, time_of(question.text, question.today))


def _hits(candidates: Candidates, order_by: Floats, generation: Generation) -> list[Hit]:
    """Return candidates as hits by falling score, equal scores by passage id."""
    passages = [generation.store.passage(int(row)) for row in candidates.rows]
    order = sorted(range(len(passages)), key=lambda n: (-float(order_by[n]), passages[n].id))
    return [
        Hit(
            passage=passages[n],
            rank=rank,
            scores=Scores(
                cosine=float(candidates.cosine[n]),
                bm25=float(candidates.bm25[n]),
                fused=float(order_by[n]),
            ),
        )
        for rank, n in enumerate(order, 1)
    ]


def _numbered(hits: list[Hit]) -> list[Hit]:
    return [replace(hit, rank=rank) for rank, hit in enumerate(hits, 1)]
