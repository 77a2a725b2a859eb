"""Rules that add to an article what the extractor passed over."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.etree import _Element as Element

from retriever.corpus.formats.markup.blocks import MarkupBlock
from retriever.corpus.formats.markup.tables import table_around
from retriever.corpus.formats.webpage.extraction import key_of
from retriever.corpus.formats.webpage.furniture import PICTURES
from retriever.corpus.formats.webpage.page_blocks import (
    CARDS,
    FEW_LINKS,
    SENTENCE_END,
    PageBlocks,
    is_paragraph,
)

_FEWEST_WORDS = 4
_PROSE_TAGS = frozenset({"p", "blockquote", "pre"})
_LISTS = frozenset({"ul", "ol", "dl"})
_ITEMS = frozenset({"li", "dt", "dd"})
_DEEPEST_AT_HOME = 2  # elements: a figure or a box may be around a table or list
_LONGEST_LEAD = 8  # blocks: byline, date and sharing stand there too


def add_lead(page: PageBlocks, chosen: set[int]) -> set[int]:
    """Add the few sentences between the heading that is the title and the first block chosen."""
    first = min(chosen)
    titled = [
        place
        for place in range(first)
        if page.blocks[place].is_heading and key_of(page.blocks[place].text) in page.names
    ]
    lead = range(max([first - _LONGEST_LEAD, *titled]), first) if titled else range(0)
    sentences = [p for p in lead if SENTENCE_END.search(page.blocks[p].text)]
    return chosen | {p for p in _apart(page, sentences) if page.blocks[p].tag != "li"}


def add_outside(page: PageBlocks, chosen: set[int]) -> set[int]:
    """Add the paragraphs that the extractor found outside the element around most of the text."""
    return chosen | {
        place
        for place in _apart(page, page.voted - page.inside)
        if not any(element.tag in CARDS for element in page.elements_around(place))
    }


def _apart(page: PageBlocks, places: Iterable[int]) -> Iterator[int]:
    """Yield the places outside the container of paragraphs that are no teasers of one in it."""
    said = {key_of(page.blocks[place].text) for place in page.inside}
    for place in places:
        block = page.blocks[place]
        if is_paragraph(block) and not page.names_around(place) and key_of(block.text) not in said:
            yield place


def add_gaps(page: PageBlocks, chosen: set[int]) -> set[int]:
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
        few = block.link_share < FEW_LINKS or page.is_linked_sentence(block)
        if few and not page.names_around(place):
            yield place


def _reads_like(page: PageBlocks, block: MarkupBlock) -> bool:
    """Return whether a block is a paragraph, or text in the element that holds most of them."""
    return len(block.text.split()) >= _FEWEST_WORDS and (
        block.tag in _PROSE_TAGS
        or (block.tag != "li" and page.is_at_home(block))
        or (block.element in (page.home, *page.home.iterancestors()) and is_paragraph(block))
    )


def add_lists(page: PageBlocks, chosen: set[int]) -> set[int]:
    """Add the items of lists that stand beside the paragraphs, behind one of them."""
    added: set[int] = set()
    for place in sorted(page.inside - chosen):
        block = page.blocks[place]
        around = next((e for e in block.around if e.tag in _LISTS), None)
        if (
            around is not None
            and block.tag in _ITEMS
            and page.home in [*islice(around.iterancestors(), _DEEPEST_AT_HOME)]
            and (place - 1 in added or _leads_to_item(page, chosen, place))
            and block.link_share < FEW_LINKS
            and not page.names_around(place)
        ):
            added.add(place)
    return chosen | added


def _leads_to_item(page: PageBlocks, chosen: set[int], place: int) -> bool:
    """Return whether what stands before an item shows that its list belongs to the article."""
    before = place - 1
    if before >= 0 and page.blocks[before].is_heading:
        before -= 1
    is_sentence = (
        len(page.blocks[place].text.split()) >= _FEWEST_WORDS
        and SENTENCE_END.search(page.blocks[place].text) is not None
    )
    return before in chosen and (
        place < max(chosen) or is_sentence or page.blocks[before].text.endswith(":")
    )


def add_tables(page: PageBlocks, chosen: set[int]) -> set[int]:
    """Add the tables of data that stand between chosen blocks, or below them at home."""
    first, last = min(chosen), max(chosen)
    tables: defaultdict[Element | None, set[int]] = defaultdict(set)
    for place in page.tabled:
        if first < place and page.names_around(place) <= PICTURES:
            tables[table_around(page.blocks[place].element)].add(place)
    added = set()
    for table, places in tables.items():
        if min(places) < last or (table is not None and _is_at_home(page, table, places)):
            added |= places
    return chosen | added


def _is_at_home(page: PageBlocks, table: Element, places: Iterable[int]) -> bool:
    """Return whether a table stands beside the paragraphs and is not one of links."""
    around = [*islice(table.iterancestors(), _DEEPEST_AT_HOME)]
    return page.home in around and page.prose(places) > FEW_LINKS * page.length(places)
