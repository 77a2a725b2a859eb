"""Two people with accounts, each signs in and has their own conversation."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OUTPUT, Served, Visit
from tests.browser.test_looks import grave

QUESTION = "Who is Ding?"


def sign_in(page: Page, user: str, password: str) -> None:
    """Fill in the form for signing in and send it."""
    page.get_by_label("User").fill(user)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signing_in_looks_as_the_page_does(visit: Visit, guarded: Served, scheme: str) -> None:
    page = visit.page
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(guarded.address)
    expect(page.get_by_label("User")).to_be_focused()
    sign_in(page, "ann", "wrong")
    expect(page.get_by_role("alert")).to_have_text("This user and password do not go together.")
    page.screenshot(path=OUTPUT / f"sign-in-{scheme}.png")
    assert not grave(page)
    assert visit.hosts() == {"127.0.0.1"}


def test_two_people_ask_and_one_looks_after_the_articles(
    visit: Visit, phone: Visit, guarded: Served
) -> None:
    """A link is opened once one is in; each sees their own conversation; signing out ends it."""
    ann, bob = visit.page, phone.page
    ann.goto(f"{guarded.address}#q=Who+is+Ding%3F")
    sign_in(ann, "ann", "one")
    expect(ann.locator("article.card.quote").first).to_be_visible()
    bob.goto(guarded.address)
    sign_in(bob, "bob", "two")
    phone.ask("What is the population of Reykjavik?")
    expect(bob.locator(".turn")).to_have_count(1)
    expect(ann.locator(".turn")).to_have_count(1)
    for page, can in ((ann, True), (bob, False)):
        page.get_by_role("button", name="Articles").click()
        expect(page.locator(".listing tbody tr")).to_have_count(2)
        expect(page.get_by_role("button", name="Rebuild")).to_have_count(int(can))
    ann.get_by_role("link", name="Sign out").click()
    expect(ann.get_by_role("button", name="Sign in")).to_be_visible()
    sign_in(ann, "bob", "two")
    ann.locator("button.example").first.wait_for()
    expect(ann.locator(".turn")).to_have_count(0)
    ann.get_by_role("button", name="History").click()
    expect(ann.get_by_text("There are none yet.")).to_be_visible()
    ann.keyboard.press("Escape")
    ann.set_viewport_size({"width": 320, "height": 640})
    assert ann.evaluate("document.documentElement.scrollWidth") <= 320
    ann.get_by_role("link", name="Sign out").click()
    sign_in(ann, "ann", "one")
    ann.get_by_role("button", name="History").click()
    expect(ann.locator(".conversation")).to_contain_text(QUESTION)
    bob.goto(guarded.address)
    sign_in(bob, "bob", "two")  # signing out ended every session of bob's
    bob.get_by_role("button", name="Ask", exact=True).first.click()
    phone.ask(QUESTION)
    expect(bob.locator(".turn")).to_have_count(2)
