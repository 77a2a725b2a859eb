"""What is searched for one question: its words, their rarity here, and its vector."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retriever.index.encoder import Encoder
from retriever.index.generation import Generation
from retriever.search.conversation import Context
from retriever.text.terms import terms

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question ready for both channels.

    ``text`` is what is searched, with the words carried over from the conversation. ``terms`` are
    its distinct index terms; ``weights`` their inverse document frequencies, where a word that
    occurs nowhere counts as the rarest possible and a carried word for as much as the question
    leans on it. ``most_bm25`` is the bound that BM25 approaches when every known term fills a
    passage. ``vector`` is as long as the question and its context agree, at most 1.
    """

    question: str
    text: str
    carried: tuple[str, ...]
    terms: tuple[str, ...]
    emphasis: Matrix
    weights: Matrix
    vector: Matrix
    most_bm25: float


def make_query(question: str, context: Context, generation: Generation, encoder: Encoder) -> Query:
    """Return the query for a question and what it takes over from its conversation."""
    own = dict.fromkeys(terms(question), 1.0)
    carried = dict.fromkeys(terms(" ".join(context.words)), context.lean)
    emphasis = np.array([*(carried | own).values()], dtype=np.float32)
    found = tuple(carried | own)
    weights = emphasis * np.array([rarity(term, generation) for term in found], dtype=np.float32)
    known = np.array([term in generation.lexical for term in found], dtype=bool)
    return Query(
        question=question,
        text=" ".join((question, *context.words)),
        carried=context.words,
        terms=found,
        emphasis=emphasis,
        weights=weights,
        vector=_vector(question, context, encoder),
        most_bm25=float(weights[known].sum()),
    )


def rarity(term: str, generation: Generation) -> float:
    """Return the inverse document frequency of a term as Lucene computes it."""
    count = len(generation.store)
    frequency = generation.lexical.document_frequency(term)
    return float(np.log1p((count - frequency + 0.5) / (frequency + 0.5)))


def _vector(question: str, context: Context, encoder: Encoder) -> Matrix:
    """Return the question's vector, moved towards the joined turns by how much it leans."""
    if not context.turns:
        return encoder.encode([question])[0]
    alone, joined = encoder.encode([question, " ".join((*context.turns, question))])
    vector: Matrix = (1 - context.lean) * alone + context.lean * joined
    return vector.astype(np.float32)
