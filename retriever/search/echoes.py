"""Passages that say the same in other articles: the one that was first goes first."""

from collections.abc import Sequence

from retriever.records import Hit
from retriever.text.terms import terms

# Two passages are echoes when they share this part of their words (Jaccard similarity).
SAME = 0.8
LOOKED_AT = 10  # hits, from the best


def originals_first(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits with the earliest of each group of echoes in the group's best place.

    Earliest is the first published; undated ones come after all dated ones, in the order of their
    ids. Every other hit stays where it is.
    """
    ordered = list(hits)
    for group in _groups(ordered[:LOOKED_AT]):
        members = sorted((ordered[place] for place in group), key=_first_published)
        for place, hit in zip(group, members, strict=True):
            ordered[place] = hit
    return ordered


def _groups(hits: Sequence[Hit]) -> list[list[int]]:
    """Return the places of hits that echo each other, each group in the order of its places."""
    words = [frozenset(terms(hit.passage.text)) for hit in hits]
    groups: list[list[int]] = []
    for place, own in enumerate(words):
        group = next((found for found in groups if similar(words[found[0]], own)), None)
        if group is None:
            groups.append([place])
        else:
            group.append(place)
    return [group for group in groups if len(group) > 1]


def similar(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two sets of words are so alike that their texts say the same."""
    return len(one & other) >= SAME * max(len(one | other), 1)


def _first_published(hit: Hit) -> tuple[bool, str, str]:
    published = hit.passage.article.published
    return published is None, published.value if published else "", hit.passage.id
