"""Which blocks of a page are its article.

trafilatura says where on the page the article is; the words come from the page's own tree, so that
nothing is lost, doubled or run together. Then rules that hold for pages in general, each a function
below, mend what it passed over and take away what stands among the paragraphs and is none.

Word 4-gram F1 by page on 80 pages of news: trafilatura .967 at its best setting, all rules here
.983; without the rule on other articles .975, on words and links .978, on names .979, on credits
and loose headings .981, on the title .981, on gaps .982. The lead and what stands outside weigh
nothing on average: they are kept for the pages that would lose their first paragraph.
(`python -m tests.benchmarks.webpages` scores the article as it is stored.)
"""

import logging
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence, Set
from copy import deepcopy
from itertools import takewhile

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from retriever.corpus.blocks import Block, find_blocks, wraps_page
from retriever.corpus.pagefurniture import (
    is_credit,
    is_label_of_others,
    is_page_furniture,
    unwanted_names,
)

# It reports what it could not find; that is told by the failure here, not on standard error.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…。\uff01\uff1f][\"'”’»)\]]*$")
_SHINGLE = 4
_ENOUGH_FOUND = 0.5
"""Share of a block's word 4-grams that must be among those found; the rest may be run together."""
_MOST_TEXT = 0.8
_MOSTLY_LINKS = 0.8
_FEW_LINKS = 0.5
_PARAGRAPH = 80  # code points: what is shorter and stands apart from the article is a label
_FEWEST_WORDS = 4
_PROSE_TAGS = frozenset({"p", "blockquote", "pre"})
_FAR_SHORTER = 0.5
_LARGEST_NAMED = 0.3
_LEAVES = frozenset({"p", "blockquote", "pre", "li", "h1", "h2", "h3", "h4", "h5", "h6"})
_CARDS = frozenset({"article", "aside", "li", "td"})
_LONGEST_LEAD = 8  # blocks: byline, date and sharing stand there too
_LAST_BLOCKS = 4


_FAULTS = (ValueError, TypeError, AttributeError, LookupError, RecursionError, etree.LxmlError)
"""What a library may raise on a tree that it does not expect: the page then has no article."""


def find_article(root: HtmlElement, titles: Collection[str]) -> list[Block]:
    """Return the blocks of the page's article in their order, none where there is no article.

    ``titles`` are the names that the page gives the article; blocks that only repeat one are left
    out, as the title is told apart from the text.
    """
    blocks = list(find_blocks(root))
    found = _Found(_extracted(root, blocks))
    voted = {place for place, block in enumerate(blocks) if found.holds(block.text)}
    container = _container([blocks[place] for place in voted])
    if container is None:
        return []
    inside = {place for place, block in enumerate(blocks) if _is_in(block, container)}
    chosen = voted & inside
    names = {_key(title) for title in titles}
    frame = {container, *container.iterancestors()}
    passed_over = {
        *_outside(blocks, voted, inside),
        *_gaps(blocks, chosen, inside),
        *_lead(blocks, min(chosen), inside, names),
    }
    chosen |= {place for place in passed_over if not _names_around(blocks[place], frame)}
    others = _other_articles(blocks, chosen)
    unwanted = _named_unwanted(blocks, chosen, frame)
    kept = [
        blocks[place]
        for place in sorted(chosen - others - unwanted)
        if _key(blocks[place].text) not in names and not _is_unwanted(blocks[place])
    ]
    return _without_loose_end(kept)


def _extracted(root: HtmlElement, blocks: Sequence[Block]) -> str:
    """Return the text that trafilatura finds, empty if none.

    Its quick rules alone are more exact than all (F1 .967 against .959), but can miss the article.
    Where they find less than half of the page's paragraphs, all are tried, and are right if they
    find more than twice as much.
    """
    quick = _found(root, fast=True)
    if len(quick) >= _FAR_SHORTER * sum(len(b.text) for b in blocks if _is_paragraph(b)):
        return quick
    thorough = _found(root, fast=False)
    return thorough if len(quick) < _FAR_SHORTER * len(thorough) else quick


def _found(root: HtmlElement, *, fast: bool) -> str:
    page = deepcopy(root)
    for form in page.iter("form"):
        if wraps_page(form):
            form.tag = "div"
    try:
        found = trafilatura.extract(page, fast=fast, include_comments=False, include_tables=False)
    except _FAULTS:
        return ""
    return found or ""


def _is_paragraph(block: Block) -> bool:
    """Return whether a block is text of some length that is not linked."""
    return not block.is_heading and len(block.text) >= _PARAGRAPH and block.link_share < _FEW_LINKS


class _Found:
    """The words that were found, to ask of each block whether it is among them."""

    def __init__(self, text: str) -> None:
        self._shingles = _shingles(text)
        self._lines = {_key(line) for line in text.split("\n")} - {""}

    def holds(self, text: str) -> bool:
        """Return whether most of the text was found; a short one must have been a whole line."""
        shingles = _shingles(text)
        if not shingles:
            return _key(text) in self._lines
        return len(self._shingles & shingles) >= _ENOUGH_FOUND * len(shingles)


def _shingles(text: str) -> set[int]:
    """Return the hashes of the runs of words: a third of the memory of the words themselves."""
    words = _WORD.findall(text)
    return {hash(tuple(words[i : i + _SHINGLE])) for i in range(len(words) - _SHINGLE + 1)}


def _key(text: str) -> str:
    """Return the words of a text, to compare it with another."""
    return " ".join(_WORD.findall(text.casefold()))


