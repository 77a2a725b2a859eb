"""What Chromium shows is what Python returns: the text of every card, code point by code point."""

from typing import Any

from playwright.sync_api import Page, expect

from retriever import Index
from tests.browser.conftest import Visit
from tests.test_parity import questions, shown


def cards(page: Page) -> list[tuple[str, int, int, str]]:
    """Return article, place and words of every card, as the browser holds them."""
    found: list[Any] = page.locator("article.card").evaluate_all(
        """cards => cards.map(({ dataset }, at) => [
             dataset.article, Number(dataset.start), Number(dataset.end),
             cards[at].querySelector(".words").textContent])"""
    )
    return [(article, start, end, words) for article, start, end, words in found]


def test_the_page_shows_what_the_library_answers(
    visit: Visit, seeds_address: str, seeds_index: Index
) -> None:
    """Every fifth of the fifty questions that all ways of asking are compared by."""
    asked = questions(seeds_index)[::5]
    answers = [seeds_index.ask(question).to_dict() for question in asked]
    assert len(asked) == 10
    assert {answer["outcome"] for answer in answers} == {"answered", "not_found"}
    page = visit.open(seeds_address)
    for question, answer in zip(asked, answers, strict=True):
        visit.ask(question)
        assert page.locator(".asked").all_text_contents() == [question]
        assert cards(page) == shown(answer), question
        page.get_by_role("button", name="New conversation").click()
        expect(page.locator(".turn")).to_have_count(0)
    assert not visit.errors
