"""A notebook as plain lines: quotes in quotation marks, own notes said to be such."""

from collections.abc import Iterator, Sequence

from retriever.cli.terminal import indented, source_line
from retriever.notebook.checking import CheckedQuote, PinState
from retriever.notebook.entries import OwnNote
from retriever.notebook.notebooks import ShownNotebook


def notebook_lines(shown: ShownNotebook) -> list[str]:
    """Return entries with their ids, a paragraph each, and files that could not be read."""
    lines = [f"Could not be read and was set aside: {name}" for name in shown.set_aside]
    for entry in shown.entries:
        told = _note_lines(entry) if isinstance(entry, OwnNote) else _quote_lines(entry)
        labels = entry.labels if isinstance(entry, OwnNote) else entry.entry.labels
        lines += [*told, *([f"   Labels: {', '.join(labels)}"] if labels else []), ""]
    return [*lines, f"{len(shown.entries)} of {shown.total} entries"]


def state_lines(quotes: Sequence[CheckedQuote]) -> list[str]:
    """Return what became of each quote."""
    if not quotes:
        return ["The notebook holds no quotes."]
    return [
        line
        for quote in quotes
        for line in (f"{quote.state}: {quote.entry.id}: {quote.entry.text}", *_now(quote))
    ]


def _note_lines(note: OwnNote) -> Iterator[str]:
    yield f"{note.id}  your note"
    yield from indented(note.text)


def _quote_lines(quote: CheckedQuote) -> Iterator[str]:
    entry = quote.entry
    yield f"{entry.id}  {quote.state}"
    words = entry.text if quote.state is PinState.UNVERIFIED else f"“{entry.text}”"
    yield from indented(words)
    place = f"{entry.article.path} [{entry.start}:{entry.end}]"
    if quote.stands and quote.article and quote.span:
        place = f"{quote.article.path} [{quote.span.start}:{quote.span.end}]"
        yield f"   — {source_line(quote.article)} · {place}"
    else:
        known = (entry.article.title, entry.article.author, entry.article.publisher)
        yield f"   — {' · '.join([*filter(None, known), place])}"
    yield from _now(quote)
    if entry.note:
        yield from indented(f"Your note: {entry.note}")


def _now(quote: CheckedQuote) -> Iterator[str]:
    if quote.new_words:
        yield from indented(f"It now says: “{quote.new_words}”")
