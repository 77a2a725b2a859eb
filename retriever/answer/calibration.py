"""Setting the floor of refusal on the corpus itself, without labels.

Near-topic questions are made from its own sentences: one name or number is taken out, which is the
answer, and most other words are kept. Asked with the article masked they cannot be answered, and
what they reach all the same is the noise that the floor has to clear. On realtimeqa their scores
lie where those of people's unanswerable questions lie (quantiles .10 .25 .50 .75 .90: 1.22 1.35
1.60 1.83 2.08 against 1.18 1.29 1.52 1.78 2.04); on squad2, whose questions were written to
deceive, below them.

No reader takes part: such questions are no sentences, and reading for 300 of them would make every
rebuild some 15 s longer.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retriever.answer.abstention import support_of
from retriever.encoders.profiles import (
    BUNDLED_PROFILE,
    LEAST_APART,
    EncoderProfile,
    known_profile,
)
from retriever.index.generation import Generation
from retriever.index.manifest import Calibration
from retriever.query.formulation import nearest_cosines
from retriever.query.question import Question
from retriever.ranking.scoring import ScoredSentences
from retriever.ranking.searcher import Searcher
from retriever.records.arrays import RowNumbers
from retriever.text.terms import WORD, terms

QUESTIONS = 150
LEAST_QUESTIONS = 30  # fewer say nothing about a corpus
KEPT = 0.6  # of a sentence's other content words
WORDS = range(7, 31)  # content words of a sentence that makes a question
QUANTILE = 0.9
# The floor without measuring: what near-topic noise reaches grows with the logarithm of the corpus.
# Fitted on seven sets; the measured floor stays near it, since it is measured on few questions.
PRIOR, PRIOR_GROWTH = 1.25, 0.1
LOWEST, ABOVE_PRIOR, HIGHEST = 1.45, 0.05, 2.2
# What leans on a conversation that is not there: near to no passage of any corpus.
VAGUE_QUESTIONS = (
    "And what did he do then?",
    "What about the other one?",
    "Why did they do it?",
    "When was it?",
    "Who else was there?",
    "How many of them?",
    "Did she agree with that?",
    "And what happened after?",
    "Where is it now?",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PseudoQuestion:
    """A question made of the sentence in row ``sentence``, and the word that would answer it."""

    text: str
    answer: str
    sentence: int


def calibrate(searcher: Searcher) -> Calibration:
    """Return the floor for this corpus with both error rates on the questions made from it.

    A corpus too small for :data:`LEAST_QUESTIONS` gets the prior floor and says so by
    ``questions`` being 0. The same corpus always gives the same questions.
    """
    generation = searcher.generation
    prior = PRIOR + PRIOR_GROWTH * math.log(max(generation.manifest.passages, 2))
    made = pseudo_questions(generation)
    if made:
        # At once; it remembers them.
        searcher.encoder.encode_query([question.text for question in made])
    profile = known_profile(generation.manifest.fingerprint) or measured_profile(searcher, made)
    scale = profile or BUNDLED_PROFILE
    absent, present = [], []
    for one in made:  # one after the other: both read nearly the same sentences
        if (scored := _without_its_article(one, searcher)) is not None:
            absent.append(support_of(scored, scale))
        present.append(support_of(_scored(one, searcher), scale))
    if len(absent) < LEAST_QUESTIONS:
        floor = max(LOWEST, prior)
        return Calibration(
            floor=floor, answered_wrongly=0.0, refused_wrongly=0.0, questions=0, profile=profile
        )
    middle = (float(np.quantile(absent, QUANTILE)) + prior) / 2
    floor = max(LOWEST, min(middle, prior + ABOVE_PRIOR, HIGHEST))
    return Calibration(
        floor=floor,
        answered_wrongly=float(np.mean(np.array(absent) >= floor)),
        refused_wrongly=float(np.mean(np.array(present) < floor)),
        questions=len(made),
        profile=profile,
    )


def measured_profile(searcher: Searcher, made: Sequence[PseudoQuestion]) -> EncoderProfile | None:
    """Return the profile of an encoder that is not known, measured on this corpus.

    ``vague`` is how near questions about nothing come to their nearest passage (median),
    ``specific`` how near questions made from the corpus do (lower quartile). ``None`` where the two
    do not stand apart, or there are too few questions.
    """
    if len(made) < LEAST_QUESTIONS:
        return None
    vague = np.median(_nearness(VAGUE_QUESTIONS, searcher))
    specific = np.quantile(_nearness([one.text for one in made], searcher), 0.25)
    if specific - vague < LEAST_APART:
        return None
    return EncoderProfile(vague=float(vague), specific=float(specific))


def _nearness(texts: Sequence[str], searcher: Searcher) -> list[float]:
    return nearest_cosines(texts, generation=searcher.generation, encoder=searcher.encoder)


def pseudo_questions(generation: Generation) -> list[PseudoQuestion]:
    """Return up to :data:`QUESTIONS` questions made from sentences drawn at random."""
    chance = np.random.default_rng(0)
    made: list[PseudoQuestion] = []
    for row in chance.permutation(len(generation.sentences)).tolist():
        words = WORD.findall(generation.sentence_text(row))
        question = _question_of(words, row, chance)
        made += [question] if question else []
        if len(made) == QUESTIONS:
            break
    return made


def _question_of(
    words: Sequence[str], row: int, chance: np.random.Generator
) -> PseudoQuestion | None:
    """Take one name or number, not the first word, out of a sentence and drop some of the rest."""
    content = [place for place, word in enumerate(words) if terms(word)]
    named = [
        place
        for place in content
        if place and (words[place][0].isupper() or words[place][0].isdigit())
    ]
    if len(content) not in WORDS or not named:
        return None
    answer = int(chance.choice(named))
    others = [place for place in content if abs(place - answer) > 1]
    if len(others) < 3:
        return None
    kept = sorted(chance.choice(others, max(3, round(KEPT * len(others))), replace=False).tolist())
    text = f"what {' '.join(words[place] for place in kept)}?"
    return PseudoQuestion(text=text, answer=words[answer], sentence=row)


def _without_its_article(question: PseudoQuestion, searcher: Searcher) -> ScoredSentences | None:
    """Return what is found with the article masked; ``None`` if another holds the answer too."""
    generation = searcher.generation
    articles = generation.store.passage_article
    own = articles[generation.sentences.passage(question.sentence)]
    scored = _scored(question, searcher, among=np.flatnonzero(articles != own))
    if len(scored.scores) == 0:
        return None
    best = int(scored.rows[int(np.argmax(scored.scores))])
    said = terms(generation.sentence_text(best))
    return None if set(terms(question.answer)) & set(said) else scored


def _scored(
    question: PseudoQuestion, searcher: Searcher, *, among: RowNumbers | None = None
) -> ScoredSentences:
    return searcher.retrieve(Question(text=question.text), among=among).scored
