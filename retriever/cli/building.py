"""The commands that make an index: build it, add articles, follow the corpus, go back, check it."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retriever.cli.options import (
    index_option,
    json_option,
    print_result,
    stopped_as_by_ctrl_c,
)
from retriever.errors import SettingsError
from retriever.settings import load_settings

if TYPE_CHECKING:
    from retriever.corpus.adding import AddedFiles


@click.command()
@click.argument("corpus", required=False)
@index_option
@click.option("--full", is_flag=True, help="Read and encode everything anew.")
@click.option("--shard", metavar="I/N", help="Build part I of N only; see quotidian merge.")
@json_option
def build(
    corpus: str | None, index: str | None, *, full: bool, shard: str | None, as_json: bool
) -> None:
    """Index the articles in CORPUS.

    CORPUS is a folder or a file (default: seeds). Only what changed since the last build is read
    and encoded. What cannot be read is listed; the rest is indexed.

    \b
    Examples:
      quotidian build
      quotidian build ~/articles --index ~/articles.index
      quotidian build /shared/articles --index /shared/index --shard 2/8
    """
    from retriever.building import build as build_index
    from retriever.cli.progress_bars import show_progress
    from retriever.cli.terminal import report_lines

    settings = load_settings(flags={"corpus": corpus, "index": index})
    with stopped_as_by_ctrl_c(), show_progress() as progress:
        report = build_index(
            settings.corpus,
            index=settings.index,
            full=full,
            encoder=settings.encoder,
            progress=progress,
            shard=shard,
        )
    where = f"the part {shard} of {settings.index}" if shard else settings.index
    print_result(report.to_dict() if as_json else report_lines(report, where))


@click.command()
@click.argument("parts", nargs=-1, metavar="[PART]...")
@index_option
@json_option
def merge(parts: tuple[str, ...], index: str | None, *, as_json: bool) -> None:
    """Make one index of parts that build --shard built.

    A PART is the folder of one; left out, they are those in DIR/parts. Nothing is read or encoded
    again. It answers as if it had been built in one go, and may be brought up to date either way.

    \b
    Examples:
      quotidian merge --index /shared/index
      quotidian merge /mnt/a/parts/1-of-2 /mnt/b/parts/2-of-2 --index ~/articles.index
    """
    from retriever.building import merge as merge_parts
    from retriever.cli.progress_bars import show_progress
    from retriever.cli.terminal import report_lines

    settings = load_settings(flags={"index": index})
    with stopped_as_by_ctrl_c(), show_progress() as progress:
        report = merge_parts(settings.index, parts=parts, progress=progress)
    print_result(report.to_dict() if as_json else report_lines(report, settings.index))


@click.command()
@click.argument("corpus", required=False)
@index_option
@click.option("--poll", is_flag=True, help="Look at the files instead of waiting for events.")
def watch(corpus: str | None, index: str | None, *, poll: bool) -> None:
    """Build whenever the articles in CORPUS change.

    It goes on until Ctrl-C. A change is taken up when the folder has been still for two seconds.
    --poll is for network folders, which send no events.

    \b
    Example:
      quotidian watch ~/articles --index ~/articles.index
    """
    from retriever.building import build as build_index
    from retriever.cli.progress_bars import show_progress
    from retriever.cli.terminal import show_outcomes
    from retriever.index.location import locate
    from retriever.watching import follow

    settings = load_settings(flags={"corpus": corpus, "index": index})
    with stopped_as_by_ctrl_c(), show_progress() as progress:
        rebuild = partial(
            build_index,
            settings.corpus,
            index=settings.index,
            encoder=settings.encoder,
            progress=progress,
        )
        try:
            show_outcomes(
                follow(Path(settings.corpus), locate(settings.index).folder, rebuild, poll=poll),
                settings.index,
            )
        except KeyboardInterrupt:
            click.echo(f"no longer watching {settings.corpus}", err=True)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@index_option
@click.option("--corpus", metavar="DIR", help="That folder, for an index from elsewhere.")
@click.option("--replace", is_flag=True, help="Put a file in the place of the one of its name.")
@json_option
def add(
    files: tuple[str, ...], index: str | None, corpus: str | None, *, replace: bool, as_json: bool
) -> None:
    """Copy FILES into the folder of articles that the index was built from.

    A file whose bytes are there already is not added again, and one of no kind that is read is
    refused. One whose name is taken by another is kept beside it under a new name, or goes into
    its place with --replace. Build to have them answer. An index that was built elsewhere chose its
    folder itself: files go there only if --corpus names it, too.

    \b
    Example:
      quotidian add corrected/story.txt --replace
    """
    from retriever.corpus.adding import add_to_corpus
    from retriever.library import open_index

    settings = load_settings(flags={"index": index, "corpus": corpus})
    opened = open_index(settings.index)
    if not opened.is_corpus_known(settings.corpus):
        message = f"the index was built elsewhere, of {opened.corpus}; name that folder by --corpus"
        raise SettingsError(f"{message}, or build an index of your own")
    named = [(Path(file).name, Path(file)) for file in files]
    came = add_to_corpus(opened.corpus, named, replace=replace)
    print_result(came.to_dict() if as_json else _added_lines(came, opened.corpus))
    if came.refused and not came.added + came.replaced + came.beside + came.present:
        sys.exit(2)


@click.command()
@index_option
def rollback(*, index: str | None) -> None:
    """Go back to the generation before the one in use."""
    from retriever.index.location import locate

    folder = locate(load_settings(flags={"index": index}).index).roll_back()
    print_result([f"generation {int(folder.name)} is in use again"])


@click.command()
@index_option
@json_option
def doctor(*, index: str | None, as_json: bool) -> None:
    """Check the index from end to end.

    Nothing is changed; the exit status is 0 only if the index is sound.
    """
    from retriever.cli.terminal import finding_lines
    from retriever.indexing.doctor import examine

    findings = examine(load_settings(flags={"index": index}).index)
    sound = not findings
    print_result(
        {"sound": sound, "findings": [finding.to_dict() for finding in findings]}
        if as_json
        else finding_lines(findings)
    )
    sys.exit(not sound)


def _added_lines(came: "AddedFiles", corpus: Path) -> list[str]:
    """Return what came of files that were added."""
    told = (
        ("added", came.added),
        ("replaced", came.replaced),
        ("kept beside another of its name", came.beside),
        ("there already, not added again", came.present),
        ("not added, of no kind that is read", came.refused),
    )
    lines = [f"{name}: {what}" for what, names in told for name in names]
    is_new = len(came.present) + len(came.refused) < len(lines)
    return [*lines, f"build {corpus} to have them answer"] if is_new else lines
