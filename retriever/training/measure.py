"""How well a reader reads what it never learned from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retriever.text.similarity import overlap_f1
from retriever.training.measured_questions import MeasuredQuestion
from retriever.training.predictions import Prediction

Floats = NDArray[np.float64]
_WEIGHTS = (0, 0.5, 1, 2, 4, 8)  # of relevance beside the margin


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Shares and areas, all between 0 and 1; ``nan`` where there is nothing to measure on."""

    right_sentence: float
    overlap: float
    auroc_margin: float
    auroc_relevance: float
    auroc_both: float

    def __str__(self) -> str:
        """Return them on one line."""
        return (
            f"sentence {self.right_sentence:.3f} overlap-F1 {self.overlap:.3f} AUROC margin"
            f" {self.auroc_margin:.3f} relevance {self.auroc_relevance:.3f}"
            f" both {self.auroc_both:.3f}"
        )


def figures(asked: Sequence[MeasuredQuestion], found: Sequence[Sequence[Prediction]]) -> Figures:
    """Return how good the findings are; the two signals are joined by the best fixed weight."""
    best = [one[0] for one in found]
    answerable = np.array([bool(one.right) for one in asked])
    hits = [
        any(one.place.touches(right) for right in question.right)
        for question, one in zip(asked, best, strict=True)
        if question.right
    ]
    overlaps = [
        max(overlap_f1(one.words, answer) for answer in question.answers)
        for question, one in zip(asked, best, strict=True)
        if question.answers
    ]
    margins = np.array([one.margin for one in best])
    relevances = np.array([max(each.relevance for each in one) for one in found])
    return Figures(
        right_sentence=float(np.mean(hits)) if hits else float("nan"),
        overlap=float(np.mean(overlaps)) if overlaps else float("nan"),
        auroc_margin=auroc(margins, answerable),
        auroc_relevance=auroc(relevances, answerable),
        auroc_both=max(auroc(margins + weight * relevances, answerable) for weight in _WEIGHTS),
    )


def auroc(scores: Floats, positive: NDArray[np.bool_]) -> float:
    """Return how often a positive scores above a negative, ties counted half."""
    high, low = scores[positive], scores[~positive]
    if not len(high) or not len(low):
        return float("nan")
    above = (high[:, None] > low[None, :]).mean()
    return float(above + 0.5 * (high[:, None] == low[None, :]).mean())
