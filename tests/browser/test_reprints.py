"""A quote says who printed its words too, by whom they were first, and in which versions."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from retriever import build
from tests.browser.conftest import OUTPUT, Visit, serve_index
from tests.building import write_articles
from tests.text import news_cases as news

QUESTION = "Which company that runs the terminal did not answer questions?"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the page over a report of an agency in two versions, two reprints, and other news."""
    folder = tmp_path_factory.mktemp("reprints")
    wire = {"publisher": "Nordwire", "title": "Crane closes port", "published": "2022-11-03"}
    told = [
        {"id": "daily", "text": news.CRANE_STYLED, "publisher": "The Daily", "title": "Port shut",
         "published": "2022-11-04"},
        {"id": "wire", "text": news.CRANE, **wire},
        {"id": "wire-2", "text": news.CRANE_REVISED, "updated": "2022-11-05", **wire},
        {"id": "noted", "text": news.CRANE_PREFACED, "publisher": "Lund News", "title": "Bread"},
        {"id": "ferry", "text": news.FERRY, **wire, "title": "Crews vote"},
        {"id": "markets", "text": news.MONDAY, **wire, "title": "Shares rise"},
    ]  # fmt: skip
    write_articles(folder / "corpus" / "a.jsonl", told)
    build(folder / "corpus", index=folder / "index")
    yield from serve_index(folder / "index")


def _card(visit: Visit, address: str) -> Locator:
    visit.open(address)
    visit.ask(QUESTION)
    return visit.page.locator(".card").first


def test_reprints_and_versions_fold_out_below_the_quote(visit: Visit, address: str) -> None:
    card = _card(visit, address)
    assert card.get_attribute("data-article") == "wire-2"
    also = card.locator("details.also").first
    expect(also.locator("summary")).to_have_text("Also in 2 other articles")
    expect(also.locator("ul")).to_be_hidden()
    also.locator("summary").focus()
    visit.page.keyboard.press("Enter")
    expect(also).to_contain_text("First published by Nordwire, 3 November 2022")
    expect(also.locator("li")).to_contain_text(["Port shut", "Bread"])
    expect(also.locator("li").first).to_contain_text("The Daily, 4 November 2022")
    versions = card.locator("details.versions")
    versions.locator("summary").click()
    expect(versions.locator("li")).to_have_text(
        "An earlier version, 3 November 2022, has these words too"
    )
    found = Axe().run(visit.page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []
    OUTPUT.mkdir(exist_ok=True)
    visit.page.screenshot(path=OUTPUT / "reprints.png")
    also.locator("li button").first.click()
    expect(visit.page.locator("#reader")).to_contain_text("Port shut")
    assert visit.errors == []
    assert visit.hosts() == {"127.0.0.1"}


def test_on_a_phone_the_list_stays_within_the_page(phone: Visit, address: str) -> None:
    card = _card(phone, address)
    for summary in card.locator("details.also summary").all():
        summary.click()
    expect(card.locator("details.also li").first).to_be_visible()
    wide = phone.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    OUTPUT.mkdir(exist_ok=True)
    phone.page.screenshot(path=OUTPUT / "reprints-phone.png")
