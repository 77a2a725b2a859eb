"""What an article is called on the page, who wrote it where and when, and how it is linked to."""

import re
from dataclasses import dataclass
from urllib.parse import quote as percent_encode
from urllib.parse import unquote as percent_decode
from urllib.parse import urlsplit

from retriever import Article, QuestionError, Span, display_name, web_address
from webui.wording import date_in_words

_KEY = re.compile(r"([^:]*):(\d{1,15})-(\d{1,15})", re.ASCII)
_SPAN = re.compile(r"(\d{1,15})-(\d{1,15})", re.ASCII)


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


def make_byline(article: Article, *, quoted: str = "") -> Byline:
    """Return an article's byline; the link lets the browser find ``quoted`` on the page."""
    published = article.published
    return Byline(
        name=display_name(article),
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


def read_place_key(key: str) -> tuple[str, int, int]:
    """Return the article id, start and end that :func:`place_key` made the key of.

    :raises QuestionError: if it is no such key.
    """
    found = _KEY.fullmatch(key)
    if found is None:
        raise QuestionError(f"{key[:80]!r} names no place in an article; click a quote instead.")
    article_id, start, end = found.groups()
    return percent_decode(article_id, errors="surrogatepass"), int(start), int(end)


def read_span(value: object) -> Span | None:
    """Return the span that a card names as ``start-end``; ``None`` for whatever else comes back."""
    found = _SPAN.fullmatch(value) if isinstance(value, str) else None
    return Span(start=int(found[1]), end=int(found[2])) if found else None
