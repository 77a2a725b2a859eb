"""The notebook: pinned from cards and articles, ordered and written in by keys, checked."""

import json
import re
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from retriever import build
from tests.browser.conftest import LOOKS, OUTPUT, SIZES, Served, Visit
from tests.browser.test_accounts import sign_in
from tests.browser.test_looks import grave

QUESTION = "Which Vey ferry was cancelled on day 3?"


def pinned(page: Page, total: int) -> None:
    """Wait until so many entries are counted in the head of the page."""
    expect(page.locator("#masthead .pinned-count")).to_have_text(re.compile(rf"^\s*{total}$"))


def notebook(page: Page) -> Locator:
    """Go to the notebook and return its entries."""
    page.locator('#masthead [data-view="notebook"]').click()
    page.locator(".kept").wait_for()
    return page.locator("[data-entry]")


def kept(index: Path) -> list[dict[str, object]]:
    """Return the entries on the disk."""
    file = index / "notebooks" / "local.json"
    entries: list[dict[str, object]] = json.loads(file.read_text())["entries"]
    return entries


@pytest.fixture(autouse=True)
def empty_notebook(news_index: Path) -> Iterator[None]:
    """Throw away what a test kept, once its windows are closed."""
    yield
    shutil.rmtree(news_index / "notebooks", ignore_errors=True)


def test_a_quote_is_pinned_from_its_card_and_stays_pinned(
    visit: Visit, news_address: str, news_index: Path
) -> None:
    """With the words of the card, and for its question; after a reload the button still says so."""
    page = visit.open(news_address)
    visit.ask(QUESTION)
    card = page.locator("article.card").first
    words = card.locator(".words").text_content()
    pin = card.get_by_role("button", name="Pin", exact=True)
    pin.click()
    expect(pin).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#reader")).to_be_hidden()
    pinned(page, 1)
    (entry,) = kept(news_index)
    assert (entry["text"], entry["question"]) == (words, QUESTION)
    page.reload()
    expect(pin).to_have_attribute("aria-pressed", "true")
    entries = notebook(page)
    expect(entries.locator("blockquote")).to_have_text(str(words))
    expect(entries.locator(".state")).to_have_text("Same")
    entries.get_by_role("button", name="Read it in the article").click()
    expect(page.locator("#source mark").first).to_be_in_viewport()
    expect(page.locator("#source .pin")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    page.locator('#masthead [data-view="ask"]').click()
    pin.click()
    expect(pin).to_have_attribute("aria-pressed", "false")
    assert not visit.errors


def test_what_is_asked_while_a_reply_is_on_its_way_is_asked_after_it(
    visit: Visit, news_address: str
) -> None:
    """As where the notebook is opened before the page is told what is pinned."""

    def slowly(route: Route) -> None:
        if '"serial":1,' in (route.request.post_data or "").replace("}", ","):
            time.sleep(1.5)
        route.continue_()

    visit.page.route("**/run/predict*", slowly)
    page = visit.open(news_address)
    notebook(page)
    for number in range(3):
        page.locator("[name=new]").fill(f"note {number}")
        page.locator("[data-do=add]").click(no_wait_after=True)
    expect(page.locator("[data-entry]")).to_have_text([re.compile(f"note {n}") for n in range(3)])


def test_a_button_drawn_anew_while_it_is_pressed_does_what_it_says(
    visit: Visit, news_address: str
) -> None:
    """The browser makes no click of a press on one button and a release on its successor."""
    page = visit.open(news_address)
    notebook(page)
    page.locator("[name=new]").fill("A note that stands alone.")
    button = page.locator("[data-do=add]")
    button.hover()
    page.mouse.down()
    button.evaluate("old => old.replaceWith(old.cloneNode(true))")
    page.mouse.up()
    expect(page.locator("[data-entry]")).to_have_count(1)
    assert not visit.errors


def test_whole_sentences_are_pinned_of_what_is_selected(visit: Visit, news_address: str) -> None:
    """Counted as the server counts them; half a sentence becomes the whole of it."""
    page = visit.open(news_address)
    visit.ask(QUESTION)
    page.locator("article.card .open").first.click()
    text = page.locator("#source .article-text")
    expect(text.locator("mark").first).to_be_visible()
    pin = page.locator("#source .pin")
    text.locator("p").last.evaluate(
        """last => {
             const range = document.createRange();
             range.setStart(last.firstChild, 4);
             range.setEnd(last.firstChild, 11);
             getSelection().removeAllRanges();
             getSelection().addRange(range);
           }"""
    )
    expect(pin).to_have_text("Pin selection")
    pin.click()
    pinned(page, 1)
    expect(pin).to_have_text("Pin")
    words = text.locator("p").last.text_content()
    page.keyboard.press("Escape")
    expect(notebook(page).locator("blockquote")).to_have_text(str(words).strip())


def test_quotes_are_pinned_and_ordered_by_keys_alone(visit: Visit, news_address: str) -> None:
    """The focus stays on the entry that is moved, however the list is redrawn."""
    page = visit.open(news_address)
    visit.ask("Which ferry was cancelled?")
    pins = page.locator("article.card .pin")
    for place in range(2):
        pins.nth(place).focus()
        page.keyboard.press("Enter")
        pinned(page, place + 1)
    page.locator('#masthead [data-view="notebook"]').focus()
    page.keyboard.press("Enter")
    quotes = page.locator("[data-entry] blockquote")
    expect(quotes).to_have_count(2)
    words = quotes.all_text_contents()
    page.get_by_role("button", name="Move entry 1 down").focus()
    page.keyboard.press("Enter")
    expect(quotes).to_have_text(words[::-1])
    expect(page.get_by_role("button", name="Move entry 2 up")).to_be_focused()
    page.keyboard.press("Enter")
    expect(quotes).to_have_text(words)
    assert not visit.errors


def test_notes_and_labels_are_written_by_keys_alone(
    visit: Visit, news_address: str, news_index: Path
) -> None:
    """What is written is kept when one goes on, and goes only when that was said twice."""
    page = visit.open(news_address)
    visit.ask(QUESTION)
    page.locator("article.card .pin").first.click()
    pinned(page, 1)
    notebook(page).locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Ask the captain <b>again</b>.")
    page.keyboard.press("Tab")
    expect(page.locator(".own")).to_contain_text("Ask the captain <b>again</b>.")
    expect(page.locator("[name=labels]")).to_be_focused()
    page.keyboard.type("ferry, to check")
    page.keyboard.press("Tab")
    expect(page.locator(".labels bdi")).to_have_text(["ferry", "to check"])
    page.get_by_role("textbox", name="A note of your own").focus()
    page.keyboard.type("Call the harbour.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-entry]")).to_have_count(2)
    assert [entry["kind"] for entry in kept(news_index)] == ["quote", "note"]
    page.locator(".kept [name=text]").fill("captain again")
    expect(page.locator("[data-entry]")).to_have_count(1)
    expect(page.locator("[data-do=up]")).to_have_count(0)
    remove = page.locator("[data-do=remove]")
    remove.focus()
    page.keyboard.press("Enter")
    expect(remove).to_have_text("Remove with your words?")
    page.keyboard.press("Enter")
    pinned(page, 1)
    assert [entry["kind"] for entry in kept(news_index)] == ["note"]
    assert not visit.errors


