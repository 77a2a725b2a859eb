"""The reader pane: from quote to quote, to notes and back, by mouse, keyboard and on a phone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OUTPUT, Visit
from tests.browser.test_looks import grave

QUESTION = "Who did Andrey Rudenko meet in Beijing?"
NOTED = "What did China's Foreign Ministry say about the armed uprising?"


def opened(visit: Visit, address: str, question: str = QUESTION) -> Page:
    """Return the page with the first quote open in its article."""
    page = visit.open(address)
    visit.ask(question)
    page.locator("article.card").first.click()
    expect(page.locator("mark").first).to_be_in_viewport()
    return page


def marked(page: Page) -> str:
    """Return the words that are marked."""
    return "".join(page.locator("mark").all_text_contents())


def test_the_quotes_of_an_answer_are_walked_in_the_pane(visit: Visit, seeds_address: str) -> None:
    """By its buttons and by keys; each quote is marked in its own article, and its card told."""
    page = opened(visit, seeds_address)
    words = page.locator("article.card .words").all_text_contents()
    assert len(words) > 1
    which, before = page.locator(".which"), page.get_by_role("button", name="Previous quote")
    expect(which).to_have_text(f"Quote 1 of {len(words)}")
    expect(before).to_be_disabled()
    after = page.get_by_role("button", name="Next quote")
    for step, number in (("click", 2), ("p", 1), ("n", 2), ("ArrowLeft", 1)):
        if step == "click":
            after.click()
        else:
            page.keyboard.press(step)
        expect(which).to_have_text(f"Quote {number} of {len(words)}")
        page.wait_for_function(
            "words => [...document.querySelectorAll('mark')].map(m => m.textContent).join('') "
            "=== words",
            arg=words[number - 1],
        )
        current = page.locator("article.card[aria-current]")
        expect(current).to_have_count(1)
        assert current.locator(".words").text_content() == words[number - 1]
        expect(page.locator("mark").first).to_be_in_viewport()


SEVERAL = NOTED


def tinted(page: Page) -> list[str]:
    """Return the answer's other quotes as they stand in the article that is open."""
    return [str(key) for key in page.locator(".quoted").evaluate_all(KEYS)]


KEYS = "tinted => [...new Set(tinted.map(({ dataset }) => dataset.quote))]"
HEADS = """() => {
  const { top, bottom } = document.querySelector("#reader").getBoundingClientRect();
  return [".running .name", ".running .whence"].map((part) => {
    const box = document.querySelector(part).getBoundingClientRect();
    return box.height > 0 && box.top >= top && box.bottom <= bottom;
  });
}"""


