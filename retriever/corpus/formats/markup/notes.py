"""Notes and page numbers in the markup of books: what they are, books say in attributes.

A mark of a note is written ``[1]`` and its note, which may stand anywhere in the chapter, ends the
text as ``[1] …``. Where a page of the printed book began is no text.
"""

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element
from lxml.etree import iterwalk

from retriever.corpus.formats.xml.tree import descendants

_KIND = "{http://www.idpf.org/2007/ops}type"
_PAGE = frozenset({"pagebreak", "doc-pagebreak"})
_MARK = frozenset({"noteref", "doc-noteref"})
_NOTE = frozenset("footnote endnote rearnote note doc-footnote doc-endnote".split())
_NUMBER = re.compile(r"\W*(\d{1,3})\W*")
_BACK = frozenset({"backlink", "referrer", "doc-backlink"})
_OWN_NUMBER = re.compile(r"\s*[\[(]?(\d{1,3})(?:[\])][.:]?|[.:])\s*")


def kinds_of(element: Element) -> frozenset[str]:
    """Return what an element says it is, in the words of EPUB and of ARIA."""
    stated = f"{element.get(_KIND, '')} {element.get('role', '')}"
    return frozenset(stated.lower().split())


def with_readable_notes(body: Element) -> None:
    """Change a chapter so that its text has the marks of its notes, these at its end, no pages."""
    numbers: dict[str, str] = {}
    for element in list(body.iter("*")):
        kinds = kinds_of(element)
        if kinds & _PAGE or kinds & _BACK:
            element.clear(keep_tail=True)
            element.tag = "span"
        elif kinds & _MARK and (number := _NUMBER.fullmatch("".join(element.itertext()))):
            numbers[element.get("href", "").rpartition("#")[2]] = number[1]
            element.clear(keep_tail=True)
            element.tag, element.text = "span", f"[{number[1]}]"
    for note in list(_notes_in(body)):
        label = numbers.get(note.get("id", ""))
        if label and _is_headed(note, label):
            _drop_from_its_place(note)
            body.append(note)


def _notes_in(body: Element) -> Iterator[Element]:
    return (element for element in body.iter("*") if kinds_of(element) & _NOTE)


def _is_headed(note: Element, number: str) -> bool:
    """Write the number of a note before its words, and return whether it has words."""
    words = "".join(note.itertext())
    if not words.strip():
        return False
    own = _OWN_NUMBER.match(words)
    if own and own[1] == number:
        _drop_letters(note, own.end())
    block = next(descendants(note, "p"), note)
    block.text = f"[{number}] {block.text or ''}"
    return True


def _drop_letters(note: Element, count: int) -> None:
    """Take the first letters of a note away."""
    for event, element in iterwalk(note, events=("start", "end")):
        part = "text" if event == "start" else "tail"
        if count and not (event == "end" and element is note):
            words = getattr(element, part) or ""
            setattr(element, part, words[count:])
            count -= min(count, len(words))


def _drop_from_its_place(note: Element) -> None:
    """Take an element out of the tree, and leave the text behind it where it stands."""
    parent, before = note.getparent(), note.getprevious()
    if parent is None:
        return
    if note.tail and before is not None:
        before.tail = (before.tail or "") + note.tail
    elif note.tail:
        parent.text = (parent.text or "") + note.tail
    note.tail = None
    parent.remove(note)
