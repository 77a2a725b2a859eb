"""What is searched for one question: its words, their rarity here, and its vector."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retriever.index.encoder import Encoder
from retriever.index.generation import Generation
from retriever.text.terms import terms

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question ready for both channels.

    ``terms`` are its distinct index terms in order; ``weights`` their inverse document
    frequencies, where a word that occurs nowhere counts as the rarest possible. ``most_bm25`` is
    the bound that BM25 approaches when every known term fills a passage: the sum of their weights.
    """

    text: str
    terms: tuple[str, ...]
    weights: Matrix
    vector: Matrix
    most_bm25: float


def make_query(text: str, generation: Generation, encoder: Encoder) -> Query:
    """Return the query for ``text``, which is what is searched (see Answer.search_text)."""
    found = tuple(dict.fromkeys(terms(text)))
    weights = np.array([rarity(term, generation) for term in found], dtype=np.float32)
    known = [term in generation.lexical for term in found]
    return Query(
        text=text,
        terms=found,
        weights=weights,
        vector=encoder.encode([text])[0],
        most_bm25=float(weights[known].sum()),
    )


def rarity(term: str, generation: Generation) -> float:
    """Return the inverse document frequency of a term as Lucene computes it."""
    count = len(generation.store)
    frequency = generation.lexical.document_frequency(term)
    return float(np.log1p((count - frequency + 0.5) / (frequency + 0.5)))
