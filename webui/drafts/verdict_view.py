"""A checked draft, ready to be shown: its text in pieces, and what is told of each quotation."""

from collections.abc import Iterator
from dataclasses import dataclass

from retriever import CheckedQuotation, DraftCheck, Span
from webui.byline import Byline, make_byline, place_key
from webui.wording import difference_line


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPiece:
    """A piece of text; of the draft a quotation with its ``number``, or else what is between."""

    text: str
    number: int | None = None
    differs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldQuotation:
    """What is told of one quotation, numbered from 1 in the draft.

    ``here`` is the quotation and ``there`` what the article has, the words that differ apart;
    ``there`` is given for what is nearly so. ``differences`` say the same in words. ``key`` opens
    the article at its place; ``words`` stand there, where it is one place. ``speaker`` is whom the
    article names; ``instead_of`` whom the draft does, where that is surely somebody else.
    """

    number: int
    accuracy: str
    here: tuple[DraftPiece, ...]
    there: tuple[tuple[DraftPiece, ...], ...] = ()
    differences: tuple[str, ...] = ()
    key: str | None = None
    words: str | None = None
    byline: Byline | None = None
    speaker: str | None = None
    instead_of: str | None = None
    others: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """The draft in pieces, what is told of its quotations, and how many there are of each kind."""

    pieces: tuple[DraftPiece, ...]
    told: tuple[ToldQuotation, ...]
    counts: dict[str, int]
    holds: bool


def draft_view(checked: DraftCheck) -> DraftView:
    """Return what the page shows of a checked draft."""
    return DraftView(
        pieces=tuple(_pieces_of_draft(checked)),
        told=tuple(
            _told(number, one, checked.text) for number, one in enumerate(checked.quotations, 1)
        ),
        counts={name: count for name, count in checked.counts.items() if count},
        holds=checked.holds,
    )


def _pieces_of_draft(checked: DraftCheck) -> Iterator[DraftPiece]:
    at = 0
    for number, one in enumerate(checked.quotations, 1):
        yield DraftPiece(text=checked.text[at : one.span.start])
        yield DraftPiece(text=one.span.of(checked.text), number=number)
        at = one.span.end
    yield DraftPiece(text=checked.text[at:])


def _told(number: int, one: CheckedQuotation, draft: str) -> ToldQuotation:
    here = tuple(_in_pieces(draft, one.span, [other.here for other in one.differences]))
    place = one.place
    if place is None:
        return ToldQuotation(number=number, accuracy=str(one.accuracy), here=here)
    text = place.article.text
    differing = [other.there for other in one.differences]
    speaker = place.speaker.of(text) if place.speaker else None
    return ToldQuotation(
        number=number,
        accuracy=str(one.accuracy),
        here=here,
        there=tuple(tuple(_in_pieces(text, span, differing)) for span in place.spans)
        if one.differences
        else (),
        differences=tuple(
            difference_line(other.here.of(draft), other.there.of(text)) for other in one.differences
        ),
        key=place_key(place.article.id, place.spans[0].start, place.spans[-1].end),
        words=place.spans[0].of(text) if len(place.spans) == 1 else None,
        byline=make_byline(place.article, quoted=place.spans[0].of(text)),
        speaker=speaker,
        instead_of=one.speaker.of(draft) if one.other_speaker and one.speaker else None,
        others=len(one.also_in),
    )


def _in_pieces(text: str, span: Span, differing: list[Span]) -> Iterator[DraftPiece]:
    """Yield a span of a text in pieces, those that differ apart from the others."""
    at = span.start
    for one in sorted(one for one in differing if one.is_part_of(span)):
        if one.start < at:
            continue
        yield DraftPiece(text=text[at : one.start])
        yield DraftPiece(text=one.of(text), differs=True)
        at = one.end
    yield DraftPiece(text=text[at : span.end])
