"""Questions that name their source, and questions about the articles themselves, on the page."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OUTPUT, PHONE, Visit
from tests.browser.test_looks import grave


def test_a_source_in_the_question_is_a_chip_and_is_taken_back(
    visit: Visit, news_address: str
) -> None:
    """What was read says that it was; without it all articles answer; it can come back."""
    OUTPUT.mkdir(exist_ok=True)
    page = visit.open(news_address)
    visit.ask("What did the Daily Meridian report about the ferry?")
    chip = page.locator(".chip.filter")
    expect(chip).to_contain_text("As asked, published by Daily Meridian")
    expect(page.locator(".card .publisher").first).to_have_text("Daily Meridian")
    expect(page.locator(".coverage").last).to_contain_text(
        "Searched: Daily Meridian, 20 of 61 articles"
    )
    page.screenshot(path=OUTPUT / "wide-light-source-words.png")
    page.get_by_role("button", name="Search without Daily Meridian").click()
    left_out = page.locator(".chip.left-out")
    expect(left_out).to_contain_text("Daily Meridian")
    expect(chip).to_have_count(0)
    left_out.locator("button").click()
    expect(chip).to_contain_text("Daily Meridian")
    assert not visit.errors


def test_a_day_that_is_read_is_one_chip(visit: Visit, news_address: str) -> None:
    """From and until the same day are said once."""
    page = visit.open(news_address)
    visit.ask("articles from March 2023 about the ferry")
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator(".chip")).to_contain_text("As asked, dated March 2023")


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_a_list_opens_the_places_it_names(
    size: str, visit: Visit, phone: Visit, news_address: str
) -> None:
    """Names have counts and open the article at the name; headlines open their article."""
    OUTPUT.mkdir(exist_ok=True)
    window = {"wide": visit, "phone": phone}[size]
    page = window.open(news_address)
    window.ask("Who is mentioned in the articles?")
    listed = page.locator(".listed")
    expect(listed.get_by_role("heading")).to_have_text("Who is named, and in how many articles")
    expect(listed.locator("li").first).to_contain_text("Ines Holm")
    expect(listed.locator("li").first).to_contain_text("60 articles")
    page.screenshot(path=OUTPUT / f"{size}-light-people.png", full_page=True)
    listed.get_by_role("button", name="Ines Holm").click()
    expect(page.locator("mark").first).to_have_text("Ines Holm")
    page.keyboard.press("Escape")
    window.ask("latest news about the ferry")
    expect(page.locator(".turn").last.locator(".lead")).to_contain_text("the newest first")
    expect(page.locator(".turn").last.locator(".listed li").first).to_be_visible()
    page.screenshot(path=OUTPUT / f"{size}-light-latest.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= (
        PHONE["width"] if size == "phone" else 1440
    )
    assert not grave(page)
    assert not window.errors
