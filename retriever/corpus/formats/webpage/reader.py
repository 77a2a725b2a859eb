"""Saved web pages, HTML or MHTML: the article's own words, and what the page says about it."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from retriever.corpus.article.composing import About, assemble
from retriever.corpus.article.dates import check_published
from retriever.corpus.article.footnotes import find_footnotes
from retriever.corpus.article.head import Stated, take_metadata
from retriever.corpus.article.headings import find_headings
from retriever.corpus.decoding import decode_markup
from retriever.corpus.formats.markup.blocks import find_blocks
from retriever.corpus.formats.markup.tree import parse_markup
from retriever.corpus.formats.webpage.article_text import cleaned_or_whole, find_text
from retriever.corpus.formats.webpage.bylines import split_names
from retriever.corpus.formats.webpage.dates import contradictions, guess_published
from retriever.corpus.formats.webpage.metadata import PageMetadata, read_metadata
from retriever.corpus.formats.webpage.mhtml import SavedPage, is_mhtml, open_mhtml
from retriever.corpus.formats.webpage.page_blocks import look_at_page
from retriever.corpus.source import SourceFile
from retriever.errors import UnreadableError
from retriever.records import Article, Failure, Published

LARGEST_PAGE = 50_000_000
"""Bytes of one file. Pages saved whole carry their pictures: some have twenty million."""

_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)(?P<browser>\S+)"
    r"|page saved with singlefile\s+url:\s*(?P<single>\S+)"
    r"|mirrored from (?P<mirror>\S+) by httrack)",
    re.IGNORECASE,
)
_HEAD = 20_000  # code points in which the comment on the address stands
SHORTEST_ARTICLE = 80
"""Bytes in UTF-8: the shortest reports have one sentence, and what is shorter is a notice. Bytes,
as a Chinese character says as much as three Latin letters."""
_MOSTLY_LINKS = 0.8


def read_webpage(source: SourceFile) -> Iterator[Article | Failure]:
    """Yield the one article of a saved page, or why there is none.

    Its id is its path. Nothing is fetched: what the page would load from elsewhere is not there.
    """
    with source.open() as stream:
        data = stream.read(LARGEST_PAGE + 1)
    if not data.strip():
        raise UnreadableError("is empty")
    if len(data) > LARGEST_PAGE:
        message = f"is larger than {LARGEST_PAGE:,} bytes; save the page without its pictures"
        raise UnreadableError(message)
    page = open_mhtml(data) if is_mhtml(data) else SavedPage(markup=data)
    if page is None:
        raise UnreadableError("is a mail message without a web page in it")
    markup = decode_markup(page.markup, declared=page.encoding)
    address = _saved_from(markup) or page.address
    yield _read_page(source.path, parse_markup(markup), address=address)


def _saved_from(markup: str) -> str | None:
    """Return the address that a browser wrote into the page as it saved it."""
    match = _SAVED_FROM.search(markup[:_HEAD])
    if match is None:
        return None
    return f"http://{match['mirror']}" if match["mirror"] else match["browser"] or match["single"]


def _read_page(path: str, root: HtmlElement, *, address: str | None) -> Article:
    about = read_metadata(root, address=address)
    page = look_at_page(root, (*about.titles, about.url or ""))
    found = find_text(page, stated=about.body)
    stated = take_metadata(found.text, title=about.title)
    body = cleaned_or_whole(stated.rest)
    if len(found.text.encode()) < SHORTEST_ARTICLE or not body:
        raise UnreadableError(_why_no_article(root))
    published, warnings = _publication_date(root, about, stated, found.end)
    footnotes = find_footnotes(body)
    byline = tuple(split_names(stated.author or ""))
    known = About(
        title=about.title or stated.title,
        authors=byline if byline and about.authors in {(), (about.publisher,)} else about.authors,
        publisher=about.publisher,
        published=published,
        updated=about.dates.updated,
        url=about.url,
        language=about.language,
        warnings=(*warnings, *found.warnings),
    )
    headings = find_headings(body, footnotes, marked=found.headings)
    return assemble(body, known, path=path, headings=headings, footnotes=footnotes)


def _publication_date(
    root: HtmlElement, about: PageMetadata, stated: Stated, end: HtmlElement | None
) -> tuple[Published | None, tuple[str, ...]]:
    """Return when the page was published, by its fields, its lines or at a guess, and warnings."""
    warnings = about.dates.warnings
    if about.dates.published:
        shown = [one for one in (about.dates.published, stated.published) if one]
        return about.dates.published, (*warnings, *contradictions(shown))
    if stated.published:
        in_text, warning = check_published(stated.published.value, source=stated.published.source)
        return in_text, (*warnings, *filter(None, [warning]))
    guess = (
        None if warnings else guess_published(root, end=end)
    )  # it would read the same field again
    if guess:
        warnings += (f"no field states when it was published; {guess.value} is read from the text",)
    return guess, warnings


def _why_no_article(root: HtmlElement) -> str:
    """Return what a page without an article is."""
    if root.find(".//frameset") is not None:
        return "is a frameset: the text is in the pages that it shows, save those"
    if root.find(".//input[@type='password']") is not None:
        return "asks to log in and shows no article"
    blocks = [*find_blocks(root, is_page=True)]
    linked = sum(block.link_share >= _MOSTLY_LINKS for block in blocks)
    if blocks and linked >= len(blocks) / 2:
        return "is a list of links and shows no article"
    return "shows no text of an article"
