"""The corpus tab: listed, narrowed, read, added to, rebuilt, stopped and checked."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.test_looks import grave


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
    found = page.locator(".found")
    expect(rows).to_have_count(50)
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Date")
    expect(rows.first).to_contain_text("December 2024")
    expect(rows.first).to_contain_text("0.1 kB")
    expect(found).to_have_text("62 in the list, page 1 of 2")
    page.get_by_role("button", name="Next").click()
    expect(found).to_have_text("62 in the list, page 2 of 2")
    expect(rows).to_have_count(12)
    expect(rows.last).to_contain_text("line 61 is not JSON")
    page.get_by_role("button", name="Date").click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Date")
    expect(rows.first).to_contain_text("January 2021")
    expect(page.get_by_role("button", name="Date")).to_be_focused()
    expect(page.locator(".listing .rows")).not_to_contain_text("indexed")
    field = page.locator(".listing input[name=text]")
    field.press_sequentially("sorne bay", delay=60)
    expect(rows).to_have_count(1)
    expect(field).to_be_focused()
    expect(field).to_have_value("sorne bay")
    field.fill("")
    page.locator(".listing select[name=state]").select_option("failed")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("line 61 is not JSON")


def test_words_of_the_texts_are_found_too(visit: Visit, news_address: str) -> None:
    """In any form, counted exactly; what was typed is a chip that can be taken back."""
    page = articles(visit, news_address)
    page.locator(".listing input[name=text]").fill("lighthouses")
    expect(page.locator(".found")).to_have_text("1 of 62 in the list, 1 by words in the text alone")
    expect(page.locator(".listing tbody tr")).to_contain_text("old.txt")
    page.get_by_role("button", name="Without “lighthouses”").click()
    expect(page.locator(".found")).to_have_text("62 in the list, page 1 of 2")
    expect(page.locator(".narrowed")).to_have_count(0)
    expect(page.locator(".listing input[name=text]")).to_be_focused()


def test_pages_are_turned_by_keys_and_by_number(visit: Visit, news_address: str) -> None:
    """The focus stays on what was pressed, also where it can go no further."""
    page = articles(visit, news_address)
    found = page.locator(".found")
    page.get_by_role("button", name="Next").press("Enter")
    expect(found).to_contain_text("page 2 of 2")
    expect(page.get_by_role("button", name="Next")).to_be_focused()
    expect(page.get_by_role("button", name="Next")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("PageUp")
    expect(found).to_contain_text("page 1 of 2")
    page.keyboard.press("End")
    expect(found).to_contain_text("page 2 of 2")
    page.keyboard.press("Home")
    expect(found).to_contain_text("page 1 of 2")
    number = page.get_by_role("spinbutton", name="Page")
    number.fill("7")
    number.press("Enter")
    expect(found).to_contain_text("page 2 of 2")
    expect(number).to_have_value("2")


def test_the_plots_narrow_the_list(visit: Visit, news_address: str) -> None:
    """A bar, a stretch of bars by dragging and by keys, and a publisher; again takes it back."""
    page = articles(visit, news_address)
    bars = page.locator(".plot button")
    expect(bars).to_have_count(48)
    found, chips = page.locator(".found"), page.locator(".narrowed .chip bdi")
    bars.nth(0).click()
    expect(chips).to_have_text(["January 2021"])
    counted = int(str(bars.nth(0).get_attribute("aria-label")).split(": ")[1].split()[0])
    expect(found).to_have_text(f"{counted} of 62 in the list")
    expect(bars.nth(0)).to_have_attribute("aria-pressed", "true")
    bars.nth(11).click(modifiers=["Shift"])
    expect(chips).to_have_text(["2021"])
    page.locator(".shares button").first.click()
    expect(chips).to_have_count(2)
    expect(page.locator(".shares button").first).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Show all").click()
    expect(found).to_contain_text("62 in the list")
    expect(page.locator(".plot [aria-pressed=true]")).to_have_count(0)

    bars.nth(12).hover()
    page.mouse.down()
    bars.nth(23).hover()
    page.mouse.up()
    expect(chips).to_have_text(["2022"])
    expect(page.locator(".plot [aria-pressed=true]")).to_have_count(12)

    bars.nth(20).focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(bars.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(chips).to_have_text(["February 2021"])
    expect(bars.nth(1)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+Enter")
    expect(chips).to_have_text(["1 February 2021 to 31 March 2021"])
    page.keyboard.press("Tab")
    expect(page.locator(".shares button").first).to_be_focused()


def test_the_list_is_as_it_was_after_a_way_back_and_a_reload(
    visit: Visit, news_address: str
) -> None:
    """What was searched, the order and the page."""
    page = articles(visit, news_address)
    page.get_by_role("button", name="Article", exact=True).click()
    page.locator(".listing input[name=text]").fill("ferry")
    expect(page.locator(".found")).to_contain_text("60 of 62 in the list")
    page.get_by_role("button", name="Last").click()
    expect(page.locator(".found")).to_contain_text("page 2 of 2")
    first = page.locator(".listing tbody tr").first.inner_text()

    def is_as_it_was() -> None:
        expect(page.locator(".found")).to_contain_text("page 2 of 2")
        expect(page.locator(".narrowed .chip")).to_have_text(re.compile("ferry"))
        assert page.locator(".listing tbody tr").first.inner_text() == first

    page.get_by_role("button", name="Ask", exact=True).first.click()
    page.go_back()
    is_as_it_was()
    page.reload()
    expect(page.locator(".listing tbody tr").first).to_be_visible()
    is_as_it_was()
    assert not visit.errors


def test_the_list_is_used_on_a_phone_and_enlarged(
    phone: Visit, visit: Visit, news_address: str
) -> None:
    """Rows are tapped as wholes, nothing sticks out, and axe has nothing against it."""
    page = articles(phone, news_address)
    page.locator(".plot button").first.click()
    expect(page.locator(".narrowed .chip")).to_have_text(re.compile("January 2021"))
    assert not grave(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator(".listing tbody td").last.click()
    expect(page.locator("#reader")).to_be_visible()
    page.keyboard.press("Escape")

    page = articles(visit, news_address)
    page.set_viewport_size({"width": 720, "height": 450})  # as 1440 × 900 at 200 %
    page.locator(".shares button").first.click()
    expect(page.locator(".narrowed .chip")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 720
    assert not grave(page)


def test_an_article_is_read_from_the_list(visit: Visit, news_address: str) -> None:
    """It opens beside the list from its beginning, and the focus comes back."""
    page = articles(visit, news_address)
    words = "Vey report 3"
    title = page.get_by_role("button", name=words)
    page.locator(".listing tr", has=title).locator("td").nth(2).click()
    expect(page.get_by_role("region", name=words)).to_be_visible()
    expect(page.locator("mark")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    expect(title).to_be_focused()


def test_the_figures_show_every_article(visit: Visit, news_address: str) -> None:
    """Bars by month and by publisher add up to what the list holds."""
    page = articles(visit, news_address)
    expect(page.locator(".figures")).to_contain_text("61 articles")
    bars = page.locator(".plot button").all()
    counts = [str(bar.get_attribute("aria-label")).split(": ")[1].split()[0] for bar in bars]
    assert sum(map(int, counts)) == 60
    shares = page.locator(".shares li .number").all_text_contents()
    assert shares == ["20 articles"] * 3


def test_a_file_is_added_and_answers_after_a_rebuild(
    visit: Visit, phone: Visit, changing_news_address: str, tmp_path: Path
) -> None:
    """While others ask undisturbed; the index is sound before and after."""
    page = articles(visit, changing_news_address)
    upload = tmp_path / "chart.txt"
    upload.write_text("The museum in Lunde found a chart from 1742 in its cellar.\n")
    page.locator(".works input[type=file]").set_input_files(upload)
    expect(page.locator(".works .done")).to_contain_text("Added 1 ")
    assert (tmp_path / "corpus" / "chart.txt").read_text() == upload.read_text()

    page.get_by_role("button", name="Rebuild").click()
    expect(page.locator("[data-running]")).to_be_visible()
    phone.open(changing_news_address)
    phone.ask("Which Vey ferry was cancelled on day 3?")
    expect(phone.page.locator("article.card.quote").first).to_be_visible()
    expect(page.locator(".works .done")).to_contain_text("Rebuilt: 62 articles", timeout=120_000)
    expect(page.locator(".figures")).to_contain_text("62 articles")
    phone.ask("What did the museum in Lunde find in its cellar?")
    expect(phone.page.locator(".turn").last).to_contain_text("a chart from 1742")
    page.get_by_role("button", name="Check the index").click()
    expect(page.locator(".works .done")).to_have_text("The index is sound.", timeout=120_000)
    assert not visit.errors


def test_a_file_that_cannot_be_read_is_refused_before_it_is_sent(
    visit: Visit, changing_news_address: str, tmp_path: Path
) -> None:
    """By its name alone; what was chosen beside it is added."""
    page = articles(visit, changing_news_address)
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    (tmp_path / "chart.txt").write_text("A chart from 1742.\n")
    field = page.locator(".works input[type=file]")
    before = len(visit.requests)
    field.set_input_files(tmp_path / "photo.png")
    expect(page.locator(".said")).to_contain_text("Not added, of no kind that is read: photo.png")
    assert not [url for url in visit.requests[before:] if "upload" in url]
    field.set_input_files([tmp_path / "photo.png", tmp_path / "chart.txt"])
    expect(page.locator(".works .done")).to_contain_text("Added 1 ")
    assert len([url for url in visit.requests[before:] if "upload" in url]) == 1
    assert not (tmp_path / "corpus" / "photo.png").exists()


def test_a_rebuild_shows_how_far_it_is_and_can_be_stopped(
    visit: Visit, changing_news_address: str, tmp_path: Path
) -> None:
    """The bar is the build's own count; what was there goes on answering."""
    rows = ({"id": str(n), "text": f"Report {n} of the harbour at dusk. " * 60} for n in range(300))
    more = tmp_path / "corpus" / "more.jsonl"
    more.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    page = articles(visit, changing_news_address)
    page.get_by_role("button", name="Rebuild").press("Enter")
    bar = page.locator("progress[max]")
    expect(bar).to_be_visible(timeout=120_000)
    expect(page.locator(".progress label")).to_contain_text("Encoding the passages", timeout=60_000)
    stop = page.get_by_role("button", name="Stop rebuilding")
    expect(stop).to_be_focused()  # drawn anew at each step
    page.keyboard.press("Enter")
    expect(page.locator(".works .done")).to_have_text("Stopped. The articles answer as before.")
    expect(page.get_by_role("button", name="Rebuild", exact=True)).to_be_focused()
    expect(page.locator(".figures")).to_contain_text("61 articles")
