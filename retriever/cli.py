"""The command ``quotidian``: thin wrappers around the library, one a command.

Everything heavy is imported inside the commands that need it, so that ``--help`` is instant.
"""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retriever.errors import QuotidianError
from retriever.outlets import (
    export,
    format_option,
    hash_password,
    index_option,
    read_json,
    serve,
    tools,
)
from retriever.records import Filters
from retriever.settings import load_settings

if TYPE_CHECKING:
    from retriever.library import Index

Command = Callable[..., None]

HELD, FAILED, UNUSABLE = 0, 1, 2


class _Commands(click.Group):
    """Turns every error of the library into one line on standard error and exit status 2."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except QuotidianError as error:
            click.echo(f"quotidian: {error}", err=True)
            ctx.exit(UNUSABLE)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def filter_options(command: Command) -> Command:
    """Add the filters that ``search`` and ``ask`` share."""
    for option in (
        click.option("--before", metavar="DATE", help="Published on this day or earlier."),
        click.option("--after", metavar="DATE", help="Published on this day or later."),
        click.option("--language", metavar="CODE", help="Written in this language, such as en."),
        click.option("--author", metavar="NAME", help="Written by this person."),
        click.option("--publisher", metavar="NAME", help="Published by this outlet."),
    ):
        command = option(command)
    return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="quotidian")
def main() -> None:
    """Ask your articles a question; they answer in their own words.

    \b
    Examples:
      quotidian build seeds
      quotidian ask "Where will Prigozhin move?"
      quotidian serve
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # text streams can


@main.command()
@click.argument("corpus", required=False)
@index_option
@click.option("--full", is_flag=True, help="Read and encode everything anew.")
@json_option
def build(corpus: str | None, index: str | None, *, full: bool, as_json: bool) -> None:
    """Index the articles in CORPUS, a folder or a file (default: seeds).

    Only what changed since the last build is read and encoded. What cannot be read is listed;
    the rest is indexed.

    \b
    Examples:
      quotidian build
      quotidian build ~/articles --index ~/articles.index
    """
    from retriever.library import build as build_index
    from retriever.terminal import report_lines, show_progress

    settings = load_settings(flags={"corpus": corpus, "index": index})
    with show_progress() as progress:
        report = build_index(
            settings.corpus,
            index=settings.index,
            full=full,
            encoder=settings.encoder,
            progress=progress,
        )
    _print(report.to_dict() if as_json else report_lines(report, settings.index))


@main.command()
@click.argument("corpus", required=False)
@index_option
@click.option("--poll", is_flag=True, help="Look at the files instead of waiting for events.")
def watch(corpus: str | None, index: str | None, *, poll: bool) -> None:
    """Build, and again whenever the articles in CORPUS change, until Ctrl-C.

    A change is taken up when the folder has been still for two seconds. --poll is for network
    folders, which send no events.

    \b
    Example:
      quotidian watch ~/articles --index ~/articles.index
    """
    from retriever.library import build as build_index
    from retriever.terminal import show_outcomes, show_progress
    from retriever.watching import follow

    settings = load_settings(flags={"corpus": corpus, "index": index})
    with show_progress() as progress:
        rebuild = partial(
            build_index,
            settings.corpus,
            index=settings.index,
            encoder=settings.encoder,
            progress=progress,
        )
        try:
            show_outcomes(
                follow(Path(settings.corpus), Path(settings.index), rebuild, poll=poll),
                settings.index,
            )
        except KeyboardInterrupt:
            click.echo(f"no longer watching {settings.corpus}", err=True)


@main.command()
@click.argument("question")
@click.option("-k", "count", default=10, show_default=True, help="How many passages.")
@filter_options
@index_option
@click.option("--explain", is_flag=True, help="Show scores of each channel, and the time taken.")
@json_option
def search(
    question: str,
    *,
    count: int,
    index: str | None,
    explain: bool,
    as_json: bool,
    **filters: str | None,
) -> None:
    """List the passages that fit QUESTION best.

    \b
    Examples:
      quotidian search "treaty of good neighborhood" -k 3
      quotidian search "mutiny" --after 2023-06 --explain
    """
    from retriever.terminal import hit_lines

    started = time.perf_counter()
    opened = _open(index)
    hits = opened.search(question, k=count, filters=Filters(**filters))
    seconds = time.perf_counter() - started
    if as_json:
        found: dict[str, object] = {"question": question, "hits": [hit.to_dict() for hit in hits]}
        _print(found | ({"seconds": round(seconds, 3)} if explain else {}))
    else:
        _print(hit_lines(hits, seconds=seconds if explain else None))


