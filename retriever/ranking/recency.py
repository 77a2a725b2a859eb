"""When an article was published against the days that the question is about."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from retriever.records.arrays import FloatVector
from retriever.records.dates import PartialDate

DAYS = 30.0  # in which recency fades to a third


def recency(published: Sequence[str | None], window: tuple[date, date] | None) -> FloatVector:
    """Return in [0, 1] how near each date of publication is to ``window``, ``(n,) float32``.

    1 inside it, less with every day before or after; 0 for what is undated, and for all where
    there is no window.
    """
    if window is None:
        return np.zeros(len(published), dtype=np.float32)
    apart = np.array([_days_apart(value, window) for value in published], dtype=np.float32)
    near: FloatVector = np.exp(-apart / np.float32(DAYS))
    return near


def _days_apart(published: str | None, window: tuple[date, date]) -> float:
    """Return the days between; for a month or a year those to its middle."""
    if published is None:
        return float("inf")
    known = PartialDate.parse(published)
    middle = date(known.year, known.month or 7, known.day or (15 if known.month else 1))
    first, last = window
    return max((first - middle).days, (middle - last).days, 0)
