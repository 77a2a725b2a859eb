"""From markup to a tree, whatever the markup is like: broken, hostile or without end."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

LONGEST_MARKUP = 20_000_000
"""Code points of one page's markup, embedded images left out. Pages of news have 0.05 to 2 million;
what is longer is a data dump, and reading it would take minutes."""

_EMBEDDED = re.compile(r"data:[\w.+-]+/[\w.+-]+;base64,[A-Za-z0-9+/=\s]{200,}")
_INLINE_TAGS = re.compile(
    r"</?(?:a|abbr|acronym|b|big|center|cite|code|del|dfn|em|font|i|ins|kbd|label|mark|nobr|q|s"
    r"|samp|small|span|strike|strong|sub|sup|tt|u|var)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")


def parse_markup(markup: str) -> HtmlElement | None:
    """Return the root of the page, ``None`` where there is none that can be read whole.

    libxml2 gives up, and forgets the rest of the page, where elements are nested more than 256
    deep. Old pages get there by never closing ``<font>`` or ``<b>``, so such a page is tried once
    more without the tags that only format; one still as deep is none that people read.
    """
    text = _DECLARATION.sub("", _NOT_IN_XML.sub("", _EMBEDDED.sub("data:,", markup)), count=1)
    if len(text) > LONGEST_MARKUP:
        return None
    root, whole = _parsed(text)
    if not whole:
        root, whole = _parsed(_INLINE_TAGS.sub("", text))
    return root if whole else None


def _parsed(text: str) -> tuple[HtmlElement | None, bool]:
    """Return the tree, and whether the parser reached the end of the text."""
    parser = HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root = document_fromstring(text, parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):  # nothing but blanks, or no text
        return None, True
    limit = etree.ErrorTypes.ERR_RESOURCE_LIMIT
    return root, all(error.type != limit for error in parser.error_log)
