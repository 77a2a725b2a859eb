"""The corpus tab: listed, narrowed, read, added to, rebuilt, stopped and checked."""

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit


def articles(visit: Visit, address: str) -> Page:
    """Return the page at its list of articles."""
    page = visit.open(address)
    page.get_by_role("button", name="Articles").click()
    expect(page.locator(".listing tbody tr").first).to_be_visible()
    return page


def test_the_list_is_sorted_narrowed_and_turned(visit: Visit, news_address: str) -> None:
    """By its headings, its fields and its pages; what is typed stays where it is."""
    page = articles(visit, news_address)
    rows = page.locator(".listing tbody tr")
    expect(rows).to_have_count(50)
    expect(page.locator(".pages")).to_contain_text("1 to 50 of 62")
    page.get_by_role("button", name="Later").click()
    expect(page.locator(".pages")).to_contain_text("51 to 62 of 62")
    page.get_by_role("button", name="Date").click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Date")
    expect(rows.first).to_contain_text("January 2021")
    expect(page.get_by_role("button", name="Date")).to_be_focused()
    page.get_by_role("button", name="Date").click()
    expect(rows.first).to_contain_text("2024")
    field = page.locator(".listing input[name=text]")
    field.press_sequentially("sorne bay", delay=60)
    expect(rows).to_have_count(1)
    expect(field).to_be_focused()
    expect(field).to_have_value("sorne bay")
    field.fill("")
    page.locator(".listing select[name=state]").select_option("failed")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("line 61 is not JSON")


def test_an_article_is_read_from_the_list(visit: Visit, news_address: str) -> None:
    """It opens beside the list from its beginning, and the focus comes back."""
    page = articles(visit, news_address)
    words = "Vey report 3"
    title = page.get_by_role("button", name=words)
    title.click()
    expect(page.get_by_role("region", name=words)).to_be_visible()
    expect(page.locator("mark")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    expect(title).to_be_focused()


def test_the_figures_show_every_article(visit: Visit, news_address: str) -> None:
    """Bars by month and by publisher add up to what the list holds."""
    page = articles(visit, news_address)
    expect(page.locator(".figures")).to_contain_text("61 articles")
    counts = page.locator("svg.plot title").all_text_contents()
    assert sum(int(title.split(": ")[1].split()[0]) for title in counts) == 60
    shares = page.locator(".shares li .number").all_text_contents()
    assert [*map(int, shares)] == [20, 20, 20]


def test_a_file_is_added_and_answers_after_a_rebuild(
    visit: Visit, phone: Visit, news_address: str, tmp_path: Path
) -> None:
    """While others ask undisturbed; the index is sound before and after."""
    page = articles(visit, news_address)
    upload = tmp_path / "chart.txt"
    upload.write_text("The museum in Lunde found a chart from 1742 in its cellar.\n")
    page.locator(".works input[type=file]").set_input_files(upload)
    expect(page.locator(".works .done")).to_contain_text("Added 1 ")
    assert (tmp_path / "corpus" / "chart.txt").read_text() == upload.read_text()

    page.get_by_role("button", name="Rebuild").click()
    expect(page.locator("[data-running]")).to_be_visible()
    phone.open(news_address)
    phone.ask("Which Vey ferry was cancelled on day 3?")
    expect(phone.page.locator("article.card.quote").first).to_be_visible()
    expect(page.locator(".works .done")).to_contain_text("Rebuilt: 62 articles", timeout=120_000)
    expect(page.locator(".figures")).to_contain_text("62 articles")
    phone.ask("What did the museum in Lunde find in its cellar?")
    expect(phone.page.locator(".turn").last).to_contain_text("a chart from 1742")
    page.get_by_role("button", name="Check the index").click()
    expect(page.locator(".works .done")).to_have_text("The index is sound.", timeout=120_000)
    assert not visit.errors


def test_a_rebuild_shows_how_far_it_is_and_can_be_stopped(
    visit: Visit, news_address: str, tmp_path: Path
) -> None:
    """The bar is the build's own count; what was there goes on answering."""
    rows = ({"id": str(n), "text": f"Report {n} of the harbour at dusk. " * 60} for n in range(300))
    more = tmp_path / "corpus" / "more.jsonl"
    more.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    page = articles(visit, news_address)
    page.get_by_role("button", name="Rebuild").click()
    bar = page.locator("progress[max]")
    expect(bar).to_be_visible(timeout=120_000)
    expect(page.locator(".progress label")).to_contain_text("Encoding the passages", timeout=60_000)
    page.get_by_role("button", name="Stop rebuilding").click()
    expect(page.locator(".works .done")).to_have_text("Stopped. The articles answer as before.")
    expect(page.locator(".figures")).to_contain_text("61 articles")
