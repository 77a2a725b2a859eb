"""The command that asks a table of questions."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from retriever.cli.options import (
    index_option,
    json_option,
    opened_for_questions,
    print_result,
    reader_options,
    stopped_as_by_ctrl_c,
)
from retriever.cli.printing import print_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retriever.batch.answering import AnsweredRow
    from retriever.batch.questions import QuestionTable
    from retriever.batch.resuming import UnfinishedRun
    from retriever.library import Index

_FORMATS = ("csv", "xlsx")  # those of the library, whose import takes too long for --help


@click.command()
@click.argument("questions", metavar="QUESTIONS")
@click.option(
    "--output", metavar="FILE", help="Write only FILE, .csv or .xlsx (default: both, beside it)."
)
@index_option
@reader_options
@json_option
def batch(
    questions: str, *, output: str | None, index: str | None, reader: str | None, as_json: bool
) -> None:
    """Answer every question of the table QUESTIONS in a table.

    QUESTIONS is CSV in any delimiter and encoding, .xlsx, or .txt with a question a line. The
    column named question is asked, else the one with most question marks; publisher, after and
    before filter a row. To each row come the best quote, its source, and whether it stands as
    quoted. In CSV, cells that begin with = + - or @ get an apostrophe in front, or a program might
    run them as formulas; in .xlsx every cell is text.

    After Ctrl-C the same command goes on where it was.

    \b
    Examples:
      quotidian batch questions.csv
      quotidian batch questions.xlsx --output answers.xlsx
    """
    from retriever.batch.answering import answer_questions
    from retriever.batch.questions import read_questions
    from retriever.batch.resuming import UnfinishedRun

    outputs = _outputs(Path(questions), output)
    table = read_questions(Path(questions))
    opened = opened_for_questions(index, reader=reader)
    if as_json and not output:
        print_result({"rows": [row.to_dict() for row in answer_questions(opened, table)]})
        return
    run = UnfinishedRun(outputs[0], table, generation=opened.coverage.generation)
    rows = _answered(run, opened, table)
    _write(table.columns, rows, outputs)
    run.forget()
    if as_json:
        print_result({"rows": [row.to_dict() for row in rows]})
    else:
        print_result(_summary(rows, outputs))


def _answered(run: "UnfinishedRun", opened: "Index", table: "QuestionTable") -> "list[AnsweredRow]":
    """Return the rows of a table, those that were answered before taken over, all of them kept."""
    from retriever.batch.answering import answer_questions

    done, total = run.done(), len(table.rows)
    if done:
        print_text(f"{len(done):,} of {total:,} were answered before", err=True)
    rows: list[AnsweredRow] = []
    try:
        with stopped_as_by_ctrl_c():
            answers = run.keep(answer_questions(opened, table, done=done))
            rows.extend(_with_progress(answers, total=total))
    except KeyboardInterrupt:
        kept = f"{len(rows):,} of {total:,} are answered and kept in {run.file}"
        print_text(f"{kept}; the same command goes on from there", err=True)
        raise
    return rows


def _outputs(questions: Path, output: str | None) -> list[Path]:
    """Return the files that are to be written."""
    if output is None:
        return [questions.with_name(f"{questions.stem}.answers.{form}") for form in _FORMATS]
    if Path(output).suffix.lower().removeprefix(".") not in _FORMATS:
        raise click.UsageError(f"--output {output} does not end with .csv or .xlsx")
    return [Path(output)]


def _with_progress(rows: "Iterable[AnsweredRow]", *, total: int) -> "Iterator[AnsweredRow]":
    """Yield the rows while progress is shown: how many, and at which rate."""
    from retriever.cli.progress_bars import show_progress
    from retriever.indexing.progress import Progress, paced

    with show_progress() as show:
        tell = paced(show)
        tell(Progress(stage="answering", done=0, total=total))
        for done, row in enumerate(rows, 1):
            yield row
            tell(Progress(stage="answering", done=done, total=total))


def _write(columns: tuple[str, ...], rows: "list[AnsweredRow]", outputs: list[Path]) -> None:
    from retriever.batch.resuming import write_whole
    from retriever.batch.spreadsheets import TABLE_FORMATS

    for file in outputs:
        write_whole(file, TABLE_FORMATS[file.suffix.lower().removeprefix(".")](columns, rows))


def _summary(rows: "list[AnsweredRow]", outputs: list[Path]) -> list[str]:
    answered = [row for row in rows if row.quote]
    stand = sum(row.check == "same" for row in answered)
    written = " and ".join(map(str, outputs))
    return [
        f"{len(rows):,} questions: {len(answered):,} answered, {len(rows) - len(answered):,} not",
        f"{stand:,} of {len(answered):,} quotes stand as quoted",
        f"written: {written}",
    ]
