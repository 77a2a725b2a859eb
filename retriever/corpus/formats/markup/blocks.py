"""From a tree of markup to its blocks of text, in the order they are read."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from lxml.etree import _Element as Element
from lxml.etree import iterwalk

from retriever.corpus.article.marks import (
    OPENING_MARKS,
    line_of_cells,
    quotation_marks,
    subscript,
    superscript,
)
from retriever.corpus.formats.markup.tables import CELLS, is_data_table, row_around, table_around
from retriever.corpus.formats.xml.tree import local_name

_UNSEEN = frozenset(
    "script style noscript template head title iframe object embed applet canvas svg audio"
    " video source track map area input select option optgroup datalist textarea button"
    " progress meter dialog menu nav noframes rp rt annotation annotation-xml".split()
)
"""What holds no text that is read: code, controls, the page's own parts, how a character sounds."""
_FLOWING = frozenset(
    "a abbr acronym area b bdi bdo big button cite code data del dfn em font i img input ins kbd"
    " label link map mark math meta nobr noscript output q rp rt ruby s samp script small span"
    " strike strong style sub sup svg template time tt u var wbr"
    # of MathML: a formula is read where it stands in the sentence
    " maction merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mroot mrow ms"
    " mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics"
    # of NITF: what names people, places, sums and dates inside a sentence
    " alt-code chron city classifier copyrite copyrite.holder copyrite.year country event frac"
    " frac-den frac-num frac-sep function identified-content lang location money name.family"
    " name.given num object.title org person postaddr pronounce region state sublocation"
    " virtloc".split()
)
"""What stands inside a sentence, shown or not, and does not part it."""
_UNSEEN_CLASS = re.compile(
    r"(?<!\S)(?:mw-editsection|screen-reader-text|sr-only|visually-?hidden)(?!\S)"
)
"""By which sites and their frameworks hide what is read out to the blind: "opens in a window"."""
_STRUCK = frozenset("s strike del".split())
_LONGEST_STRUCK = 2_000  # code points; more stands in an element that somebody forgot to close
_PLACED = {"sup": superscript, "sub": subscript}
_PLACING_MATH: dict[str, tuple[Callable[[str], str] | None, ...]] = {
    "msup": (None, superscript),
    "msub": (None, subscript),
    "msubsup": (None, subscript, superscript),
}
_MATH = frozenset("mfrac mi mn mo mrow ms msqrt mstyle msup mtext".split())
_REWRITTEN = _MATH | frozenset({"sup", "sub", "q"})
"""What may stand raised or lowered, or in quotation marks."""
_PARAGRAPH_TAGS = frozenset("p h1 h2 h3 h4 h5 h6 li dd dt figcaption".split())
_DEEPEST_OF_A_SITE = 8  # elements of a site's own that stand in each other inside a sentence
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2"})
_FEWEST_CARD_LINKS = 2
_MOST_CARD_PARTS = 60
_CARD_LINKS = 0.8
_PARAGRAPHS_OF_A_PAGE = 3
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|text-decoration(?:-line)?\s*:\s*line-through",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0\u2000-\u200a\u202f\u205f\u3000]+")
_LAYOUT = re.compile("[\xad\u200b\u2060\ufeff]")
_AROUND_BREAK = re.compile(r" ?\n ?")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkupBlock:
    """A run of text between two borders of block elements.

    ``text`` has one line for each ``<br>``, blanks made single, or stands as in the source where it
    is ``verbatim``, in ``<pre>``; ``element`` is the block element that it stands in; ``linked``
    counts the code points inside links.
    """

    text: str
    element: Element
    linked: int
    verbatim: bool = False

    @property
    def tag(self) -> str:
        """The name of the element, without its namespace."""
        return local_name(self.element)

    @property
    def around(self) -> tuple[Element, ...]:
        """The element and those that it stands in, the root of the tree last."""
        return (self.element, *self.element.iterancestors())

    @property
    def is_heading(self) -> bool:
        """Whether the element is one of ``<h1>`` to ``<h6>``, or a headline in NITF."""
        return self.tag in _HEADINGS

    @property
    def link_share(self) -> float:
        """The share of the text that is inside links, in [0, 1]."""
        return self.linked / max(1, _letters_in(self.text))


def find_blocks(root: Element, *, is_page: bool = False) -> Iterator[MarkupBlock]:
    """Yield the blocks of HTML, XHTML or NITF; what a browser would not show is left out.

    So is the foot of a page; that of a fragment belongs to it: notes, or who said what is quoted.
    """
    run, links, exact = _BlockText(), 0, 0
    skipped: Element | None = None
    owners = [root]
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        ends, name = event == "end", local_name(element)
        flows = name in _FLOWING or ("-" in name and is_flowing(element))
        if not flows and name != "br":
            yield from run.block(owners[-1])
            owners = owners[:-1] if ends else [*owners, element]
        step = -1 if ends else 1
        links += step * (name == "a")
        exact += step * (name == "pre")
        is_foot = is_page and name == "footer"
        if not ends and (is_foot or _is_unseen(element, name) or (flows and _is_card(element))):
            walk.skip_subtree()
            skipped = element
        elif not ends:
            if name in _REWRITTEN:
                run.open(element)
            run.add("\n" if name == "br" else element.text, links=links, exact=exact)
        elif name in _REWRITTEN and element is not skipped:
            run.close(element)
        if ends and element is not root:
            run.add(element.tail, links=links, exact=exact)


