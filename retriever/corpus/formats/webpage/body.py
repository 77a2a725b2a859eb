"""Which blocks of a page are its article.

trafilatura says where on the page the article is; the words come from the page's own tree, so that
nothing is lost, doubled or run together. Then the rules of :data:`RULES` add what it passed over
and leave out what stands among the paragraphs and is none of them.

``python -m tests.benchmarks.page_rules`` measures what each rule is worth, also on pages on which
it was not chosen; ``tests/benchmarks/README.md`` has the figures.
"""

from collections.abc import Callable, Iterable

from retriever.corpus.formats.markup.blocks import MarkupBlock
from retriever.corpus.formats.webpage import adding, leaving_out
from retriever.corpus.formats.webpage.page_blocks import PageBlocks

Rule = Callable[[PageBlocks, set[int]], set[int]]
"""From the places of the blocks chosen so far to those chosen after it."""

_LEAST_LEFT = 0.5
_BY_PLACE: tuple[Rule, ...] = (
    adding.add_lead,
    adding.add_outside,
    adding.add_lists,
    adding.add_tables,
    adding.add_gaps,
    leaving_out.drop_others,
)
_BY_LOOKS: tuple[Rule, ...] = (
    leaving_out.drop_named,
    leaving_out.drop_titles,
    leaving_out.drop_furniture,
    leaving_out.drop_links,
    leaving_out.drop_loose_end,
)
RULES = _BY_PLACE + _BY_LOOKS
"""The rules in the order in which they are applied: by where a block stands, then by its looks."""


def choose_blocks(page: PageBlocks, rules: Iterable[Rule]) -> list[MarkupBlock]:
    """Return the blocks of the article in their order, as these rules choose them in turn.

    Where rules that go by names, words and links take away half of the text that is not linked,
    they have misread the page, and all of it stays.
    """
    chosen = set(page.voted & page.inside)
    whole = chosen
    for rule in rules:
        chosen = rule(page, chosen) if chosen else chosen
        if rule in _BY_PLACE:
            whole = chosen
    kept = chosen if page.prose(chosen) >= _LEAST_LEFT * page.prose(whole) else whole
    return [page.blocks[place] for place in sorted(kept)]