def test_own_notes_look_like_no_quote(visit: Visit, news_address: str) -> None:
    page = visit.open(news_address)
    visit.ask(QUESTION)
    page.locator("article.card .pin").first.click()
    pinned(page, 1)
    notebook(page)
    page.locator("[name=new]").fill("Mine")
    page.locator("[data-do=add]").click()
    own = page.locator(".own")
    expect(own.locator(".whose")).to_have_text("Your note")
    font = "node => getComputedStyle(node).fontFamily"
    assert own.evaluate(font) != page.locator(".kept blockquote").evaluate(font)
    assert page.locator(".own").evaluate("node => node.closest('blockquote')") is None


def test_eight_tabs_at_once_lose_nothing(visit: Visit, news_address: str, news_index: Path) -> None:
    """Each with a list of its own that the others have made stale."""
    tabs = [visit.context.new_page() for _ in range(8)]
    for tab in tabs:
        tab.goto(news_address)
        notebook(tab)
    for number in range(3):
        for place, tab in enumerate(tabs):
            tab.locator("[name=new]").fill(f"note {number} of {place}")
        for tab in tabs:
            tab.locator("[data-do=add]").click(no_wait_after=True)
        for tab in tabs:
            expect(tab.locator("[name=new]")).to_have_value("")
            expect(tab.locator(".kept")).to_contain_text(f"note {number} of {tabs.index(tab)}")
    texts = sorted(str(entry["text"]) for entry in kept(news_index))
    assert texts == sorted(f"note {number} of {place}" for number in range(3) for place in range(8))


def test_a_revised_article_is_shown_beside_what_was_pinned(
    visit: Visit, changing_news_address: str, tmp_path: Path
) -> None:
    page = visit.open(changing_news_address)
    visit.ask(QUESTION)
    page.locator("article.card .pin").first.click()
    pinned(page, 1)
    words = str(kept(tmp_path / "index")[0]["text"])
    corpus = tmp_path / "corpus" / "reports.jsonl"
    corpus.write_text(corpus.read_text().replace(words, words.replace("cancelled", "delayed")))
    build(tmp_path / "corpus", index=tmp_path / "index")
    entries = notebook(page)
    expect(entries.locator(".state").first).to_contain_text("Revised")
    expect(entries.locator("blockquote.was")).to_have_text(words)
    expect(entries.locator("blockquote.new")).to_have_text(words.replace("cancelled", "delayed"))
    OUTPUT.mkdir(exist_ok=True)
    page.screenshot(path=OUTPUT / "notebook-revised.png")