@pytest.mark.parametrize("size", [(1440, 900), (390, 844), (720, 450)], ids=str)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_title_and_source_stay_in_sight_and_every_quote_is_tinted(
    chromium: Browser, seeds_address: str, size: tuple[int, int], scheme: Any
) -> None:
    """Wide, on a phone, and at 200 %; what lies over the text takes little of it."""
    window: Any = {"width": size[0], "height": size[1]}
    context = chromium.new_context(viewport=window, color_scheme=scheme)
    context.set_default_timeout(60_000)
    page = opened(visit := Visit(context), seeds_address, SEVERAL)
    page.locator(".source-scroll").evaluate("pane => pane.scrollTo(0, pane.scrollHeight)")
    page.wait_for_function(f"({HEADS})().every(Boolean)")
    card = page.locator("article.card.quote").first
    name = str(card.locator(".headline").text_content())
    assert page.locator(".running .name").text_content() == name
    assert page.locator(".running .whence").text_content() == "undated"
    running = page.locator(".running").bounding_box()
    assert running is not None
    assert running["height"] <= 64
    page.locator(".source-scroll").evaluate("pane => pane.scrollTo(0, 0)")
    expect(page.locator(".running")).to_be_hidden()
    article = card.get_attribute("data-article")
    cards = page.locator("article.card.quote").evaluate_all(
        "cards => cards.map(({ dataset }) => [dataset.article, dataset.key])"
    )
    expected = {key for of, key in cards if of == article} - {card.get_attribute("data-key")}
    assert {*tinted(page)} == expected
    assert expected
    colours = page.evaluate(
        "[...document.querySelectorAll('.article-text :is(mark, .quoted, p)')]"
        ".map(part => part.localName + getComputedStyle(part).backgroundColor)"
    )
    assert len(set(colours)) == 3
    assert not grave(page)
    OUTPUT.mkdir(exist_ok=True)
    page.locator("mark").first.scroll_into_view_if_needed()
    page.screenshot(path=OUTPUT / f"reader-{size[0]}-{scheme}.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert not visit.errors
    context.close()


def test_a_tinted_quote_is_opened_by_a_click_and_reached_by_a_key(
    visit: Visit, seeds_address: str
) -> None:
    """The one that was opened before is tinted then."""
    page = opened(visit, seeds_address, SEVERAL)
    first = str(page.locator(".source").get_attribute("data-key"))
    (other, *_) = tinted(page)
    page.locator(".quoted").first.click()
    expect(page.locator(".source")).to_have_attribute("data-key", other)
    assert first in tinted(page)
    expect(page.locator("article.card[aria-current]")).to_have_attribute("data-key", other)
    page.keyboard.press("p")
    expect(page.locator(".source")).to_have_attribute("data-key", first)
    expect(page.locator("mark").first).to_be_in_viewport()


def test_of_quotes_opened_quickly_the_last_is_shown(visit: Visit, seeds_address: str) -> None:
    """While the first is still on its way; it is the one whose card is told, too."""
    page = opened(visit, seeds_address)
    cards = page.locator("article.card.quote")
    keys = cards.evaluate_all("cards => cards.map(({ dataset }) => dataset.key)")
    for order in ((1, 0), (0, 1), (1, 0, 1, 0)):
        page.evaluate(
            "order => order.forEach("
            "at => document.querySelectorAll('.card.quote .open')[at].click())",
            order,
        )
        expect(page.locator(".source")).to_have_attribute("data-key", keys[order[-1]])
        page.wait_for_load_state("networkidle")
        expect(page.locator(".source")).to_have_attribute("data-key", keys[order[-1]])
        current = page.locator("article.card[aria-current]")
        expect(current).to_have_attribute("data-key", keys[order[-1]])


def test_the_pane_follows_the_newest_answer_and_the_focus_stays(
    visit: Visit, seeds_address: str
) -> None:
    """Its first quote is opened; where it has none, the pane says from when its article is."""
    page = opened(visit, seeds_address)
    visit.ask("What did Prigozhyn do?")
    newest = page.locator(".turn").last.locator("article.card.quote").first
    key = str(newest.get_attribute("data-key"))
    expect(page.locator(".source")).to_have_attribute("data-key", key)
    expect(page.locator("mark").first).to_be_in_viewport()
    expect(newest).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("textbox", name="Your question")).to_be_focused()
    expect(page.locator(".which")).to_contain_text("Quote 1 of")
    earlier = page.locator(".earlier")
    expect(earlier).to_be_hidden()
    visit.ask("What is the population of Reykjavik?")
    expect(earlier).to_be_visible()
    expect(earlier).to_contain_text("The newest answer quotes no article.")
    expect(page.locator(".source")).to_have_attribute("data-key", key)
    expect(page.locator("article.card[aria-current]")).to_have_attribute("data-key", key)
    expect(page.get_by_role("textbox", name="Your question")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    expect(page.get_by_role("textbox", name="Your question")).to_be_focused()


def test_a_note_is_followed_to_its_source_and_back(visit: Visit, seeds_address: str) -> None:
    """The mark leads to the entry, the entry back to the mark, and the focus goes along."""
    page = opened(visit, seeds_address, NOTED)
    mark = page.locator("button.note-mark").first
    mark.click()
    entry = page.locator("p.entry").first
    expect(entry).to_be_focused()
    expect(entry).to_be_in_viewport()
    entry.get_by_role("button").click()
    expect(mark).to_be_focused()
    expect(mark).to_be_in_viewport()


def test_a_reprint_is_opened_and_the_quote_found_again(visit: Visit, news_address: str) -> None:
    """The other article opens from its beginning; one button leads back to the quote."""
    page = opened(visit, news_address, "Which Esk Bay ferry was cancelled on day 58?")
    title = page.locator(".source .title")
    first = str(title.text_content())
    page.locator(".elsewhere summary").click()
    page.locator(".elsewhere button").first.click()
    expect(title).not_to_have_text(first)
    expect(page.locator("mark")).to_have_count(0)
    page.get_by_role("button", name="Back to the quote").click()
    expect(title).to_have_text(first)
    expect(page.locator("mark").first).to_be_in_viewport()


def test_the_original_opens_at_the_quoted_words(visit: Visit, news_address: str) -> None:
    """The link carries a text fragment, which browsers mark and never send."""
    page = opened(visit, news_address, "Which Vey ferry was cancelled on day 3?")
    link = page.locator(".source a.origin")
    expect(link).to_have_attribute("href", re.compile(r"^https://news\.example/\d+#:~:text=The%20"))
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(link).to_have_attribute("target", "_blank")


def test_the_pane_tells_what_it_is_and_gives_the_focus_back(
    visit: Visit, seeds_address: str
) -> None:
    """It has a name; Escape closes it and puts the focus where it was."""
    page = opened(visit, seeds_address)
    expect(page.get_by_role("region", name=re.compile("article|Russia"))).to_be_visible()
    expect(page.get_by_role("group", name="Quotes of this answer")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    expect(page.locator("article.card").first).to_be_focused()


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_on_a_phone_the_focus_stays_in_the_pane(phone: Visit, seeds_address: str, key: str) -> None:
    """What lies under it is out of reach until it is closed."""
    page = opened(phone, seeds_address)
    for _ in range(25):
        page.keyboard.press(key)
        assert page.evaluate(
            "document.activeElement === document.body || "
            "Boolean(document.activeElement.closest('#reader'))"
        )
    page.get_by_role("button", name="Close the article").click()
    expect(page.locator("#reader")).to_be_hidden()
