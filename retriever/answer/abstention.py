"""Whether the evidence is good enough to be called an answer.

A score floor alone is known not to separate what can be answered from what cannot, and a floor on
the ranking score least of all: it says which sentence is best, not how good it is. Three signals do
it here, on the same scale for every corpus: how near the nearest sentence is in meaning; how much
of the question's words, the rare ones above all, the best sentence with its surroundings and its
passage hold; and, with a reader, whether that finds an answer in it.
Fourteen further signals, among them margins, missing names and token-level matching, gained nothing
on sets that they were not fitted on. What surely refuses, whatever the score, stands apart: see
:mod:`fitting`, :mod:`missing_names` and :mod:`denial`.
"""

import math

import numpy as np

from retriever.encoders.profiles import EncoderProfile
from retriever.ranking.reading import SOFTNESS
from retriever.ranking.scoring import Reading, ScoredSentences

NEAREST = 2.5
COVERED = 0.4  # twice: by the sentence with its surroundings, and by its passage
# A reader's verdict on the best sentence: half of it the words that it points at, half how relevant
# what stands around them is. From .3 to .6 squad2 gains .02 of AUROC and clapnq, whose answers
# are long, loses .014. LEAN is what a sentence on which it is undecided gains: with it, about as
# much is refused at the floor, which is measured without a reader, as without one. A tenth less
# refuses .01 to .02 more of what can be answered (realtimeqa, squad2, clapnq) and .03
# of what cannot.
VERDICT = 0.5
LEAN = 0.45
STEEPNESS = 6.0


def support_of(
    scored: ScoredSentences, profile: EncoderProfile, *, among: ScoredSentences | None = None
) -> float:
    """Return how well the corpus supports an answer, in about [-2.9, 3.9]; 0 without sentences.

    The nearest sentence is looked for ``among`` others too, where those are given; links and other
    furniture of a page are not looked at, since they answer nothing, however near.
    """
    if len(scored.scores) == 0:
        return 0.0
    best = int(np.argmax(scored.scores))
    nearest = profile.on_scale(_nearest(among or scored))
    covered = scored.features["coverage"][best] + scored.features["passage_coverage"][best]
    return NEAREST * nearest + COVERED * float(covered) + _verdict(scored.reading, best)


def _nearest(scored: ScoredSentences) -> float:
    """Return the cosine of the nearest sentence that tells something; of all where none does."""
    cosines = scored.features["sentence_cosine"]
    told = scored.features["furniture"] == 0
    return float(cosines[told].max() if told.any() else cosines.max())


def _verdict(reading: Reading | None, best: int) -> float:
    """Return what a reader's verdict on the best sentence is worth; 0 where it was not read.

    A reader that points at no words is judged by the relevance alone.
    """
    if reading is None or np.isnan(reading.relevance[best]):
        return 0.0
    relevant = math.tanh(float(reading.relevance[best]) / 2)
    pointed = reading.pointed_at(best)
    sure = math.tanh(pointed.score / SOFTNESS / 2) if pointed else relevant
    return VERDICT * ((sure + relevant) / 2 + LEAN)


def confidence_of(support: float, *, floor: float) -> float:
    """Return the estimated chance, in [0, 1], that the quotes hold the answer; 0.5 at the floor."""
    return 1 / (1 + math.exp(-STEEPNESS * (support - floor)))
