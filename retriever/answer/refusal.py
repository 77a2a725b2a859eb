"""Whether the evidence is good enough to be called an answer.

A score floor alone is known not to separate what can be answered from what cannot, and a floor on
the ranking score least of all: it says which sentence is best, not how good it is. Two signals do
it here, on the same scale for every corpus: how near the nearest sentence is in meaning, and how
much of the question's words, the rare ones above all, the best sentence and its surroundings hold.
"""

import math

import numpy as np

from retriever.search.retrieval import Found

NEAREST = 2.5
COVERED = 0.8
# What near-topic noise reaches grows with the logarithm of the corpus. Fitted on the sets of
# tests/benchmarks/README.md; the error rates there are those of this line.
FLOOR = 1.2
FLOOR_GROWTH = 0.1
STEEPNESS = 6.0


def confidence_in(found: Found, *, passages: int) -> float:
    """Return the estimated chance, in [0, 1], that the best sentences hold the answer.

    0.5 is where answering and refusing are equally likely to be right.
    """
    evidence = found.evidence
    if len(evidence.scores) == 0:
        return 0.0
    best = int(np.argmax(evidence.scores))
    value = NEAREST * float(evidence.signals.sentence_cosine.max())
    value += COVERED * float(evidence.signals.coverage[best])
    floor = FLOOR + FLOOR_GROWTH * math.log(max(passages, 2))
    return 1 / (1 + math.exp(-STEEPNESS * (value - floor)))
