"""The command that checks the quotations of a draft."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retriever.cli.options import index_option, json_option, opened_index, print_result

if TYPE_CHECKING:
    from retriever.drafts.verdicts import CheckedQuotation, DraftCheck

_SAID = {
    "exact": "exact",
    "nearly": "NEARLY: the words differ",
    "nowhere": "NOWHERE in the articles",
    "unchecked": "not looked for: no word of its own, or too long",
}


@click.command()
@click.argument("draft", metavar="DRAFT")
@index_option
@json_option
def check(draft: str, *, index: str | None, as_json: bool) -> None:
    """Check the quotations in DRAFT against the articles.

    DRAFT is plain text, Markdown, Word, a web page or a PDF; - is standard input. Every
    quotation in it is exact, nearly so, or nowhere. The exit status is 0 only if all are
    exact, and the articles name nobody else as their speakers.

    \b
    Example:
      quotidian check draft.docx
    """
    from retriever.drafts.reading import decode_draft, read_draft

    text = decode_draft(sys.stdin.buffer.read()) if draft == "-" else read_draft(Path(draft))
    checked = opened_index(index).check_draft(text)
    print_result(checked.to_dict() if as_json else check_lines(checked))
    sys.exit(not checked.holds)


def check_lines(checked: "DraftCheck") -> list[str]:
    """Return what came of each quotation of a draft, and how many of each verdict there are."""
    from retriever.cli.terminal import indented
    from retriever.drafts.verdicts import TOLERATED

    if not checked.quotations:
        return ["The draft quotes nothing."]
    lines = [line for one in checked.quotations for line in _quotation_lines(one, checked.text)]
    counts = ", ".join(f"{count} {verdict}" for verdict, count in checked.counts.items())
    return [*lines, f"{counts}.", *indented(TOLERATED)]


def _quotation_lines(one: "CheckedQuotation", draft: str) -> Iterator[str]:
    from retriever.cli.terminal import indented, source_line

    line = draft.count("\n", 0, one.span.start) + 1
    yield f"line {line}: {_SAID[one.accuracy]}"
    yield from indented(one.span.of(draft))
    if one.place is not None:
        article = one.place.article
        if one.differences:
            yield from indented(
                f"Source: {' … '.join(s.of(article.text) for s in one.place.spans)}"
            )
        for other in one.differences:
            here, there = other.here.of(draft), other.there.of(article.text)
            yield f"     draft: {here or '(nothing)'} | source: {there or '(nothing)'}"
        first = one.place.spans[0]
        speaker = one.place.speaker
        said_by = f"{speaker.of(article.text)}, in: " if speaker else ""
        yield f"   — {said_by}{source_line(article)} · {article.path} [{first.start}:{first.end}]"
    if one.other_speaker and one.speaker:
        yield f"     ! the draft names another speaker: {one.speaker.of(draft)}"
    if one.also_in:
        yield f"     also in {', '.join(one.also_in)}"
    yield ""
