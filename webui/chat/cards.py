"""From an answer to what its cards show, each quote compared once more with the stored article."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote as percent_encode
from urllib.parse import unquote as percent_decode
from urllib.parse import urlsplit

from retriever import Answer, Article, QuestionError, Quote, quote_forms, web_address
from webui.chat.answerer import Answerer
from webui.wording import UNTITLED, date_in_words

# Characters of a text that has no title, enough to know it again.
_OPENING = 60
_KEY = re.compile(r"([^:]*):(\d{1,15})-(\d{1,15})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """Who wrote an article, where and when, ready to be shown; unknown is ``None``.

    ``name`` is the title or, without one, says so. ``address`` is only ever an http
    or https one, and ``link`` the same with the place in it.
    """

    name: str
    title: str | None
    author: str | None
    publisher: str | None
    date: str
    date_from: str | None
    updated: str | None
    link: str | None
    address: str | None
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote of the quoted words: its label and the source that it names."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another article that prints the same words: its name, and the key that opens it."""

    name: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One quote as it is shown; ``number`` counts from 1 within the answer.

    ``also_in`` are the other articles that print the same words, ``differs_from`` the numbers of
    quotes that may not say the same, ``copies`` the quote with its reference by form. ``published``
    is an ISO date, ``page`` counts from 1 where the source has pages; ``warnings`` say what of the
    source's own statements was not believed.
    """

    number: int
    article_id: str
    start: int
    end: int
    words: str
    speaker: str | None
    byline: Byline
    published: str | None
    page: int | None
    warnings: tuple[str, ...]
    also_in: tuple[Other, ...]
    notes: tuple[Note, ...]
    differs_from: tuple[int, ...]
    copies: Mapping[str, str]

    @property
    def key(self) -> str:
        """The same for every card that opens the same place."""
        return place_key(self.article_id, self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """An answer's cards; ``withheld`` counts the quotes that did not match the stored article."""

    quotes: tuple[Card, ...]
    closest: tuple[Card, ...]
    withheld: int


def cards_of(answer: Answer, answerer: Answerer) -> Cards:
    """Return the cards of the quotes that still stand, numbered in the answer's order."""
    differing = _differing(answer)
    quotes = tuple(
        _card(quote, answerer, number=place + 1, differs_from=differing.get(place, ()))
        for place, quote in enumerate(answer.quotes)
        if stands(quote, answerer)
    )
    closest = tuple(
        _card(quote, answerer, number=place + 1)
        for place, quote in enumerate(answer.closest)
        if stands(quote, answerer)
    )
    failed = len(answer.quotes) + len(answer.closest) - len(quotes) - len(closest)
    return Cards(quotes=quotes, closest=closest, withheld=answer.withheld + failed)


def stands(quote: Quote, answerer: Answerer) -> bool:
    """Tell whether the stored article still holds the quoted words, speaker included, in place."""
    try:
        stored = answerer.article(quote.article.id)
    except QuestionError:
        return False
    spans = [(quote.start, quote.end)]
    if quote.speaker:
        spans.append((quote.speaker.start, quote.speaker.end))
    return all(
        0 <= start < end <= len(stored.text)
        and stored.text[start:end] == quote.article.text[start:end]
        for start, end in spans
    )


def byline_of(article: Article, *, quoted: str = "") -> Byline:
    """Return an article's byline; the link lets the browser find ``quoted`` on the page."""
    published = article.published
    return Byline(
        name=name_of(article),
        title=article.title,
        author=article.author,
        publisher=article.publisher,
        date=date_in_words(published.value if published else None),
        date_from=published.source if published else None,
        updated=date_in_words(article.updated.value) if article.updated else None,
        link=safe_link(article.url, quoted=quoted),
        address=web_address(article.url),
        path=article.path,
    )


def name_of(article: Article) -> str:
    """Return an article's title; for one without, a phrase with the words that it begins with.

    References name such an article by its file: what is cited must not look like a title.
    """
    if article.title:
        return article.title
    text = article.text.strip()
    words, cut = text[:_OPENING].split(), len(text) > _OPENING
    whole = words[:-1] if cut and len(words) > 1 else words
    return UNTITLED.format(words=" ".join(whole), more="…" if cut else "")


def safe_link(url: str | None, *, quoted: str = "") -> str | None:
    """Return an http(s) address, with a text fragment for ``quoted``; ``None`` for all else.

    The fragment (https://wicg.github.io/scroll-to-text-fragment/) stays in the browser: it is
    never sent to the host.
    """
    address = web_address(url)
    if address is None:
        return None
    words = quoted.split()
    if not words:
        return address
    ends = [" ".join(words)] if len(words) <= 12 else [" ".join(words[:5]), " ".join(words[-5:])]
    directive = ",".join(
        percent_encode(end, safe="", errors="replace").replace("-", "%2D") for end in ends
    )
    return f"{address}{'' if urlsplit(address).fragment else '#'}:~:text={directive}"


def place_key(article_id: str, start: int, end: int) -> str:
    """Return the name of a place in an article; ASCII, so that it comes back from a page whole."""
    return f"{percent_encode(article_id, safe='', errors='surrogatepass')}:{start}-{end}"


def place_of(key: str) -> tuple[str, int, int]:
    """Return the article id, start and end that :func:`place_key` made the key of.

    :raises QuestionError: if it is no such key.
    """
    found = _KEY.fullmatch(key)
    if found is None:
        raise QuestionError(f"{key[:80]!r} names no place in an article; click a quote instead.")
    article_id, start, end = found.groups()
    return percent_decode(article_id, errors="surrogatepass"), int(start), int(end)


def _card(
    quote: Quote, answerer: Answerer, *, number: int, differs_from: tuple[int, ...] = ()
) -> Card:
    return Card(
        number=number,
        article_id=quote.article.id,
        start=quote.start,
        end=quote.end,
        words=quote.text,
        speaker=quote.speaker.of(quote.article.text) if quote.speaker else None,
        byline=byline_of(quote.article, quoted=quote.text),
        published=quote.article.published.value if quote.article.published else None,
        page=quote.page,
        warnings=quote.article.warnings,
        also_in=tuple(_others(quote.also_in, answerer)),
        notes=tuple(
            Note(label=note.label, text=note.source.of(quote.article.text))
            for note in quote.footnotes
        ),
        differs_from=differs_from,
        copies=quote_forms(quote.to_dict()),
    )


def _others(article_ids: Iterable[str], answerer: Answerer) -> Iterator[Other]:
    for article_id in article_ids:
        try:
            name = name_of(answerer.article(article_id))
        except QuestionError:  # gone since: the words stand elsewhere no longer
            continue
        # Where in it the words stand was not recorded, and nothing is searched for: no mark.
        yield Other(name=name, key=place_key(article_id, 0, 0))


def _differing(answer: Answer) -> dict[int, tuple[int, ...]]:
    """Return, for each quote's place, the numbers of the quotes that may disagree with it."""
    found: dict[int, tuple[int, ...]] = {}
    for pair in answer.disagreements:
        for one, other in (pair.quotes, pair.quotes[::-1]):
            found[one] = (*found.get(one, ()), other + 1)
    return found
