"""Saved RSS and Atom feeds: one article an entry, as full as the feed gives it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape

from lxml import etree
from lxml.etree import _Element as Element

from retriever.corpus.article.composing import About, Paragraph, compose, one_line
from retriever.corpus.article.dates import stated_moment
from retriever.corpus.article.names import names_in
from retriever.corpus.formats.json.lines import told_apart
from retriever.corpus.formats.markup.fragments import (
    looks_like_markup,
    paragraphs_of,
    paragraphs_of_markup,
)
from retriever.corpus.formats.xml.tree import children, descendants, first, words
from retriever.errors import UnreadableError
from retriever.records import Article, Failure, Published

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
        publisher=_words(first(_own(feed, "title"))),
        language=words(first(children(feed, "language"))) or root.get(_LANGUAGE),
    )
    seen: set[str] = set()
    for number, element in enumerate(entries, 1):
        entry = _Entry(element=element, place=f"{path}#{number}")
        try:
            yield told_apart(entry.article(around, path), entry.place, seen)
        except UnreadableError as error:
            yield Failure(path=path, reason=f"entry {number} {error}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One entry of a feed."""

    element: Element
    place: str

    def article(self, around: About, path: str) -> Article:
        """Return the article that the entry holds; ``around`` is what the feed states."""
        paragraphs, is_summary = self._paragraphs()
        about = self._about(around)
        if is_summary:
            about = replace(about, warnings=(*about.warnings, "the feed holds a summary only"))
        stated = words(first(_own(self.element, "guid", "id")))
        return compose(paragraphs, about, path=path, article_id=one_line(stated) or self.place)

    def _about(self, around: About) -> About:
        published, wrong = self._moment(_PUBLISHED)
        updated, _ = self._moment(_UPDATED)
        return About(
            title=_words(first(_own(self.element, "title"))),
            authors=tuple(dict.fromkeys(self._authors())),
            publisher=_words(first(_own(self.element, "source"))) or around.publisher,
            published=published or updated,
            updated=updated if published else None,
            url=self._address(),
            language=self.element.get(_LANGUAGE) or around.language,
            warnings=(wrong,) if wrong else (),
        )

    def _moment(self, names: tuple[str, ...]) -> tuple[Published | None, str | None]:
        for name in names:
            for found in children(self.element, name):
                return stated_moment(words(found), source=f"feed {name}")
        return None, None

    def _authors(self) -> Iterator[str]:
        for one in children(self.element, "creator", "author"):
            inner = first(children(one, "name"))
            stated = words(one if inner is None else inner) or ""
            mailed = _MAILED.fullmatch(stated)
            yield from names_in(mailed["name"] or "" if mailed else stated)

    def _address(self) -> str | None:
        """Return where the article stands on the web."""
        links = list(_own(self.element, "link"))
        stated = [one.get("href") for one in links if one.get("rel", "alternate") == "alternate"]
        stated += [words(one) for one in links]
        stated += [words(one) for one in _own(self.element, "guid", "id")]
        return next((one for one in stated if one and one.startswith(("http:", "https:"))), None)

    def _paragraphs(self) -> tuple[list[Paragraph], bool]:
        """Return the text, the fuller of content and summary, and whether it is the summary."""
        full = [_content(one) for one in _texts(self.element, _CONTENT)]
        short = [_content(one) for one in _texts(self.element, _SUMMARY)]
        best = max([*full, *short], key=_length, default=[])
        if best and _APPENDED.fullmatch(best[-1].text):
            best.pop()
        return best, not any(best is one for one in full)


def _texts(entry: Element, names: tuple[str, ...]) -> list[Element]:
    """Return the elements that hold text, not those that link to pictures and sound."""
    return [one for one in children(entry, *names) if one.get("url") is None]


def _own(element: Element, *names: str) -> Iterator[Element]:
    """Yield the children in the feed's own vocabulary: ``title``, and not ``media:title``."""
    space = etree.QName(element).namespace
    return (one for one in children(element, *names) if etree.QName(one).namespace == space)


def _content(element: Element) -> list[Paragraph]:
    if len(element):  # XHTML as it is
        return list(paragraphs_of(element))
    text = element.text or ""
    if looks_like_markup(text):
        return list(paragraphs_of_markup(text))
    return [Paragraph(text=unescape(part)) for part in re.split(r"\n\s*\n", text)]


def _length(paragraphs: list[Paragraph]) -> int:
    return sum(len(one.text) for one in paragraphs)


def _words(element: Element | None) -> str | None:
    """Return a title's words: it may hold markup, in the tree or written out."""
    text = words(element) or ""
    if looks_like_markup(text):
        text = " ".join(one.text for one in paragraphs_of_markup(text))
    return one_line(unescape(text))
