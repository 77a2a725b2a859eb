"""The commands that serve others: the chat page, tools for other programs, accounts.

The page is imported by name: the library never depends on it.
"""

from importlib import import_module

import click

from retriever.cli.options import index_option, opened_index, reader_options
from retriever.settings import load_settings


@click.command()
@click.option("--host", metavar="H", help="Address to listen on (default: 127.0.0.1).")
@click.option("--port", metavar="N", type=int, help="Port (default: 7860).")
@click.option("--root-path", metavar="/P", help="Path under which a proxy shows the page.")
@click.option("--allowed-hosts", metavar="NAMES", help="Names of the page beside localhost.")
@click.option("--corpus", metavar="DIR", help="Folder of the articles, if others built the index.")
@click.option("--proxies", metavar="ADDRESSES", help="Proxies whose X-Forwarded-For is believed.")
@index_option
@reader_options
def serve(**flags: str | int | None) -> None:
    """Open the chat page on this machine.

    Another address than loopback needs accounts, and a proxy in front of it two or three flags:
    see the README.

    \b
    Examples:
      quotidian serve
      QUOTIDIAN_USERS=users quotidian serve --host 0.0.0.0
      quotidian serve --root-path /quotes --allowed-hosts news.example --proxies 127.0.0.1
    """
    settings = load_settings(flags=flags)
    import_module("webui.serving").serve(settings)


@click.command()
@index_option
def tools(*, index: str | None) -> None:
    """Serve MCP tools on standard input and output.

    They are search, ask, article and verify, and those of the notebook.

    \b
    Example, in the settings of an MCP client:
      {"command": "quotidian", "args": ["tools", "--index", "/path/to/.quotidian"]}
    """
    from retriever.notebook.notebooks import Notebooks

    opened = opened_index(index)
    served = import_module("webui.programs.mcp").tools_over(opened, Notebooks.beside(opened))
    served.run("stdio")


@click.command(name="hash-password")
def hash_password() -> None:
    """Ask for a password and print its hash.

    It is for QUOTIDIAN_PASSWORD or the file of users.
    """
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    click.echo(import_module("webui.security.accounts").hashed(password))
