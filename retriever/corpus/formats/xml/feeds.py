"""Saved RSS and Atom feeds: one article an entry, as full as the feed gives it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape

from lxml import etree
from lxml.etree import _Element as Element

from retriever.corpus.article.composing import About, Paragraph, compose, one_line, with_unique_id
from retriever.corpus.article.dates import StatedDate, stated_moment
from retriever.corpus.article.names import people_in
from retriever.corpus.formats.markup.fragments import (
    looks_like_markup,
    paragraphs_of,
    paragraphs_of_markup,
)
from retriever.corpus.formats.xml.tree import (
    children,
    descendants,
    element_text,
    first,
    first_address,
)
from retriever.errors import UnreadableError
from retriever.records import Article, Failure

_PUBLISHED = ("pubdate", "published", "issued", "date")
_UPDATED = ("updated", "modified")
_CONTENT = ("encoded", "content", "fulltext", "body")
_SUMMARY = ("description", "summary")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_MAILED = re.compile(r"\S+@\S+\s*\((?P<name>[^)]+)\)|\S+@\S+")
_APPENDED = re.compile(r"The post .{1,300} (?:appeared first|first appeared) on .{1,100}")


def read_feed(root: Element, path: str) -> Iterator[Article | Failure]:
    """Yield the entries in the order of the feed, or the failure that names the entry.

    The feed's title is the publisher. An entry is called by its own id (``guid``), else
    ``path#number``. One with a summary only has that as its text, and a warning says so.
    """
    channel = first(children(root, "channel"))
    feed = root if channel is None else channel
    entries = list(descendants(root, "item", "entry"))
    if not entries:
        raise UnreadableError("is a feed without entries")
    around = About(
        publisher=_title_words(first(_in_own_vocabulary(feed, "title"))),
        language=element_text(first(children(feed, "language"))) or root.get(_LANGUAGE),
    )
    seen: set[str] = set()
    for number, element in enumerate(entries, 1):
        entry = _FeedEntry(element=element, place=f"{path}#{number}")
        try:
            yield with_unique_id(entry.article(around, path), entry.place, seen)
        except UnreadableError as error:
            yield Failure(path=path, reason=f"entry {number} {error}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _FeedEntry:
    """One entry of a feed."""

    element: Element
    place: str

    def article(self, around: About, path: str) -> Article:
        """Return the article that the entry holds; ``around`` is what the feed states."""
        paragraphs, is_summary = self._fuller_text()
        about = self._about_entry(around)
        if is_summary:
            about = replace(about, warnings=(*about.warnings, "the feed holds a summary only"))
        stated = element_text(first(_in_own_vocabulary(self.element, "guid", "id")))
        return compose(paragraphs, about, path=path, article_id=one_line(stated) or self.place)

    def _about_entry(self, around: About) -> About:
        published, wrong = self._first_date(_PUBLISHED)
        updated, _ = self._first_date(_UPDATED)
        return About(
            title=_title_words(first(_in_own_vocabulary(self.element, "title"))),
            authors=tuple(dict.fromkeys(self._names_of_authors())),
            publisher=_title_words(first(_in_own_vocabulary(self.element, "source")))
            or around.publisher,
            published=published or updated,
            updated=updated if published else None,
            url=self._address_of_entry(),
            language=self.element.get(_LANGUAGE) or around.language,
            warnings=(wrong,) if wrong else (),
        )

    def _first_date(self, names: tuple[str, ...]) -> StatedDate:
        for name in names:
            for found in children(self.element, name):
                return stated_moment(element_text(found), source=f"feed {name}")
        return None, None

    def _names_of_authors(self) -> Iterator[str]:
        for one in children(self.element, "creator", "author"):
            inner = first(children(one, "name"))
            stated = element_text(one if inner is None else inner) or ""
            mailed = _MAILED.fullmatch(stated)
            yield from people_in(mailed["name"] or "" if mailed else stated)

    def _address_of_entry(self) -> str | None:
        """Return where the article stands on the web."""
        links = list(_in_own_vocabulary(self.element, "link"))
        stated = [one.get("href") for one in links if one.get("rel", "alternate") == "alternate"]
        stated += [element_text(one) for one in links]
        stated += [element_text(one) for one in _in_own_vocabulary(self.element, "guid", "id")]
        return first_address(stated)

    def _fuller_text(self) -> tuple[list[Paragraph], bool]:
        """Return the text, the fuller of content and summary, and whether it is the summary."""
        full = [_paragraphs_in(one) for one in _with_text(self.element, _CONTENT)]
        short = [_paragraphs_in(one) for one in _with_text(self.element, _SUMMARY)]
        best = max([*full, *short], key=_length_of, default=[])
        if best and _APPENDED.fullmatch(best[-1].text):
            best.pop()
        return best, not any(best is one for one in full)


def _with_text(entry: Element, names: tuple[str, ...]) -> list[Element]:
    """Return the elements that hold text, not those that link to pictures and sound."""
    return [one for one in children(entry, *names) if one.get("url") is None]


def _in_own_vocabulary(element: Element, *names: str) -> Iterator[Element]:
    """Yield the children in the feed's own vocabulary: ``title``, and not ``media:title``."""
    space = etree.QName(element).namespace
    return (one for one in children(element, *names) if etree.QName(one).namespace == space)


def _paragraphs_in(element: Element) -> list[Paragraph]:
    if len(element):  # XHTML as it is
        return list(paragraphs_of(element))
    text = element.text or ""
    if looks_like_markup(text):
        return list(paragraphs_of_markup(text))
    return [Paragraph(text=unescape(part)) for part in re.split(r"\n\s*\n", text)]


def _length_of(paragraphs: list[Paragraph]) -> int:
    return sum(len(one.text) for one in paragraphs)


def _title_words(element: Element | None) -> str | None:
    """Return a title's words: it may hold markup, in the tree or written out."""
    text = element_text(element) or ""
    if looks_like_markup(text):
        text = " ".join(one.text for one in paragraphs_of_markup(text))
    return one_line(unescape(text))
