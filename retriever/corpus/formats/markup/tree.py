"""From markup to a tree, whatever the markup is like: broken, hostile or without end."""

import re

from lxml import etree
from lxml.html import Element, HtmlElement, HTMLParser, document_fromstring

from retriever.errors import UnreadableError

LONGEST_MARKUP = 20_000_000
"""Code points of one page's markup, embedded pictures left out: pages of news have 0.05 to 3
million, and what is longer is a dump."""
MOST_TAGS = 200_000
"""Of one page; long pages have 50,000. Finding the article in so many takes half a minute."""
MOST_ATTRIBUTES = 2_000
"""Of one element; the parser's time grows with their square (100,000 take 5 s)."""

_EMBEDDED = re.compile(r"data:[\w.+-]+/[\w.+-]+;base64,[A-Za-z0-9+/=\s]{200,}")
_INLINE_TAGS = re.compile(
    r"</?(?:a|abbr|acronym|b|big|center|cite|code|del|dfn|em|font|i|ins|kbd|label|mark|nobr|q|s"
    r"|samp|small|span|strike|strong|sub|sup|tt|u|var)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SCRIPT = re.compile(r"<script\b[^<>]*>.*?</script", re.IGNORECASE | re.DOTALL)
_SHADOW_ATTRIBUTES = ("shadowrootmode", "shadowroot")  # the latter in pages of before 2023
_SHADOW = re.compile(r"<template\b[^<>]{0,500}\bshadowroot", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")


def parse_markup(markup: str) -> HtmlElement:
    """Return the root of the markup, an empty one where there is none.

    libxml2 gives up, and forgets the rest of the page, where elements are nested more than 256
    deep. Old pages get there by never closing ``<font>`` or ``<b>``, so such a page is tried once
    more without the tags that only format; one still as deep is none that people read.

    :raises UnreadableError: when it cannot be read whole.
    """
    text = _DECLARATION.sub("", _NOT_IN_XML.sub("", _EMBEDDED.sub("data:,", markup)), count=1)
    problem = _why_too_large(text)
    if problem:
        raise UnreadableError(problem)
    root, whole = _parse_html(text)
    if not whole:
        root, whole = _parse_html(_INLINE_TAGS.sub("", text))
    if not whole:
        raise UnreadableError("nests its elements more than 256 deep")
    if _SHADOW.search(text):
        _show_shadow_roots(root)
    return root


def _show_shadow_roots(root: HtmlElement) -> None:
    """Put what a browser shows of elements with a shadow tree in the place of what it does not.

    The shadow tree is written in a ``<template>`` of its element; the element's other children are
    shown only where the shadow tree has a ``<slot>`` for them.
    """
    for template in [*root.iter("template")]:
        host = template.getparent()
        if host is None or not any(template.get(name) for name in _SHADOW_ATTRIBUTES):
            continue
        slots = {slot.get("name", ""): slot for slot in template.iter("slot")}
        for child in [child for child in host if child is not template]:
            slot = slots.get(child.get("slot", ""))
            if slot is not None:
                slot.append(child)
            elif slots or template.text_content().strip():
                child.set("hidden", "hidden")
        template.tag = "div"


def _why_too_large(text: str) -> str | None:
    """Return what makes the markup too large to be read in a time that anyone would wait."""
    if len(text) > LONGEST_MARKUP:
        return f"has more than {LONGEST_MARKUP:,} characters of markup"
    if text.count("<") > MOST_TAGS:
        return f"has more than {MOST_TAGS:,} tags; split it into pages"
    # Programs compare with "<" and assign with "=": only where there seem to be many are they cut.
    if _has_many_attributes(text) and _has_many_attributes(_SCRIPT.sub("", text)):
        return f"has an element with more than {MOST_ATTRIBUTES:,} attributes"
    return None


def _has_many_attributes(text: str) -> bool:
    return any(
        len(tag) > MOST_ATTRIBUTES and tag.partition(">")[0].count("=") > MOST_ATTRIBUTES
        for tag in text.split("<")
    )


def _parse_html(text: str) -> tuple[HtmlElement, bool]:
    """Return the tree, and whether the parser reached the end of the text."""
    parser = HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root = document_fromstring(text, parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):  # nothing but blanks, or no text
        return Element("html"), True
    limit = etree.ErrorTypes.ERR_RESOURCE_LIMIT
    return root, all(error.type != limit for error in parser.error_log)
