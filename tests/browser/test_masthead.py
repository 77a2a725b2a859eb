"""The head of the page: every view is in sight, however narrow the window."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Served, Visit

# Windows: what is left of 1440 by 900 at 200 %, a phone, and smaller ones.
WIDTHS = (1200, 1000, 720, 640, 390, 360, 320)
LONG = "How far did the ferry go on the day that the captain fell ill? " * 30


def height(part: Locator) -> float:
    box = part.bounding_box()
    assert box
    return box["height"]


def sticks_out(page: Page) -> list[str]:
    """Return the names of what stands in the head and cannot be seen or reached whole."""
    found: list[str] = page.locator("#masthead :is(nav button, .tools > *)").evaluate_all(
        """parts => parts.filter(part => {
             const { left, right, top, bottom } = part.getBoundingClientRect();
             const nav = part.closest("nav")?.getBoundingClientRect();
             const head = document.querySelector("#masthead").getBoundingClientRect();
             return left < (nav?.left ?? 0) - 3 || right > (nav?.right ?? innerWidth) + 3 ||
               right > innerWidth || top < head.top || bottom > head.bottom || bottom - top > 40;
           }).map(part => part.textContent)"""
    )
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_every_view_is_in_sight(visit: Visit, seeds_address: str, width: int) -> None:
    """With pins counted, on one line, and the tools beside each other."""
    visit.page.set_viewport_size({"width": width, "height": 600})
    page = visit.open(seeds_address)
    # Beside the count, which the script of the pins sets anew whenever something is drawn.
    page.locator("#masthead .pinned-count").evaluate("count => count.after(' 12')")
    assert sticks_out(page) == []
    tops = page.locator("#masthead nav button").evaluate_all(
        "buttons => buttons.map(button => button.getBoundingClientRect().top)"
    )
    assert len(set(tops)) == 1
    expect(page.get_by_role("button", name="New conversation")).to_be_visible()


def test_signing_out_has_its_place_on_a_phone(phone: Visit, guarded: Served) -> None:
    page = phone.page
    page.goto(guarded.address)
    page.get_by_label("User").fill("bob")
    page.get_by_label("Password").fill("two")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("textbox", name="Your question").wait_for()
    assert sticks_out(page) == []


def test_long_words_stay_short_where_they_are_repeated(phone: Visit, news_address: str) -> None:
    """A question in the history, and words that the list is narrowed by."""
    page = phone.open(news_address)
    phone.ask(LONG)
    page.get_by_role("button", name="History").click()
    row = page.locator("dialog .conversation")
    assert height(row) < 130
    expect(row).to_contain_text("captain fell ill")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Articles").click()
    page.locator(".listing input[name=text]").fill("ferry" * 80)
    chip = page.locator(".narrowed .chip")
    expect(chip).to_be_visible()
    assert height(chip) < 80


def test_the_bars_of_the_mentions_stand_beside_their_publishers(
    visit: Visit, news_address: str
) -> None:
    """On one line each, in the order name, bar, number."""
    page = visit.open(news_address)
    page.get_by_role("button", name="Mentions").click()
    page.get_by_role("searchbox", name="Words to look for").fill("ferry")
    page.keyboard.press("Enter")
    rows = page.locator("#mentions .shares li")
    expect(rows).to_have_count(3)
    for row in rows.all():
        places = row.locator("bdi, .share, .number").evaluate_all(
            "parts => parts.map(part => part.getBoundingClientRect().toJSON())"
        )
        name, bar, number = places
        assert name["left"] < bar["left"] < bar["right"] <= number["left"]
        assert bar["height"] < 14
        assert max(place["bottom"] for place in places) - min(p["top"] for p in places) < 32