@main.command()
@click.argument("question")
@click.option("--history", metavar="FILE", help="Conversation so far: JSON list of role, content.")
@click.option("--without", metavar="WORD", multiple=True, help="Do not carry over or respell it.")
@filter_options
@index_option
@json_option
@format_option
def ask(
    question: str,
    *,
    history: str | None,
    without: tuple[str, ...],
    index: str | None,
    as_json: bool,
    form: str | None,
    **filters: str | None,
) -> None:
    """Answer QUESTION with verbatim quotes, or say that the articles hold no answer.

    \b
    Examples:
      quotidian ask "Who did Andrey Rudenko meet in Beijing?"
      quotidian ask "And what did he say?" --history chat.json --json
      quotidian ask "Who is Ding?" --format bibtex
    """
    from retriever.answer.exporting import export as exported
    from retriever.terminal import answer_lines

    turns, opened = read_json(history) if history else [], _open(index)
    answer = opened.ask(question, history=turns, filters=Filters(**filters), without=without)
    if form:
        click.echo(exported(answer.to_dict(), form, article=opened.article), nl=False)
    else:
        _print(answer.to_dict() if as_json else answer_lines(answer))


@main.command()
@click.argument("article_id", metavar="ID")
@index_option
def article(article_id: str, *, index: str | None) -> None:
    """Print the stored text of article ID, exactly, to standard output."""
    text = _open(index).article(article_id).text
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


@main.command()
@click.argument("answer_file", metavar="ANSWER.json")
@index_option
@json_option
def verify(answer_file: str, *, index: str | None, as_json: bool) -> None:
    """Check that every quote of a saved answer still stands; exit 0 only if all do.

    \b
    Example:
      quotidian ask "Who is Ding?" --json > answer.json && quotidian verify answer.json
    """
    from retriever.answer.verifying import verify_answer
    from retriever.terminal import verdict_lines

    opened = _open(index)
    verdicts = verify_answer(read_json(answer_file), opened.article, opened.article_with_text)
    _print([v.to_dict() for v in verdicts] if as_json else verdict_lines(verdicts))
    sys.exit(HELD if all(verdict.stands for verdict in verdicts) else FAILED)


@main.command()
@index_option
@json_option
def doctor(*, index: str | None, as_json: bool) -> None:
    """Check the index from end to end, read-only; exit 0 only if it is sound."""
    from retriever.index.doctor import examine
    from retriever.terminal import finding_lines

    findings = examine(Path(load_settings(flags={"index": index}).index))
    sound = not findings
    _print(
        {"sound": sound, "findings": [finding.to_dict() for finding in findings]}
        if as_json
        else finding_lines(findings)
    )
    sys.exit(HELD if sound else FAILED)


@main.command()
@index_option
def rollback(*, index: str | None) -> None:
    """Go back to the generation before the one in use."""
    from retriever.index.generations import roll_back

    folder = roll_back(Path(load_settings(flags={"index": index}).index))
    _print([f"generation {int(folder.name)} is in use again"])


@main.command()
@click.argument("dataset", metavar="DATASET")
@click.option("--index", metavar="DIR", help="Use the index in DIR; it is built when missing.")
@click.option("--limit", type=click.IntRange(min=1), help="Only this many questions.")
@json_option
def evaluate(dataset: str, *, index: str | None, limit: int | None, as_json: bool) -> None:
    """Measure finding, quoting and refusing on the data set in folder DATASET.

    \b
    Example:
      quotidian evaluate ~/datasets/news --limit 50
    """
    from retriever.evaluation.run import evaluate as run
    from retriever.terminal import show_progress

    with show_progress() as progress:
        report = run(
            Path(dataset), index=Path(index) if index else None, limit=limit, progress=progress
        )
    _print(report.to_dict() if as_json else report.lines())


for _command in (serve, tools, export, hash_password):
    main.add_command(_command)


def _open(index: str | None) -> "Index":
    from retriever.library import open_index

    settings = load_settings(flags={"index": index})
    return open_index(settings.index, reranker=settings.reranker)


def _print(result: object) -> None:
    """Print lines as they are and anything else as JSON."""
    if isinstance(result, list) and all(isinstance(line, str) for line in result):
        click.echo("\n".join(result))
    else:
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
