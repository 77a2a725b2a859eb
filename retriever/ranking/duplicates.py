"""Passages that say the same in other articles: the one that was first goes first."""

from collections.abc import Sequence

from retriever.index.generation import Generation
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


def newest_first(hits: Sequence[Hit], generation: Generation) -> list[Hit]:
    """Return the hits with the newest of the versions of one passage in the best place of them."""
    ordered, clusters = list(hits), generation.clusters
    rows = [generation.store.row_of(hit.passage.article.id) for hit in ordered[:LOOKED_AT]]
    editions: dict[int, list[int]] = {}
    for place, row in enumerate(rows):
        editions.setdefault(clusters.edition_of(row), []).append(place)
    for places in editions.values():
        best = frozenset(terms(ordered[places[0]].passage.text))
        group = [
            place
            for place in places
            if similar(best, frozenset(terms(ordered[place].passage.text)))
        ]
        newest = sorted(group, key=lambda place: (-clusters.version_of(rows[place]), place))
        members = [ordered[place] for place in newest]
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
