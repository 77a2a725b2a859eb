"""Ask a question, read the quote, see it in its source."""

from playwright.sync_api import expect

from retriever import Index
from tests.browser.conftest import PHONE, ROOT, WIDE, Visit

QUESTION = "Who did Andrey Rudenko meet in Beijing?"


def test_a_question_gets_quotes_and_a_click_shows_the_source(
    visit: Visit, seeds_address: str, seeds_index: Index
) -> None:
    """The words on the card, in the mark, in the store and in the seed file are the same."""
    page = visit.open(seeds_address)
    visit.ask(QUESTION)
    card = page.locator("article.card.quote").filter(has_text="Qin Gang").first
    words = card.locator(".words").text_content()
    assert words
    assert (
        card.locator("blockquote").text_content() == words
    )  # the marks around it are none of them
    place = {name: card.get_attribute(f"data-{name}") for name in ("article", "start", "end")}

    card.click()
    expect(page.locator("mark").first).to_be_in_viewport()
    assert "".join(page.locator("mark").all_text_contents()) == words

    article = seeds_index.article(str(place["article"]))
    assert article.text[int(str(place["start"])) : int(str(place["end"]))] == words
    assert words in (ROOT / "seeds" / article.path).read_text(encoding="utf-8")
    assert page.locator(".article-text").text_content() == article.text
    assert not visit.errors


def test_a_question_without_an_answer_is_refused(visit: Visit, seeds_address: str) -> None:
    """The refusal comes first, then the unknown words, then what is not an answer."""
    page = visit.open(seeds_address)
    visit.ask("What is the population of Reykjavik?")
    answer = page.locator(".message.bot")
    expect(answer).to_contain_text("No answer to this question was found in the articles.")
    expect(answer.locator(".unknown")).to_have_text(
        "Words that occur in none of them: population, Reykjavik"
    )
    expect(answer.locator("article.card.quote")).to_have_count(0)
    expect(answer.locator(".coverage")).to_contain_text("2 articles searched")


def test_a_question_too_long_is_one_line_in_the_conversation(
    visit: Visit, seeds_address: str
) -> None:
    """The library's own message is shown, and the page goes on working."""
    page = visit.open(seeds_address)
    visit.ask("why " * 25_000)
    expect(page.locator(".message.bot.failure")).to_have_count(1)
    visit.ask(QUESTION)
    expect(page.locator("article.card.quote").first).to_be_visible()


def test_a_follow_up_is_understood_and_a_new_conversation_forgets(
    visit: Visit, seeds_address: str
) -> None:
    """What was carried over is shown; afterwards nothing is left of it."""
    page = visit.open(seeds_address)
    visit.ask(QUESTION)
    visit.ask("And what did he say about Ukraine?")
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn").nth(1).locator(".searched")).to_be_visible()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.get_by_role("heading", name="Ask your articles a question.")).to_be_visible()
    visit.ask(QUESTION)
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".searched")).to_have_count(0)


def test_what_is_asked_before_an_answer_is_complete_is_asked_next(
    visit: Visit, seeds_address: str
) -> None:
    """Thirty questions as fast as answers come, and one more during an answer: none is lost."""
    page = visit.open(seeds_address)
    for _ in range(15):
        visit.ask(QUESTION)
        visit.ask("Who is Ding?")
    expect(page.locator(".turn")).to_have_count(30)
    box = page.get_by_role("textbox", name="Your question")
    for question in (QUESTION, "Who is Ding?"):
        box.fill(question)
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect(box).to_have_value("")
    expect(page.locator(".turn")).to_have_count(32)
    expect(page.locator(".turn").last.locator("article.card.quote").first).to_be_visible()
    assert page.locator(".asked").all_text_contents() == [QUESTION, "Who is Ding?"] * 16
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE["width"]


