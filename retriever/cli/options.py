"""What several commands share: their options, opening an index, printing, reading JSON."""

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import click

from retriever.cli.printing import Line, print_lines, print_text
from retriever.errors import QuestionError
from retriever.exporters.formats import EXPORT_FORMATS
from retriever.settings import NO_READER, load_settings

if TYPE_CHECKING:
    from retriever.library import Index

Command = Callable[..., None]

FORMATS = tuple(EXPORT_FORMATS)  # its import takes 10 ms, so that --help stays instant

format_option = click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Print it as a file of this format."
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
index_option = click.option(
    "--index",
    metavar="DIR",
    help="Folder of the index (default: .quotidian), or milvus://HOST:PORT/NAME.",
)


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


def reader_options(command: Command) -> Command:
    """Add the choice of a reader; the one that it replaced says so."""
    for option in (
        click.option("--reranker", hidden=True, expose_value=False, callback=_replaced),
        click.option(
            "--no-reader", "reader", flag_value=NO_READER, help="Answer without a reader."
        ),
        click.option("--reader", metavar="R", help="Read passages with R (default: bundled)."),
    ):
        command = option(command)
    return command


def _replaced(_context: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value is not None:
        raise click.UsageError("there is no --reranker any more; use --reader for it")


def opened_for_questions(index: str | None, *, reader: str | None) -> "Index":
    """Return the index as :func:`opened_index` does, its models already on the way.

    They load beside the imports: with a reader a question from a cold start takes 1.2 s, not 1.28.

    :raises IndexUnusableError: as :func:`opened_index`.
    :raises EncoderError: when there is no such reader.
    """
    from retriever.encoders.registry import hash_bundled_weights
    from retriever.reader.registry import load_reader

    settings = load_settings(flags={"index": index, "reader": reader})
    if chosen := load_reader(settings.reader):
        chosen.prepare()  # which begins with the hash
    else:
        Thread(target=hash_bundled_weights, name="hash").start()
    from retriever.library import open_configured  # takes 0.2 s

    return open_configured(settings)


def opened_index(index: str | None) -> "Index":
    """Return the index that the option, or else the settings, name.

    :raises IndexUnusableError: when there is none, or it is damaged or stale.
    """
    from retriever.library import open_configured

    return open_configured(load_settings(flags={"index": index}))


@contextmanager
def stopped_as_by_ctrl_c() -> Iterator[None]:
    """Let SIGTERM end a long command as Ctrl-C does, so that nothing half done stays behind."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def read_json(path: str) -> Any:  # noqa: ANN401  # JSON may hold anything
    """Return what a JSON file holds.

    :raises QuestionError: when it cannot be read.
    """
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        message = f"cannot read JSON from {path}: {error}; name a file that --json wrote"
        raise QuestionError(message) from error


def print_result(result: object) -> None:
    """Print lines as lines and anything else as JSON."""
    if isinstance(result, list) and all(isinstance(line, Line) for line in result):
        print_lines(result)
    else:
        print_text(json.dumps(result, ensure_ascii=False, indent=2))
