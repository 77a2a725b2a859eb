"""How alike two texts are, by their words."""

import re
from collections import Counter

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ARTICLES = frozenset({"a", "an", "the"})

# Two texts that share this part of their words say the same.
SAME = 0.8


def similar(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two sets of words are so alike that their texts say the same."""
    return likeness(one, other) >= SAME


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which part of all words of both is in each of them, the Jaccard similarity."""
    return len(one & other) / max(len(one | other), 1)


def overlap_f1(found: str, right: str) -> float:
    """Return F1 over the words of both, case and articles aside, as SQuAD measures an answer.

    See Rajpurkar et al. 2016, arXiv:1606.05250, section 6.1. It is 0 where no word is shared.
    """
    left, there = (
        Counter(word for word in map(str.lower, _WORD.findall(text)) if word not in _ARTICLES)
        for text in (found, right)
    )
    shared = (left & there).total()
    return 2 * shared / (left.total() + there.total()) if shared else 0.0
