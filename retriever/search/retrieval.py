"""The read path: a question and its conversation → hits, best first."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from retriever.index.encoder import Encoder
from retriever.index.generation import Generation
from retriever.records import Filters, Hit, Message, Scores
from retriever.search.candidates import Candidates, find_candidates
from retriever.search.conversation import context_of
from retriever.search.evidence import Evidence, weigh_sentences
from retriever.search.filters import allowed_rows
from retriever.search.query import Query, make_query

Channel = Literal["dense", "lexical", "fused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search hands to the answer stage: the query, the hits and the sentences in them."""

    query: Query
    hits: list[Hit]
    evidence: Evidence


def retrieve(
    question: str,
    history: tuple[Message, ...],
    generation: Generation,
    encoder: Encoder,
    *,
    filters: Filters,
) -> Found:
    """Return the passages that fit the question best, with the sentences that speak for them."""
    context = context_of(question, history, generation, encoder)
    query = make_query(question, context, generation, encoder)
    candidates = find_candidates(query, generation, allowed_rows(generation.store, filters))
    evidence = weigh_sentences(query, candidates, generation)
    hits = _hits(candidates, evidence.passage_scores, generation)
    return Found(query=query, hits=hits, evidence=evidence)


def retrieve_channel(
    question: str,
    history: tuple[Message, ...],
    generation: Generation,
    encoder: Encoder,
    *,
    channel: Channel,
    filters: Filters,
) -> list[Hit]:
    """Return what one channel alone finds, for measuring each stage by itself."""
    context = context_of(question, history, generation, encoder)
    query = make_query(question, context, generation, encoder)
    found = find_candidates(query, generation, allowed_rows(generation.store, filters))
    order_by = {"dense": found.cosine, "lexical": found.bm25, "fused": found.fused}[channel]
    hits = _hits(found, order_by, generation)
    return [hit for hit in hits if hit.scores.bm25 > 0] if channel == "lexical" else hits


def _hits(candidates: Candidates, order_by: np.ndarray, generation: Generation) -> list[Hit]:
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
