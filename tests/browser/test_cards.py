"""The cards of an answer: how much of it is seen at once, and what can be done with a quote."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from retriever import build
from tests.browser.conftest import OUTPUT, PHONE, WIDE, Visit, serve_index
from tests.browser.test_looks import grave

QUESTION = "Who did Andrey Rudenko meet in Beijing?"
QUESTIONS = (
    QUESTION,
    "What did China's Foreign Ministry say about the armed uprising?",
    "Where will Yevgeny Prigozhin move under the deal?",
    "When was the Treaty of Good Neighborhood signed?",
)


def whole(page: Page) -> int:
    """Return how many cards of the last answer stand whole between the head and the box."""
    top = page.locator("#scroll").bounding_box()
    box = page.locator("#question").bounding_box()
    assert top
    assert box
    cards = [card.bounding_box() for card in page.locator(".turn:last-child article.card").all()]
    return sum(
        card is not None and card["y"] >= top["y"] and card["y"] + card["height"] <= box["y"]
        for card in cards
    )


@pytest.fixture(params=[("wide", WIDE), ("phone", PHONE)], ids=lambda param: param[0])
def sized(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[tuple[str, Visit]]:
    """Return a window of a desk, and one of a phone that nothing points at."""
    name, size = request.param
    touch = name == "phone"
    context = chromium.new_context(viewport=size, has_touch=touch, is_mobile=touch)
    context.set_default_timeout(60_000)
    yield name, Visit(context)
    context.close()


def test_two_whole_quotes_fit_a_desk_and_one_a_phone(
    sized: tuple[str, Visit], seeds_address: str
) -> None:
    """For every question asked of the seeds; the first is the largest text of the answer."""
    name, visit = sized
    page = visit.open(seeds_address)
    for question in QUESTIONS:
        visit.ask(question)
        cards = page.locator(".turn:last-child article.card.quote")
        assert whole(page) >= min(cards.count(), 2 if name == "wide" else 1), question
        sizes = page.locator(".turn:last-child article.card blockquote").evaluate_all(
            "quotes => quotes.map(quote => parseFloat(getComputedStyle(quote).fontSize))"
        )
        assert sizes[0] == max(sizes) > 17
        assert all(later < sizes[0] for later in sizes[1:])
        lines = page.locator(".turn:last-child .source-line").evaluate_all(
            "lines => lines.map(line => line.getBoundingClientRect().height)"
        )
        assert max(lines) < 30


def test_actions_come_with_pointer_or_focus_and_are_always_there_for_touch(
    sized: tuple[str, Visit], seeds_address: str
) -> None:
    """In one row whose room is kept; what was judged stays to be seen."""
    name, visit = sized
    page = visit.open(seeds_address)
    visit.ask(QUESTION)
    card = page.locator("article.card.quote").first
    foot = card.locator(".foot")
    shown = "element => getComputedStyle(element).opacity"
    if name == "phone":
        assert foot.evaluate(shown) == "1"
        row = card.locator(".actions").bounding_box()
        assert row
        assert row["height"] < 34
        return
    page.mouse.move(5, 400)
    before = card.bounding_box()
    assert foot.evaluate(shown) == "0"
    card.hover()
    assert foot.evaluate(shown) == "1"
    assert card.bounding_box() == before
    page.mouse.move(5, 400)
    card.focus()
    assert foot.evaluate(shown) == "1"
    page.get_by_role("textbox", name="Your question").focus()
    assert foot.evaluate(shown) == "0"
    card.locator("[data-judge=right]").click()
    expect(page.locator(".said")).to_have_text("Noted as right")
    page.mouse.move(5, 400)
    page.get_by_role("textbox", name="Your question").focus()
    assert foot.evaluate(shown) == "1"


def test_one_click_copies_the_quote_with_its_source(visit: Visit, seeds_address: str) -> None:
    page = visit.open(seeds_address)
    visit.ask(QUESTION)
    card = page.locator("article.card.quote").first
    words = card.locator(".words").text_content()
    card.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".said")).to_have_text("Copied as Plain text")
    assert page.evaluate("navigator.clipboard.readText()").startswith(f"“{words}”\n— ")


def test_screen_readers_hear_the_quote_and_its_source(visit: Visit, seeds_address: str) -> None:
    """As the name of its card; where it stands among the others is told behind that."""
    page = visit.open(seeds_address)
    visit.ask(QUESTION)
    cards = page.locator("article.card.quote")
    for place, card in enumerate(cards.all(), 1):
        words = str(card.locator(".words").text_content())
        expect(card).to_have_accessible_name(re.compile(re.escape(f"“{words}” ") + ".+undated"))
        expect(card).to_have_accessible_description(
            re.compile(rf"^Quote {place} of {cards.count()}\..*Press Enter to read it")
        )


@pytest.fixture(scope="module")
def told_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve three articles: two say the same in other figures, one says otherwise, on weekdays."""
    folder = tmp_path_factory.mktemp("told")
    rows = [
        ("CNN", "The flood of Ostrava destroyed 11,000 homes on Tuesday, the mayor said."),
        ("USA TODAY", "The flood of Ostrava destroyed 11 000 homes, the mayor of Ostrava said."),
        ("Daily Meridian", "The flood of Ostrava destroyed 12,000 homes, a minister said."),
    ]
    lines = [
        {
            "id": f"a{place}",
            "title": f"Flood in Ostrava, report {place}",
            "publisher": publisher,
            "published": "2023-06-29",
            "text": f"{text} Help is on its way.",
        }
        for place, (publisher, text) in enumerate(rows)
    ]
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "told.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    build(corpus, index=folder / "index")
    yield from serve_index(folder / "index")


