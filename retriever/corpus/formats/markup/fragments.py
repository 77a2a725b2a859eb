"""Fragments of markup, as feeds, records and books hold them, to paragraphs.

A fragment is an article already: all of it that is seen is read. In HTML kept as text, which was
taken from a page, lines such as "Advertisement" are left out as they are on pages.
"""

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from retriever.corpus.article.composing import Paragraph
from retriever.corpus.cleaning import places_kept
from retriever.corpus.formats.markup.blocks import MarkupBlock, find_blocks, in_rows, text_of_row
from retriever.corpus.formats.markup.tree import parse_markup
from retriever.corpus.formats.xml.tree import local_name

_LISTS = frozenset("ul ol dl table".split())
_ITEMS = frozenset("li dd dt td th".split())
_MARKUP = re.compile(
    r"</?(?:p|br|div|h[1-6]|ul|ol|li|a|em|strong|b|i|span|blockquote|img|figure|table)\b[^<>]{0,999}>",
    re.IGNORECASE,
)


def looks_like_markup(text: str) -> bool:
    """Return whether a field that may hold either holds HTML rather than plain text."""
    return _MARKUP.search(text) is not None


def paragraphs_of_markup(markup: str) -> Iterator[Paragraph]:
    """Return the paragraphs of a fragment of HTML, without furniture and repeated captions.

    :raises UnreadableError: when it is nested too deeply.
    """
    paragraphs = list(paragraphs_of(parse_markup(markup)))
    texts = ["" if one.heading or one.verbatim else one.text for one in paragraphs]
    return (paragraphs[place] for place in places_kept(texts))


def paragraphs_of(root: Element) -> Iterator[Paragraph]:
    """Yield the paragraphs of a tree of HTML, XHTML or NITF, in the order of the markup.

    Items of one list, and rows of one table, are tight; the cells of a row are one paragraph.
    """
    before = None
    for row in in_rows(find_blocks(root)):
        around = _list_around(row[0], root, is_item=len(row) > 1 or row[0].tag in _ITEMS)
        yield Paragraph(
            text=text_of_row(row),
            heading=row[0].is_heading,
            tight=around is not None and around is before,
            verbatim=row[0].verbatim,
        )
        before = around


def _list_around(block: MarkupBlock, root: Element, *, is_item: bool) -> Element | None:
    """Return the outermost list or table whose item a block is, ``None`` if it is no item."""
    if not is_item:
        return None
    found = None
    for element in block.element.iterancestors():
        if local_name(element) in _LISTS:
            found = element
        if element is root:
            break
    return found
