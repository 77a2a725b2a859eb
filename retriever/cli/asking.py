"""The commands that ask an index: passages, an answer, an article."""

import sys
import time

import click

from retriever.cli.options import (
    filter_options,
    format_option,
    index_option,
    json_option,
    opened_for_questions,
    opened_index,
    print_result,
    read_json,
    reader_options,
)
from retriever.cli.printing import print_text
from retriever.records import Filters


@click.command()
@click.argument("question")
@click.option("-k", "count", default=10, show_default=True, help="How many passages.")
@filter_options
@index_option
@reader_options
@click.option("--explain", is_flag=True, help="Show scores of each channel, and the time taken.")
@json_option
def search(
    question: str,
    *,
    count: int,
    index: str | None,
    reader: str | None,
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
    from retriever.cli.terminal import hit_lines

    started = time.perf_counter()
    opened = opened_for_questions(index, reader=reader)
    hits = opened.search(question, k=count, filters=Filters(**filters))
    seconds = time.perf_counter() - started
    if as_json:
        found: dict[str, object] = {"question": question, "hits": [hit.to_dict() for hit in hits]}
        print_result(found | ({"seconds": round(seconds, 3)} if explain else {}))
    else:
        print_result(hit_lines(hits, seconds=seconds if explain else None))


@click.command()
@click.argument("question")
@click.option("--history", metavar="FILE", help="Conversation so far: JSON list of role, content.")
@click.option("--without", metavar="WORD", multiple=True, help="Do not carry over or respell it.")
@filter_options
@index_option
@reader_options
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
    **chosen: str | None,
) -> None:
    """Answer QUESTION in verbatim quotes.

    It says so when it finds no answer, and shows what came closest. On a terminal the
    words that answer are bold, unless NO_COLOR is set.

    \b
    Examples:
      quotidian ask "Who did Andrey Rudenko meet in Beijing?"
      quotidian ask "And what did he say?" --history chat.json --json
      quotidian ask "Who is Ding?" --format bibtex
    """
    from retriever.cli.terminal import answer_lines
    from retriever.exporters.formats import export as exported

    turns = read_json(history) if history else []
    opened = opened_for_questions(index, reader=chosen.pop("reader"))
    answer = opened.ask(question, history=turns, filters=Filters(**chosen), without=without)
    if form:
        print_text(exported(answer.to_dict(), form, article=opened.article), nl=False)
    else:
        print_result(answer.to_dict() if as_json else answer_lines(answer))


@click.command()
@click.argument("article_id", metavar="ID")
@index_option
@json_option
def article(article_id: str, *, index: str | None, as_json: bool) -> None:
    """Print the stored text of article ID exactly.

    A terminal is shown � for a character that could command it. With --json what is known
    about the article comes too: who printed its text first, who again, and its versions.
    """
    opened = opened_index(index)
    if as_json:
        print_result(opened.article_with_cluster(article_id))
        return
    text = opened.article(article_id).text
    if sys.stdout.isatty():
        print_text(text, nl=False)
    else:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
