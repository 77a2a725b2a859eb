"""Whether the evidence is good enough to be called an answer.

A score floor alone is known not to separate what can be answered from what cannot, and a floor on
the ranking score least of all: it says which sentence is best, not how good it is. Two signals do
it here, on the same scale for every corpus: how near the nearest sentence is in meaning, and how
much of the question's words, the rare ones above all, the best sentence with its surroundings and
its passage hold.
Fourteen further signals, among them margins, missing names and token-level matching, gained nothing
on sets that they were not fitted on.
"""

import math

import numpy as np

from retriever.encoders.profiles import EncoderProfile
from retriever.ranking.reading import SOFTNESS
from retriever.ranking.scoring import Reading, ScoredSentences

NEAREST = 2.5
COVERED = 0.4  # twice: by the sentence with its surroundings, and by its passage
READ = 0.3  # a reader's verdict: half of it the words it points at, half the relevance
EVEN = 0.0
STEEPNESS = 6.0


def support_of(scored: ScoredSentences, profile: EncoderProfile) -> float:
    """Return how well the corpus supports an answer, in about [-2.5, 3.3]; 0 without sentences."""
    if len(scored.scores) == 0:
        return 0.0
    best = int(np.argmax(scored.scores))
    nearest = profile.on_scale(float(scored.features["sentence_cosine"].max()))
    covered = scored.features["coverage"][best] + scored.features["passage_coverage"][best]
    return NEAREST * nearest + COVERED * float(covered) + _read(scored.reading, best)


def _read(reading: Reading | None, best: int) -> float:
    """Return what a reader's verdict on the best sentence is worth, in [-READ, READ]."""
    if reading is None or np.isnan(reading.relevance[best]):
        return 0.0
    pointed = reading.span_scores[best] / SOFTNESS
    return READ / 2 * float(np.tanh((pointed - EVEN) / 2) + np.tanh(reading.relevance[best] / 2))


def confidence_of(support: float, *, floor: float) -> float:
    """Return the estimated chance, in [0, 1], that the quotes hold the answer; 0.5 at the floor."""
    return 1 / (1 + math.exp(-STEEPNESS * (support - floor)))
