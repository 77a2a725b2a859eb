"""Articles and questions that attack the page: nothing runs, nothing is fetched or lost."""

import pytest
from playwright.sync_api import expect

from tests.attacks import ATTACKS
from tests.browser.conftest import WIDE, Visit


@pytest.mark.parametrize("place", range(len(ATTACKS)))
def test_a_hostile_article_is_only_text(visit: Visit, hostile_address: str, place: int) -> None:
    """The card and the mark hold the article's words, and the page is still the page."""
    attack = ATTACKS[place]
    page = visit.open(hostile_address)
    visit.ask(f"What did the zeppelin number {place} carry over the harbour of Genoa?")
    cards = page.locator("article.card")
    expect(cards.first).to_be_visible()
    card = page.locator(f'article.card[data-article^="{place} "]').first
    expect(card).to_be_visible()
    words = str(card.locator(".words").text_content())
    assert (
        words
        in f"The zeppelin number {place} carried {attack} over the harbour of Genoa.".replace(
            "\0", "\ufffd"
        )
    )
    card.locator("blockquote").hover()
    card.locator(".open").click()
    expect(page.locator("mark").first).to_be_visible()
    assert "".join(page.locator("mark").all_text_contents()) == words
    _is_unharmed(visit)


@pytest.mark.parametrize("place", range(len(ATTACKS)))
def test_a_hostile_question_is_only_text(visit: Visit, hostile_address: str, place: int) -> None:
    """What was asked is shown as it was typed."""
    attack = ATTACKS[place].replace("\0", "").replace("\x1b", "").replace("\x7f", "")
    page = visit.open(hostile_address)
    visit.ask(attack)
    assert page.locator(".message.user .asked").text_content() == attack
    _is_unharmed(visit)


def _is_unharmed(visit: Visit) -> None:
    assert visit.page.title() == "Quotidian"
    assert not visit.errors
    assert visit.hosts() == {"127.0.0.1"}
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= WIDE["width"]
    assert visit.page.locator("#desk :is(script, iframe, img, form, base, [onerror])").count() == 0
    assert visit.page.locator("#desk a[href^='javascript']").count() == 0
