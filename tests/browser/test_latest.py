"""What is wanted during a reply, wanted once more, or got no reply: each is heard and told."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from retriever import build
from tests.browser.conftest import Visit

# Milliseconds that a reply takes here: long enough for a second wish before the first is answered.
SLOWLY = 1_200
RUN = "**/gradio_api/run/**"
QUESTION = "Who did Andrey Rudenko meet in Beijing?"


def slow(page: Page) -> None:
    """Let each reply to what is not a question come late."""

    def later(route: Route) -> None:
        page.wait_for_timeout(SLOWLY)
        route.continue_()

    page.route(RUN, later)


def view(page: Page, name: str) -> None:
    page.get_by_role("navigation").get_by_role("button", name=name, exact=True).click()


def test_the_list_shows_what_was_typed_last(visit: Visit, news_address: str) -> None:
    page = visit.open(news_address)
    view(page, "Articles")
    rows = page.locator(".listing tbody tr")
    expect(rows).to_have_count(50)
    slow(page)
    field = page.locator(".listing input[name=text]")
    with page.expect_request(RUN):
        field.fill("sorne")
    field.fill("sorne bay")
    page.wait_for_timeout(3 * SLOWLY)
    expect(page.locator(".narrowed .chip bdi")).to_have_text(["“sorne bay”"])
    expect(rows).to_have_count(1)
    expect(field).to_have_value("sorne bay")


def test_figures_and_list_are_both_there_after_a_quick_look(
    visit: Visit, news_address: str
) -> None:
    """The view is opened while its list is asked for already."""
    page = visit.open(news_address)
    slow(page)
    view(page, "Articles")
    view(page, "Ask")
    view(page, "Articles")
    expect(page.locator(".listing tbody tr")).to_have_count(50)
    expect(page.locator(".figures")).to_contain_text("61 articles")


def test_what_was_counted_last_is_shown(visit: Visit, news_address: str) -> None:
    page = visit.open(news_address)
    slow(page)
    view(page, "Mentions")
    field = page.get_by_role("searchbox", name="Words to look for")
    field.fill("ferry")
    with page.expect_request(RUN):
        field.press("Enter")
    field.fill("lighthouse")
    field.press("Enter")
    page.wait_for_timeout(3 * SLOWLY)
    expect(page.locator("#mentions .counted")).to_contain_text("1 mention in 1 article")
    expect(field).to_have_value("lighthouse")


def test_a_draft_that_was_mended_during_its_check_is_checked(
    visit: Visit, seeds_address: str
) -> None:
    page = visit.open(seeds_address)
    slow(page)
    view(page, "Check")
    box = page.get_by_role("textbox", name="Your draft")
    check = page.get_by_role("button", name="Check the quotations")
    box.fill("“The price will be too high to pay,” he said.")
    with page.expect_request(RUN):
        check.click()
    box.fill("“The price will be too dear to pay,” he said.")
    check.click()
    page.wait_for_timeout(3 * SLOWLY)
    expect(page.locator(".told-first")).to_contain_text("1 exact")


def test_a_draft_is_checked_twice(visit: Visit, seeds_address: str) -> None:
    """What comes of it may be the same; the waiting ends all the same."""
    page = visit.open(seeds_address)
    view(page, "Check")
    page.get_by_role("textbox", name="Your draft").fill("“The price will be too dear to pay.”")
    for _ in range(2):
        with page.expect_response(RUN):
            page.get_by_role("button", name="Check the quotations").click()
        expect(page.locator(".told-first")).to_contain_text("1 exact")
        expect(page.locator("#draft-verdicts")).not_to_have_attribute("aria-busy", "true")
        expect(page.locator(".said")).to_have_text("")


def test_each_format_is_saved_whose_button_was_pressed(visit: Visit, seeds_address: str) -> None:
    """While another is on its way, and the same one once more."""
    page = visit.open(seeds_address)
    visit.ask(QUESTION)
    saved: list[str] = []
    page.on("download", lambda download: saved.append(download.suggested_filename))
    slow(page)
    for form in ("Markdown", "BibTeX", "BibTeX"):
        page.locator("#masthead summary", has_text="Save").click()
        with page.expect_request(RUN):
            page.locator("#masthead [data-export]", has_text=form).click()
    page.wait_for_timeout(4 * SLOWLY)
    assert sorted(saved) == ["quotidian.bib", "quotidian.bib", "quotidian.md"]


def test_a_table_is_saved_as_often_as_it_is_wanted(
    visit: Visit, seeds_address: str, tmp_path: Path
) -> None:
    page = visit.open(seeds_address)

    def saved_twice(button: Locator) -> None:
        for _ in range(2):
            with page.expect_download():
                button.click()

    view(page, "Mentions")
    page.get_by_role("searchbox", name="Words to look for").fill("Wagner")
    page.keyboard.press("Enter")
    saved_twice(page.get_by_role("button", name="Save all as CSV"))
    view(page, "Check")
    table = tmp_path / "list.csv"
    table.write_text(f"question\n{QUESTION}\n")
    page.locator("#question-list input[type=file]").set_input_files(table)
    saved_twice(page.get_by_role("button", name="Save as CSV"))


FAILED = "The server could not answer that. Try again."


@pytest.mark.parametrize("status", [429, 500])
def test_what_got_no_reply_is_said_and_can_be_done_again(
    visit: Visit, seeds_address: str, status: int
) -> None:
    """Nothing waits for ever: not a check, a button, a list, nor a file."""
    page = visit.open(seeds_address)
    view(page, "Articles")
    expect(page.locator(".listing tbody tr").first).to_be_visible()
    page.route(RUN, lambda route: route.fulfill(status=status, json={"detail": "no"}))
    said = page.locator(".said")
    work = page.get_by_role("button", name="Check the index")
    work.click()
    expect(said).to_have_text(FAILED)
    expect(work).to_be_enabled()
    view(page, "Check")
    page.get_by_role("textbox", name="Your draft").fill("“The price will be too dear to pay.”")
    check = page.get_by_role("button", name="Check the quotations")
    check.click()
    expect(said).to_have_text(FAILED)
    expect(page.locator("#draft-verdicts")).not_to_have_attribute("aria-busy", "true")
    view(page, "Mentions")
    expect(said).to_have_text("")
    page.get_by_role("searchbox", name="Words to look for").fill("Wagner")
    page.keyboard.press("Enter")
    expect(said).to_have_text(FAILED)
    page.unroute(RUN)
    page.keyboard.press("Enter")
    expect(page.locator("#mentions .counted")).to_contain_text("mentions")
    view(page, "Check")
    check.click()
    expect(page.locator(".told-first")).to_contain_text("1 exact")


def correct(folder: Path) -> None:
    """Change every article and build anew, while the page is open."""
    file = folder / "corpus" / "reports.jsonl"
    file.write_text(
        file.read_text().replace('"text": "', '"text": "Corrected since it was printed. ')
    )
    build(folder / "corpus", index=folder / "index")


def is_told_as_changed(page: Page) -> None:
    """Check that the open article says so, and that no other words are shown as the quote."""
    expect(page.locator("#source .changed")).to_contain_text("changed since it was quoted")
    expect(page.locator("#source .article-text")).to_contain_text("Corrected since")
    expect(page.locator("#source mark")).to_have_count(0)


def test_an_article_that_was_changed_since_has_nothing_marked(
    visit: Visit, changing_news_address: str, tmp_path: Path
) -> None:
    page = visit.open(changing_news_address)
    visit.ask("Which ferry was cancelled on day 7?")
    correct(tmp_path)
    page.locator("article.card.quote").first.click()
    is_told_as_changed(page)
    assert not visit.errors


def test_nor_has_it_where_it_is_opened_from_another_view(
    visit: Visit, changing_news_address: str, tmp_path: Path
) -> None:
    """A counted sentence, a quotation of a draft and a pinned quote."""
    page = visit.open(changing_news_address)
    visit.ask("Which ferry was cancelled on day 7?")
    card = page.locator("article.card.quote").first
    words = card.locator(".words").text_content()
    card.get_by_role("button", name="Pin", exact=True).click()
    openers = {
        "Mentions": page.locator("#mentions [data-open]").first,
        "Check": page.locator("#draft-verdicts button.tag").first,
        "Notebook": page.get_by_role("button", name="Read it in the article"),
    }
    view(page, "Mentions")
    page.get_by_role("searchbox", name="Words to look for").fill("ferry")
    page.keyboard.press("Enter")
    expect(openers["Mentions"]).to_be_visible()
    view(page, "Check")
    page.get_by_role("textbox", name="Your draft").fill(f"“{words}”")
    page.get_by_role("button", name="Check the quotations").click()
    expect(openers["Check"]).to_contain_text("exact")
    page.locator('#masthead [data-view="notebook"]').click()
    expect(openers["Notebook"]).to_be_visible()
    correct(tmp_path)
    for name in ("Notebook", "Mentions", "Check"):
        page.locator("#masthead nav button", has_text=name).click()
        openers[name].click()
        is_told_as_changed(page)
        page.keyboard.press("Escape")
        expect(page.locator("#reader")).to_be_hidden()
    assert not visit.errors
