"""Every mention of what an expression looks for: counted in all articles, some of them listed."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from retriever.errors import QuestionError
from retriever.index.generation import Generation
from retriever.mentions.expression import Place, places_sought
from retriever.mentions.matching import Match, SearchedText, matches
from retriever.mentions.parsing import parse_expression
from retriever.mentions.searching import FoundArticles, find_articles, sentences_of
from retriever.mentions.tallies import by_month, by_publisher
from retriever.records import Article, Filters, Mention, Mentions, Span

MOST_LISTED = 10_000
"""Mentions of one page; all of them come page by page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """An article of a page, and which of its mentions stand on it, from 0."""

    row: int
    first: int
    end: int


def find_mentions(
    expression: str, generation: Generation, *, filters: Filters, offset: int, limit: int
) -> Mentions:
    """Return how often the articles mention what an expression looks for, and a page of it.

    The newest article comes first, undated ones last, equal ones in the order of the corpus.

    :raises QuestionError: when the expression is malformed, a filter is none, or the page is none.
    """
    if offset < 0 or not 0 <= limit <= MOST_LISTED:
        message = f"a page begins at 0 or later and has 0 to {MOST_LISTED:,} mentions"
        raise QuestionError(f"{message}, not {limit} from {offset}")
    sought = parse_expression(expression)
    found = find_articles(sought, generation, filters)
    listed = FoundArticles(rows=found.rows, counts=np.maximum(found.counts, 1))
    places = [*places_sought(sought)]
    told = [*_told(_page(listed, generation, offset, limit), places, generation)]
    return Mentions(
        expression=expression.strip(),
        articles=len(listed.rows),
        mentions=int(listed.counts.sum()),
        by_month=by_month(listed, generation.store.origins),
        by_publisher=by_publisher(listed, generation.store.origins),
        filters=filters,
        offset=offset,
        limit=limit,
        listed=tuple(one for one in told if one),
        withheld=told.count(None),
        coverage=generation.coverage,
    )


def every_mention(
    expression: str, generation: Generation, *, filters: Filters
) -> Iterator[Mention]:
    """Yield all mentions that still stand, one article in memory at a time, in the same order.

    :raises QuestionError: as :func:`find_mentions`.
    """
    sought = parse_expression(expression)
    found = find_articles(sought, generation, filters)
    listed = FoundArticles(rows=found.rows, counts=np.maximum(found.counts, 1))
    page = _page(listed, generation, 0, int(listed.counts.sum()))
    return (one for one in _told(page, [*places_sought(sought)], generation) if one)


def _page(
    found: FoundArticles, generation: Generation, offset: int, limit: int
) -> Iterator[_Listed]:
    """Yield the articles whose mentions stand on a page, the newest first."""
    rows = generation.store.origins.newest_first(found.rows)
    counts = found.counts[np.searchsorted(found.rows, rows)]
    ends = np.cumsum(counts)
    first = int(np.searchsorted(ends, offset, side="right"))
    for place in range(first, len(rows)):
        before = int(ends[place] - counts[place])
        if before >= offset + limit:
            return
        yield _Listed(
            row=int(rows[place]),
            first=max(0, offset - before),
            end=min(int(counts[place]), offset + limit - before),
        )


def _told(
    page: Iterator[_Listed], places: list[Place], generation: Generation
) -> Iterator[Mention | None]:
    """Yield the mentions of a page; ``None`` for one that the stored article holds no more."""
    for listed in page:
        article = generation.store.article_at(listed.row)
        stored = generation.store.text_of(article.id)
        sentences = sentences_of(generation, listed.row)
        text = SearchedText(article.text, sentences=partial(tuple, sentences))
        found = matches(places, text)
        for match in (found or [()])[listed.first : listed.end]:
            mention = _mention(article, match, sentences)
            stands = stored[mention.start : mention.end] == mention.text
            yield mention if stands else None


def _mention(article: Article, match: Match, sentences: list[Span]) -> Mention:
    """Return a match with the whole sentences that hold it; the first of all for none."""
    start = match[0].start if match else 0
    end = max((span.end for span in match), default=1)
    around = [span for span in sentences if span.start < end and start < span.end]
    around = around or sentences[:1]
    return Mention(
        article=article,
        start=min([*(span.start for span in around), *(span.start for span in match)], default=0),
        end=max([*(span.end for span in around), *(span.end for span in match)], default=0),
        words=match,
    )
