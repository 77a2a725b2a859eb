"""A page of mentions, ready to be shown: counts as bars, sentences with what was found marked."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from retriever import Filters, Mention, Mentions, PartialDate, Span, Tally
from webui.byline import Byline, make_byline, place_key
from webui.mentions.request import PER_PAGE, MentionsRequest
from webui.wording import FILTER_PHRASES, date_in_words, filter_in_words

# More months than this are too thin to point at: they are drawn by year.
MOST_MONTHS = 60
MOST_PUBLISHERS = 10
_YEAR = len("2023")


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionBar:
    """A month, or a year where there are many months: in how many articles, and its height.

    ``month`` is what it is chosen by, empty for a year. ``height`` is in [0, 1].
    """

    words: str
    month: str
    articles: int
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionPiece:
    """A run of a sentence; ``found`` tells that it is what was looked for."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRow:
    """A sentence with all that was found in it on this page, and where it opens its article."""

    pieces: tuple[MentionPiece, ...]
    byline: Byline
    page: int | None
    key: str
    answering: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """A filter that was chosen, in words, and which filters are let go with it, by name."""

    phrase: str
    value: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionsPage:
    """What the view shows of what was found."""

    request: MentionsRequest
    found: Mentions
    narrowed: tuple[Narrowed, ...]
    bars: tuple[MentionBar, ...]
    publishers: tuple[Tally, ...]
    others: int
    unstated: int
    rows: tuple[MentionRow, ...]
    first: int
    last: int
    pages: int


def make_mentions_page(request: MentionsRequest, found: Mentions) -> MentionsPage:
    """Return what was found as it is shown."""
    publishers = tuple(one for one in found.by_publisher if one.value)
    return MentionsPage(
        request=request,
        found=found,
        narrowed=tuple(_narrowed(request.filters)),
        bars=tuple(_bars(found.by_month)),
        publishers=publishers[:MOST_PUBLISHERS],
        others=len(publishers[MOST_PUBLISHERS:]),
        unstated=sum(one.articles for one in found.by_publisher if not one.value),
        rows=tuple(_rows(found.listed)),
        first=request.offset + 1,
        last=min(request.offset + PER_PAGE, found.mentions),
        pages=max(1, math.ceil(found.mentions / PER_PAGE)),
    )


def _narrowed(filters: Filters) -> Iterator[Narrowed]:
    given = filters.to_dict()
    one_date = given.get("after") if given.get("after") == given.get("before") else None
    if one_date:
        words = filter_in_words("on", one_date)
        yield Narrowed(phrase=FILTER_PHRASES["on"], value=words, names=("after", "before"))
    for name, value in given.items():
        if not (one_date and name in {"after", "before"}):
            words = filter_in_words(name, value)
            yield Narrowed(phrase=FILTER_PHRASES[name], value=words, names=(name,))


def _rows(listed: Sequence[Mention]) -> Iterator[MentionRow]:
    """Yield the sentences, each once, with all their matches."""
    for _, group in groupby(listed, key=lambda one: (one.article.id, one.start, one.end)):
        mentions = [*group]
        first = mentions[0]
        words = [span for one in mentions for span in one.words]
        yield MentionRow(
            pieces=tuple(_pieces(first, words)),
            byline=make_byline(first.article, quoted=first.text),
            page=first.page,
            key=place_key(first.article.id, first.start, first.end),
            answering=f"{words[0].start}-{words[0].end}" if words else "",
        )


def _pieces(mention: Mention, words: Sequence[Span]) -> Iterator[MentionPiece]:
    """Yield the sentence cut at what was found; joined, the pieces are the sentence."""
    text, at = mention.article.text, mention.start
    for span in sorted(words, key=lambda span: span.start):
        if span.start > at:
            yield MentionPiece(text=text[at : span.start], found=False)
        if span.end > at:
            yield MentionPiece(text=text[max(at, span.start) : span.end], found=True)
        at = max(at, span.end)
    if at < mention.end:
        yield MentionPiece(text=text[at : mention.end], found=False)


def _bars(by_month: Sequence[Tally]) -> Iterator[MentionBar]:
    """Yield the months from the first to the last, those without an article included."""
    dated = {one.value: one.articles for one in by_month if one.value and len(one.value) > _YEAR}
    if not dated:
        return
    months = [*_months(min(dated), max(dated))]
    unit = len("2023-06") if len(months) <= MOST_MONTHS else _YEAR
    counts: dict[str, int] = {month[:unit]: 0 for month in months}
    for month, articles in dated.items():
        counts[month[:unit]] += articles
    most = max(counts.values())
    for value, articles in counts.items():
        yield MentionBar(
            words=date_in_words(value),
            month=value if unit > _YEAR else "",
            articles=articles,
            height=max(0.04, round(articles / most, 3)) if articles else 0.0,
        )


def _months(first: str, last: str) -> Iterator[str]:
    start, end = PartialDate.parse(first).first_day, PartialDate.parse(last).first_day
    for number in range(start.year * 12 + start.month - 1, end.year * 12 + end.month):
        yield f"{number // 12:04}-{number % 12 + 1:02}"
