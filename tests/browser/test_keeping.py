"""What was searched can be taken back; what was found can be kept, shared and judged."""

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect
from pybtex.database import parse_string

from retriever import open_index, verify_answer
from retriever.evaluation.datasets import check_evidence, read_dataset
from tests.browser.conftest import Visit

QUESTION = "Who did Andrey Rudenko meet in Beijing?"


def asked(page: Page, number: int = -1) -> Any:
    """Return what a turn keeps of its question."""
    turns = page.locator(".turn")
    turn = turns.nth(number if number >= 0 else turns.count() + number)
    return json.loads(str(turn.get_attribute("data-asked")))


def clipboard(page: Page) -> str:
    """Return what was copied."""
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_a_carried_subject_is_taken_back_and_brought_back(visit: Visit, seeds_address: str) -> None:
    """Each chip asks the same question again, in its place, with the focus on it."""
    page = visit.open(seeds_address)
    visit.ask(QUESTION)
    visit.ask("And what did he say?")
    visit.ask("Who is Ding?")
    turn = page.locator(".turn").nth(1)
    chips = turn.locator(".chip.carried")
    expect(chips.first).to_be_visible()
    word = str(chips.first.locator("bdi").first.text_content())
    turn.get_by_role("button", name=f"Search without {word}").click()
    expect(turn.locator(".chip.left-out")).to_contain_text(word)
    expect(page.locator(".turn")).to_have_count(3)
    assert asked(page, 1) == {"question": "And what did he say?", "without": [word]}
    expect(turn.locator(".user")).to_be_focused()
    turn.get_by_role("button", name=f"Search with {word}").click()
    expect(chips.first.locator("bdi").first).to_have_text(word)
    assert asked(page, 1) == {"question": "And what did he say?"}


def test_a_respelt_word_is_shown_and_taken_back(visit: Visit, seeds_address: str) -> None:
    """What was read for what is told; without it the word is searched as typed."""
    page = visit.open(seeds_address)
    visit.ask("Where will Prigozhyn move?")
    chip = page.locator(".chip.respelt")
    expect(chip).to_contain_text("Prigozhyn")
    chip.get_by_role("button").click()
    expect(page.locator(".chip.left-out")).to_contain_text("Prigozhyn")
    expect(page.locator(".chip.respelt")).to_have_count(0)


def test_filters_are_chosen_shown_and_taken_back(visit: Visit, news_address: str) -> None:
    """From the bar: a publisher, a language, and a stretch of the histogram dragged over."""
    page = visit.open(news_address)
    page.locator("select[name=publisher]").select_option("Daily Meridian")
    page.locator(".dates summary").click()
    bars = page.locator("svg.bars").bounding_box()
    assert bars
    y = bars["y"] + bars["height"] / 2
    page.mouse.move(bars["x"] + bars["width"] * 0.4, y)
    page.mouse.down()
    page.mouse.move(bars["x"] + bars["width"] * 0.8, y)
    page.mouse.up()
    after = page.locator("input[name=after]").input_value()
    before = page.locator("input[name=before]").input_value()
    assert "2021" < after < before < "2025"
    page.keyboard.press("Escape")
    visit.ask("Which ferry was cancelled?")
    expect(page.locator(".chip.filter")).to_have_count(3)
    expect(page.locator(".coverage").last).to_contain_text(
        re.compile(r"Searched: Daily Meridian, \d.* 202\d to \d.* 202\d, \d+ of 61 articles")
    )
    for line in page.locator("article.card .publication").all_text_contents():
        assert "Daily Meridian" in line
    page.get_by_role("button", name="Search without Daily Meridian").click()
    expect(page.locator(".chip.filter")).to_have_count(2)
    assert asked(page)["filters"] == {"after": after, "before": before}
    page.get_by_role("button", name="Clear").click()
    visit.ask("Which ferry was cancelled?")
    assert "filters" not in asked(page)


def test_a_refusal_says_what_is_missing_and_what_came_nearest(
    visit: Visit, news_address: str
) -> None:
    """The unknown words, the passages under their heading, and how new the newest of them is."""
    page = visit.open(news_address)
    visit.ask("What is the latest price of zebras in Reykjavik?")
    answer = page.locator(".message.bot")
    expect(answer.locator(".lead")).to_have_text(
        "No answer to this question was found in the articles."
    )
    expect(answer.locator(".unknown")).to_contain_text("zebras, Reykjavik")
    expect(answer.locator(".closest h3")).to_have_text("Closest passages, not an answer")
    expect(answer.locator(".newest")).to_contain_text("The newest of these is from")
    expect(answer.locator("article.card.quote")).to_have_count(0)
    expect(answer.locator(".coverage")).to_contain_text("1 file could not be read")
    answer.get_by_role("button", name="1 file could not be read").click()
    expect(page.locator(".listing tbody tr")).to_have_count(1)
    expect(page.locator(".listing tbody tr")).to_contain_text("line 61 is not JSON")


def test_a_quote_is_copied_with_its_reference(visit: Visit, seeds_address: str) -> None:
    """As plain text, as Markdown, and as HTML that other programs take as such."""
    page = visit.open(seeds_address)
    visit.ask(QUESTION)
    card = page.locator("article.card").first
    words = str(card.locator(".words").text_content())
    for form, start in (
        ("Plain text", f"“{words}”\n— "),
        ("Markdown", f"> “{words}”\n>\n> — "),
        ("HTML", f"<figure><blockquote><p>“{words}”</p></blockquote>"),
    ):
        if form != "Plain text":
            card.locator(".menu > summary").click()
        name = "Copy" if form == "Plain text" else form
        card.get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_role("status").last).to_have_text(f"Copied as {form}")
        assert clipboard(page).startswith(start)
    kinds = page.evaluate(
        "navigator.clipboard.read().then(items => items.flatMap(item => item.types))"
    )
    assert "text/html" in kinds


