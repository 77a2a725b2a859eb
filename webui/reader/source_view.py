"""The source view: a whole article cut into blocks and pieces, with one place marked.

Nothing is reworded and nothing is left out: the pieces' texts, joined, are the article's text.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from retriever import Article, Footnote, Span
from webui.byline import Byline, make_byline, place_key

_LINE = re.compile(r"[^\n]+\n*|\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePiece:
    """A run of text of one kind.

    ``note`` is the place, in the article's list of footnotes, of the note that the text refers
    to; ``gap`` says that the text is the line breaks between two blocks, ``answers`` that it is of
    the words that answer.
    """

    text: str
    note: int | None = None
    gap: bool = False
    answers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRun:
    """Neighbouring pieces that are all marked, or all not; ``mark`` counts the marks from 1."""

    pieces: tuple[SourcePiece, ...]
    mark: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBlock:
    """A paragraph, heading or footnote entry (``entry``: its place in the list of footnotes).

    ``back`` says that the text refers to the entry, so that one can go back there.
    """

    runs: tuple[SourceRun, ...]
    heading: bool = False
    entry: int | None = None
    back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """An article as the reader pane shows it; ``sources`` are the notes' sources, in order.

    ``warnings`` say what of the file's own statements was not used.
    """

    key: str
    byline: Byline
    titled: bool
    language: str | None
    blocks: tuple[SourceBlock, ...]
    sources: tuple[str, ...]
    warnings: tuple[str, ...]


def source_view(
    article: Article, *, start: int, end: int, answering: Span | None = None
) -> SourceView:
    """Return the article with ``[start, end)`` marked; a range outside the text marks nothing.

    Nor does ``answering``, the words in the range that answer, outside the range. ``titled`` says
    that the text itself begins with the title.
    """
    marked = Span(start=start, end=end) if 0 <= start < end <= len(article.text) else None
    inside = answering if marked and answering and answering.is_part_of(marked) else None
    marks = _Marks(quote=marked, answering=inside)
    quoted = marked.of(article.text) if marked else ""
    title = article.title
    return SourceView(
        key=place_key(article.id, start, end),
        byline=make_byline(article, quoted=quoted),
        titled=title is not None and article.text.lstrip().startswith(title),
        language=article.language,
        blocks=tuple(_source_blocks(article, marks)),
        sources=tuple(note.source.of(article.text) for note in article.footnotes),
        warnings=article.warnings,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marks:
    """What is marked in an article: a quote, and inside it the words that answer."""

    quote: Span | None
    answering: Span | None


def _source_blocks(article: Article, marks: _Marks) -> Iterator[SourceBlock]:
    counted = 0
    for line in _LINE.finditer(article.text):
        span = Span(start=line.start(), end=line.end())
        runs = tuple(_marked_runs(article, span, marks, counted))
        counted += sum(run.mark is not None for run in runs)
        entry = _note_begun_in(article, span)
        yield SourceBlock(
            runs=runs,
            heading=_is_heading_line(article, span),
            entry=entry,
            back=entry is not None and bool(article.footnotes[entry].marks),
        )


def _marked_runs(article: Article, line: Span, marks: _Marks, counted: int) -> Iterator[SourceRun]:
    def is_quoted(piece: Span) -> bool:
        return marks.quote is not None and piece.overlap(marks.quote) > 0

    for inside, pieces in groupby(_split_at_marks(article, line, marks), key=is_quoted):
        yield SourceRun(
            pieces=tuple(_source_piece(article, piece, marks.answering) for piece in pieces),
            mark=counted + 1 if inside else None,
        )


def _split_at_marks(article: Article, line: Span, marks: _Marks) -> Iterator[Span]:
    """Cut a line wherever a mark or a reference to a note begins or ends, and at its break."""
    gap = line.start + len(line.of(article.text).rstrip("\n"))
    spans = [mark for note in article.footnotes for mark in note.marks]
    spans += [span for span in (marks.quote, marks.answering) if span]
    places = {line.start, line.end, gap}
    places.update(
        place for span in spans for place in (span.start, span.end) if line.start < place < line.end
    )
    for start, end in pairwise(sorted(places)):
        yield Span(start=start, end=end)


def _source_piece(article: Article, span: Span, answering: Span | None) -> SourcePiece:
    text = span.of(article.text)
    note = _place_of_note(article, lambda note: any(mark.overlap(span) for mark in note.marks))
    gap = not text.strip("\n")
    answers = not gap and answering is not None and span.overlap(answering) > 0
    return SourcePiece(text=text, note=note, gap=gap, answers=answers)


def _is_heading_line(article: Article, line: Span) -> bool:
    words = len(line.of(article.text).strip())
    return words > 0 and any(heading.overlap(line) >= words for heading in article.headings)


def _note_begun_in(article: Article, line: Span) -> int | None:
    return _place_of_note(article, lambda note: line.start <= note.entry.start < line.end)


def _place_of_note(article: Article, wanted: Callable[[Footnote], bool]) -> int | None:
    """Return the place, in the article's list of footnotes, of the first that is wanted."""
    return next((place for place, note in enumerate(article.footnotes) if wanted(note)), None)
