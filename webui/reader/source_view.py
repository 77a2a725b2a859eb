"""The source view: a whole article cut into blocks and pieces, with an answer's quotes marked.

Nothing is reworded and nothing is left out: the pieces' texts, joined, are the article's text.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from retriever import Article, Footnote, Span
from webui.byline import Byline, make_byline, place_key
from webui.reader.quoted import QuotedPlace

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
    """Neighbouring pieces of one quote, or of none; ``mark`` counts the opened quote's from 1.

    ``other`` is the key of another quote of the same answer that they belong to.
    """

    pieces: tuple[SourcePiece, ...]
    mark: int | None = None
    other: str | None = None


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
    changed: bool


def source_view(
    article: Article,
    *,
    start: int,
    end: int,
    answering: Span | None = None,
    others: Sequence[QuotedPlace] = (),
    changed: bool = False,
) -> SourceView:
    """Return the article with ``[start, end)`` marked; a range outside the text marks nothing.

    Nor does ``answering``, the words in the range that answer, outside the range. ``others`` are
    the places of the answer's other quotes; where two overlap, the words belong to the one that was
    opened, else to the first. ``titled`` says that the text itself begins with the title. Where the
    article was ``changed`` since it was quoted, nothing is marked.
    """
    opened = QuotedPlace(quote=Span(start=start, end=end), answering=answering)
    known = () if changed else (opened, *others)
    marks = [place for place in known if place.within(len(article.text))]
    quoted = opened.quote.of(article.text) if opened in marks else ""
    title = article.title
    return SourceView(
        key=place_key(article.id, start, end),
        byline=make_byline(article, quoted=quoted),
        titled=title is not None and article.text.lstrip().startswith(title),
        language=article.language,
        blocks=tuple(_source_blocks(article, _Marks(opened=opened, places=tuple(marks)))),
        sources=tuple(note.source.of(article.text) for note in article.footnotes),
        warnings=article.warnings,
        changed=changed,
    )


def shows_words(text: str, shown: str) -> bool:
    """Return whether a page that shows these words shows this text: letters and digits count.

    What a page cannot hold is shown as another character, and its lines break elsewhere.
    """
    return _letters(text) == _letters(shown)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marks:
    """What is marked in an article: the quotes of an answer, the one that was opened first."""

    opened: QuotedPlace
    places: tuple[QuotedPlace, ...]

    @property
    def spans(self) -> Iterator[Span]:
        """Every span that begins or ends a mark."""
        for place in self.places:
            yield place.quote
            if place.answering_inside:
                yield place.answering_inside

    def owner(self, piece: Span) -> QuotedPlace | None:
        """Return the quote that a piece belongs to."""
        return next((place for place in self.places if piece.overlap(place.quote) > 0), None)

    def answers(self, piece: Span) -> bool:
        """Tell whether a piece is of the words that answer in its quote."""
        owner = self.owner(piece)
        answering = owner.answering_inside if owner else None
        return answering is not None and piece.overlap(answering) > 0


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
    for owner, pieces in groupby(_split_at_marks(article, line, marks), key=marks.owner):
        opened = owner is not None and owner is marks.opened
        yield SourceRun(
            pieces=tuple(_source_piece(article, piece, marks) for piece in pieces),
            mark=counted + 1 if opened else None,
            other=owner.key if owner and not opened else None,
        )


def _split_at_marks(article: Article, line: Span, marks: _Marks) -> Iterator[Span]:
    """Cut a line wherever a mark or a reference to a note begins or ends, and at its break."""
    gap = line.start + len(line.of(article.text).rstrip("\n"))
    spans = [mark for note in article.footnotes for mark in note.marks]
    spans += marks.spans
    places = {line.start, line.end, gap}
    places.update(
        place for span in spans for place in (span.start, span.end) if line.start < place < line.end
    )
    for start, end in pairwise(sorted(places)):
        yield Span(start=start, end=end)


def _source_piece(article: Article, span: Span, marks: _Marks) -> SourcePiece:
    text = span.of(article.text)
    note = _place_of_note(article, lambda note: any(mark.overlap(span) for mark in note.marks))
    gap = not text.strip("\n")
    return SourcePiece(text=text, note=note, gap=gap, answers=not gap and marks.answers(span))


def _is_heading_line(article: Article, line: Span) -> bool:
    words = len(line.of(article.text).strip())
    return words > 0 and any(heading.overlap(line) >= words for heading in article.headings)


def _note_begun_in(article: Article, line: Span) -> int | None:
    return _place_of_note(article, lambda note: line.start <= note.entry.start < line.end)


def _place_of_note(article: Article, wanted: Callable[[Footnote], bool]) -> int | None:
    """Return the place, in the article's list of footnotes, of the first that is wanted."""
    return next((place for place, note in enumerate(article.footnotes) if wanted(note)), None)
