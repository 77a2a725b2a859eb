"""The mentions view: counted, narrowed by a click, read at its sentence, saved; by keys alone."""

import csv

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import LOOKS, OUTPUT, Visit
from tests.browser.test_looks import grave

expect.set_options(timeout=60_000)  # as the windows of this folder wait
# A quarter of a window is what is left of it at 200 %.


def count(page: Page, expression: str) -> None:
    """Open the view, look for something, and wait for what comes of it."""
    page.get_by_role("navigation").get_by_role("button", name="Mentions").click()
    field = page.get_by_role("searchbox", name="Words to look for")
    field.fill(expression)
    field.press("Enter")


def counted(page: Page) -> Locator:
    return page.locator("#mentions .counted")


def rows(page: Page) -> Locator:
    return page.locator(".mention-rows > li")


def test_counts_narrow_when_clicked_and_pages_turn(visit: Visit, news_address: str) -> None:
    page = visit.open(news_address)
    count(page, "ferry")
    expect(counted(page)).to_have_text("60 mentions in 60 articles, of 61 articles in all.")
    expect(rows(page)).to_have_count(20)
    page.get_by_role("button", name="Later").last.click()
    expect(page.locator("#mentions .pages")).to_contain_text("21 to 40 of 60")
    page.locator("#mentions .shares button", has_text="Daily Meridian").click()
    expect(counted(page)).to_contain_text("in 20 articles")
    expect(page.locator("#mentions .chip")).to_contain_text("Daily Meridian")
    month = page.locator(".months button").first
    expect(month).to_have_attribute("aria-label", "May 2021: 5 articles")
    month.click()
    expect(counted(page)).to_contain_text("5 mentions in 5 articles")
    expect(page.locator("#mentions .chip")).to_have_count(2)
    page.get_by_role("button", name="Not only: Published by Daily Meridian").click()
    expect(page.locator("#mentions .chip")).to_have_count(1)
    assert not visit.errors


def test_a_row_opens_its_article_at_its_sentence(visit: Visit, news_address: str) -> None:
    page = visit.open(news_address)
    count(page, "Holm AND council")
    sentence = rows(page).nth(2).locator("blockquote")
    words = sentence.inner_text()
    expect(sentence.locator("mark")).to_have_text(["Holm"])
    sentence.click()
    expect(page.locator(".source mark").first).to_be_in_viewport()
    assert "".join(page.locator(".source mark").all_inner_texts()) == words
    expect(page.locator(".source mark .answering")).to_have_text("Holm")
    page.keyboard.press("Escape")
    expect(rows(page).nth(2).locator("[data-open]")).to_be_focused()
    assert not visit.errors


def test_a_reload_shows_what_was_counted(visit: Visit, news_address: str) -> None:
    """With its filters and its page; so does the view when it is opened later."""
    page = visit.open(news_address)
    count(page, "ferry")
    page.locator("#mentions .shares button", has_text="Daily Meridian").click()
    expect(counted(page)).to_contain_text("in 20 articles")
    page.reload()
    expect(counted(page)).to_contain_text("in 20 articles")
    expect(page.get_by_role("searchbox", name="Words to look for")).to_have_value("ferry")
    expect(page.locator("#mentions .chip")).to_contain_text("Daily Meridian")
    page.get_by_role("navigation").get_by_role("button", name="Ask").click()
    page.reload()
    page.get_by_role("navigation").get_by_role("button", name="Mentions").click()
    expect(counted(page)).to_contain_text("in 20 articles")
    assert not visit.errors


def test_all_of_it_by_keys_alone(visit: Visit, news_address: str) -> None:
    page = visit.open(news_address)
    page.get_by_role("navigation").get_by_role("button", name="Mentions").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("ferry AND (cancelled")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").first).to_contain_text("ends too early")
    expect(page.get_by_role("searchbox", name="Words to look for")).to_be_focused()
    page.keyboard.type(")")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(counted(page)).to_contain_text("in 60 articles")
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.open"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".source mark").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    assert page.evaluate("Boolean(document.activeElement.dataset.open)")


def test_all_mentions_are_saved(visit: Visit, news_address: str) -> None:
    page = visit.open(news_address)
    count(page, "ferry")
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save all as CSV").click()
    assert saving.value.suggested_filename == "mentions.csv"
    with open(saving.value.path(), encoding="utf-8-sig", newline="") as file:  # noqa: PTH123
        table = [*csv.DictReader(file)]
    assert len(table) == 60
    assert visit.hosts() == {"127.0.0.1"}


def test_a_question_for_mentions_leads_to_all_of_them(visit: Visit, news_address: str) -> None:
    page = visit.open(news_address)
    visit.ask("How many articles by the Daily Meridian mention Holm?")
    answer = page.locator(".message.bot").last
    expect(answer.locator(".lead")).to_contain_text("in 20 articles.")
    answer.get_by_role("button", name="All mentions, by month and publisher").click()
    expect(counted(page)).to_contain_text("in 20 articles")
    expect(page.locator("#mentions .chip")).to_contain_text("Daily Meridian")
    page.get_by_role("navigation").get_by_role("button", name="Ask").click()
    visit.ask("Which articles mention the zeppelin?")
    expect(page.locator(".message.bot").last).to_contain_text("No article mentions this")


@pytest.mark.parametrize("looked_at", [*LOOKS, "zoomed-light"], indirect=True)
def test_it_looks_well_in_every_window(looked_at: tuple[str, Visit], news_address: str) -> None:
    """Axe finds nothing serious, nothing sticks out sideways, and the navigation is one line."""
    OUTPUT.mkdir(exist_ok=True)
    name, visit = looked_at
    page = visit.open(news_address)
    for state, expression in (("found", "ferry OR council"), ("none", "zeppelin"), ("bad", "a (b")):
        count(page, expression)
        expect(page.locator("#mentions :is(.counted, .problem)").first).to_be_visible()
        expect(page.get_by_role("searchbox", name="Words to look for")).to_have_value(expression)
        page.wait_for_timeout(300)
        page.screenshot(path=OUTPUT / f"mentions-{name}-{state}.png")
        assert not grave(page), state
        assert page.evaluate(
            "document.querySelector('#mentions').scrollWidth"
            " <= document.querySelector('#mentions').clientWidth"
        ), state
    tops = page.locator("#masthead nav button").evaluate_all(
        "buttons => buttons.map(button => button.getBoundingClientRect().top)"
    )
    assert len(set(tops)) == 1
    assert not visit.errors
