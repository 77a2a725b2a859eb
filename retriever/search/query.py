"""What is searched for one question: its words, their rarity here, and its vector."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retriever.index.encoder import Encoder
from retriever.index.generation import Generation
from retriever.search.conversation import Context
from retriever.search.wording import content_words
from retriever.text.terms import terms

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question ready for both channels.

    ``text`` is what is searched, with the words carried over from the conversation. ``terms`` are
    its distinct index terms; ``weights`` their inverse document frequencies, where a word that
    occurs nowhere counts as the rarest possible and a carried word for as much as the question
    leans on it. ``vector`` is as long as the question and its context agree, at most 1.
    """

    question: str
    text: str
    carried: tuple[str, ...]
    terms: tuple[str, ...]
    emphasis: Matrix
    weights: Matrix
    vector: Matrix


def make_query(question: str, context: Context, generation: Generation, encoder: Encoder) -> Query:
    """Return the query for a question and what it takes over from its conversation."""
    own = terms(question)
    about = set(terms(" ".join(content_words(question))))
    emphasis = dict.fromkeys(terms(" ".join(context.phrases)), context.lean)
    # "Tell me more about it": words of asking count less, the more the question leans.
    emphasis |= {term: 1.0 if term in about else 1.0 - context.lean for term in own}
    emphasis = {term: share for term, share in emphasis.items() if share > 0}
    shares = np.array([*emphasis.values()], dtype=np.float32)
    rarity = np.array([generation.lexical.rarity(term) for term in emphasis], dtype=np.float32)
    return Query(
        question=question,
        text=_joined(question, context),
        carried=context.phrases,
        terms=tuple(emphasis),
        emphasis=shares,
        weights=shares * rarity,
        vector=_vector(question, context, encoder),
    )


def _joined(question: str, context: Context) -> str:
    return f"{', '.join(context.phrases)}: {question}" if context.phrases else question


def _vector(question: str, context: Context, encoder: Encoder) -> Matrix:
    """Return the question's vector, moved towards the joined text by how much it leans."""
    if not context.phrases:
        alone: Matrix = encoder.encode([question])[0]
        return alone
    both = encoder.encode([question, _joined(question, context)])
    vector: Matrix = np.array([1 - context.lean, context.lean], dtype=np.float32) @ both
    return vector