def test_the_notebook_is_saved_and_imported(
    visit: Visit, news_address: str, tmp_path: Path
) -> None:
    """As Word with footnotes, and as JSON whose forged quotes are marked and look like none."""
    page = visit.open(news_address)
    visit.ask(QUESTION)
    page.locator("article.card .pin").first.click()
    pinned(page, 1)
    entries = notebook(page)
    saved = {}
    for label, name in (("Word, with footnotes", "docx"), ("JSON, to be imported", "json")):
        page.locator(".kept .menu summary").click()
        with page.expect_download() as download:
            page.get_by_role("button", name=label).click()
        assert download.value.suggested_filename == f"notebook.{name}"
        saved[name] = tmp_path / f"notebook.{name}"
        download.value.save_as(saved[name])
    with zipfile.ZipFile(saved["docx"]) as word:
        assert b"footnoteReference" in word.read("word/document.xml")
    forged = json.loads(saved["json"].read_text())
    words = forged["entries"][0]["text"]
    attack = "<img src=x onerror=alert(1)>"
    forged["entries"][0] |= {
        "text": attack.ljust(len(words), ".")[: len(words)],
        "note": attack,
        "labels": [attack],
    }
    forged["entries"][0]["article"] |= {"id": "x", "title": attack, "url": "javascript:alert(1)"}
    (tmp_path / "forged.json").write_text(json.dumps(forged))
    page.locator(".kept .bar input[type=file]").set_input_files(tmp_path / "forged.json")
    pinned(page, 2)
    expect(entries.last.locator(".state")).to_contain_text("Not verified")
    expect(entries.last.locator(".claimed")).to_contain_text(attack)
    expect(entries.last.locator("blockquote")).to_have_count(0)
    expect(entries.last.locator("a, img")).to_have_count(0)
    page.locator(".kept .bar input[type=file]").set_input_files(saved["docx"])
    expect(page.locator(".said")).to_contain_text("not the JSON of a notebook")
    assert not visit.errors
    assert visit.hosts() == {"127.0.0.1"}


def test_each_account_has_a_notebook_of_its_own(
    visit: Visit, phone: Visit, guarded: Served
) -> None:
    ann, bob = visit.page, phone.page
    for page, user, password in ((ann, "ann", "one"), (bob, "bob", "two")):
        page.goto(guarded.address)
        sign_in(page, user, password)
        page.get_by_role("textbox", name="Your question").wait_for()
    notebook(ann)
    ann.locator("[name=new]").fill("of ann")
    ann.locator("[data-do=add]").click()
    pinned(ann, 1)
    notebook(bob)
    expect(bob.locator(".kept")).to_contain_text("for your account alone")
    expect(bob.locator(".kept")).to_contain_text("Nothing is pinned yet.")


@pytest.mark.parametrize("looked_at", [*LOOKS, "zoomed-light", "zoomed-dark"], indirect=True)
def test_nothing_serious_is_wrong_with_how_it_looks(
    looked_at: tuple[str, Visit], news_address: str
) -> None:
    """Empty and full, wide, on a phone and at twice the size, light and dark."""
    OUTPUT.mkdir(exist_ok=True)
    name, visit = looked_at
    page = visit.open(news_address)
    notebook(page)
    assert not grave(page)
    page.screenshot(path=OUTPUT / f"notebook-empty-{name}.png")
    page.locator('#masthead [data-view="ask"]').click()
    visit.ask(QUESTION)
    page.locator("article.card .pin").first.click()
    pinned(page, 1)
    notebook(page)
    page.locator("[data-entry] summary").click()
    page.locator("[name=note]").fill("Ask the captain of this ferry, and the harbour.")
    page.locator("[name=labels]").fill("ferry, to check")
    page.locator("[name=new]").fill("A note that stands alone.")
    page.locator("[data-do=add]").click()
    expect(page.locator(".own")).to_have_count(2)
    page.locator("[data-entry] summary").first.click()
    assert not grave(page)
    page.screenshot(path=OUTPUT / f"notebook-{name}.png")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= SIZES[name.split("-")[0]]["width"]
    tops = page.locator("#masthead nav button").evaluate_all(
        "all => [...new Set(all.map(one => one.offsetTop))]"
    )
    assert len(tops) == 1
    assert not visit.errors
