"""The commands of the notebook: what was pinned is listed, ordered, written beside, exported."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retriever.cli.options import Command, index_option, json_option, opened_index, print_result
from retriever.cli.printing import print_text

if TYPE_CHECKING:
    from retriever.notebook.entries import NotebookEntry
    from retriever.notebook.notebooks import Notebooks


@click.group()
def notebook() -> None:
    """Keep quotes with notes of your own.

    They are kept beside the index, one notebook an account; without --account it is the one of the
    page without accounts.

    \b
    Examples:
      quotidian notebook list
      quotidian notebook export --as word --output notebook.docx
    """


def _account_options(command: Command) -> Command:
    for option in (
        click.option("--account", metavar="NAME", help="Whose notebook, where there are accounts."),
        index_option,
    ):
        command = option(command)
    return command


@notebook.command("list")
@click.option("--text", default="", metavar="WORDS", help="Only entries that hold all of these.")
@click.option("--label", default="", help="Only entries with this label.")
@_account_options
@json_option
def list_entries(
    *, text: str, label: str, account: str | None, index: str | None, as_json: bool
) -> None:
    """List quotes and notes, with what became of each quote since it was pinned.

    \b
    Example:
      quotidian notebook list --text treaty
    """
    from retriever.cli.notebook_lines import notebook_lines

    shown = _notebooks(index).show(account, text=text, label=label)
    print_result(shown.to_dict() if as_json else notebook_lines(shown))


@notebook.command()
@_account_options
@json_option
def check(*, account: str | None, index: str | None, as_json: bool) -> None:
    """Check the quotes with the articles as they are now.

    The exit status is 0 only if every quote stands, where it was or elsewhere.
    """
    from retriever.cli.notebook_lines import state_lines
    from retriever.notebook.checking import CheckedQuote

    shown = _notebooks(index).show(account).entries
    quotes = [entry for entry in shown if isinstance(entry, CheckedQuote)]
    told = [quote.to_dict() for quote in quotes]
    print_result({"quotes": told} if as_json else state_lines(quotes))
    sys.exit(not all(quote.stands for quote in quotes))


@notebook.command()
@click.argument("article_id", metavar="ID")
@click.argument("start", type=int)
@click.argument("end", type=int)
@click.option("--question", default="", help="What the quote answers.")
@_account_options
@json_option
def pin(
    article_id: str, start: int, end: int, *, question: str, as_json: bool, **where: str | None
) -> None:
    """Pin the sentences of article ID from START to END, as `ask --json` names places."""
    notebooks, account = _notebooks(where["index"]), where["account"]
    quote = notebooks.pin(article_id, start, end, question=question, account=account)
    _print_entry(quote, as_json=as_json)


@notebook.command()
@click.argument("entry_id", metavar="ENTRY")
@_account_options
def remove(entry_id: str, *, account: str | None, index: str | None) -> None:
    """Remove ENTRY, a quote or a note, with what was written beside it."""
    _notebooks(index).remove(entry_id, account=account)


@notebook.command(context_settings={"ignore_unknown_options": True})  # -1 is no option
@click.argument("entry_id", metavar="ENTRY")
@click.argument("by", type=int)
@_account_options
@json_option
def move(entry_id: str, by: int, *, account: str | None, index: str | None, as_json: bool) -> None:
    """Move ENTRY so many places down; below 0, up.

    \b
    Example:
      quotidian notebook move 3f0a92c1d07e -1
    """
    _print_entry(_notebooks(index).move(entry_id, by, account=account), as_json=as_json)


@notebook.command()
@click.argument("text")
@click.option("--entry", metavar="ENTRY", help="Write it beside this quote, or into this note.")
@_account_options
@json_option
def note(
    text: str, *, entry: str | None, account: str | None, index: str | None, as_json: bool
) -> None:
    """Add TEXT as a note of your own."""
    notebooks = _notebooks(index)
    if entry is None:
        _print_entry(notebooks.add_note(text, account=account), as_json=as_json)
    else:
        _print_entry(notebooks.annotate(entry, text, account=account), as_json=as_json)


@notebook.command()
@click.argument("entry_id", metavar="ENTRY")
@click.argument("labels", nargs=-1)
@_account_options
@json_option
def label(
    entry_id: str,
    labels: tuple[str, ...],
    *,
    account: str | None,
    index: str | None,
    as_json: bool,
) -> None:
    """Give ENTRY these labels and no others."""
    _print_entry(_notebooks(index).label(entry_id, labels, account=account), as_json=as_json)


@notebook.command()
@click.option(
    "--as", "form", default="markdown", show_default=True, help="markdown, word, html or json."
)
@click.option("--output", metavar="FILE", help="Write it to FILE instead of printing it.")
@_account_options
def export(*, form: str, output: str | None, account: str | None, index: str | None) -> None:
    """Print the notebook as a file for others; as json it can be imported again.

    \b
    Examples:
      quotidian notebook export > notebook.md
      quotidian notebook export --as word --output notebook.docx
    """
    from retriever.notebook.formats.registry import export_notebook

    content = export_notebook(_notebooks(index), form, account=account)
    if output:
        _write(Path(output), content)
    elif sys.stdout.isatty():
        if form == "word":
            raise click.UsageError("a Word file is not for a terminal: give --output FILE")
        print_text(content.decode("utf-8"), nl=False)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


@notebook.command("import")
@click.argument("file")
@_account_options
@json_option
def import_file(file: str, *, account: str | None, index: str | None, as_json: bool) -> None:
    """Add the entries of FILE, which `notebook export --as json` wrote.

    Its quotes are compared with the articles; those that no article holds are marked.
    """
    from retriever.notebook.entries import MOST_BYTES, read_notebook

    try:
        with Path(file).open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise click.UsageError(f"cannot read {file}: {error.strerror}") from error
    came = _notebooks(index).join(read_notebook(content), account=account)
    told = f"{came.added} added; {came.unverified} of the quotes could not be verified"
    print_result(came.to_dict() if as_json else [told])


def _notebooks(index: str | None) -> "Notebooks":
    from retriever.notebook.notebooks import Notebooks

    return Notebooks.beside(opened_index(index))


def _print_entry(entry: "NotebookEntry", *, as_json: bool) -> None:
    from retriever.notebook.entries import plain_entry

    print_result(plain_entry(entry) if as_json else [f"{entry.id}: {entry.text}"])


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise click.UsageError(f"cannot write {path}: {error.strerror}") from error
