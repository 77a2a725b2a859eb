"""The window around the page: back and forward, left and come back to, paper, a lost server."""

from io import BytesIO
from urllib.parse import quote_plus

import httpx
import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OUTPUT, Served, Visit
from webui.components import MOST_KEPT

QUESTION = "Who did Andrey Rudenko meet in Beijing?"
LOST = "The server does not answer."


def box(page: Page) -> str:
    """Return what stands in the question box."""
    return page.get_by_role("textbox", name="Your question").input_value()


def test_back_closes_what_was_opened_and_forward_opens_it_again(
    phone: Visit, seeds_address: str
) -> None:
    """The article first, then the list; on a phone there is no other way back that people try."""
    page = phone.open(seeds_address)
    phone.ask(QUESTION)
    reader, mark = page.locator("#reader"), page.locator("mark").first
    page.locator("article.card .open").first.click()
    expect(mark).to_be_in_viewport()
    page.go_back()
    expect(reader).to_be_hidden()
    page.go_forward()
    expect(mark).to_be_in_viewport()
    page.get_by_role("button", name="Close the article").click()
    page.get_by_role("button", name="Articles").click()
    page.locator(".listing [data-open]").first.click()
    expect(page.locator(".source .article-text")).to_be_visible()
    page.go_back()
    expect(reader).to_be_hidden()
    expect(page.locator(".listing")).to_be_visible()
    page.go_back()
    expect(page.locator(".turn")).to_be_visible()
    assert page.url == f"{seeds_address}#q={quote_plus(QUESTION)}"
    assert not phone.errors


def test_articles_closed_one_after_the_other_leave_one_step_back(
    visit: Visit, seeds_address: str
) -> None:
    """Nobody has to go back ten times to leave ten closed articles."""
    page = visit.open(seeds_address)
    visit.ask(QUESTION)
    before = page.evaluate("history.length")
    for card in page.locator("article.card").all():
        card.click()
        expect(page.locator("mark").first).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(page.locator("#reader")).to_be_hidden()
    assert page.evaluate("history.length") == before + 1


def test_a_reload_brings_back_what_was_open_and_half_written(
    visit: Visit, news_address: str
) -> None:
    """The conversation, the article with its mark, the filters, and the question in the box."""
    page = visit.open(news_address)
    page.locator("select[name=publisher]").select_option("Daily Meridian")
    visit.ask("Which ferry was cancelled?")
    page.get_by_role("textbox", name="Your question").fill("And who said")
    page.locator("article.card").first.click()
    expect(page.locator("mark").first).to_be_in_viewport()
    marked = page.locator("mark").all_text_contents()
    page.reload()
    expect(page.locator("mark").first).to_be_in_viewport()
    assert page.locator("mark").all_text_contents() == marked
    expect(page.locator("select[name=publisher]")).to_have_value("Daily Meridian")
    assert box(page) == "And who said"


def test_a_question_is_kept_before_it_is_answered(visit: Visit, seeds_address: str) -> None:
    """A page that is left amid an answer asks again when it is back."""
    page = visit.open(seeds_address)
    visit.ask(QUESTION)
    page.evaluate(
        """() => new MutationObserver((_, seen) => {
             if (!document.querySelector(".waiting")) return;
             seen.disconnect();
             location.reload();
           }).observe(document.body, { childList: true, subtree: true })"""
    )
    page.get_by_role("textbox", name="Your question").fill("Who is Ding?")
    page.keyboard.press("Enter")
    page.wait_for_event("load")
    expect(page.locator(".turn .asked")).to_have_text([QUESTION, "Who is Ding?"])
    expect(page.locator(".turn").last.locator("article.card.quote").first).to_be_visible()


def test_a_conversation_left_while_it_is_asked_again_loses_no_question(
    visit: Visit, seeds_address: str
) -> None:
    """What is kept is the whole, not what was answered so far; nothing else is opened over it."""
    page = visit.open(seeds_address)
    for _ in range(6):
        visit.ask("Who is Ding?")
    page.evaluate("""() => { sessionStorage.setItem("left", "0") }""")
    page.add_init_script(
        """new MutationObserver((_, seen) => {
             if (sessionStorage.getItem("left") !== "0" || !document.querySelector(".card")) return;
             sessionStorage.setItem("left", "1");
             seen.disconnect();
             location.reload();
           }).observe(document, { childList: true, subtree: true })"""
    )
    page.reload()
    page.wait_for_function("sessionStorage.getItem('left') === '1'")
    expect(page.locator(".turn")).to_have_count(6)
    expect(page.locator(".turn").last.locator("article.card.quote").first).to_be_visible()
    kept = page.evaluate("JSON.parse(localStorage.getItem('quotidian.conversations'))")
    assert [len(one["turns"]) for one in kept] == [6]


