"""Fragments of markup, as feeds, records and books hold them, to paragraphs.

Nothing is guessed here: a fragment is an article already, and all of it that is seen is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element as Element
from lxml.html import HTMLParser, document_fromstring

from retriever.corpus.article.composing import Paragraph
from retriever.corpus.formats.xml.tree import local_name
from retriever.errors import UnreadableError

_UNSEEN = frozenset(
    "script style noscript template head iframe object embed svg math audio video canvas form"
    " button select textarea input rp".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 hl1 hl2".split())
_BLOCKS = _HEADINGS | frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure"
    " footer header hr html legend li main nav ol p pre section summary table caption tbody thead"
    " tfoot tr ul block bq bqtext dateline byline tagline body.content body.head lead".split()
)
_TIGHT = frozenset("li dd dt tr".split())
_CELLS = frozenset("td th".split())
_ROWS = frozenset("thead tbody tfoot".split())  # around rows of one table
_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0\u2000-\u200a\u202f\u205f\u3000]+")
_LAYOUT = re.compile("[\xad\u200b\u2060\ufeff]")
_MARKUP = re.compile(
    r"</?(?:p|br|div|h[1-6]|ul|ol|li|a|em|strong|b|i|span|blockquote|img|figure|table)\b[^<>]{0,999}>",
    re.IGNORECASE,
)
_NOT_IN_MARKUP = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")


def looks_like_markup(text: str) -> bool:
    """Return whether a field that may hold either holds HTML rather than plain text."""
    return _MARKUP.search(text) is not None


def paragraphs_of_markup(markup: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a fragment of HTML.

    :raises UnreadableError: when it is nested too deeply.
    """
    text = _DECLARATION.sub("", _NOT_IN_MARKUP.sub("", markup), count=1)
    parser = HTMLParser(remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8")
    try:
        root = document_fromstring(text.encode(), parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):  # nothing but blanks
        return
    limit = etree.ErrorTypes.ERR_RESOURCE_LIMIT
    if any(error.type == limit for error in parser.error_log):
        message = "holds HTML that is nested too deeply"
        raise UnreadableError(message)
    yield from paragraphs_of(root)


def paragraphs_of(root: Element) -> Iterator[Paragraph]:
    """Yield the paragraphs of a tree of HTML, XHTML or NITF, in the order of the markup."""
    run = _Run()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = local_name(element)
        if event == "start":
            if name in _UNSEEN or element.get("hidden") is not None:
                walk.skip_subtree()
                continue
            yield from run.open(name)
            run.add(element.text)
        else:
            yield from run.close(name)
            run.add(element.tail if element is not root else None)
    yield from run.flush()


@dataclass(slots=True)
class _Run:
    """Text between two borders of blocks, being collected."""

    parts: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    items: int = 0

    def open(self, name: str) -> Iterator[Paragraph]:
        """Enter an element."""
        if name in _BLOCKS:
            yield from self.flush()
            self.inside.append(name)
            if name not in _TIGHT and name not in _ROWS:
                self.items = 0
        elif name == "br":
            self.parts.append("\n")
        elif name in _CELLS:
            self.parts.append(" ")

    def close(self, name: str) -> Iterator[Paragraph]:
        """Leave an element."""
        if name in _BLOCKS:
            yield from self.flush()
            self.inside.pop()

    def add(self, text: str | None) -> None:
        """Take in a piece of text."""
        if text:
            text = _LAYOUT.sub("", text)
            self.parts.append(text if "pre" in self.inside else _BLANKS.sub(" ", text))

    def flush(self) -> Iterator[Paragraph]:
        """Yield what was collected, if it is anything."""
        text = "".join(self.parts)
        self.parts.clear()
        if not text.strip():
            return
        name = self.inside[-1] if self.inside else ""
        tight = name in _TIGHT and self.items > 0
        self.items = self.items + 1 if name in _TIGHT else 0
        yield Paragraph(
            text=text if "pre" in self.inside else text.strip(),
            heading=name in _HEADINGS,
            tight=tight,
            verbatim="pre" in self.inside,
        )
