"""Figures with their uncertainty: 95 % intervals by the bootstrap over questions.

Percentile bootstrap (Efron and Tibshirani 1993, chapter 13): questions are drawn with replacement
as often as there are questions, the figure is computed anew, and the middle 95 % of the figures
are the interval. Draws are seeded, so the same answers give the same interval.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retriever.evaluation.measures import auroc

#: Half-widths move by about 2 % of themselves from seed to seed at this number of draws.
DRAWS = 2000
SEED = 20261122
_EDGES = (2.5, 97.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measured value and the 95 % interval around it."""

    value: float
    low: float
    high: float


def mean_figure(values: Sequence[float]) -> Figure | None:
    """Return the mean over questions, ``None`` where there are none."""
    return ratio_figure(values, [1.0] * len(values))


def ratio_figure(parts: Sequence[float], wholes: Sequence[float]) -> Figure | None:
    """Return the sum of the parts over the sum of the wholes, both counted per question.

    ``None`` where the wholes sum to 0; such draws are left out of the interval.
    """
    upper = np.asarray(parts, dtype=np.float64)
    lower = np.asarray(wholes, dtype=np.float64)

    def ratio(chosen: NDArray[np.intp]) -> float | None:
        whole = float(lower[chosen].sum())
        return float(upper[chosen].sum()) / whole if whole else None

    return _figure(ratio, np.arange(len(parts)))


def auroc_figure(positives: Sequence[float], negatives: Sequence[float]) -> Figure | None:
    """Return the area under the ROC curve, ``None`` where either side is empty.

    Positives and negatives are drawn apart, so that every draw has both.
    """
    return _figure(auroc, np.asarray(positives), np.asarray(negatives))


def _figure(statistic: Callable[..., float | None], *samples: NDArray[Any]) -> Figure | None:
    """Return the statistic of the samples, with its interval over draws from each of them."""
    value = statistic(*samples)
    if value is None:
        return None
    draw = np.random.default_rng(SEED)
    drawn = (statistic(*(draw.choice(of, len(of)) for of in samples)) for _ in range(DRAWS))
    low, high = np.percentile([figure for figure in drawn if figure is not None], _EDGES)
    # A value on the edge of its draws may differ from them in the last bit.
    return Figure(value=value, low=min(value, float(low)), high=max(value, float(high)))