def test_short_answers_lead_to_their_places_and_differing_ones_stand_apart(
    visit: Visit, told_address: str
) -> None:
    """What the library says, each a way to its article; a weekday's day is told as computed."""
    page = visit.open(told_address)
    visit.ask("How many homes did the flood of Ostrava destroy?")
    lines = page.locator(".lifted li")
    lines.first.wait_for()
    OUTPUT.mkdir(exist_ok=True)
    page.screenshot(path=OUTPUT / "short-answers.png")
    told = [" ".join(str(line.text_content()).split()) for line in lines.all()]
    assert any("12,000" in line and "Daily Meridian" in line for line in told)
    assert not any("12,000" in line and ("CNN" in line or "USA" in line) for line in told)
    assert not grave(page)
    for button in page.locator(".lifted .from button").all():
        source = str(button.text_content())
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".source .publication")).to_contain_text(source.partition(" (")[0])
        expect(page.locator("#source mark .answering").first).to_be_in_viewport()
        page.keyboard.press("Escape")
    tuesday = page.locator("article.card.quote", has_text="Tuesday").locator(".computed")
    expect(tuesday).to_have_text("Tuesday: 27 June 2023, computed from the publication date")
    assert page.locator("blockquote .computed").count() == 0


def test_a_long_question_folds(visit: Visit, seeds_address: str) -> None:
    """Its answer is seen at once; opened, the question is there as it was asked."""
    page = visit.open(seeds_address)
    question = "Tell me. " * 60 + QUESTION
    visit.ask(question)
    folded = page.locator("details.long-question")
    assert str(folded.locator(".asked").text_content()).endswith("…")
    expect(folded.locator(".whole")).to_be_hidden()
    folded.locator("summary").click()
    expect(folded.locator(".whole")).to_have_text(question)
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE["width"]
    assert not grave(page)


@pytest.mark.parametrize("size", [(720, 450), (195, 422)], ids=str)
def test_cards_hold_together_at_twice_the_size(
    visit: Visit, seeds_address: str, size: tuple[int, int]
) -> None:
    """A desk and a phone at 200 %: nothing sticks out, and the words that answer are read whole."""
    page = visit.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit.open(seeds_address)
    visit.ask(QUESTION)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    short = page.locator(".lifted .short").first
    overflow = short.evaluate("words => words.scrollWidth - words.clientWidth")
    assert overflow <= 0
    for card in page.locator("article.card").all():
        assert card.evaluate("card => card.scrollWidth <= card.clientWidth")


def test_dates_have_one_form(visit: Visit, told_address: str) -> None:
    """In cards, in the list of conversations, in the filters: 29 June 2023."""
    page = visit.open(told_address)
    visit.ask("How many homes did the flood of Ostrava destroy?")
    expect(page.locator("article.card .date").first).to_have_text("29 June 2023")
    page.get_by_role("button", name="History").click()
    when = page.locator("dialog .conversation span").first
    expect(when).to_have_text(re.compile(r"^\d{1,2} [A-Z][a-z]+ \d{4}, \d{2}:\d{2} · 1 question$"))


def test_the_server_writes_no_debug_lines(
    seeds_index_folder: Path, chromium: Browser, tmp_path: Path
) -> None:
    """From its start over questions to its end: the line with its address, and nothing else."""
    log = tmp_path / "log"
    context = chromium.new_context()
    context.set_default_timeout(60_000)
    with log.open("w") as told:
        for address in serve_index(seeds_index_folder, errors=told):
            visit = Visit(context)
            page = visit.open(address)
            # A server that ends while the page still waits for them has something to say.
            page.locator("button.example").first.wait_for()
            visit.ask(QUESTION)
            visit.ask("What is the population of Reykjavik?")
    context.close()
    assert log.read_text() == ""
