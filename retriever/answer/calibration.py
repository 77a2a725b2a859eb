"""Setting the floor of refusal on the corpus itself, without labels.

Near-topic questions are made from its own sentences: one name or number is taken out, which is the
answer, and most other words are kept. Asked with the article masked they cannot be answered, and
what they reach all the same is the noise that the floor has to clear. On realtimeqa their scores
lie where those of people's unanswerable questions lie (quantiles .10 .25 .50 .75 .90: 1.22 1.35
1.60 1.83 2.08 against 1.18 1.29 1.52 1.78 2.04); on squad2, whose questions were written to
deceive, below them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retriever.answer.abstention import support_of
from retriever.encoders.protocol import Encoder
from retriever.index.generation import Generation
from retriever.index.manifest import Calibration
from retriever.query.conversation import NOTHING
from retriever.query.formulation import make_query
from retriever.ranking.candidates import find_candidates
from retriever.ranking.scoring import Evidence, weigh_sentences
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PseudoQuestion:
    """A question made of the sentence in row ``sentence``, and the word that would answer it."""

    text: str
    answer: str
    sentence: int


def calibrate(generation: Generation, encoder: Encoder) -> Calibration:
    """Return the floor for this corpus with both error rates on the questions made from it.

    A corpus too small for :data:`LEAST_QUESTIONS` gets the prior floor and says so by
    ``questions`` being 0. The same corpus always gives the same questions.
    """
    prior = PRIOR + PRIOR_GROWTH * math.log(max(generation.manifest.passages, 2))
    made = pseudo_questions(generation)
    if made:
        encoder.encode([question.text for question in made])  # at once; it remembers them
    absent = [value for one in made if (value := _without_its_article(one, generation, encoder))]
    if len(absent) < LEAST_QUESTIONS:
        floor = max(LOWEST, prior)
        return Calibration(floor=floor, answered_wrongly=0.0, refused_wrongly=0.0, questions=0)
    present = [support_of(_asked(one, generation, encoder)) for one in made]
    middle = (float(np.quantile(absent, QUANTILE)) + prior) / 2
    floor = max(LOWEST, min(middle, prior + ABOVE_PRIOR, HIGHEST))
    return Calibration(
        floor=floor,
        answered_wrongly=float(np.mean(np.array(absent) >= floor)),
        refused_wrongly=float(np.mean(np.array(present) < floor)),
        questions=len(made),
    )


def pseudo_questions(generation: Generation) -> list[PseudoQuestion]:
    """Return up to :data:`QUESTIONS` questions made from sentences drawn at random."""
    chance = np.random.default_rng(0)
    made: list[PseudoQuestion] = []
    for row in chance.permutation(len(generation.sentences)).tolist():
        passage = generation.store.passage(generation.sentences.passage(row))
        words = WORD.findall(generation.sentences.span(row).of(passage.article.text))
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


def _without_its_article(
    question: PseudoQuestion, generation: Generation, encoder: Encoder
) -> float | None:
    """Return the support with the article masked; ``None`` when another holds the answer too."""
    articles = generation.store.passage_article
    own = articles[generation.sentences.passage(question.sentence)]
    evidence = _asked(question, generation, encoder, allowed=np.flatnonzero(articles != own))
    if len(evidence.scores) == 0:
        return None
    best = int(evidence.sentences[int(np.argmax(evidence.scores))])
    passage = generation.store.passage(generation.sentences.passage(best))
    said = terms(generation.sentences.span(best).of(passage.article.text))
    return None if set(terms(question.answer)) & set(said) else support_of(evidence)


def _asked(
    question: PseudoQuestion,
    generation: Generation,
    encoder: Encoder,
    *,
    allowed: np.ndarray | None = None,
) -> Evidence:
    query = make_query(question.text, NOTHING, generation, encoder)
    candidates = find_candidates(query, generation, allowed)
    gains = np.zeros(len(candidates.rows), dtype=np.float32)
    return weigh_sentences(query, candidates, generation, gains=gains)
