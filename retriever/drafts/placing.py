"""A quotation beside a part of an article: where each part of it stands there, and what differs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retriever.drafts.alignment import Alignment, TokenDifference, align
from retriever.drafts.quotations import DraftQuotation
from retriever.drafts.streams import BREAK, JOIN, ArticleWindow
from retriever.drafts.tokens import SourceToken
from retriever.drafts.verdicts import WordDifference
from retriever.records import Article, Span

_FURTHEST = 400  # tokens between two parts of a quotation in its source


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a quotation stands in an article, and what differs there.

    ``agreeing`` are the words that agree but for case, as the draft has them; ``of`` is how many
    there are.
    ``apart`` counts the tokens that differ, on the side where they are more.
    """

    article: Article
    spans: tuple[Span, ...]
    differences: tuple[WordDifference, ...]
    agreeing: tuple[str, ...]
    of: int
    apart: int
    is_quoted: bool

    @property
    def share(self) -> float:
        """How much of the quotation agrees, in [0, 1], by its words."""
        return len(self.agreeing) / self.of


def place(quotation: DraftQuotation, window: ArticleWindow) -> Placement | None:
    """Return where in a part of an article the quotation differs least; ``None`` if nowhere.

    What the article quotes with a "she said" between is read without it where that agrees better.
    """
    first = _place_in(quotation, window, window.all_tokens)
    if (first and not first.differences) or not window.spoken_tokens:
        return first
    second = _place_in(quotation, window, window.spoken_tokens)
    return min(
        filter(None, (first, second)),
        key=lambda one: (one.apart > 0, -one.share, one.apart),
        default=None,
    )


def _place_in(
    quotation: DraftQuotation, window: ArticleWindow, source: Sequence[SourceToken]
) -> Placement | None:
    """Return where the quotation stands in one row of tokens: its longest part, then the others."""
    parts = quotation.parts
    longest = max(range(len(parts)), key=lambda n: len(parts[n]))
    main = align(parts[longest], source)
    if main is None:
        return None
    found = {longest: main}
    place = main.end
    for n in range(longest + 1, len(parts)):
        if behind := _align_between(parts[n], source, place, place + _FURTHEST):
            found[n], place = behind, behind.end
    place = main.start
    for n in reversed(range(longest)):
        if before := _align_between(parts[n], source, max(0, place - _FURTHEST), place):
            found[n], place = before, before.start
    return _placement(quotation, window, source, found)


def _align_between(
    part: Sequence[SourceToken], source: Sequence[SourceToken], start: int, end: int
) -> Alignment | None:
    found = align(part, source[start:end])
    return found and Alignment(
        start=found.start + start,
        end=found.end + start,
        differences=tuple(
            TokenDifference(
                start=one.start,
                end=one.end,
                source_start=one.source_start + start,
                source_end=one.source_end + start,
            )
            for one in found.differences
        ),
    )


def _placement(
    quotation: DraftQuotation,
    window: ArticleWindow,
    source: Sequence[SourceToken],
    found: dict[int, Alignment],
) -> Placement:
    differences: list[WordDifference] = []
    agreeing: list[str] = []
    spans: list[Span] = []
    apart = 0
    for n, part in enumerate(quotation.parts):
        aligned = found.get(n)
        if aligned is None:
            apart += len(part)
            at = spans[-1].end if spans else source[min(found.items())[1].start].start
            here = Span(start=part[0].start, end=part[-1].end)
            differences.append(WordDifference(here=here, there=Span(start=at, end=at)))
            continue
        spans += _spans(source[aligned.start : aligned.end])
        real = [one for one in aligned.differences if not _is_join(part, source, one)]
        differences += [_in_places(part, source, one) for one in real]
        apart += sum(max(one.end - one.start, one.source_end - one.source_start) for one in real)
        differing = {n for one in real for n in _other_words(part, source, one)}
        agreeing += [
            token.exact for n, token in enumerate(part) if token.is_word and n not in differing
        ]
    missing = _missing_end(quotation, source, found)
    differences += missing
    return Placement(
        article=window.article,
        spans=tuple(spans),
        differences=tuple(differences),
        agreeing=tuple(agreeing),
        of=quotation.words,
        apart=apart + len(missing),
        is_quoted=any(spans[0].is_part_of(span) for span in window.quotations),
    )


def _is_join(
    part: Sequence[SourceToken], source: Sequence[SourceToken], one: TokenDifference
) -> bool:
    """Tell whether all that differs is the mark where a speech goes on behind "she said"."""
    there = source[one.source_start : one.source_end]
    here = part[one.start : one.end]
    return len(there) == 1 and there[0].exact == JOIN and not any(token.is_word for token in here)


def _other_words(
    part: Sequence[SourceToken], source: Sequence[SourceToken], one: TokenDifference
) -> Iterator[int]:
    """Yield which tokens of a difference the source does not have in their places in any case.

    A sentence in capitals stands in the article all the same; that it differs is told.
    """
    is_even = one.end - one.start == one.source_end - one.source_start
    for n in range(one.start, one.end):
        there = source[one.source_start + n - one.start] if is_even else None
        if there is None or part[n].loose != there.loose:
            yield n


def _in_places(
    part: Sequence[SourceToken], source: Sequence[SourceToken], one: TokenDifference
) -> WordDifference:
    """Return a difference in tokens as one in code points of the draft and of the article."""
    return WordDifference(
        here=_extent(part, one.start, one.end),
        there=_extent(source, one.source_start, one.source_end),
    )


def _extent(row: Sequence[SourceToken], start: int, end: int) -> Span:
    """Return from where to where tokens stand; of none, the place behind those before."""
    if start < end:
        return Span(start=row[start].start, end=row[end - 1].end)
    at = row[start - 1].end if start else row[0].start
    return Span(start=at, end=at)


def _spans(row: Sequence[SourceToken]) -> list[Span]:
    """Return where tokens stand in the article: a span for each piece of a speech."""
    spans: list[Span] = []
    start = None
    for token, following in zip(row, [*row[1:], None], strict=True):
        if token.exact in (JOIN, BREAK):
            continue
        start = token.start if start is None else start
        if following is None or following.exact in (JOIN, BREAK):
            spans.append(Span(start=start, end=token.end))
            start = None
    return spans


def _missing_end(
    quotation: DraftQuotation, source: Sequence[SourceToken], found: dict[int, Alignment]
) -> list[WordDifference]:
    """Return the "?" or "!" at the end of a quotation as a difference if the source has none."""
    last = found.get(len(quotation.parts) - 1)
    if not quotation.ends_with or last is None:
        return []
    behind = [token.exact for token in source[last.end : last.end + 2]]
    if quotation.ends_with in behind or JOIN in behind:
        return []
    here, there = quotation.parts[-1][-1].end, source[last.end - 1].end
    end = Span(start=here, end=here + 1)
    return [WordDifference(here=end, there=Span(start=there, end=there))]
