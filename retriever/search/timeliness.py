"""When an article was published against the day of the question: for "this week" and "latest"."""

import re
from datetime import date

import numpy as np
from numpy.typing import NDArray

from retriever.index.store import Store
from retriever.search.signals import FULL
from retriever.text.terms import fold_word

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]

# What the freshest article gains over a stale one, on the scale of a sentence's strength, and the
# days in which that fades to a third. Set on one half of realtimeqa, the only dated set there is.
GAIN = 2.4 / FULL
DAYS = 30.0
_NOW = re.compile(
    r"\b(?:today|tonight|yesterday|now|current(?:ly)?|latest|newest|recent(?:ly)?|new|next"
    r"|this (?:week|weekend|month|year|morning|summer|winter|spring|fall|autumn)"
    r"|(?:last|past) (?:week|weekend|month|night))\b"
)


def asks_for_news(question: str) -> bool:
    """Tell whether the question is about the present, as "this week" or "latest" say."""
    return bool(_NOW.search(fold_word(question)))


def freshness(store: Store, articles: Rows, today: date) -> Floats:
    """Return what each article gains from its date, ``(len(articles),)`` in [0, GAIN].

    Only the distance in days counts, before or after; an undated article gains nothing.
    """
    published = store.origins()
    ages = [_age(published[row][1], today) for row in articles.tolist()]
    gain: Floats = (GAIN * np.exp(-np.array(ages, dtype=np.float32) / DAYS)).astype(np.float32)
    return gain


def _age(published: str | None, today: date) -> float:
    """Return the days between; for a month or a year those to its middle."""
    if published is None:
        return float("inf")
    middle = published + {4: "-07-01", 7: "-15"}.get(len(published), "")
    return abs((today - date.fromisoformat(middle)).days)
