"""Follow-up questions: what a question leans on is carried over from the turns before it.

No language model rewrites anything. One number nearly decides whether a question stands alone: how
near its nearest passage is when it is searched as typed. "Did he marry?" is near to nothing. What
leans is searched both as typed and together with what it leans on, mixed by how much it leans, so
a wrong guess costs little. Only the user's turns are read; adding the answers did not help.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retriever.encoders.protocol import Encoder
from retriever.index.generation import Generation
from retriever.query.question import MAX_CHARACTERS, Question
from retriever.query.quoted_phrases import quoted, unquoted
from retriever.text.content_words import (
    content_words,
    continues,
    folded,
    has_personal_pronoun,
    is_content,
    names_in,
    words_of,
)

Matrix = NDArray[np.float32]

# Cosines of all-MiniLM-L6-v2, set on canard and checked on inscit, mtrag and cast21; another
# encoder needs its own three.
LEANS_FULLY = 0.40  # this near or less, a question counts only together with what it leans on
STANDS_ALONE = 0.60  # this near or more, it is searched exactly as typed
STARTS_TOPIC = 0.55  # an earlier question this near, without a pronoun, is where the topic begins
PRONOUN_SHIFT = 0.10  # added to the bounds for a question with a pronoun and no name
WORD_SHIFT = 0.06  # taken from them for each content word beyond FEW_WORDS: it says enough itself
FEW_WORDS = 3
NAMED_LEAN = 0.30  # the most that a question may lean whose names were all named before
LEAST_LEAN = 0.10  # leaning less is not worth showing to the reader
TURNS = 8  # how many earlier questions are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a question takes over from its conversation.

    ``lean`` is in [0, 1]: 0 stands alone, 1 means nothing without the earlier questions, which
    are ``turns``, oldest first. ``phrases`` are what those are about, in their own words.
    """

    lean: float
    turns: tuple[str, ...]
    phrases: tuple[str, ...]


NOTHING = Context(lean=0.0, turns=(), phrases=())


def context_of(question: Question, generation: Generation, encoder: Encoder) -> Context:
    """Return what a question leans on in its history; :data:`NOTHING` when it stands alone.

    Words that the asker took back are not carried over, nor the turns that hold them as a whole.
    """
    earlier = _asked_before(question)
    if not earlier:
        return NOTHING
    nearness = _nearness(encoder.encode([question.text, *earlier]), generation)
    lean = leaning(question.text, earlier, nearness[0])
    turns = tuple(topic_of(earlier, nearness[1:]))
    phrases = tuple(phrases_of(turns, question.text, without=question.without))
    if not (lean and phrases):
        return NOTHING
    return Context(lean=lean, turns=phrases if question.without else turns, phrases=phrases)


def leaning(question: str, earlier: Sequence[str], nearness: float) -> float:
    """Return how much ``question`` leans on the ``earlier`` ones, in [0, 1].

    One that brings a new name, or words in quotation marks, changes the topic and does not lean,
    unless it refers back.
    """
    pronoun, names = has_personal_pronoun(unquoted(question)), names_in(question)
    refers = pronoun or continues(question)
    known = {folded(match.group()) for text in earlier for match in words_of(text)}
    if (names - known or quoted(question)) and not refers:
        return 0.0
    said = len({folded(word) for word in content_words(question)})
    shift = (PRONOUN_SHIFT if pronoun and not names else 0.0) - WORD_SHIFT * max(
        0, said - FEW_WORDS
    )
    lean = min(1.0, max(0.0, (STANDS_ALONE + shift - nearness) / (STANDS_ALONE - LEANS_FULLY)))
    if names and not refers:
        lean = min(lean, NAMED_LEAN)
    return lean if lean >= LEAST_LEAN else 0.0


def topic_of(earlier: Sequence[str], nearness: Sequence[float]) -> Sequence[str]:
    """Return the earlier questions back to the one that opened the topic, that one included."""
    for place in range(len(earlier) - 1, -1, -1):
        if nearness[place] >= STARTS_TOPIC and not has_personal_pronoun(earlier[place]):
            return earlier[place:]
    return earlier


def phrases_of(
    texts: Sequence[str], question: str, *, without: frozenset[str] = frozenset()
) -> Iterator[str]:
    """Yield runs of content words of ``texts`` that were not said already, as they stand there.

    The folded words in ``without`` are left out.
    """
    said = {folded(match.group()) for match in words_of(question)} | without
    for text in texts:
        start, end = 0, 0  # of the run so far; empty when they are equal
        for match in words_of(text):
            word = folded(match.group())
            new = is_content(match.group()) and word not in said
            if start < end and not (new and text[end : match.start()].isspace()):
                yield text[start:end]
                start = end = 0
            if new:
                said.add(word)
                start, end = (start if start < end else match.start()), match.end()
        if start < end:
            yield text[start:end]


def _asked_before(question: Question) -> list[str]:
    """Return the last questions that were about something, each on one line."""
    asked = (
        " ".join(turn.content[:MAX_CHARACTERS].split())
        for turn in question.history
        if turn.role == "user"
    )
    return [text for text in asked if content_words(text)][-TURNS:]


def _nearness(vectors: Matrix, generation: Generation) -> list[float]:
    """Return for each vector the cosine of the passage nearest to it."""
    return [float(generation.vectors.search(vector, k=1)[1][0]) for vector in vectors]