def test_a_link_reopens_the_question_and_the_quote(
    visit: Visit, phone: Visit, seeds_address: str
) -> None:
    """Elsewhere, in a follow-up with its conversation; nothing of it is sent in the address."""
    page = visit.open(seeds_address)
    visit.ask(QUESTION)
    visit.ask("And what did he say?")
    card = page.locator(".turn").nth(1).locator("article.card").last
    words = card.locator(".words").text_content()
    card.get_by_role("button", name="Link").click()
    expect(page.get_by_role("status").last).to_have_text("Link copied")
    link = clipboard(page)
    assert link.startswith(f"{seeds_address}#q=Who+did")

    other = phone.page
    other.goto(link)
    expect(other.locator("mark").first).to_be_in_viewport()
    expect(other.locator(".turn")).to_have_count(2)
    assert "".join(other.locator("mark").all_text_contents()) == words
    assert not [url for url in phone.requests if "Rudenko" in url]
    expect(other).to_have_url(link)


def test_a_link_to_a_quote_that_is_gone_says_so(visit: Visit, seeds_address: str) -> None:
    """The question is asked all the same; the note stays until something is done."""
    page = visit.page
    page.goto(f"{seeds_address}#q=Who+is+Ding%3F&quote=gone.txt:3-40")
    expect(page.locator("article.card.quote").first).to_be_visible()
    note = page.locator(".said")
    expect(note).to_contain_text("The linked quote is no longer among the answers")
    page.wait_for_timeout(4_500)
    expect(note).to_be_visible()
    page.locator("article.card.quote").first.click()
    expect(note).to_have_text("")
    expect(page.locator("mark").first).to_be_in_viewport()


def test_a_conversation_is_saved_in_every_format(visit: Visit, seeds_address: str) -> None:
    """Each file is what it claims to be, and the JSON one is verified."""
    page = visit.open(seeds_address)
    page.locator(".keep summary").click()
    page.get_by_role("button", name="Markdown").click()
    expect(page.get_by_role("status").last).to_have_text("There is no answer to save yet.")
    visit.ask(QUESTION)
    visit.ask("Who is Ding?")
    words = page.locator("article.card.quote .words").all_text_contents()
    files = {}
    for name in ("Markdown", "JSON, to be verified", "BibTeX", "CSL-JSON", "Web Annotations"):
        page.locator(".keep summary").click()
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        file = download.value
        files[file.suggested_filename] = Path(file.path()).read_text(encoding="utf-8")
    assert files["quotidian.md"].count("\n> “") == len(words)
    saved = json.loads(files["quotidian.json"])
    assert [q["text"] for answer in saved["answers"] for q in answer["quotes"]] == words
    assert parse_string(files["quotidian.bib"], "bibtex").entries
    assert json.loads(files["quotidian.csl.json"])[0]["type"] == "article-newspaper"
    notes = json.loads(files["quotidian.jsonld"])["items"]
    assert [note["target"]["selector"][0]["exact"] for note in notes] == words


def test_a_saved_conversation_is_verified(
    visit: Visit, news_address: str, news_index: Path
) -> None:
    """By the index that it came from, with every quote standing."""
    page = visit.open(news_address)
    visit.ask("Which Vey ferry was cancelled on day 3?")
    page.locator(".keep summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON, to be verified").click()
    saved = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    verdicts = verify_answer(saved, open_index(news_index).article)
    assert verdicts
    assert all(verdict.stands for verdict in verdicts)


def test_the_history_survives_a_reload_and_a_closed_tab(visit: Visit, seeds_address: str) -> None:
    """A reload brings the conversation back; an earlier one is opened from the list."""
    page = visit.open(seeds_address)
    visit.ask(QUESTION)
    visit.ask("And what did he say?")
    words = page.locator("article.card .words").all_text_contents()
    page.reload()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn").nth(1).locator("article.card").first).to_be_visible()
    assert page.locator("article.card .words").all_text_contents() == words

    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    visit.ask("Who is Ding?")
    page.close()
    visit.page = page = visit.context.new_page()
    visit.open(seeds_address)
    expect(page.locator(".turn")).to_have_count(0)
    page.get_by_role("button", name="History").click()
    dialog = page.get_by_role("dialog", name="Earlier conversations")
    expect(dialog.locator(".conversation")).to_have_count(2)
    dialog.get_by_role("button", name=QUESTION).first.click()
    expect(page.locator(".turn")).to_have_count(2)
    page.get_by_role("button", name="History").click()
    dialog.get_by_role("button", name="Forget: Who is Ding?").click()
    expect(dialog.locator(".conversation")).to_have_count(1)
    dialog.get_by_role("button", name="Forget them all").click()
    expect(dialog.get_by_text("There are none yet.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_judged_quote_is_evidence_of_a_data_set(
    visit: Visit, changing_news_address: str, tmp_path: Path
) -> None:
    """Right and wrong are kept beside the index; pressing again takes it back."""
    page = visit.open(changing_news_address)
    visit.ask("Which Vey ferry was cancelled on day 3?")
    card = page.locator("article.card").first
    words = card.locator(".words").text_content()
    right = card.get_by_role("button", name="Right")
    right.click()
    expect(right).to_have_attribute("aria-pressed", "true")
    visit.ask("Who is captain?")
    expect(right).to_have_attribute("aria-pressed", "true")
    dataset = read_dataset(tmp_path / "index" / "feedback")
    check_evidence(dataset)
    assert [item.quote for items in dataset.evidence.values() for item in items] == [words]
    right.click()
    expect(right).to_have_attribute("aria-pressed", "false")
