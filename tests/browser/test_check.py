"""The view that checks drafts and asks lists: by keyboard, on a phone, in the dark, enlarged."""

from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import OUTPUT, WIDE, Visit
from tests.browser.test_looks import grave

DRAFT = (
    "Ding said “the price will be too dear to pay” in the end.\n\n"
    "“The price will be too high to pay,” he said. “Nobody ever said a word of all this.”"
)


def checked(visit: Visit, address: str) -> Page:
    """Return the page with the draft checked."""
    page = visit.open(address)
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("textbox", name="Your draft").fill(DRAFT)
    page.get_by_role("button", name="Check the quotations").click()
    expect(page.locator(".findings > li")).to_have_count(3)
    return page


def test_each_quotation_has_its_verdict_and_opens_its_source(
    visit: Visit, seeds_address: str
) -> None:
    """In words; the differing words stand beside the source's, and Escape gives the focus back."""
    page = checked(visit, seeds_address)
    tags = page.locator(".draft-text button.tag")
    expect(tags).to_have_text(["1 exact", "2 nearly", "3 nowhere"])
    expect(page.locator(".told-first")).to_contain_text("1 exact, 1 nearly, 1 nowhere")
    second = page.locator("#finding-2")
    expect(second.locator(".here mark")).to_have_text("high")
    expect(second.locator(".there mark")).to_have_text("dear")
    expect(second).to_contain_text("the draft has “high”, the article “dear”")
    assert page.locator(".draft-text mark").all_text_contents()[0] in DRAFT
    tags.nth(1).click()
    expect(page.locator("#reader mark").first).to_have_text(
        "the price will be too dear to pay", ignore_case=True
    )
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    expect(tags.nth(1)).to_be_focused()
    tags.nth(2).click()
    expect(page.locator("#finding-3")).to_be_focused()
    page.go_back()  # the article's own step
    page.go_back()
    expect(page.locator("#check")).to_be_hidden()
    assert not visit.errors


def test_a_draft_is_checked_by_keyboard_alone(visit: Visit, seeds_address: str) -> None:
    page = visit.open(seeds_address)
    page.get_by_role("button", name="Check", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Your draft").focus()
    page.keyboard.insert_text(DRAFT)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Check the quotations")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".findings > li")).to_have_count(3)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "file"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".draft-text button.tag").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#reader mark").first).to_be_in_viewport()


def test_a_reload_keeps_what_was_pasted(visit: Visit, seeds_address: str) -> None:
    """In this window only, and unless it is larger than a browser keeps."""
    page = visit.open(seeds_address)
    page.get_by_role("button", name="Check", exact=True).click()
    pasted = page.get_by_role("textbox", name="Your draft")
    pasted.fill(DRAFT)
    page.reload()
    expect(pasted).to_have_value(DRAFT)
    pasted.fill("x" * 6_000_000)
    page.reload()
    expect(pasted).to_have_value("")
    assert not visit.errors


def test_a_chosen_file_is_checked_and_a_wrong_one_refused(
    visit: Visit, seeds_address: str, tmp_path: Path
) -> None:
    page = visit.open(seeds_address)
    page.get_by_role("button", name="Check", exact=True).click()
    (tmp_path / "draft.html").write_text(f"<p>{DRAFT}</p><script>alert(1)</script>")
    (tmp_path / "draft.txt").write_bytes(b"\x00\x01\x02" * 90)
    chooser = page.locator("#draft-entry input[type=file]")
    chooser.set_input_files(tmp_path / "draft.html")
    expect(page.locator(".findings > li")).to_have_count(3)
    chooser.set_input_files(tmp_path / "draft.txt")
    expect(page.locator("#draft-verdicts .failure")).to_contain_text("draft.txt holds binary data")
    expect(page.locator(".findings")).to_have_count(0)
    assert not visit.errors


def test_a_list_is_answered_stopped_and_saved(
    visit: Visit, seeds_address: str, tmp_path: Path
) -> None:
    """While it runs, a single question is answered."""
    table = tmp_path / "long.csv"
    asked = "".join(f"What did Ding say?,=1+{n}\n" for n in range(900))
    table.write_text(f"question,sum\n{asked}")
    page = visit.open(seeds_address)
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator("#question-list input[type=file]").set_input_files(table)
    expect(page.locator("#question-list [data-running]")).to_contain_text("of 900")
    expect(page.locator("#question-list tbody tr").first).to_be_visible()
    page.get_by_role("button", name="Ask", exact=True).first.click()
    visit.ask("Who did Andrey Rudenko meet in Beijing?")
    expect(page.locator("article.card.quote").first).to_be_visible()
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator("[data-list=stop]").focus()
    page.wait_for_timeout(2_000)  # drawn anew meanwhile
    expect(page.locator("[data-list=stop]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#question-list .done")).to_contain_text("stopped after")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as Excel").click()
    assert saved.value.suggested_filename == "long.answers.xlsx"
    sheet = load_workbook(BytesIO(saved.value.path().read_bytes())).active
    assert sheet["B2"].value == "=1+0"
    assert sheet["B2"].data_type == "s"
    assert sheet.max_row > 1
    page.locator("#question-list td button").first.click()
    expect(page.locator("#reader mark").first).to_be_in_viewport()
    assert not visit.errors
    assert visit.hosts() == {"127.0.0.1"}


def test_nothing_serious_is_against_it(
    looked_at: tuple[str, Visit], seeds_address: str, tmp_path: Path
) -> None:
    """Axe finds nothing serious, and nothing sticks out sideways; kept as screenshots."""
    OUTPUT.mkdir(exist_ok=True)
    name, visit = looked_at
    page = checked(visit, seeds_address)
    workbook = Workbook()
    for question in ("question", "What did Ding say?", "Who won the World Cup in 2022?"):
        workbook.active.append([question])
    workbook.save(tmp_path / "q.xlsx")
    page.locator("#question-list input[type=file]").set_input_files(tmp_path / "q.xlsx")
    expect(page.locator("#question-list .done")).to_contain_text("2 questions, 1 answered")
    page.screenshot(path=OUTPUT / f"{name}-8-check.png")
    assert not grave(page)
    page.locator("#question-list table").scroll_into_view_if_needed()
    page.screenshot(path=OUTPUT / f"{name}-9-list.png")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= (page.viewport_size or WIDE)["width"]
    view = "document.querySelector('#check')"
    assert page.evaluate(f"{view}.scrollWidth <= {view}.clientWidth")
    nav = page.locator("#masthead nav").bounding_box()
    assert nav
    assert nav["height"] < 50  # one line
    assert not visit.errors


def test_it_can_be_used_at_twice_the_size(visit: Visit, seeds_address: str) -> None:
    """A window of 1280 by 800 at 200 % has 640 by 400."""
    visit.page.set_viewport_size({"width": 640, "height": 400})
    page = checked(visit, seeds_address)
    view = "document.querySelector('#check')"
    assert page.evaluate(f"{view}.scrollWidth <= {view}.clientWidth")
    button = page.locator(".draft-text button.tag").nth(1)
    button.scroll_into_view_if_needed()
    button.click()
    expect(page.locator("#reader mark").first).to_be_in_viewport()
