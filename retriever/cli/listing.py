"""The command that lists what an index holds."""

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import click

from retriever.cli.options import (
    filter_options,
    index_option,
    json_option,
    opened_index,
    print_result,
)
from retriever.records import Filters, ListRequest
from retriever.records.catalogue import ARTICLE, SORTINGS, STATES

if TYPE_CHECKING:
    from retriever.records import CatalogueEntry, ListPage

_ORDERS = [f"{minus}{name}" for name in SORTINGS for minus in ("", "-")]


@click.command()
@click.argument("words", required=False, default="")
@filter_options
@click.option(
    "--state",
    type=click.Choice(STATES),
    default=None,
    callback=lambda *given: given[-1] or "",
    help="Only what is in this state.",
)
@click.option(
    "--sort",
    type=click.Choice(_ORDERS),
    default="-published",
    metavar="FIELD",
    help=f"Order by {', '.join(SORTINGS)}; -FIELD the other way round (default: -published).",
)
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Leave so many out first.")
@click.option("--limit", type=click.IntRange(min=0), default=50, help="At most so many.")
@click.option("--all", "everything", is_flag=True, help="All of them.")
@index_option
@json_option
def articles(
    words: str,
    *,
    everything: bool,
    index: str | None,
    as_json: bool,
    **chosen: Any,  # noqa: ANN401  # filters, and options that are fields of a request
) -> None:
    """List the articles that hold all WORDS, in their texts or in what is known of them.

    Without WORDS it lists whatever the corpus holds, the newest first, and files that gave no
    article with the reason. How many there are in all is said below.

    \b
    Examples:
      quotidian articles
      quotidian articles "mutiny Belarus" --after 2023-06
      quotidian articles --state failed --all --json
    """
    filters = Filters(**{field.name: chosen.pop(field.name) for field in fields(Filters)})
    chosen |= {"state": chosen["state"] or ""} | ({"limit": None} if everything else {})
    request = ListRequest(words=words, filters=filters, **chosen)
    page = opened_index(index).list_articles(request)
    print_result(page.to_dict() if as_json else page_lines(page))


def page_lines(page: "ListPage") -> list[str]:
    """Return an entry a line, then how many there are."""
    first = page.request.offset + 1
    shown = f", {first:,} to {first + len(page.rows) - 1:,} of them here" if page.rows else ""
    in_text = f", {page.in_text:,} by words in the text alone" if page.in_text else ""
    whole = shown if len(page.rows) < page.found else ""
    return [
        *map(_entry_line, page.rows),
        f"{page.found:,} of {page.total:,} found{in_text}{whole}",
    ]


def _entry_line(entry: "CatalogueEntry") -> str:
    state = f" ({entry.state}: {entry.reason})" if entry.state != ARTICLE else ""
    if entry.id is None:
        return f"{entry.path}{state}"
    known = (entry.published or "undated", entry.name, entry.author, entry.publisher, entry.id)
    return " · ".join(" ".join(part.split()) for part in known if part) + state
