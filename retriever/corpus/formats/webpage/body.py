"""Which blocks of a page are its article.

trafilatura says where on the page the article is; the words come from the page's own tree, so that
nothing is lost, doubled or run together. Then the rules of :data:`RULES`, each a function below,
add what it passed over and take away what stands among the paragraphs and is none.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from lxml.html import HtmlElement

from retriever.corpus.formats.markup.blocks import MarkupBlock
from retriever.corpus.formats.webpage.extraction import key_of
from retriever.corpus.formats.webpage.furniture import (
    PICTURES,
    is_credit,
    is_label_of_others,
    is_page_furniture,
)
from retriever.corpus.formats.webpage.page_blocks import (
    FEW_LINKS,
    PageBlocks,
    is_paragraph,
)

Rule = Callable[[PageBlocks, set[int]], set[int]]
"""From the places of the blocks chosen so far to those chosen after it."""

_SENTENCE_END = re.compile(r"[.!?…。\uff01\uff1f][\"'”’»)\]]*$")
_LEAST_LEFT = 0.5
_MOSTLY_LINKS = 0.8
_FEWEST_WORDS = 4
_LINKED_SENTENCE = 6  # words: a link to another story has fewer, or no full stop
_PROSE_TAGS = frozenset({"p", "blockquote", "pre"})
_LARGEST_NAMED = 0.4
_CARDS = frozenset({"article", "aside", "li", "td"})
_LISTS = frozenset({"ul", "ol", "dl"})
_ITEMS = frozenset({"li", "dt", "dd"})
_LONGEST_LEAD = 8  # blocks: byline, date and sharing stand there too
_LONGEST_CAPTION = 300  # code points
_LAST_BLOCKS = 4


def choose_blocks(page: PageBlocks, rules: Iterable[Rule]) -> list[MarkupBlock]:
    """Return the blocks of the article in their order, as these rules choose them in turn.

    Where rules that go by names, words and links take away half of the text that is not linked,
    they have misread the page, and all of it stays.
    """
    chosen = set(page.voted & page.inside)
    whole = chosen
    for rule in rules:
        chosen = rule(page, chosen)
        if rule in _BY_PLACE:
            whole = chosen
    kept = chosen if page.prose(chosen) >= _LEAST_LEFT * page.prose(whole) else whole
    return [page.blocks[place] for place in sorted(kept)]


def _add_lead(page: PageBlocks, chosen: set[int]) -> set[int]:
    """Add the few sentences between the heading that is the title and the first block chosen."""
    first = min(chosen)
    titled = [
        place
        for place in range(first)
        if page.blocks[place].is_heading and key_of(page.blocks[place].text) in page.names
    ]
    lead = range(max([first - _LONGEST_LEAD, *titled]), first) if titled else range(0)
    return chosen | {
        place
        for place in lead
        if page.blocks[place].tag != "li"
        and _SENTENCE_END.search(page.blocks[place].text)
        and _is_apart(page, place)
    }


def _add_outside(page: PageBlocks, chosen: set[int]) -> set[int]:
    """Add the paragraphs that the extractor found outside the element around most of the text."""
    return chosen | {
        place
        for place in page.voted - page.inside
        if _is_apart(page, place)
        and not any(element.tag in _CARDS for element in page.elements_around(place))
    }


def _is_apart(page: PageBlocks, place: int) -> bool:
    """Return whether a block outside the container is a paragraph and no teaser of one in it."""
    said = (key_of(page.blocks[inside].text) for inside in page.inside)
    block = page.blocks[place]
    return (
        is_paragraph(block) and not page.names_around(place) and key_of(block.text) not in {*said}
    )


def _add_gaps(page: PageBlocks, chosen: set[int]) -> set[int]:
    """Add what was passed over between chosen blocks though it reads like them.

    These are headings, paragraphs, and blocks of any kind that stand in the same element as the
    most of the text.
    """
    return chosen | {
        place
        for place in _places_between(page, chosen)
        if (
            place + 1 in chosen
            if page.blocks[place].is_heading
            else _reads_like(page, page.blocks[place])
        )
    }


def _places_between(page: PageBlocks, chosen: set[int]) -> Iterator[int]:
    """Yield the places between chosen ones that hold few links and stand in nothing unwanted."""
    first, last = min(chosen), max(chosen)
    if first and page.blocks[first - 1].element in page.blocks[first].around:
        first -= 1  # text that stands bare before the first paragraph
    for place in sorted(page.inside & set(range(first, last)) - chosen):
        block = page.blocks[place]
        few = block.link_share < FEW_LINKS or _is_linked_sentence(page, block)
        if few and not page.names_around(place):
            yield place


def _reads_like(page: PageBlocks, block: MarkupBlock) -> bool:
    """Return whether a block is a paragraph, or text in the element that holds most of them."""
    return len(block.text.split()) >= _FEWEST_WORDS and (
        block.tag in _PROSE_TAGS
        or (block.tag != "li" and page.is_at_home(block))
        or (block.element in (page.home, *page.home.iterancestors()) and is_paragraph(block))
    )


def _add_lists(page: PageBlocks, chosen: set[int]) -> set[int]:
    """Add the items of lists that stand beside the paragraphs, behind one of them."""
    added: set[int] = set()
    for place in sorted(page.inside - chosen):
        block = page.blocks[place]
        around = next((e for e in block.around if e.tag in _LISTS), None)
        if (
            around is not None
            and block.tag in _ITEMS
            and around.getparent() is page.home
            and (place - 1 in added or _leads_to_list(page, chosen, place - 1))
            and block.link_share < FEW_LINKS
            and not page.names_around(place)
        ):
            added.add(place)
    return chosen | added


def _leads_to_list(page: PageBlocks, chosen: set[int], place: int) -> bool:
    """Return whether a block is one behind which a list belongs to the article."""
    return place in chosen and (place < max(chosen) or page.blocks[place].text.endswith(":"))


def _add_tables(page: PageBlocks, chosen: set[int]) -> set[int]:
    """Add the tables of data that stand between chosen blocks."""
    between = page.tabled & set(range(min(chosen), max(chosen)))
    return chosen | {place for place in between if page.names_around(place) <= PICTURES}


def _drop_others(page: PageBlocks, chosen: set[int]) -> set[int]:
    """Leave out what follows a label such as "You may also like" as items of a list or as articles.

    Only elements that held no text of the article before the label are such, and none that holds
    more text than stood before it: that is the article itself, below a box of others.
    """
    others: set[int] = set()
    before: set[HtmlElement] = set()
    length = 0
    announced = False
    for place, block in enumerate(page.blocks):
        if is_label_of_others(block.text):
            announced = bool(before)
        elif place not in chosen:
            continue
        elif announced and any(
            e.tag in _CARDS and e not in before and _length_within(page, chosen, e) <= length
            for e in block.around
        ):
            others.add(place)
        else:
            announced = False
            before.update(block.around)
            length += len(block.text)
    return chosen - others


def _length_within(page: PageBlocks, chosen: set[int], element: HtmlElement) -> int:
    return page.length(place for place in chosen if element in page.blocks[place].around)


def _drop_named(page: PageBlocks, chosen: set[int]) -> set[int]:
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


def _drop_titles(page: PageBlocks, chosen: set[int]) -> set[int]:
    """Leave out blocks that only repeat a name of the page, which is told apart from the text."""
    return {
        place
        for place in chosen
        if place in page.tabled or key_of(page.blocks[place].text) not in page.names
    }


def _drop_furniture(page: PageBlocks, chosen: set[int]) -> set[int]:
    """Leave out blocks that invite, link or label, told by their words."""
    return {
        place
        for place in chosen
        if not all(map(is_page_furniture, page.blocks[place].text.split("\n")))
    }


def _drop_links(page: PageBlocks, chosen: set[int]) -> set[int]:
    """Leave out blocks that are links to other pages."""
    return {
        place
        for place in chosen
        if place in page.tabled
        or not _is_link(page, page.blocks[place])
        or _is_item_among_text(page, chosen, place)
    }


def _is_item_among_text(page: PageBlocks, chosen: set[int], place: int) -> bool:
    """Return whether a block is an item of a list most of which is no links."""
    list_of = page.blocks[place].element.getparent()
    if page.blocks[place].tag != "li" or list_of is None:
        return False
    items = [page.blocks[p] for p in chosen if list_of in page.blocks[p].around]
    linked = sum(item.linked for item in items)
    return linked < FEW_LINKS * sum(len(item.text) for item in items)


def _is_link(page: PageBlocks, block: MarkupBlock) -> bool:
    label, colon, _ = block.text.partition(":")
    if colon and block.link_share >= FEW_LINKS and is_label_of_others(label):
        return True
    if block.is_heading or block.text.startswith("http") or block.link_share < _MOSTLY_LINKS:
        return False
    return not _is_linked_sentence(page, block)


def _is_linked_sentence(page: PageBlocks, block: MarkupBlock) -> bool:
    """Return whether a paragraph among the others is text all of which is a link."""
    return (
        block.tag == "p"
        and page.is_at_home(block)
        and len(block.text.split()) >= _LINKED_SENTENCE
        and _SENTENCE_END.search(block.text) is not None
    )


def _drop_loose_end(page: PageBlocks, chosen: set[int]) -> set[int]:
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


RULES: tuple[Rule, ...] = (
    _add_lead,
    _add_outside,
    _add_gaps,
    _add_lists,
    _add_tables,
    _drop_others,
    _drop_named,
    _drop_titles,
    _drop_furniture,
    _drop_links,
    _drop_loose_end,
)
"""The rules in the order in which they are applied."""

_BY_PLACE = frozenset({_add_lead, _add_outside, _add_gaps, _add_lists, _add_tables, _drop_others})
