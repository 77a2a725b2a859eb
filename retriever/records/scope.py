"""What of the corpus was searched, in words: page, command line and exports say it alike."""

from collections.abc import Iterator

from retriever.records.dates import PartialDate
from retriever.records.questions import Filters


def scope_in_words(filters: Filters, *, searched: int, articles: int) -> str | None:
    """Return ``Searched: CNN, from 1 November 2022, 14 of 320 articles``.

    ``None`` is returned where nothing was left out, by filters that were chosen or read.
    """
    parts = [*_filters_in_words(filters)]
    if not parts:
        return None
    counted = f"{searched:,} of {articles:,} {'article' if articles == 1 else 'articles'}"
    return f"Searched: {', '.join([*parts, counted])}"


def _filters_in_words(filters: Filters) -> Iterator[str]:
    if filters.publisher:
        yield filters.publisher
    if filters.author:
        yield f"by {filters.author}"
    if filters.language:
        yield f"written in {filters.language}"
    after, before = map(_date_in_words, (filters.after, filters.before))
    if after and before:
        yield f"dated {after}" if after == before else f"{after} to {before}"
    elif after:
        yield f"from {after}"
    elif before:
        yield f"until {before}"


def _date_in_words(value: str | None) -> str | None:
    """Return a date for reading; what is none, as a saved answer may hold, as it is."""
    try:
        return PartialDate.parse(value.strip()).in_words() if value else None
    except ValueError:
        return value
