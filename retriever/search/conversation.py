"""Follow-up questions: what a question leans on is carried over from the turns before it.

No language model rewrites anything. One number says whether a question stands alone: how near its
nearest passage is when it is searched as typed. One that finds nothing near leans on the
conversation, and is searched together with the earlier turns, the more so the less it finds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retriever.index.encoder import Encoder
from retriever.index.generation import Generation
from retriever.records import Message
from retriever.search.question import MAX_CHARACTERS
from retriever.text.terms import term_spans, terms

Matrix = NDArray[np.float32]

# Set on canard, checked on inscit, mtrag and cast21: a question whose nearest passage has at least
# this cosine is left alone; LEANS_FULLY below it, the earlier turns count as much as they can.
STANDS_ALONE = 0.60
LEANS_FULLY = 0.20
# The walk back ends with the first earlier turn that stands alone itself.
OPENS_A_SUBJECT = 0.55
TURNS = 12  # looked at, from the latest back

# Words that steer a conversation and are about nothing in it.
_STEERING = frozenset(
    terms(
        "tell please anything something else interesting important fact article aspect know think"
        " say said talk mention thing like well okay yes thanks thank happen happened"
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a question takes over from its conversation.

    ``lean`` is in [0, 1], how much the carried turns count; ``turns`` are those turns, oldest
    first, and ``words`` what of them is searched besides the question, as it was typed.
    """

    lean: float
    turns: tuple[str, ...]
    words: tuple[str, ...]


NOTHING = Context(lean=0.0, turns=(), words=())


def context_of(
    question: str, history: Sequence[Message], generation: Generation, encoder: Encoder
) -> Context:
    """Return what ``question`` leans on in ``history``; :data:`NOTHING` when it stands alone."""
    turns = [_shortened(turn.content) for turn in history if turn.role == "user"][-TURNS:]
    turns = [turn for turn in turns if _content(turn)]
    if not turns:
        return NOTHING
    near = _closeness(encoder.encode([question, *turns]), generation)
    lean = float(np.clip((STANDS_ALONE - near[0]) / LEANS_FULLY, 0.0, 1.0))
    if lean == 0.0:
        return NOTHING
    opening = next((n for n in range(len(turns) - 1, -1, -1) if near[n + 1] >= OPENS_A_SUBJECT), 0)
    carried = tuple(turns[opening:])
    return Context(lean=lean, turns=carried, words=_new_words(carried, question))


def _closeness(vectors: Matrix, generation: Generation) -> list[float]:
    """Return for each vector the cosine of the passage nearest to it."""
    return [float(generation.vectors.search(vector, k=1)[1][0]) for vector in vectors]


def _new_words(turns: Sequence[str], question: str) -> tuple[str, ...]:
    """Return the content words of ``turns`` that the question lacks, as first typed."""
    known = set(terms(question))
    found: dict[str, str] = {}
    for turn in turns:
        for term, start, end in term_spans(turn):
            if term not in known and term not in _STEERING:
                found.setdefault(term, turn[start:end])
    return tuple(found.values())


def _content(turn: str) -> bool:
    return any(term not in _STEERING for term in terms(turn))


def _shortened(turn: str) -> str:
    return " ".join(turn[:MAX_CHARACTERS].split())
