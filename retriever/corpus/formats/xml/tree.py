"""From the bytes of an XML file to its tree, with nothing fetched, expanded or executed."""

import codecs
import re
import sys
from collections.abc import Iterable, Iterator
from html import escape
from html.entities import html5

from lxml import etree
from lxml.etree import _Element as Element

from retriever.corpus.decoding import decode
from retriever.errors import UnreadableError

_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.-]{1,40})")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_INTERNAL = re.compile(r"<!DOCTYPE[^\[>]{0,1000}\[")
_ENTITY = re.compile(r"&([^\W\d][\w.:-]{0,99});")
_BARE = re.compile(r"&(?![^\W\d][\w.:-]{0,99};|#\d{1,7};|#x[0-9a-fA-F]{1,6};)")
_NUMBERED = re.compile(r"&#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}));")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_OF_XML = frozenset("amp lt gt quot apos".split())
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def parse_xml(data: bytes) -> Element:
    """Return the root of an XML file; small faults of its form are forgiven.

    :raises UnreadableError: when it is no XML, declares entities, or is nested too deeply.
    """
    text = _NOT_IN_XML.sub("", _DECLARATION.sub("", _decode_xml(data), count=1))
    if _INTERNAL.search(text) and "<!ENTITY" in text:
        raise UnreadableError("declares entities, which are not expanded; save it without them")
    # What HTML calls its characters, XML without its DTD does not know.
    known = _NUMBERED.sub(_character_of_number, _ENTITY.sub(_character_of_entity, text))
    for tried, forgiving in ((known, False), (_BARE.sub("&amp;", known), True)):
        root = _parse_bytes(tried.encode(), forgiving=forgiving)
        if root is not None:
            return root
    raise UnreadableError("is not XML that can be read")


def local_name(element: Element) -> str:
    """Return the tag without its namespace, in lower case; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """Yield the child elements of these names, whatever their namespace."""
    return (child for child in element if local_name(child) in names)


def descendants(element: Element, *names: str) -> Iterator[Element]:
    """Yield the elements of these names at any depth, in order."""
    return (found for found in element.iter() if local_name(found) in names)


def element_text(element: Element | None) -> str | None:
    """Return the text of an element and all inside it on one line, ``None`` if there is none."""
    if element is None:
        return None
    return " ".join("".join(element.itertext()).split()) or None


def first_address(stated: Iterable[str | None]) -> str | None:
    """Return the first address of the web among what is stated."""
    return next((one for one in stated if one and one.startswith(("http://", "https://"))), None)


def _decode_xml(data: bytes) -> str:
    """Return the text as its mark or its declaration says it is encoded, else as it looks."""
    declared = _DECLARED.match(data)
    if declared:
        try:
            return codecs.decode(data, declared[1].decode("ascii"))
        except (LookupError, UnicodeError, TypeError, ValueError):  # unknown, or another after all
            pass
    return decode(data)


def _character_of_entity(match: re.Match[str]) -> str:
    found = html5.get(f"{match[1]};")
    if match[1] in _OF_XML:
        return match[0]
    return f"&amp;{match[0][1:]}" if found is None else escape(found)


def _character_of_number(match: re.Match[str]) -> str:
    """Return the reference, or nothing where XML has no such character.

    A forgiving libxml2 puts half a character there, and the tree cannot be read as text any more.
    """
    number = int(match[1], 16) if match[1] else int(match[2])
    known = number <= sys.maxunicode and not _NOT_IN_XML.match(chr(number))
    return match[0] if known else ""


def _parse_bytes(data: bytes, *, forgiving: bool) -> Element | None:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=forgiving,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    limit = etree.ErrorTypes.ERR_RESOURCE_LIMIT
    if any(error.type == limit for error in parser.error_log):
        raise UnreadableError("is nested or repeated beyond what XML files are")
    if root is not None:  # what is left of entities nobody declared is no element, nor a text
        etree.strip_elements(root, etree.Entity, with_tail=False)
    return root
