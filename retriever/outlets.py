"""The commands by which answers leave: the chat page, tools for other programs, saved files.

As in :mod:`retriever.cli`, what is heavy is imported by the command that needs it. The page is
imported by name: the library never depends on it.
"""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from retriever.settings import load_settings

# As retriever.answer.exporting has them, whose import is not for --help; a test compares.
FORMATS = ("markdown", "json", "csl", "bibtex", "annotations")

format_option = click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Print it as a file of this format."
)
index_option = click.option(
    "--index", metavar="DIR", help="Folder of the index (default: .quotidian)."
)


@click.command()
@click.option("--host", metavar="H", help="Address to listen on (default: 127.0.0.1).")
@click.option("--port", metavar="N", type=int, help="Port (default: 7860).")
@index_option
def serve(*, host: str | None, port: int | None, index: str | None) -> None:
    """Open the chat page on this machine.

    Another address than loopback needs accounts: see the README.

    \b
    Examples:
      quotidian serve
      QUOTIDIAN_USERS=users quotidian serve --host 0.0.0.0
    """
    settings = load_settings(flags={"index": index, "host": host, "port": port})
    page = import_module("webui.serving")
    page.serve(Path(settings.index), host=settings.host, port=settings.port)


@click.command()
@index_option
def tools(*, index: str | None) -> None:
    """Serve search, ask, article and verify as MCP tools on standard input and output.

    \b
    Example, in the settings of an MCP client:
      {"command": "quotidian", "args": ["tools", "--index", "/path/to/.quotidian"]}
    """
    settings = load_settings(flags={"index": index})
    opened = import_module("retriever.library").open_index(
        settings.index, reranker=settings.reranker
    )
    import_module("webui.tools").tools_over(opened).run("stdio")


@click.command()
@click.argument("answer_file", metavar="ANSWER.json")
@click.option("--as", "form", type=click.Choice(FORMATS), required=True, help="The format.")
@index_option
def export(answer_file: str, *, form: str, index: str | None) -> None:
    """Print a saved answer or conversation in a format that others read.

    Annotations get what stands around each quote from the index, if there is one.

    \b
    Example:
      quotidian ask "Who is Ding?" --json > answer.json && quotidian export answer.json --as bibtex
    """
    from retriever.answer.exporting import export as exported
    from retriever.errors import IndexMissingError
    from retriever.library import open_index

    saved, article = read_json(answer_file), None
    if form == "annotations":
        try:
            article = open_index(load_settings(flags={"index": index}).index).article
        except IndexMissingError as error:
            click.echo(f"without the words around each quote: {error}", err=True)
    click.echo(exported(saved, form, article=article), nl=False)


@click.command(name="hash-password")
def hash_password() -> None:
    """Ask for a password and print its hash, for QUOTIDIAN_PASSWORD or the file of users."""
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    click.echo(import_module("webui.accounts").hashed(password))


def read_json(path: str) -> Any:  # noqa: ANN401  # JSON may hold anything
    """Return what a JSON file holds.

    :raises click.UsageError: when it cannot be read.
    """
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"cannot read JSON from {path}: {error}"
        raise click.UsageError(message) from error