def test_a_dozen_tabs_of_one_browser_are_open_at_once(visit: Visit, seeds_address: str) -> None:
    """A browser opens six connections to a server; no tab may hold one of them."""
    pages = [visit.page, *(visit.context.new_page() for _ in range(11))]
    for visit.page in pages:
        visit.open(seeds_address)
    for visit.page in pages:
        visit.ask("Who is Ding?")
        expect(visit.page.locator("article.card.quote").first).to_be_visible()


def test_a_conversation_that_the_server_forgot_is_asked_again(
    visit: Visit, seeds_address: str
) -> None:
    """So many tabs were opened meanwhile that it went; the next question brings all of it back."""
    page = visit.open(seeds_address)
    visit.ask(QUESTION)
    visit.ask("Who is Ding?")
    with httpx.Client(base_url=seeds_address) as others:
        for number in range(MOST_KEPT):
            request = {"data": ["gone"], "session_hash": f"other{number}"}
            while others.post("gradio_api/run/article", json=request).status_code == 429:
                page.wait_for_timeout(200)
    visit.ask("What is the population of Reykjavik?")
    expect(page.locator(".turn")).to_have_count(3)
    expect(page.locator(".turn").last).to_contain_text("No answer to this question was found")
    kept = page.evaluate("JSON.parse(localStorage.getItem('quotidian.conversations'))")
    assert [len(one["turns"]) for one in kept] == [3]


def test_a_stopped_server_is_told_and_the_page_goes_on_when_it_is_back(
    visit: Visit, served: Served
) -> None:
    """What was asked, read and written is still there; nothing needs to be done."""
    page = visit.open(served.address)
    visit.ask(QUESTION)
    served.pause()
    page.get_by_role("textbox", name="Your question").fill("Who is Ding?")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "getComputedStyle(document.querySelector('#question'), '::after').visibility === 'visible'"
    )
    served.stop()
    expect(page.get_by_role("alert")).to_contain_text(LOST)
    expect(page.locator(".toast-wrap")).to_be_hidden()
    expect(page.locator("article.card.quote").first).to_be_visible()
    page.locator("article.card").first.click()
    expect(page.locator("#reader")).to_be_hidden()
    page.screenshot(path=OUTPUT / "server-lost.png")
    served.start()
    page.wait_for_event("load")
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.get_by_role("textbox", name="Your question")).to_have_value("Who is Ding?")
    visit.ask("Who is Ding?")
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_article_that_cannot_come_closes_again(visit: Visit, served: Served) -> None:
    """A click while the server is gone leaves no empty pane."""
    page = visit.open(served.address)
    visit.ask(QUESTION)
    served.stop()
    page.locator("article.card").first.click()
    expect(page.get_by_role("alert")).to_contain_text(LOST)
    expect(page.locator("#reader")).to_be_hidden()
    served.start()


def on_paper(page: Page) -> list[str]:
    """Return the text of each page as it would be printed."""
    document = pypdfium2.PdfDocument(BytesIO(page.pdf()))
    return [page.get_textpage().get_text_bounded() for page in document]


def test_a_conversation_is_printed_whole(visit: Visit, seeds_address: str) -> None:
    """Every question and quote with its source, over pages; nothing that is there to be pressed."""
    page = visit.open(seeds_address)
    for question in (QUESTION, "Who is Ding?", "What is the population of Reykjavik?"):
        visit.ask(question)
    printed = on_paper(page)
    assert len(printed) > 1
    told = " ".join(" ".join(printed).split())
    for words in page.locator(".asked, .headline, .path, .lead").all_text_contents():
        assert " ".join(words.split()) in told
    for words in page.locator(".words").all_text_contents():
        # The mark of a note is raised, and so a text apart on paper.
        last, _, note = words.split()[-1].partition("[")
        assert last in told
        assert note in told
    for word in ("Read it in the article", "New conversation", "Copy", "History"):
        assert word not in told
    page.locator("article.card").first.click()
    expect(page.locator("mark").first).to_be_in_viewport()
    article = " ".join(page.locator(".article-text").inner_text().split())
    pages = on_paper(page)
    assert len(pages) > 1
    assert article[-40:] in " ".join(" ".join(pages).split())
    assert QUESTION not in " ".join(pages)


@pytest.mark.parametrize("size", [(320, 256), (320, 640), (720, 450)], ids=str)
def test_a_page_at_four_times_zoom_scrolls_one_way_only(
    visit: Visit, seeds_address: str, size: tuple[int, int]
) -> None:
    """As WCAG 1.4.10 has it: 320 by 256 is a window of 1280 by 1024 at 400 %."""
    page = visit.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit.open(seeds_address)
    visit.ask(QUESTION)
    words = page.locator("article.card .words").first
    words.scroll_into_view_if_needed()
    expect(words).to_be_in_viewport(ratio=0.3)
    page.screenshot(path=OUTPUT / f"zoomed-{size[0]}x{size[1]}.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.locator("article.card .open").first.click()
    expect(page.locator("mark").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.get_by_role("button", name="Close the article").click()
    page.get_by_role("button", name="Articles").click()
    expect(page.locator(".listing tbody tr").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
