"""How alike two texts are, by their words."""

# Two texts that share this part of their words say the same.
SAME = 0.8


def similar(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two sets of words are so alike that their texts say the same."""
    return likeness(one, other) >= SAME


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which part of all words of both is in each of them, the Jaccard similarity."""
    return len(one & other) / max(len(one | other), 1)
