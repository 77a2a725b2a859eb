"""What a saved page says about its article: title, authors, publisher, address, language."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from retriever.corpus.formats.webpage.bylines import find_authors
from retriever.corpus.formats.webpage.dates import PageDates, find_dates
from retriever.corpus.formats.webpage.jsonld import ArticleData, read_jsonld

_LONGEST_TITLE = 300  # code points
_LONGEST_ADDRESS = 2_000
_SEPARATOR = re.compile(r"\s+[|·•»«\u203a\u2039:—–-]+\s+|\s*[|»\u203a]\s*|:\s+(?=\S)")
_WORD = re.compile(r"\w+")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8}){0,3}", re.IGNORECASE)
_ALIKE = 0.5
_MAIN = frozenset({"article", "main"})
_EDGE = " |·•»«\u203a\u2039:—–-"
_SITE_NAMES = ("application-name", "publisher", "dc.publisher", "dcterms.publisher")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """What is known about the article of a page; what the page does not say is empty or ``None``.

    ``titles`` are all the names that the page gives it, also with the site's name.
    """

    title: str | None
    titles: tuple[str, ...]
    authors: tuple[str, ...]
    publisher: str | None
    url: str | None
    language: str | None
    dates: PageDates
    body: str


def read_metadata(root: HtmlElement, *, address: str | None = None) -> PageMetadata:
    """Return what the page says; ``address`` is where it was saved from, if that is known."""
    data = read_jsonld(root)
    metas = _metas(root)
    url = _address_of_page(root, metas, data, address)
    publisher = _site_name(metas, data, url)
    titles = _head_titles(root, metas, data)
    title = _headline(root, titles, publisher)
    return PageMetadata(
        title=title,
        titles=tuple(dict.fromkeys([*filter(None, [title]), *titles])),
        authors=find_authors(root, metas, data, publisher=publisher),
        publisher=publisher,
        url=url,
        language=_declared_language(root, metas, data),
        dates=find_dates(root, metas, data, url=url),
        body=data.body,
    )


def _metas(root: HtmlElement) -> dict[str, list[str]]:
    """Return the contents of the ``<meta>`` elements by name in lower case, blanks made single."""
    metas: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = " ".join(meta.get("content", "").split())
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and meta.get(attribute):
                metas.setdefault(meta.get(attribute).strip().lower(), []).append(content)
    return metas


def _address_of_page(
    root: HtmlElement, metas: Mapping[str, list[str]], data: ArticleData, saved: str | None
) -> str | None:
    """Return the article's own address, http or https.

    A canonical address that is only the site's front page is a mistake of the site, so the others
    come before it.
    """
    links = [link.get("href", "") for link in root.iter("link") if link.get("rel") == "canonical"]
    stated = [*links, *metas.get("og:url", []), data.url, *filter(None, [saved])]
    found = [url for url in (_web_address(text, saved) for text in stated) if url]
    return next((url for url in found if urlsplit(url).path.strip("/")), next(iter(found), None))


def _web_address(text: str, base: str | None) -> str | None:
    """Return the text as a whole address of the web, ``None`` if it is none."""
    if len(text) > _LONGEST_ADDRESS:
        return None
    try:
        url = urljoin(base or "", text.strip())
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
    except ValueError:
        return None
    blanks = any(character.isspace() or not character.isprintable() for character in url)
    return url if usable and not blanks else None


def _site_name(metas: Mapping[str, list[str]], data: ArticleData, url: str | None) -> str | None:
    """Return the site's name, its host's name where it states none."""
    stated = [*metas.get("og:site_name", []), data.publisher]
    stated += [name for key in _SITE_NAMES for name in metas.get(key, [])]
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else None
    named = (name for name in stated if any(map(str.isalpha, name)) and "://" not in name)
    return next(named, None) or host or None


def _head_titles(root: HtmlElement, metas: Mapping[str, list[str]], data: ArticleData) -> list[str]:
    """Return the names that the page's head gives the article."""
    heads = map(_heading_words, root.findall("./head/title"))
    stated = [data.headline, *metas.get("og:title", []), *metas.get("twitter:title", []), *heads]
    return [title for title in stated if title and len(title) <= _LONGEST_TITLE]


def _headline(root: HtmlElement, titles: list[str], publisher: str | None) -> str | None:
    """Return the headline: the heading that agrees with the head's titles, else one of those.

    The heading is what a reader of the page sees; the head's titles are often cut, or written for
    search engines. An only heading inside the article's element needs no agreement.
    """
    bare = [_without_site(title, publisher) for title in titles]
    headings = [*_main_headings(root, publisher)]
    texts = [_heading_words(heading) for heading in headings]
    best = max(texts, key=lambda heading: _likeness(heading, bare), default="")
    if best and _likeness(best, bare) >= _ALIKE:
        return _as_titled(best, bare)
    main = [heading for heading in headings if heading.tag == "h1"]
    if len(main) == 1 and (not bare or any(e.tag in _MAIN for e in main[0].iterancestors())):
        return _heading_words(main[0])
    return next(iter(bare), None)


def _main_headings(root: HtmlElement, publisher: str | None) -> Iterator[HtmlElement]:
    """Yield the main headings, not those that are only the site's name."""
    for heading in root.iter("h1", "h2"):
        text = _heading_words(heading)
        if (
            _WORD.search(text)
            and len(text) <= _LONGEST_TITLE
            and not _same_letters(text, publisher)
        ):
            yield heading


def _heading_words(heading: HtmlElement) -> str:
    return " ".join(heading.text_content().split())


def _likeness(heading: str, titles: list[str]) -> float:
    """Return the share of words that heading and the most similar title have in common."""
    words = set(_WORD.findall(heading.casefold()))
    others = [set(_WORD.findall(title.casefold())) for title in titles]
    return max(
        (len(words & other) / len(words | other) for other in others if words | other), default=0.0
    )


def _as_titled(heading: str, titles: list[str]) -> str:
    """Return the heading, or a title that it only puts in capitals or below a section's name."""
    for title in titles:
        if _same_letters(heading, title):
            return title if heading.isupper() else heading
        if heading.endswith(title) and not heading[: -len(title)].rstrip()[-1:].isalnum():
            return title
    return heading


def _without_site(title: str, publisher: str | None) -> str:
    """Return the title without the site's name before or after it."""
    parts = _SEPARATOR.split(title)
    if publisher and len(parts) > 1:
        if _same_letters(parts[-1], publisher):
            return title[: title.rindex(parts[-1])].rstrip(_EDGE)
        if _same_letters(parts[0], publisher):
            return title[len(parts[0]) :].lstrip(_EDGE)
    return title


def _same_letters(text: str, other: str | None) -> bool:
    """Return whether two texts have the same letters."""
    return "".join(_WORD.findall(text.casefold())) == "".join(
        _WORD.findall((other or "").casefold())
    )


def _declared_language(
    root: HtmlElement, metas: Mapping[str, list[str]], data: ArticleData
) -> str | None:
    """Return the code of the language that the page declares, such as ``en``."""
    declared = [root.get("lang", ""), root.get("xml:lang", ""), data.language]
    declared += metas.get("og:locale", []) + metas.get("content-language", [])
    for code in declared:
        if match := _LANGUAGE.fullmatch(code.strip()):
            return match[1].lower()
    return None
