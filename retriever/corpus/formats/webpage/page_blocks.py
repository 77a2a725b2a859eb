"""The blocks of a page, and what an extractor says of them: what rules look at."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from lxml.html import HtmlElement

from retriever.corpus.formats.markup.blocks import MarkupBlock, find_blocks, is_flowing
from retriever.corpus.formats.markup.tables import is_data_table, table_around
from retriever.corpus.formats.webpage.extraction import ExtractedText, key_of
from retriever.corpus.formats.webpage.furniture import unwanted_names

FEW_LINKS = 0.5
CARDS = frozenset({"article", "aside", "li", "td"})
SENTENCE_END = re.compile(r"[.!?…。\uff01\uff1f][\"'”’»)\]]*$")
_LINKED_SENTENCE = 6  # words: a link to another story has fewer, or no full stop
_MOST_TEXT = 0.8
_FAR_SHORTER = 0.5
_PARAGRAPH = 80  # code points: what is shorter and stands apart from the article is a label
_LEAVES = frozenset({"p", "blockquote", "pre", "li", "h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBlocks:
    """A page's blocks, and where among them the article is.

    ``voted`` are the places of blocks whose text an extractor found, ``container`` is the smallest
    element around most of that text, ``inside`` are the places within it, ``tabled`` those of them
    in tables of data, ``home`` is the element in which most paragraphs stand side by side,
    ``names`` are the page's names for the article in the form of :func:`key_of`, ``extracted`` is
    the text that the extractor found, and ``missed`` says that it found next to nothing: then
    ``voted`` are paragraphs that stand side by side.
    """

    blocks: Sequence[MarkupBlock]
    voted: frozenset[int]
    inside: frozenset[int]
    tabled: frozenset[int]
    container: HtmlElement
    home: HtmlElement
    names: frozenset[str]
    extracted: str
    missed: bool

    def length(self, places: Iterable[int]) -> int:
        """Return how many code points of text stand at these places."""
        return _length(self.blocks, places)

    def prose(self, places: Iterable[int]) -> float:
        """Return how many code points of text stand at these places outside of links."""
        blocks = (self.blocks[place] for place in places)
        return sum(len(block.text) * (1 - min(1, block.link_share)) for block in blocks)

    def is_at_home(self, block: MarkupBlock) -> bool:
        """Return whether a block stands side by side with most paragraphs."""
        return _parent(block) is self.home

    def is_linked_sentence(self, block: MarkupBlock) -> bool:
        """Return whether a paragraph among the others is text all of which is a link."""
        return (
            block.tag == "p"
            and self.is_at_home(block)
            and len(block.text.split()) >= _LINKED_SENTENCE
            and SENTENCE_END.search(block.text) is not None
        )

    def elements_around(self, place: int) -> Iterator[HtmlElement]:
        """Yield the elements around a block, from its own up to those around the container."""
        frame = {self.container, *self.container.iterancestors()}
        return takewhile(lambda element: element not in frame, self.blocks[place].around)

    def names_around(self, place: int) -> set[str]:
        """Return the unwanted names of the elements around a block."""
        return set[str]().union(*map(unwanted_names, self.elements_around(place)))


def look_at_page(root: HtmlElement, titles: Collection[str]) -> PageBlocks | None:
    """Return the blocks of a page, ``None`` where no text of an article is found on it."""
    blocks = list(find_blocks(root, is_page=True))
    prose = sum(len(block.text) for block in blocks if is_paragraph(block))
    found = ExtractedText(root, prose=prose)
    voted = frozenset(place for place, block in enumerate(blocks) if found.holds(block.text))
    side_by_side = _largest_cluster(blocks)
    missed = _length(blocks, voted) < _FAR_SHORTER * _length(blocks, side_by_side)
    if missed:
        voted = side_by_side
    if not voted and not found.text:
        return None
    container = _smallest_container([blocks[place] for place in voted]) if voted else root
    inside = frozenset(place for place, one in enumerate(blocks) if container in one.around)
    weights: Counter[HtmlElement] = Counter()
    for place in voted & inside:
        weights[_parent(blocks[place])] += len(blocks[place].text)
    return PageBlocks(
        blocks=blocks,
        voted=voted,
        inside=inside,
        tabled=frozenset(_places_in_tables(blocks, inside)),
        container=container,
        home=max(weights, key=lambda element: weights[element], default=root),
        names=frozenset(key_of(title) for title in titles) - {""},
        extracted=found.text,
        missed=missed,
    )


def _largest_cluster(blocks: Sequence[MarkupBlock]) -> frozenset[int]:
    """Return the paragraphs of the element that holds most text in paragraphs side by side."""
    clusters: defaultdict[HtmlElement, set[int]] = defaultdict(set)
    for place, block in enumerate(blocks):
        if is_paragraph(block):
            clusters[_parent(block)].add(place)
    wanted = (
        places
        for parent, places in clusters.items()
        if not any(map(unwanted_names, (parent, *parent.iterancestors())))
    )
    return frozenset(max(wanted, key=lambda places: _length(blocks, places), default=()))


def _length(blocks: Sequence[MarkupBlock], places: Iterable[int]) -> int:
    return sum(len(blocks[place].text) for place in places)


def _parent(block: MarkupBlock) -> HtmlElement:
    """Return the block element around that of a block, its own at the root of the page."""
    around = [element for element in block.element.iterancestors() if not is_flowing(element)]
    return around[0] if around else block.element


def _places_in_tables(blocks: Sequence[MarkupBlock], inside: Iterable[int]) -> Iterator[int]:
    """Yield the places of blocks that stand in tables of data."""
    known: dict[HtmlElement, bool] = {}
    for place in inside:
        table = table_around(blocks[place].element)
        if table is not None and _is_known_as_data(table, known):
            yield place


def _is_known_as_data(table: HtmlElement, known: dict[HtmlElement, bool]) -> bool:
    if table not in known:
        known[table] = is_data_table(table)
    return known[table]


def is_paragraph(block: MarkupBlock) -> bool:
    """Return whether a block is text of some length that is not linked."""
    return not block.is_heading and len(block.text) >= _PARAGRAPH and block.link_share < FEW_LINKS


def _smallest_container(blocks: Sequence[MarkupBlock]) -> HtmlElement:
    """Return the smallest element around most of the text of these blocks, which are some."""
    weights: Counter[HtmlElement] = Counter()
    for block in blocks:
        for element in block.around:
            weights[element] += len(block.text)
    most = _MOST_TEXT * sum(len(block.text) for block in blocks)
    around = [element for element, weight in weights.items() if weight >= most]
    smallest = max(around, key=lambda element: len([*element.iterancestors()]))
    while smallest.getparent() is not None and (smallest.tag in _LEAVES or is_flowing(smallest)):
        smallest = smallest.getparent()
    return smallest
