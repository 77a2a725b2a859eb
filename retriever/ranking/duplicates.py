"""Passages that say the same in other articles: the one that was first goes first."""

from collections.abc import Sequence

from retriever.records import Hit
from retriever.text.similarity import similar
from retriever.text.terms import terms

LOOKED_AT = 10  # hits, from the best


def originals_first(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits with the earliest of each group of copies in the group's best place.

    Earliest is the first published. Undated copies and all other hits stay where they are: nothing
    tells which of them was first.
    """
    ordered = list(hits)
    for group in _groups(ordered[:LOOKED_AT]):
        members = sorted((ordered[place] for place in group), key=_when)
        for place, hit in zip(group, members, strict=True):
            ordered[place] = hit
    return ordered


def _groups(hits: Sequence[Hit]) -> list[list[int]]:
    """Return the places of dated hits that copy each other, each group in the order of places."""
    groups: list[list[int]] = []
    words: list[frozenset[str]] = []
    for place, hit in enumerate(hits):
        if not hit.passage.article.published:
            continue
        own = frozenset(terms(hit.passage.text))
        known = next((n for n, other in enumerate(words) if similar(other, own)), None)
        if known is None:
            groups.append([place])
            words.append(own)
        else:
            groups[known].append(place)
    return [group for group in groups if len(group) > 1]


def _when(hit: Hit) -> tuple[str, int]:
    published = hit.passage.article.published
    return published.value if published else "", hit.rank
