"""How mentions are spread over months and publishers.

A further breakdown, such as by the origin of reprints, is another function like these and another
field of :class:`Mentions`.
"""

from retriever.index.origins import Origins
from retriever.mentions.searching import FoundArticles
from retriever.records import Tally

_MONTH = len("2023-06")


def by_month(found: FoundArticles, origins: Origins) -> tuple[Tally, ...]:
    """Return the months in which found articles were published, the earliest first."""
    tallies: dict[str | None, Tally] = {}
    for one in _tallies("published", found, origins):
        month = one.value[:_MONTH] if one.value else None
        before = tallies.get(month, Tally(value=month, articles=0, mentions=0))
        tallies[month] = Tally(
            value=month,
            articles=before.articles + one.articles,
            mentions=before.mentions + one.mentions,
        )
    return tuple(sorted(tallies.values(), key=lambda one: (one.value is None, one.value or "")))


def by_publisher(found: FoundArticles, origins: Origins) -> tuple[Tally, ...]:
    """Return the publishers of found articles, by falling number of articles, then by name."""
    return tuple(
        sorted(
            _tallies("publisher", found, origins),
            key=lambda one: (one.value is None, -one.articles, one.value or ""),
        )
    )


def _tallies(field: str, found: FoundArticles, origins: Origins) -> list[Tally]:
    articles = origins.totals(field, found.rows, found.rows * 0 + 1)
    mentions = origins.totals(field, found.rows, found.counts)
    return [
        Tally(value=value, articles=count, mentions=mentions[value])
        for value, count in articles.items()
    ]
