"""``python -m webui``: serve the page."""

import click

from retriever import QuotidianError
from webui.serving import serve


@click.command(help="Serve the chat page over a built index.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=7860, show_default=True, help="Port to listen on; 0 takes any.")
@click.option("--index", default=".quotidian", show_default=True, help="Folder of the index.")
def main(host: str, port: int, index: str) -> None:
    """Serve until interrupted; exit with 2 and one line where that cannot be done."""
    try:
        serve(index, host=host, port=port)
    except QuotidianError as error:
        click.echo(f"webui: {error}", err=True)
        raise SystemExit(2) from error


if __name__ == "__main__":
    main(prog_name="python -m webui")