def in_rows(blocks: Iterable[MarkupBlock]) -> Iterator[list[MarkupBlock]]:
    """Yield each block by itself, those of a row of a table with data together."""
    known: dict[Element, bool] = {}

    def row_of(block: MarkupBlock) -> object:
        table = table_around(block.element)
        if table is None:
            return object()
        if table not in known:
            known[table] = is_data_table(table)
        if block.tag in CELLS:
            return block.element.getparent()
        return row_around(block.element) if known[table] else object()

    return (list(row) for _, row in groupby(blocks, row_of))


def text_of_row(cells: Sequence[MarkupBlock]) -> str:
    """Return the text of what :func:`in_rows` yields: a block as it is, the line of several."""
    return cells[0].text if len(cells) == 1 else line_of_cells(cell.text for cell in cells)


def is_flowing(element: Element) -> bool:
    """Return whether an element stands inside a sentence, as a site's own elements may do."""
    name = local_name(element)
    if name in _FLOWING or "-" not in name:
        return name in _FLOWING
    if name.startswith("mjx-"):
        return True  # what MathJax makes of a formula
    around = islice(map(local_name, element.iterancestors()), _DEEPEST_OF_A_SITE)
    tag = next((tag for tag in around if "-" not in tag), "")
    return tag in _FLOWING or tag in _PARAGRAPH_TAGS


def _is_unseen(element: Element, name: str) -> bool:
    """Return whether a browser would show no text for the element, or none that is read."""
    return (
        name in _UNSEEN
        or (name in _STRUCK and len("".join(element.itertext())) <= _LONGEST_STRUCK)
        or _UNSEEN_CLASS.search(element.get("class", "")) is not None
        or "hidden" in element.attrib
        or (element.get("aria-hidden") == "true" and not _is_covered_page(element))
        or _HIDDEN_STYLE.search(element.get("style", "")) is not None
        or (name == "form" and not holds_paragraphs(element))
    )


def holds_paragraphs(form: Element) -> bool:
    """Return whether a form is not one to fill in: some sites wrap every page in one."""
    return len(form.findall(".//{*}p")) >= _PARAGRAPHS_OF_A_PAGE


def _is_covered_page(element: Element) -> bool:
    """Return whether an element is the page itself, over which a window lay as it was saved."""
    return holds_paragraphs(element) and any(
        element.find(f".//{{*}}{name}") is not None for name in ("h1", "article", "main")
    )


def _is_card(element: Element) -> bool:
    """Return whether an element inside a sentence is a card that pops up: picture, name, links."""
    if element.find(".//{*}img") is None:
        return False
    parts = list(islice(element.iter(), _MOST_CARD_PARTS + 1))
    if len(parts) > _MOST_CARD_PARTS or any(
        is_flowing(part) and _is_card(part) for part in parts[1:]
    ):
        return False
    links = [part for part in parts if local_name(part) == "a"]
    linked = sum(_letters_in("".join(link.itertext())) for link in links)
    weight = _letters_in("".join(element.itertext()))
    return len(links) >= _FEWEST_CARD_LINKS and linked >= _CARD_LINKS * weight


class _BlockText:
    """Text being collected until a block ends."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.linked = 0
        self.exact = False
        self.placed: list[int] = []  # where in the parts raised or lowered text begins
        self.quoted: list[str] = []  # the marks that are still to close

    def open(self, element: Element) -> None:
        """Begin an element whose words plain text writes otherwise."""
        name = local_name(element)
        if _placing(element):
            self.placed.append(len(self.parts))
        elif name == "q":
            opening, closing = _marks_of(element, depth=len(self.quoted))
            if "".join(self.parts[-2:]).rstrip()[-1:] in OPENING_MARKS:
                opening = closing = ""  # they stand in the text
            self.parts.append(opening)
            self.quoted.append(closing)

    def close(self, element: Element) -> None:
        """End an element that was begun, and write its words as plain text has them."""
        name = local_name(element)
        placing = _placing(element)
        if placing and self.placed:
            start = self.placed.pop()
            self.parts[start:] = [placing("".join(self.parts[start:]))]
        elif name == "q" and self.quoted:
            self.parts.append(self.quoted.pop())

    def add(self, text: str | None, *, links: int, exact: int) -> None:
        """Add text as it stands in the source."""
        if text:
            text = _LAYOUT.sub("", text)
            self.exact = self.exact or exact > 0
            self.parts.append(text if exact or text == "\n" else _BLANKS.sub(" ", text))
            self.linked += _letters_in(text) if links else 0

    def block(self, element: Element) -> Iterator[MarkupBlock]:
        """Yield the block collected, if there is text in it, and begin anew."""
        text, linked, exact = "".join(self.parts), self.linked, self.exact
        self.parts, self.linked, self.exact, self.placed = [], 0, False, []
        if not exact:
            text = _AROUND_BREAK.sub("\n", re.sub(" +", " ", text)).strip()
        if text.strip():
            yield MarkupBlock(text=text, element=element, linked=linked, verbatim=exact)


def _placing(element: Element) -> Callable[[str], str] | None:
    """Return how the words of an element are placed: raised or lowered, by HTML or MathML."""
    name = local_name(element)
    if name in _PLACED:
        return _PLACED[name]
    parent = element.getparent()
    if parent is None or local_name(parent) not in _PLACING_MATH:
        return None
    return dict(enumerate(_PLACING_MATH[local_name(parent)])).get(parent.index(element))


def _marks_of(quotation: Element, *, depth: int) -> tuple[str, str]:
    """Return the marks that a browser prints around ``<q>``, none where the text has its own."""
    if "".join(quotation.itertext()).lstrip()[:1] in OPENING_MARKS:
        return "", ""
    around = (quotation.getparent(), *quotation.iterancestors())
    language = next((e.get("lang", "") for e in around if e is not None and e.get("lang")), "")
    return quotation_marks(language, depth=depth)


def _letters_in(text: str) -> int:
    return sum(map(len, text.split()))