def test_what_came_of_a_question_is_said_once_and_not_the_conversation(
    visit: Visit, seeds_address: str
) -> None:
    """A screen reader hears the first quote and its source; the tab is named by the question."""
    page = visit.open(seeds_address)
    heard = page.locator("p.hidden-label[role=status]")
    visit.ask(QUESTION)
    first = page.locator("article.card.quote").first
    words, lead = first.locator(".words").text_content(), page.locator(".lead").text_content()
    title = first.locator("cite").text_content()
    expect(heard).to_have_text(f"“{words}” China’s Foreign Ministry, in {title}, undated. {lead}")
    visit.ask("What is the population of Reykjavik?")
    expect(heard).to_have_text("No answer to this question was found in the articles.")
    expect(page).to_have_title("What is the population of Reykjavik? – Quotidian")
    expect(page.get_by_role("log", name="Conversation")).to_have_attribute("aria-live", "off")
    assert page.locator("#transcript [aria-live=polite], #transcript [role=alert]").count() == 0
    page.get_by_role("button", name="New conversation").click()
    expect(page).to_have_title("Quotidian")


def test_an_example_is_offered_and_answered(visit: Visit, seeds_address: str) -> None:
    """Every example of the empty page leads to quotes."""
    page = visit.open(seeds_address)
    expect(page.locator(".welcome .coverage")).to_contain_text("2 articles, undated.")
    examples = page.locator("button.example")
    examples.first.wait_for()
    expect(page.locator(".titles [data-open]")).to_have_count(2)
    assert 1 <= examples.count() <= 4
    wanted = examples.first.text_content()
    examples.first.click()
    expect(page.locator("article.card.quote").first).to_be_visible()
    expect(page.locator(".message.user .asked")).to_have_text(str(wanted))


def test_no_example_is_refused(phone: Visit, seeds_address: str) -> None:
    """Each is answered by quotes; what the articles are is told before the examples are there."""
    page = phone.page
    page.goto(seeds_address)
    expect(page.locator(".welcome .coverage")).to_contain_text("2 articles")
    page.locator("button.example").first.wait_for()
    for question in page.locator("button.example").all_text_contents():
        page.locator("button.example", has_text=question).click()
        expect(page.locator(".turn").last.locator("article.card.quote").first).to_be_visible()
        page.get_by_role("button", name="New conversation").click()
        page.locator("button.example").first.wait_for()
    assert not phone.errors


def test_the_keyboard_alone_suffices(visit: Visit, seeds_address: str) -> None:
    """Type, Enter, up to the quote, Enter, Escape; and everything is reached by Tab as well."""
    page = visit.open(seeds_address)
    expect(page.get_by_role("textbox", name="Your question")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    card = page.locator("article.card.quote").first
    card.wait_for()
    expect(page.get_by_role("textbox", name="Your question")).to_be_focused()
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if card.evaluate("card => card === document.activeElement"):
            break
    expect(card).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("textbox", name="Your question")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(card).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_focused()
    expect(page.locator("mark").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    expect(card).to_be_focused()


def test_on_a_phone_the_reader_lies_over_the_conversation(phone: Visit, seeds_address: str) -> None:
    """It fills the window, closes with its button, and nothing scrolls sideways."""
    page = phone.open(seeds_address)
    phone.ask(QUESTION)
    page.locator("article.card.quote").first.click()
    expect(page.locator("mark").first).to_be_in_viewport()
    page.wait_for_function(
        "() => document.querySelector('#reader').getBoundingClientRect().left === 0"
    )
    box = page.locator("#reader").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (PHONE["width"], PHONE["height"])
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Close the article").click()
    expect(page.locator("#reader")).to_be_hidden()
    expect(page.locator("article.card.quote").first).to_be_visible()


def test_two_readers_do_not_see_each_other(visit: Visit, phone: Visit, seeds_address: str) -> None:
    """A conversation belongs to the tab that holds it."""
    one, other = visit.open(seeds_address), phone.open(seeds_address)
    visit.ask(QUESTION)
    phone.ask("What is the population of Reykjavik?")
    expect(one.locator(".turn")).to_have_count(1)
    expect(other.locator(".turn")).to_have_count(1)
    expect(one.locator("#chat")).not_to_contain_text("Reykjavik")
    expect(other.locator("#chat")).not_to_contain_text("Qin Gang and his deputy")
