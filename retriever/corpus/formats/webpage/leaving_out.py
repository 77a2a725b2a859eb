"""Rules that leave out what stands among an article's paragraphs and is none of it."""

from collections import Counter, defaultdict

from lxml.html import HtmlElement

from retriever.corpus.formats.markup.blocks import MarkupBlock
from retriever.corpus.formats.webpage.extraction import key_of
from retriever.corpus.formats.webpage.furniture import (
    PICTURES,
    is_credit,
    is_label_of_others,
    is_page_furniture,
)
from retriever.corpus.formats.webpage.page_blocks import CARDS, FEW_LINKS, PageBlocks

_MOSTLY_LINKS = 0.8
_LARGEST_NAMED = 0.4
_LONGEST_CAPTION = 300  # code points
_LAST_BLOCKS = 4


def drop_others(page: PageBlocks, chosen: set[int]) -> set[int]:
    """Leave out what follows a label such as "You may also like" as items of a list or as articles.

    Only elements that held no text of the article before the label are such, and none that holds
    more text than stood before it: that is the article itself, below a box of others.
    """
    cards = Counter[HtmlElement]()
    for place in chosen:
        for element in page.blocks[place].around:
            if element.tag in CARDS:
                cards[element] += len(page.blocks[place].text)
    others: set[int] = set()
    before = set[HtmlElement]()
    length = 0
    announced = False
    for place, block in enumerate(page.blocks):
        if is_label_of_others(block.text):
            announced = bool(before)
        elif place not in chosen:
            continue
        elif announced and any(
            element in cards and element not in before and cards[element] <= length
            for element in block.around
        ):
            others.add(place)
        else:
            announced = False
            before.update(block.around)
            length += len(block.text)
    return chosen - others


def drop_named(page: PageBlocks, chosen: set[int]) -> set[int]:
    """Leave out the blocks that stand in a part of the article named as something else.

    A name around a large part of the text is not about that text: some page builders call every
    paragraph a widget.
    """
    named: dict[str, set[int]] = defaultdict(set)
    for place in chosen:
        for name in page.names_around(place):
            if name not in PICTURES or _may_be_caption(page, place):
                named[name].add(place)
    largest = _LARGEST_NAMED * page.length(chosen)
    return chosen - {
        place for places in named.values() if page.length(places) <= largest for place in places
    }


def _may_be_caption(page: PageBlocks, place: int) -> bool:
    return place not in page.tabled and len(page.blocks[place].text) <= _LONGEST_CAPTION


def drop_titles(page: PageBlocks, chosen: set[int]) -> set[int]:
    """Leave out blocks that only repeat a name of the page, which is told apart from the text."""
    return {
        place
        for place in chosen
        if place in page.tabled or key_of(page.blocks[place].text) not in page.names
    }


def drop_furniture(page: PageBlocks, chosen: set[int]) -> set[int]:
    """Leave out blocks that invite, link or label, told by their words."""
    return {
        place
        for place in chosen
        if not all(map(is_page_furniture, page.blocks[place].text.split("\n")))
    }


def drop_links(page: PageBlocks, chosen: set[int]) -> set[int]:
    """Leave out blocks that are links to other pages, not cells, nor items of a list with text."""
    items: defaultdict[HtmlElement | None, set[int]] = defaultdict(set)
    for place in chosen:
        if page.blocks[place].tag == "li":
            items[page.blocks[place].element.getparent()].add(place)
    told = {
        place
        for places in items.values()
        if page.prose(places) > FEW_LINKS * page.length(places)
        for place in places
    }
    return {
        place
        for place in chosen
        if place in told or place in page.tabled or not _is_link(page, page.blocks[place])
    }


def _is_link(page: PageBlocks, block: MarkupBlock) -> bool:
    label, colon, _ = block.text.partition(":")
    if colon and block.link_share >= FEW_LINKS and is_label_of_others(label):
        return True
    if block.is_heading or block.text.startswith("http") or block.link_share < _MOSTLY_LINKS:
        return False
    return not page.is_linked_sentence(block)


def drop_loose_end(page: PageBlocks, chosen: set[int]) -> set[int]:
    """Leave out credits to reporters and editors at the end, and headings with nothing below."""
    order = sorted(chosen)
    kept = [
        place
        for number, place in enumerate(order)
        if number < len(order) - _LAST_BLOCKS or not is_credit(page.blocks[place].text)
    ]
    while kept and page.blocks[kept[-1]].is_heading:
        kept.pop()
    return set(kept)
