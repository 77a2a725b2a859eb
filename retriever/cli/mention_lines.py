"""What ``quotidian mentions`` prints for people: the counts, then a page of the mentions."""

import textwrap
from collections.abc import Iterator, Sequence

from retriever.cli.printing import Line
from retriever.cli.terminal import WIDTH, coverage_line, quote_lines
from retriever.records import Mention, Mentions, Quote, Tally

_UNSTATED = "not stated"


def mention_lines(found: Mentions) -> list[Line]:
    """Return how many mentions there are, when and by whom, and those of the page."""
    if not found.mentions:
        return [f"No article mentions {found.expression}", "", coverage_line(found.coverage)]
    lines: list[Line] = [
        f"{_counted(found.mentions, 'mention')} in {_counted(found.articles, 'article')}",
        *_tally_lines("by month", found.by_month),
        *_tally_lines("by publisher", found.by_publisher),
    ]
    if found.listed:
        last = found.offset + len(found.listed) + found.withheld
        lines += ["", f"{found.offset + 1:,} to {last:,}, the newest article first:"]
    for number, mention in enumerate(found.listed, found.offset + 1):
        lines += ["", *quote_lines(number, _as_quote(mention))]
    if found.withheld:
        lines += ["", f"{found.withheld} withheld: no longer as stored."]
    return [*lines, "", coverage_line(found.coverage)]


def _as_quote(mention: Mention) -> Quote:
    """Return a mention as a quote whose first words that were found are its bold ones."""
    return Quote(
        article=mention.article,
        start=mention.start,
        end=mention.end,
        score=1.0,
        answering=mention.words[0] if mention.words else None,
    )


def _tally_lines(name: str, tallies: Sequence[Tally]) -> Iterator[str]:
    """Yield in how many articles each stands, as many in a line as fit."""
    counted = " · ".join(f"{one.value or _UNSTATED} {one.articles:,}" for one in tallies)
    yield from textwrap.wrap(f"   articles {name}: {counted}", WIDTH, subsequent_indent="     ")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
