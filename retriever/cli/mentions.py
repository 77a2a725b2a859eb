"""The command that counts and lists every mention of words."""

from typing import TYPE_CHECKING

import click

from retriever.cli.options import (
    filter_options,
    index_option,
    json_option,
    opened_index,
    print_result,
)
from retriever.cli.printing import print_text
from retriever.records import Filters

if TYPE_CHECKING:
    from collections.abc import Iterable


@click.command()
@click.argument("expression")
@click.option("-n", "count", default=20, show_default=True, help="How many mentions on a page.")
@click.option("--page", default=1, show_default=True, help="Which page of them.")
@click.option("--csv", "as_csv", is_flag=True, help="Print every mention as CSV.")
@filter_options
@index_option
@json_option
def mentions(
    expression: str,
    *,
    count: int,
    page: int,
    as_csv: bool,
    index: str | None,
    as_json: bool,
    **filters: str | None,
) -> None:
    """Count every mention of EXPRESSION, and list them with their sentences.

    Words as they are written count, whatever their case and accents; "report" is not "reports".

    \b
    Words side by side    a phrase: Xi Jinping
    AND OR NOT ( )        Prigozhin AND NOT Wagner
    NEAR, NEAR/5          in one sentence; at most five words between
    report*               every word that begins so
    =US                   with these capitals and accents
    title: publisher: author:    look there: title:mutiny

    \b
    Examples:
      quotidian mentions "Prigozhin" --after 2023-06
      quotidian mentions "Russia NEAR/5 (China OR Xinhua)" --json
      quotidian mentions "Wagner" --csv > wagner.csv
    """
    from retriever.cli.mention_lines import mention_lines
    from retriever.exporters.mention_table import mention_rows

    opened, chosen = opened_index(index), Filters(**filters)
    if as_csv:
        _print_rows(mention_rows(opened.every_mention(expression, filters=chosen)))
        return
    found = opened.mentions(
        expression, filters=chosen, offset=(max(page, 1) - 1) * count, limit=count
    )
    print_result(found.to_dict() if as_json else mention_lines(found))


def _print_rows(rows: "Iterable[str]") -> None:
    for row in rows:
        print_text(row.rstrip("\r\n"))
