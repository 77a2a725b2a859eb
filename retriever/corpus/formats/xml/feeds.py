"""Saved RSS and Atom feeds: one article an entry, as full as the feed gives it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from html import unescape

from lxml import etree
from lxml.etree import _Element as Element

from retriever.corpus.article.composing import (
    About,
    Paragraph,
    articles_of_parts,
    compose,
    one_line,
)
from retriever.corpus.article.dates import StatedDate, first_moment
from retriever.corpus.article.names import people_in
from retriever.corpus.article.truncation import without_cut_mark
from retriever.corpus.formats.markup.fragments import (
    looks_like_markup,
    paragraphs_of,
    paragraphs_of_markup,
)
from retriever.corpus.formats.xml.tree import (
    LANGUAGE,
    children,
    descendants,
    element_text,
    first_address,
)
from retriever.errors import UnreadableError
from retriever.records import Article, Failure

_PUBLISHED = ("pubdate", "published", "issued", "date")
_UPDATED = ("updated", "modified")
_CONTENT = ("encoded", "content", "fulltext", "body")
_SUMMARY = ("description", "summary")
_MAILED = re.compile(r"\S+@\S+\s*\((?P<name>[^)]+)\)|\S+@\S+")
_MEDIA = re.compile(r"/mrss/?$")
"""Media RSS: what stands in it tells of pictures and sound."""
_MOST_ESCAPES = 3
_CDATA_START = re.compile(r"\s*<!\[CDATA\[")
_CDATA_MARKS = re.compile(r"<!\[CDATA\[|\]\](?:>|&gt;)")
_ESCAPED_CDATA = re.compile(r"\s*(?:&(?:amp;)*lt;|&#(?:60|x3c);)!\[CDATA\[", re.IGNORECASE)
_CLOSED = re.compile(r"</\w|/>|<(?:br|img)\b")
"""Only a title with one of these holds markup: "The <p> tag explained" is about it."""
_APPENDED = re.compile(r"The post .{1,300} (?:appeared first|first appeared) on .{1,100}")


def read_feed(root: Element, path: str) -> Iterator[Article | Failure]:
    """Yield the entries in the order of the feed, or the failure that names the entry.

    The feed's title is the publisher. An entry is called by its own id (``guid``), else
    ``path#number``. One with a summary only has that as its text, and a warning says so.
    """
    feed = next(children(root, "channel"), root)
    entries = list(descendants(root, "item", "entry"))
    if not entries:
        raise UnreadableError("is a feed without entries")
    around = About(
        publisher=_title_words(next(_in_own_vocabulary(feed, "title"), None)),
        language=element_text(next(children(feed, "language"), None)) or root.get(LANGUAGE),
    )
    read = partial(_entry_article, around=around, path=path)
    yield from articles_of_parts(enumerate(entries, 1), read, path, "entry")


def _entry_article(entry: Element, place: str, *, around: About, path: str) -> Article:
    """Return the article that an entry holds; ``around`` is what the feed states."""
    found = _fuller_text_in(entry)
    about = _about_entry(entry, around)
    wrong = ("the feed holds a summary only",) if found.is_summary else ()
    wrong = (*wrong, found.cut) if found.cut else wrong
    about = replace(about, warnings=(*about.warnings, *wrong))
    stated = element_text(next(_in_own_vocabulary(entry, "guid", "id"), None))
    return compose(found.paragraphs, about, path=path, article_id=one_line(stated) or place)


def _about_entry(entry: Element, around: About) -> About:
    published, wrong = _entry_moment(entry, _PUBLISHED)
    updated, _ = _entry_moment(entry, _UPDATED)
    return About(
        title=_title_words(next(_in_own_vocabulary(entry, "title"), None)),
        authors=tuple(dict.fromkeys(_authors_of_entry(entry))),
        publisher=_title_words(next(_in_own_vocabulary(entry, "source"), None)) or around.publisher,
        published=published or updated,
        updated=updated if published else None,
        url=_address_of_entry(entry),
        language=entry.get(LANGUAGE) or around.language,
        warnings=(wrong,) if wrong else (),
    )


def _entry_moment(entry: Element, names: tuple[str, ...]) -> StatedDate:
    return first_moment(
        (f"feed {name}", element_text(one)) for name in names for one in children(entry, name)
    )


def _authors_of_entry(entry: Element) -> Iterator[str]:
    for one in children(entry, "creator", "author"):
        stated = element_text(next(children(one, "name"), one)) or ""
        mailed = _MAILED.fullmatch(stated)
        yield from people_in(mailed["name"] or "" if mailed else stated)


def _address_of_entry(entry: Element) -> str | None:
    """Return where the article stands on the web."""
    links = list(_in_own_vocabulary(entry, "link"))
    stated = [one.get("href") for one in links if one.get("rel", "alternate") == "alternate"]
    stated += map(element_text, [*links, *_in_own_vocabulary(entry, "guid", "id")])
    return first_address(stated)


@dataclass(frozen=True, slots=True, kw_only=True)
class _EntryText:
    """The text of an entry; ``cut`` warns that more of it stands elsewhere."""

    paragraphs: list[Paragraph]
    is_summary: bool = False
    cut: str | None = None

    def __len__(self) -> int:
        return sum(len(one.text) for one in self.paragraphs)


def _fuller_text_in(entry: Element) -> _EntryText:
    """Return the text, the fuller of content and summary."""
    full = [_text_in(one) for one in _with_text(entry, _CONTENT)]
    short = [replace(_text_in(one), is_summary=True) for one in _with_text(entry, _SUMMARY)]
    best = max([*full, *short], key=len, default=_EntryText(paragraphs=[]))
    if best.paragraphs and _APPENDED.fullmatch(best.paragraphs[-1].text):
        best.paragraphs.pop()
    return best


def _with_text(entry: Element, names: tuple[str, ...]) -> list[Element]:
    """Return the elements that hold text, not those that link to or describe pictures and sound."""
    return [
        one
        for one in children(entry, *names)
        if one.get("url") is None and not _MEDIA.search(etree.QName(one).namespace or "")
    ]


def _in_own_vocabulary(element: Element, *names: str) -> Iterator[Element]:
    """Yield the children in the feed's own vocabulary: ``title``, and not ``media:title``."""
    space = etree.QName(element).namespace
    return (one for one in children(element, *names) if etree.QName(one).namespace == space)


def _text_in(element: Element) -> _EntryText:
    if len(element):  # XHTML as it is
        return _EntryText(paragraphs=list(paragraphs_of(element)))
    text, cut = without_cut_mark(_without_cdata(element.text or ""))
    if looks_like_markup(text):
        paragraphs = list(paragraphs_of_markup(text))
    else:
        paragraphs = [Paragraph(text=unescape(part)) for part in re.split(r"\n\s*\n", text)]
    return _EntryText(paragraphs=paragraphs, cut=cut)


def _without_cdata(text: str) -> str:
    """Return the text without marks of CDATA that were escaped as if they were words of it."""
    for _ in range(_MOST_ESCAPES):
        if _CDATA_START.match(text):
            text = _CDATA_MARKS.sub("", text)
        elif _ESCAPED_CDATA.match(text):
            text = unescape(text)
        else:
            break
    return text


def _title_words(element: Element | None) -> str | None:
    """Return a title's words: it may hold markup, in the tree or written out."""
    text = _without_cdata(element_text(element) or "")
    if looks_like_markup(text) and _CLOSED.search(text):
        text = " ".join(one.text for one in paragraphs_of_markup(text))
    return one_line(unescape(text))
