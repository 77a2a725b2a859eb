"""The text of a page's article, and what is doubtful about it: nothing is lost without a word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from retriever.corpus.cleaning import clean
from retriever.corpus.formats.markup.blocks import MarkupBlock, in_rows, text_of_row
from retriever.corpus.formats.markup.fragments import paragraphs_of_markup
from retriever.corpus.formats.webpage.body import RULES, Rule, choose_blocks
from retriever.corpus.formats.webpage.page_blocks import PageBlocks
from retriever.errors import UnreadableError

_LEAST_LEFT = 0.5
_LONGER = 2  # times that JSON-LD must state more than the page shows
_AGREEING = 0.8
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """The text of an article, its lines that are headings, and what is doubtful about it.

    ``end`` is the element in which it ends on the page, if it is known.
    """

    text: str = ""
    end: HtmlElement | None = None
    headings: frozenset[str] = frozenset()
    warnings: tuple[str, ...] = ()


def find_text(
    page: PageBlocks | None, *, stated: str = "", rules: Sequence[Rule] = RULES
) -> ArticleText:
    """Return the article that a page shows, or states in JSON-LD where it shows much less of it.

    Such a page is made by a program in the browser, or shows only how the article begins. It is the
    extractor's own text where little of that is found again among the blocks of the page.
    """
    shown = _shown_text(page, choose_blocks(page, rules)) if page else ArticleText()
    body = clean(_text_shown_by(stated) if "</" in stated else stated)
    if len(body) < _LONGER * len(shown.text):
        return shown
    known = set(_WORD.findall(body))
    words = _WORD.findall(shown.text)
    agreeing = sum(word in known for word in words)
    return ArticleText(text=body) if agreeing >= _AGREEING * len(words) else shown


def cleaned_or_whole(text: str) -> str:
    """Return the cleaned text, or all of it where cleaning would take away half.

    An article that says the same again and again is one of a kind that cleaning does not know.
    """
    cleaned = clean(text)
    return cleaned if len(cleaned) >= _LEAST_LEFT * len(text) else text


def _shown_text(page: PageBlocks, blocks: Sequence[MarkupBlock]) -> ArticleText:
    extracted = "\n".join(filter(None, map(str.strip, page.extracted.split("\n"))))
    found = page.length(page.voted)
    if found < _LEAST_LEFT * len(extracted):
        doubt = f"only {found:,} of {len(extracted):,} characters were found again on the page"
        return ArticleText(
            text=extracted, warnings=(f"{doubt}, so its text is as trafilatura gives it",)
        )
    warnings = []
    shown = "\n\n".join(map(text_of_row, in_rows(blocks)))
    text = cleaned_or_whole(shown)
    if text is shown and clean(shown) != shown:
        warnings.append("more than half of its text looks like repetitions, and is kept")
    if page.missed:
        warnings.append("the page marks no article: its text is the longest run of paragraphs")
    headings = {line for block in blocks if block.is_heading for line in block.text.split("\n")}
    return ArticleText(
        text=text,
        end=blocks[-1].element if blocks else None,
        headings=frozenset(headings),
        warnings=tuple(warnings),
    )


def _text_shown_by(markup: str) -> str:
    """Return the text that a fragment of markup shows, none where it cannot be read."""
    try:
        return "\n\n".join(one.text for one in paragraphs_of_markup(markup))
    except UnreadableError:
        return ""
