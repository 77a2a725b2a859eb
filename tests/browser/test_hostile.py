"""Articles and questions that attack the page: nothing runs, nothing is fetched or lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.attacks import ATTACKS
from tests.browser.conftest import WIDE, Visit

# As many windows as this share the attacks out; each attack has the window for itself in turn.
_WINDOWS = 6
in_turn = pytest.mark.parametrize("window", range(_WINDOWS))


def attacks(window: int) -> list[tuple[int, str]]:
    """Return the attacks of one window, with their numbers."""
    return [*enumerate(ATTACKS)][window::_WINDOWS]


def anew(page: Page) -> None:
    """Begin a conversation without turns."""
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)


@in_turn
def test_a_hostile_article_is_only_text(visit: Visit, hostile_address: str, window: int) -> None:
    """The card and the mark hold the article's words, and the page is still the page."""
    page = visit.open(hostile_address)
    for place, attack in attacks(window):
        visit.ask(f"What did the zeppelin Zx{place} carry?")
        card = page.locator(f'article.card[data-article^="z{place} "]').first
        expect(card).to_be_visible()
        words = str(card.locator(".words").text_content())
        whole = f"The zeppelin Zx{place} carried {attack} over the harbour of Genoa."
        assert words in whole.replace("\0", "\ufffd")
        card.locator("blockquote").hover()
        card.locator(".open").click()
        page.wait_for_function(
            "words => [...document.querySelectorAll('mark')].map(m => m.textContent).join('') "
            "=== words",
            arg=words,
        )
        _is_unharmed(visit)
        page.keyboard.press("Escape")
        anew(page)


@in_turn
def test_a_hostile_file_name_is_only_text(visit: Visit, hostile_address: str, window: int) -> None:
    """On the card, in the pane and in the list of articles."""
    page = visit.open(hostile_address)
    for place, _ in attacks(window):
        visit.ask(f"Which balloon Bx{place} flew over Pisa?")
        path = page.locator(f'article.card[data-article^="b{place} "] .path').first
        expect(path).to_contain_text(re.compile(rf"^b{place} "))
        _is_unharmed(visit)
        anew(page)


@in_turn
def test_a_hostile_question_is_only_text(visit: Visit, hostile_address: str, window: int) -> None:
    """What was asked is shown as it was typed; in the history too."""
    page = visit.open(hostile_address)
    box = page.get_by_role("textbox", name="Your question")
    for _, attack in attacks(window):
        # A box drops what cannot be typed into it.
        box.fill(attack)
        typed = box.input_value()
        visit.ask(attack)
        # A long one is folded, and stands whole where it unfolds.
        asked = page.locator(".message.user").locator(".whole" if len(typed) > 400 else ".asked")
        assert asked.text_content() == typed.replace("\0", "\ufffd")
        page.locator("article.card .link").first.click()
        _is_unharmed(visit)
        anew(page)
    page.get_by_role("button", name="History").click()
    expect(page.locator("dialog .conversation").first).to_be_visible()
    _is_unharmed(visit)


def test_a_hostile_corpus_is_only_a_list(visit: Visit, hostile_address: str) -> None:
    """Sorted by each heading, page by page; and in the filter bar."""
    page = visit.open(hostile_address)
    page.locator(".filters select").first.wait_for()
    _is_unharmed(visit)
    page.get_by_role("button", name="Articles").click()
    for heading in ("Article", "Publisher", "Date"):
        page.get_by_role("button", name=heading, exact=True).click()
        for number in (1, 2, 3):
            expect(page.locator(".found")).to_contain_text(f", page {number} of ")
            _is_unharmed(visit)
            page.get_by_role("button", name="Next", exact=True).click()
    for place in range(page.locator(".shares button").count()):
        page.locator(".shares button").nth(place).click()
        expect(page.locator(".shares button").nth(place)).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".narrowed .chip")).to_have_count(1)
        _is_unharmed(visit)
    page.locator(".listing input[name=text]").fill(ATTACKS[0])
    expect(page.locator(".narrowed .chip")).to_have_count(2)
    _is_unharmed(visit)


@pytest.mark.parametrize(
    "fragment",
    [
        "#q=%3Cscript%3Ewindow.owned%3D%27owned%27%3C%2Fscript%3E",
        "#q=x&quote=%22%5D%3Cimg%20src%3Dx%20onerror%3Dwindow.owned%3D1%3E",
        "#q=x&publisher=%3Csvg%20onload%3Dwindow.owned%3D1%3E&without=%3Cb%3E",
        "#q=x&after=never",
        "#q=" + "x" * 5000,
        "#" + "q=x&" * 200,
    ],
)
def test_a_hostile_link_only_asks(visit: Visit, hostile_address: str, fragment: str) -> None:
    """Whatever stands behind the #, it is asked as words or refused in one line."""
    page = visit.page
    page.goto(f"{hostile_address}{fragment}")
    page.locator(".message.bot:not(.waiting)").first.wait_for()
    _is_unharmed(visit)


def _is_unharmed(visit: Visit) -> None:
    page = visit.page
    assert page.evaluate("window.owned === undefined")
    assert page.title().endswith("Quotidian")
    assert not visit.errors
    assert visit.hosts() == {"127.0.0.1"}
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE["width"]
    parts = "#desk :is(script, iframe, img, form[action], base, object, embed, link, style)"
    assert page.locator(parts).count() == 0
    assert page.locator("#desk :is([onerror], [onload], [onclick], [onfocus])").count() == 0
    for link in page.locator("#desk a[href]").all():
        assert str(link.get_attribute("href")).startswith("http")
