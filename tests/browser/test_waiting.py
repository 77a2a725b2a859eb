"""No waiting without an end: what asks, what does not, and what comes of a question that fails."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from retriever import Answer, Index
from tests.browser.conftest import Served, Visit
from tests.webui.test_app import serving
from webui.site import Site

# Gradio's queue uses what pandas 3 deprecates, and the server runs in this process.
pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")
QUESTION = "Who did Andrey Rudenko meet in Beijing?"
REFUSALS = {
    "too many": (429, {"detail": "Too many requests from this address; wait a moment."}),
    "queue full": (503, {"detail": "Queue is full. Max size is 256 and size is 256."}),
    "too large": (413, {"detail": "This request is too large."}),
    "signed out": (401, {"detail": "Not authenticated"}),
    "broken proxy": (502, None),
}


def waits(page: Page) -> bool:
    """Tell whether the page says that it waits, above the box or in the conversation."""
    asking = page.evaluate("'asking' in document.documentElement.dataset")
    return bool(asking or page.locator(".waiting").count() or page.evaluate("quotidian.busy()"))


def box(page: Page) -> Any:
    """Return the question box."""
    return page.get_by_role("textbox", name="Your question")


def test_only_enter_space_and_clicks_ask(visit: Visit, seeds_address: str) -> None:
    """To walk over the button by Tab, or to press any other key on it, asks nothing."""
    page = visit.open(seeds_address)
    box(page).fill(QUESTION)
    button = page.locator("#question .submit-button")
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    for key in ("ArrowDown", "x", "Escape", "Shift", "Tab"):
        page.keyboard.press(key)
        assert not waits(page), key
    page.wait_for_timeout(900)
    assert not waits(page)
    expect(page.locator(".turn")).to_have_count(0)
    for turns, press in enumerate(("Enter", "Space"), 1):
        box(page).fill(QUESTION)
        button.focus()
        page.keyboard.press(press)
        expect(page.locator(".turn")).to_have_count(turns)
        expect(page.locator(".turn").last.locator("article.card.quote").first).to_be_visible()
        assert not waits(page)
    assert not visit.errors


@pytest.mark.parametrize("press", ["Enter", "click"])
@pytest.mark.parametrize("blank", ["", "   "])
def test_a_blank_question_asks_nothing(
    visit: Visit, seeds_address: str, press: str, blank: str
) -> None:
    """The empty page stays, and says what is wanted; the next question is asked."""
    page = visit.open(seeds_address)
    box(page).fill(blank)
    if press == "click":
        page.locator("#question .submit-button").click()
    else:
        box(page).press("Enter")
    expect(page.locator(".said")).to_have_text("Write a question first.")
    expect(page.locator("#welcome")).to_be_visible()
    expect(box(page)).to_be_focused()
    assert not waits(page)
    visit.ask(QUESTION)
    expect(page.locator(".turn")).to_have_count(1)


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_question_that_is_refused_stays_in_the_box_and_can_be_asked_again(
    visit: Visit, seeds_address: str, refusal: str
) -> None:
    """The corner says why, nothing waits, and nothing is said to be wrong inside the program."""
    page = visit.open(seeds_address)
    status, told = REFUSALS[refusal]
    join = "**/queue/join*"
    page.route(join, _refusing(status, json.dumps(told) if told else "<p>Bad gateway</p>"))
    box(page).fill(QUESTION)
    box(page).press("Enter")
    expect(page.locator(".toast-body.error")).to_be_visible()
    page.wait_for_function("!('asking' in document.documentElement.dataset)")
    page.wait_for_timeout(500)
    assert not waits(page)
    expect(box(page)).to_have_value(QUESTION)
    expect(page.locator(".turn, .failure")).to_have_count(0)
    page.unroute(join)
    box(page).press("Enter")
    expect(page.locator("article.card.quote").first).to_be_visible()
    assert not waits(page)


def _refusing(status: int, body: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=status, body=body, content_type="application/json")


def test_an_example_that_is_refused_can_be_clicked_again(visit: Visit, seeds_address: str) -> None:
    """A refused replay or example does not leave the page busy for ever."""
    page = visit.open(seeds_address)
    example = page.locator("button.example").first
    example.wait_for()
    page.route("**/queue/join*", _refusing(429, '{"detail": "Wait a moment."}'))
    example.click()
    expect(page.locator(".toast-body.error")).to_be_visible()
    page.evaluate("quotidian.replay([{ question: 'Who is Ding?' }])")
    page.wait_for_timeout(500)
    assert not waits(page)
    page.unroute("**/queue/join*")
    example.click()
    expect(page.locator("article.card.quote").first).to_be_visible()


@pytest.mark.parametrize("after", [0, 15, 40, 80, 160])
def test_a_new_conversation_ends_what_is_being_asked(
    visit: Visit, slow_address: str, after: int
) -> None:
    """Whenever it is begun: the page is empty, is not said to be broken, and asks again."""
    page = visit.open(slow_address)
    box(page).fill(QUESTION)
    box(page).press("Enter")
    page.wait_for_timeout(after)
    page.get_by_role("button", name="New conversation").click()
    page.wait_for_timeout(1500)
    assert not waits(page)
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("#welcome")).to_be_visible()
    visit.ask(QUESTION)
    expect(page.locator("article.card.quote").first).to_be_visible()


class Slow:
    """A real index that takes half a second longer, or fails inside."""

    def __init__(self, index: Index) -> None:
        """Ask this index."""
        self._index = index

    def __getattr__(self, name: str) -> Any:
        """Do all else as the index does."""
        return getattr(self._index, name)

    def ask(self, question: str, **more: Any) -> Answer:
        """Answer late; a question of one word fails as a mistake in the program would."""
        time.sleep(0.5)
        if " " not in question:
            raise RuntimeError(question)
        return self._index.ask(question, **more)


@pytest.fixture(scope="module")
def slow_address(seeds_index: Index) -> Iterator[str]:
    """Serve the page over the seeds, answering late."""
    index: Any = Slow(seeds_index)
    with serving(Site(index=index)) as address:
        yield address


def test_a_mistake_inside_the_program_ends_the_waiting(visit: Visit, slow_address: str) -> None:
    """The conversation says so, and the next question is answered."""
    page = visit.open(slow_address)
    visit.ask("Rudenko")
    expect(page.locator(".failure")).to_contain_text("Something went wrong inside the program.")
    assert not waits(page)
    box(page).fill(QUESTION)
    box(page).press("Enter")
    expect(page.locator("article.card.quote").first).to_be_visible()


def test_after_a_minute_the_page_waits_no_more(visit: Visit, served: Served) -> None:
    """A server that takes connections and does nothing: before it took the question, and after."""
    page = visit.page
    page.clock.install()
    visit.open(served.address)
    page.locator("button.example").first.wait_for()
    served.pause()
    box(page).fill(QUESTION)
    box(page).press("Enter")
    assert waits(page)
    page.clock.fast_forward("01:01")
    expect(page.locator(".said")).to_contain_text("The server has not taken the question")
    assert not waits(page)
    expect(box(page)).to_have_value(QUESTION)
    page.evaluate(
        """() => {
             const turn = document.createElement("div");
             turn.innerHTML = '<div class="message bot waiting"><p>Searching…</p></div>';
             document.querySelector("#transcript").append(turn);
             quotidian.taken(turn.firstChild);
           }"""
    )
    page.clock.fast_forward("01:01")
    expect(page.locator(".waiting")).to_have_count(0)
    expect(page.locator(".failure")).to_have_text("No answer has come for a minute. Ask again.")
