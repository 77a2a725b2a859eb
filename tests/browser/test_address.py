"""Each question has its address; Back and Forward walk over questions, articles and parts."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit

ONE = "Who did Andrey Rudenko meet in Beijing?"
OTHER = "Who is Ding?"
THIRD = "What is the population of Reykjavik?"
TOP = """question => {
  const turn = [...document.querySelectorAll(".turn")]
    .find(turn => turn.querySelector(".asked").textContent === question);
  const pane = document.querySelector("#scroll").getBoundingClientRect();
  return turn && Math.abs(turn.getBoundingClientRect().top - pane.top) < 5;
}"""


def named(page: Page) -> list[tuple[str, str]]:
    """Return what the address names, in order."""
    return parse_qsl(urlsplit(page.url).fragment)


def at_top(page: Page, question: str) -> None:
    """Wait until a question stands at the top, and the tab has its name."""
    page.wait_for_function(TOP, arg=question)
    expect(page).to_have_title(f"{question} – Quotidian")


def kept(page: Page) -> list[int]:
    """Return how many questions each conversation in the history has."""
    found = page.evaluate("JSON.parse(localStorage.getItem('quotidian.conversations') ?? '[]')")
    return [len(one["turns"]) for one in found]


@pytest.mark.parametrize("size", [(1440, 900), (390, 844), (720, 450)], ids=str)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_back_goes_to_the_question_before_and_forward_again(
    chromium: Browser, seeds_address: str, size: tuple[int, int], scheme: Any
) -> None:
    """Wide, on a phone, at 200 %; nothing is lost, and before the first is the empty page."""
    window: Any = {"width": size[0], "height": size[1]}
    context = chromium.new_context(viewport=window, color_scheme=scheme)
    context.set_default_timeout(60_000)
    visit = Visit(context)
    page = visit.open(seeds_address)
    for question in (ONE, OTHER, THIRD):
        visit.ask(question)
    assert named(page) == [("q", ONE), ("q", OTHER), ("q", THIRD)]
    at_top(page, THIRD)
    page.go_back()
    at_top(page, OTHER)
    assert named(page) == [("q", ONE), ("q", OTHER)]
    expect(page.locator("p.hidden-label[role=status]")).to_have_text(OTHER)
    expect(page.get_by_role("textbox", name="Your question")).to_be_focused()
    page.go_back()
    at_top(page, ONE)
    page.go_forward()
    at_top(page, OTHER)
    expect(page.locator(".turn")).to_have_count(3)
    page.go_back()
    page.go_back()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.get_by_role("heading", name="Ask your articles a question.")).to_be_visible()
    assert page.url == seeds_address
    page.go_forward()
    expect(page.locator(".turn")).to_have_count(3)
    at_top(page, ONE)
    assert kept(page) == [3]
    assert not visit.errors
    context.close()


def test_back_walks_over_articles_parts_and_questions(visit: Visit, seeds_address: str) -> None:
    """In the order in which they were seen; an article that was followed is no step of its own."""
    page = visit.open(seeds_address)
    visit.ask(ONE)
    page.locator("article.card").first.click()
    expect(page.locator("mark").first).to_be_in_viewport()
    first = str(page.locator(".source").get_attribute("data-key"))
    assert named(page) == [("q", ONE), ("quote", first)]
    visit.ask("What did Prigozhyn do?")
    newest = page.locator(".turn").last.locator("article.card").first
    second = str(newest.get_attribute("data-key"))
    expect(page.locator(".source")).to_have_attribute("data-key", second)
    assert named(page)[-1] == ("quote", second)
    page.locator("article.card").first.click()
    expect(page.locator(".source")).to_have_attribute("data-key", first)
    assert named(page)[-1][0] == "q"  # its answer is not the last one of this address
    newest.click()
    expect(page.locator(".source")).to_have_attribute("data-key", second)
    page.get_by_role("button", name="Articles").click()
    expect(page.locator("#reader")).to_be_hidden()
    page.go_back()
    expect(page.locator(".source")).to_have_attribute("data-key", second)
    expect(page.locator("#reader")).to_be_visible()
    page.go_back()
    expect(page.locator(".source")).to_have_attribute("data-key", first)
    expect(page.locator("article.card[aria-current]")).to_have_attribute("data-key", first)
    at_top(page, ONE)
    page.go_back()
    expect(page.locator("#reader")).to_be_hidden()
    at_top(page, ONE)
    assert named(page) == [("q", ONE)]
    assert not visit.errors


def test_a_reload_stays_at_the_question_and_a_new_window_opens_its_address(
    visit: Visit, phone: Visit, seeds_address: str
) -> None:
    """A reload makes no second conversation; another reader gets the questions up to that one."""
    page = visit.open(seeds_address)
    for question in (ONE, OTHER, THIRD):
        visit.ask(question)
    page.go_back()
    at_top(page, OTHER)
    address = page.url
    page.reload()
    expect(page.locator(".turn")).to_have_count(3)
    at_top(page, OTHER)
    assert page.url == address
    assert kept(page) == [3]
    page.go_back()
    at_top(page, ONE)
    other = phone.open(address)
    expect(other.locator(".turn")).to_have_count(2)
    expect(other.locator(".turn").last.locator("article.card").first).to_be_visible()
    assert other.url == address
    other.reload()
    expect(other.locator(".turn")).to_have_count(2)
    assert kept(other) == [2]


def test_back_from_a_new_conversation_brings_the_one_before(
    visit: Visit, seeds_address: str
) -> None:
    """It is the same conversation, and goes on as such."""
    page = visit.open(seeds_address)
    visit.ask(ONE)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    assert page.url == seeds_address
    visit.ask(OTHER)
    page.go_back()
    expect(page.locator(".turn")).to_have_count(0)
    page.go_back()
    expect(page.locator(".turn .asked")).to_have_text([ONE])
    expect(page.locator("article.card").first).to_be_visible()
    visit.ask(THIRD)
    assert named(page) == [("q", ONE), ("q", THIRD)]
    assert sorted(kept(page)) == [1, 2]


def test_filters_and_what_was_left_out_are_in_the_address(
    visit: Visit, phone: Visit, news_address: str
) -> None:
    """A question that is asked again in its place has an address of its own."""
    page = visit.open(news_address)
    page.locator("select[name=publisher]").select_option("Daily Meridian")
    visit.ask("Which ferry was cancelled?")
    with_filter = [("q", "Which ferry was cancelled?"), ("publisher", "Daily Meridian")]
    assert named(page) == with_filter
    address = page.url
    page.get_by_role("button", name="Search without Daily Meridian").click()
    expect(page.locator(".chip")).to_have_count(0)
    assert named(page) == with_filter[:1]
    other = phone.open(address)
    expect(other.locator(".chip.filter")).to_contain_text("Daily Meridian")
    expect(other.locator(".coverage").last).to_contain_text(
        "Searched: Daily Meridian, 20 of 61 articles"
    )


def test_an_address_is_never_longer_than_is_passed_on_whole(
    visit: Visit, seeds_address: str
) -> None:
    """It has the last questions that fit, each whole; a reload has all of them."""
    page = visit.open(seeds_address)
    questions = [f"{number} who is Ding? {'really ' * 70}" for number in range(5)]
    for question in questions:
        visit.ask(question)
    assert 1_000 < len(page.url) <= 2_000
    assert [words.strip() for _, words in named(page)] == [one.strip() for one in questions[-3:]]
    page.reload()
    expect(page.locator(".turn")).to_have_count(5)
    expect(page.locator(".waiting")).to_have_count(0)
    visit.ask("Кто такой Дин? " * 100)
    expect(page).to_have_url(seeds_address)
    page.reload()
    expect(page.locator(".turn")).to_have_count(6)
    assert kept(page) == [6]
