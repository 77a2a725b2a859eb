"""The words that answer: marked on the card and in the article, and copied like all others."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import expect

from retriever import Answer, Index, Span
from tests.browser.conftest import OUTPUT, Visit
from tests.browser.test_looks import grave
from tests.webui.test_app import serving
from webui.site import Site

# Gradio's queue uses what pandas 3 deprecates, and the server runs in this process.
pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")
QUESTION = "What did China's Foreign Ministry say about the armed uprising?"


class Pointing:
    """A real index whose answers mark the middle of each quote: what a reader would point at."""

    def __init__(self, index: Any) -> None:
        """Ask this index."""
        self._index = index

    def __getattr__(self, name: str) -> Any:
        """Do all else as the index does."""
        return getattr(self._index, name)

    def ask(self, question: str, **more: Any) -> Answer:
        """Return the answer with marks in its quotes."""
        answer: Answer = self._index.ask(question, **more)
        middles = [(quote.end - quote.start) // 3 for quote in answer.quotes]
        return replace(
            answer,
            quotes=tuple(
                replace(quote, answering=Span(start=quote.start + part, end=quote.end - part))
                for quote, part in zip(answer.quotes, middles, strict=True)
            ),
        )


@pytest.fixture(scope="module")
def pointing_address(seeds_index: Index) -> Iterator[str]:
    """Serve the page over the seeds with answers that carry answering words."""
    index: Any = Pointing(seeds_index)
    with serving(Site(index=index)) as address:
        yield address


def test_the_answering_words_are_marked_on_the_card_and_in_the_article(
    looked_at: tuple[str, Visit], pointing_address: str
) -> None:
    """The same words in both, as the library says; axe finds nothing against their colours."""
    name, visit = looked_at
    page = visit.open(pointing_address)
    visit.ask(QUESTION)
    OUTPUT.mkdir(exist_ok=True)
    cards = page.locator("article.card.quote")
    for card in cards.all():
        words = str(card.locator(".words").text_content())
        part = len(words) // 3
        expect(card.locator(".answering")).to_have_text(words[part : len(words) - part])
    page.screenshot(path=OUTPUT / f"{name}-answering-card.png")
    assert not grave(page)
    card = cards.filter(has=page.locator(".notes")).first
    expected = "".join(card.locator(".answering").all_text_contents())
    card.click(position={"x": 8, "y": 8})
    expect(page.locator("#source mark").first).to_be_in_viewport()
    shown = "".join(page.locator("#source mark .answering").all_text_contents())
    assert shown == expected
    marked = "".join(page.locator("#source mark").all_text_contents())
    assert marked == card.locator(".words").text_content()
    page.wait_for_timeout(300)
    page.screenshot(path=OUTPUT / f"{name}-answering-source.png")
    assert not grave(page)
    assert not visit.errors


def test_a_quote_with_a_mark_is_selected_and_copied_as_it_is(
    visit: Visit, pointing_address: str
) -> None:
    """What stands on the clipboard is the quote's text, by hand and by button."""
    page = visit.open(pointing_address)
    visit.ask(QUESTION)
    card = page.locator("article.card.quote").first
    words = str(card.locator(".words").text_content())
    expect(card.locator(".answering")).to_have_count(1)
    card.locator("blockquote").evaluate("quote => getSelection().selectAllChildren(quote)")
    page.keyboard.press("Control+c")
    assert page.evaluate("navigator.clipboard.readText()") == words
    card.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".said")).to_contain_text("Copied as Plain text")
    assert page.evaluate("navigator.clipboard.readText()").startswith(f"“{words}”\n— ")
