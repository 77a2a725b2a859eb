"""The command ``quotidian``: thin wrappers around the library, one a command.

Everything heavy is imported inside the commands that need it, so that ``--help`` is instant.
"""

import sys

import click

from retriever.cli.asking import article, ask, search
from retriever.cli.batch import batch
from retriever.cli.building import add, build, doctor, merge, rollback, watch
from retriever.cli.checking import evaluate, export, verify
from retriever.cli.drafts import check
from retriever.cli.listing import articles
from retriever.cli.mentions import mentions
from retriever.cli.notebook import notebook
from retriever.cli.printing import one_line, print_text
from retriever.cli.serving import hash_password, serve, tools
from retriever.errors import QuotidianError

UNUSABLE = 2  # the exit status of what could not be done; 1 is for a check that did not hold
STOPPED = 130  # as shells have it for what Ctrl-C ended


class _Commands(click.Group):
    """Turns every error of the library, and Ctrl-C, into one line and an exit status of its own."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except QuotidianError as error:
            print_text(one_line(f"quotidian: {error}"), err=True)
            ctx.exit(UNUSABLE)
        except KeyboardInterrupt:
            click.echo("quotidian: stopped", err=True)
            ctx.exit(STOPPED)


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


for _command in (
    build,
    merge,
    add,
    watch,
    search,
    ask,
    batch,
    mentions,
    article,
    articles,
    verify,
    check,
    export,
    evaluate,
    doctor,
    rollback,
    serve,
    tools,
    hash_password,
    notebook,
):
    main.add_command(_command)
