"""Which blocks of a page are its article.

trafilatura says where on the page the article is; the words come from the page's own tree, so that
nothing is lost, doubled or run together. Then rules that hold for pages in general, each a function
below, mend what it passed over and take away what stands among the paragraphs and is none.

Word 4-gram F1 by page on 80 pages of news, as `python -m tests.benchmarks.webpages` scores it:
trafilatura .967 at its best setting, all rules here .983. Left out one at a time, the rule on other
articles costs .008, on words and links .005, on credits and loose headings .002, on the title and
on gaps .001. Parts named as something else, the lead and what stands outside weigh nothing on
average: they keep pull quotes, sign-up boxes and comments out, and first paragraphs in, on the
pages that have them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence, Set
from itertools import takewhile

from lxml.html import HtmlElement

from retriever.corpus.formats.markup.blocks import MarkupBlock, find_blocks
from retriever.corpus.formats.webpage.extraction import ExtractedText, key_of
from retriever.corpus.formats.webpage.furniture import (
    PICTURE_NAMES,
    is_credit,
    is_label_of_others,
    is_page_furniture,
    unwanted_names,
)

_SENTENCE_END = re.compile(r"[.!?…。\uff01\uff1f][\"'”’»)\]]*$")
_MOST_TEXT = 0.8
_MOSTLY_LINKS = 0.8
_FEW_LINKS = 0.5
_PARAGRAPH = 80  # code points: what is shorter and stands apart from the article is a label
_FEWEST_WORDS = 4
_PROSE_TAGS = frozenset({"p", "blockquote", "pre"})
_LARGEST_NAMED = 0.3
_LEAVES = frozenset({"p", "blockquote", "pre", "li", "h1", "h2", "h3", "h4", "h5", "h6"})
_CARDS = frozenset({"article", "aside", "li", "td"})
_LONGEST_LEAD = 8  # blocks: byline, date and sharing stand there too
_LONGEST_CAPTION = 300  # code points
_LAST_BLOCKS = 4


def find_article(root: HtmlElement, titles: Collection[str]) -> list[MarkupBlock]:
    """Return the blocks of the page's article in their order, none where there is no article.

    ``titles`` are the names that the page gives the article; blocks that only repeat one are left
    out, as the title is told apart from the text.
    """
    blocks = list(find_blocks(root, is_page=True))
    prose = sum(len(block.text) for block in blocks if _is_paragraph(block))
    found = ExtractedText(root, prose=prose)
    voted = {place for place, block in enumerate(blocks) if found.holds(block.text)}
    container = _smallest_container([blocks[place] for place in voted])
    if container is None:
        return []
    inside = {place for place, block in enumerate(blocks) if container in block.around}
    chosen = voted & inside
    names = {key_of(title) for title in titles} - {""}
    frame = {container, *container.iterancestors()}
    said = {key_of(blocks[place].text) for place in inside}
    outside = {*(voted - inside), *_places_of_lead(blocks, min(chosen), names)}
    passed_over = {
        *_passed_over_between(blocks, chosen, inside),
        # What is said again in the container is a teaser of it.
        *(p for p in outside if _is_paragraph(blocks[p]) and key_of(blocks[p].text) not in said),
    }
    chosen |= {place for place in passed_over if not _names_around(blocks[place], frame)}
    others = _other_articles(blocks, chosen)
    unwanted = _named_unwanted(blocks, chosen, frame)
    kept = [
        blocks[place]
        for place in sorted(chosen - others - unwanted)
        if key_of(blocks[place].text) not in names and not _is_unwanted(blocks[place])
    ]
    return _without_loose_end(kept)


def _is_paragraph(block: MarkupBlock) -> bool:
    """Return whether a block is text of some length that is not linked."""
    return not block.is_heading and len(block.text) >= _PARAGRAPH and block.link_share < _FEW_LINKS


def _smallest_container(blocks: Sequence[MarkupBlock]) -> HtmlElement | None:
    """Return the smallest element around most of the text, ``None`` if there is no text."""
    weights: Counter[HtmlElement] = Counter()
    for block in blocks:
        for element in block.around:
            weights[element] += len(block.text)
    most = _MOST_TEXT * sum(len(block.text) for block in blocks)
    around = [element for element, weight in weights.items() if weight >= most]
    smallest = max(around, key=lambda element: len([*element.iterancestors()]), default=None)
    if smallest is not None and smallest.tag in _LEAVES and smallest.getparent() is not None:
        return smallest.getparent()
    return smallest


def _passed_over_between(
    blocks: Sequence[MarkupBlock], chosen: Collection[int], inside: Set[int]
) -> Iterator[int]:
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


def _other_articles(blocks: Sequence[MarkupBlock], chosen: Collection[int]) -> set[int]:
    """Return what follows a label such as "You may also like" as items of a list or as articles.

    Only elements that held no text of the article before the label are such.
    """
    others: set[int] = set()
    before: set[HtmlElement] = set()
    announced = False
    for place, block in enumerate(blocks):
        if is_label_of_others(block.text):
            announced = bool(before)
        elif (
            place in chosen
            and announced
            and any(e.tag in _CARDS and e not in before for e in block.around)
        ):
            others.add(place)
        elif place in chosen:
            announced = False
            before.update(block.around)
    return others


def _named_unwanted(
    blocks: Sequence[MarkupBlock], chosen: Collection[int], frame: Collection[HtmlElement]
) -> set[int]:
    """Return the chosen blocks that stand in a part of the article named as something else.

    A name around a large part of the text is not about that text: some page builders call every
    paragraph a widget.
    """
    named: dict[str, set[int]] = defaultdict(set)
    for place in chosen:
        for name in _names_around(blocks[place], frame):
            if name not in PICTURE_NAMES or len(blocks[place].text) <= _LONGEST_CAPTION:
                named[name].add(place)
    largest = _LARGEST_NAMED * sum(len(blocks[place].text) for place in chosen)
    return {
        place
        for places in named.values()
        if sum(len(blocks[place].text) for place in places) <= largest
        for place in places
    }


def _reads_like(block: MarkupBlock, home: HtmlElement) -> bool:
    """Return whether a block is a paragraph, or text in the element that holds most of them."""
    return len(block.text.split()) >= _FEWEST_WORDS and (
        block.tag in _PROSE_TAGS or (block.tag != "li" and block.element.getparent() is home)
    )


def _names_around(block: MarkupBlock, frame: Collection[HtmlElement]) -> set[str]:
    """Return the unwanted names of the elements around a block, up to those of the frame."""
    within = takewhile(lambda element: element not in frame, block.around)
    return set[str]().union(*map(unwanted_names, within))


def _places_of_lead(
    blocks: Sequence[MarkupBlock], first: int, names: Collection[str]
) -> Iterator[int]:
    """Yield the few sentences between the heading that is the title and the first block chosen."""
    titled = [p for p in range(first) if blocks[p].is_heading and key_of(blocks[p].text) in names]
    for place in range(max([first - _LONGEST_LEAD, *titled]), first) if titled else ():
        if blocks[place].tag != "li" and _SENTENCE_END.search(blocks[place].text):
            yield place


def _is_unwanted(block: MarkupBlock) -> bool:
    """Return whether a block is no article text by its words or its links."""
    if block.tag == "figcaption" or all(map(is_page_furniture, block.text.split("\n"))):
        return True
    label, colon, _ = block.text.partition(":")
    if colon and block.link_share >= _FEW_LINKS and is_label_of_others(label):
        return True
    if block.is_heading or block.text.startswith("http"):
        return False
    return block.link_share >= _MOSTLY_LINKS


def _without_loose_end(blocks: Sequence[MarkupBlock]) -> list[MarkupBlock]:
    """Leave out credits to reporters and editors at the end, and headings with nothing below."""
    kept = [
        block
        for place, block in enumerate(blocks)
        if place < len(blocks) - _LAST_BLOCKS or not is_credit(block.text)
    ]
    while kept and kept[-1].is_heading:
        kept.pop()
    return kept