def _container(blocks: Sequence[Block]) -> HtmlElement | None:
    """Return the smallest element around most of the text, ``None`` if there is no text."""
    weights: Counter[HtmlElement] = Counter()
    for block in blocks:
        for element in (block.element, *block.element.iterancestors()):
            weights[element] += len(block.text)
    most = _MOST_TEXT * sum(len(block.text) for block in blocks)
    around = [element for element, weight in weights.items() if weight >= most]
    smallest = max(
        around, key=lambda element: sum(1 for _ in element.iterancestors()), default=None
    )
    if smallest is not None and smallest.tag in _LEAVES and smallest.getparent() is not None:
        return smallest.getparent()
    return smallest


def _is_in(block: Block, container: HtmlElement) -> bool:
    return block.element is container or container in block.element.iterancestors()


def _outside(
    blocks: Sequence[Block], voted: Collection[int], inside: Collection[int]
) -> Iterator[int]:
    """Yield the paragraphs that were found outside the container and are not said again in it."""
    said = {_key(blocks[place].text) for place in inside}
    for place in voted:
        block = blocks[place]
        if place not in inside and _is_paragraph(block) and _key(block.text) not in said:
            yield place


def _gaps(blocks: Sequence[Block], chosen: Collection[int], inside: Set[int]) -> Iterator[int]:
    """Yield what was passed over between chosen blocks though it reads like them.

    These are headings, paragraphs, and blocks of any kind that stand in the same element as the
    most of the text.
    """
    weights: Counter[HtmlElement] = Counter()
    for place in chosen:
        weights[blocks[place].element.getparent()] += len(blocks[place].text)
    home = weights.most_common(1)[0][0]
    for place in inside & set(range(min(chosen), max(chosen))):
        block = blocks[place]
        if (
            place not in chosen
            and block.link_share < _FEW_LINKS
            and (place + 1 in chosen if block.is_heading else _reads_like(block, home))
        ):
            yield place


def _other_articles(blocks: Sequence[Block], chosen: Collection[int]) -> set[int]:
    """Return what follows a label such as "You may also like" as items of a list or as articles.

    Only elements that held no text of the article before the label are such.
    """
    others: set[int] = set()
    before: set[HtmlElement] = set()
    announced = False
    for place, block in enumerate(blocks):
        around = (block.element, *block.element.iterancestors())
        if is_label_of_others(block.text):
            announced = bool(before)
        elif (
            place in chosen
            and announced
            and any(e.tag in _CARDS and e not in before for e in around)
        ):
            others.add(place)
        elif place in chosen:
            announced = False
            before.update(around)
    return others


def _named_unwanted(
    blocks: Sequence[Block], chosen: Collection[int], frame: Collection[HtmlElement]
) -> set[int]:
    """Return the chosen blocks that stand in a part of the article named as something else.

    A name around a large part of the text is not about that text: some page builders call every
    paragraph a widget.
    """
    named: dict[str, set[int]] = defaultdict(set)
    for place in chosen:
        for name in _names_around(blocks[place], frame):
            named[name].add(place)
    largest = _LARGEST_NAMED * sum(len(blocks[place].text) for place in chosen)
    return {
        place
        for places in named.values()
        if sum(len(blocks[place].text) for place in places) <= largest
        for place in places
    }


def _reads_like(block: Block, home: HtmlElement) -> bool:
    """Return whether a block is a paragraph, or text in the element that holds most of them."""
    return len(block.text.split()) >= _FEWEST_WORDS and (
        block.tag in _PROSE_TAGS or (block.tag != "li" and block.element.getparent() is home)
    )


def _names_around(block: Block, frame: Collection[HtmlElement]) -> set[str]:
    """Return the unwanted names of the elements around a block, up to those of the frame."""
    around = (block.element, *block.element.iterancestors())
    within = takewhile(lambda element: element not in frame, around)
    return set[str]().union(*map(unwanted_names, within))


def _lead(
    blocks: Sequence[Block], first: int, inside: Collection[int], names: Collection[str]
) -> Iterator[int]:
    """Yield the few paragraphs between the heading that is the title and the first one chosen.

    What is said again inside the container is a teaser of it.
    """
    titled = [p for p in range(first) if blocks[p].is_heading and _key(blocks[p].text) in names]
    said = {_key(blocks[place].text) for place in inside}
    for place in range(max([first - _LONGEST_LEAD, *titled]), first) if titled else ():
        block = blocks[place]
        if (
            block.tag != "li"
            and _is_paragraph(block)
            and _SENTENCE_END.search(block.text)
            and _key(block.text) not in said
        ):
            yield place


def _is_unwanted(block: Block) -> bool:
    """Return whether a block is no article text by its words or its links."""
    if block.tag == "figcaption" or all(map(is_page_furniture, block.text.split("\n"))):
        return True
    label, colon, _ = block.text.partition(":")
    if colon and block.link_share >= _FEW_LINKS and is_label_of_others(label):
        return True
    if block.is_heading or block.text.startswith("http"):
        return False
    return block.link_share >= _MOSTLY_LINKS


def _without_loose_end(blocks: Sequence[Block]) -> list[Block]:
    """Leave out credits to reporters and editors at the end, and headings with nothing below."""
    kept = [
        block
        for place, block in enumerate(blocks)
        if place < len(blocks) - _LAST_BLOCKS or not is_credit(block.text)
    ]
    while kept and kept[-1].is_heading:
        kept.pop()
    return kept
