"""The commands that work on what was kept: a saved answer, a data set of questions."""

import sys
from pathlib import Path

import click

from retriever.cli.options import (
    FORMATS,
    index_option,
    json_option,
    opened_index,
    print_result,
    read_json,
    reader_options,
)
from retriever.cli.printing import print_text
from retriever.settings import load_settings


@click.command()
@click.argument("answer_file", metavar="ANSWER.json")
@index_option
@json_option
def verify(answer_file: str, *, index: str | None, as_json: bool) -> None:
    """Check that the quotes of a saved answer stand.

    The exit status is 0 only if all of them do.

    \b
    Example:
      quotidian ask "Who is Ding?" --json > answer.json && quotidian verify answer.json
    """
    from retriever.cli.terminal import verdict_lines
    from retriever.exporters.verification import verify_answer

    opened = opened_index(index)
    verdicts = verify_answer(read_json(answer_file), opened.article, opened.article_with_text)
    print_result([v.to_dict() for v in verdicts] if as_json else verdict_lines(verdicts))
    sys.exit(not all(verdict.stands for verdict in verdicts))


@click.command()
@click.argument("answer_file", metavar="ANSWER.json")
@click.option("--as", "form", type=click.Choice(FORMATS), required=True, help="The format.")
@index_option
def export(answer_file: str, *, form: str, index: str | None) -> None:
    """Print a saved answer in a format that others read.

    A conversation may be given too. Annotations get what stands around each quote from the
    index, if there is one.

    \b
    Example:
      quotidian ask "Who is Ding?" --json > answer.json && quotidian export answer.json --as bibtex
    """
    from retriever.errors import IndexMissingError
    from retriever.exporters.formats import EXPORT_FORMATS
    from retriever.exporters.formats import export as exported

    saved, article = read_json(answer_file), None
    if EXPORT_FORMATS[form].reads_articles:
        try:
            article = opened_index(index).article
        except IndexMissingError as error:
            print_text(f"without the words around each quote: {error}", err=True)
    print_text(exported(saved, form, article=article), nl=False)


@click.command()
@click.argument("dataset", metavar="DATASET")
@click.option("--index", metavar="DIR", help="Use the index in DIR; it is built when missing.")
@click.option("--limit", type=click.IntRange(min=1), help="Only this many questions.")
@click.option("--encoder", metavar="E", help="Build the index with this encoder.")
@reader_options
@json_option
def evaluate(
    dataset: str, *, index: str | None, limit: int | None, as_json: bool, **flags: str | None
) -> None:
    """Measure answers on the data set in folder DATASET.

    \b
    Examples:
      quotidian evaluate ~/datasets/news --limit 50
      quotidian evaluate ~/datasets/news --encoder ~/models/mine --index ~/mine.index
    """
    from retriever.cli.progress_bars import show_progress
    from retriever.evaluation.run import evaluate as run

    with show_progress() as progress:
        report = run(
            Path(dataset),
            settings=load_settings(flags=flags),
            index=Path(index) if index else None,
            limit=limit,
            progress=progress,
        )
    print_result(report.to_dict() if as_json else report.lines())
