"""How light the page is, and how soon its first quote stands there."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.benchmarks.page_weight import MOST_BYTES, MOST_REQUESTS, Wire
from tests.browser.conftest import Visit

QUESTIONS = (
    "Who did Andrey Rudenko meet in Beijing?",
    "Where will Yevgeny Prigozhin move under the deal?",
    "What did China's Foreign Ministry say about the armed uprising?",
)
# Milliseconds from Enter to the first quote, seen by the page itself.
WAITED = """question => new Promise(done => {
  const box = document.querySelector("#question textarea");
  const before = document.querySelectorAll("article.card.quote").length;
  box.value = question;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => {
    const begun = performance.now();
    new MutationObserver((_, seen) => {
      if (document.querySelectorAll("article.card.quote").length <= before) return;
      seen.disconnect();
      done(performance.now() - begun);
    }).observe(document.body, { childList: true, subtree: true });
    for (const kind of ["keydown", "keypress"])
      box.dispatchEvent(new KeyboardEvent(kind, { key: "Enter", bubbles: true, cancelable: true }));
  }, 200);
})"""


def test_a_browser_that_was_never_there_loads_little(chromium: Browser, seeds_address: str) -> None:
    """In few requests, as the benchmark counts them; and no script of the page is missing."""
    context = chromium.new_context()
    context.set_default_timeout(60_000)
    wire = Wire(context)
    errors: list[str] = []
    wire.page.on("pageerror", lambda error: errors.append(str(error)))
    wire.page.goto(seeds_address)
    wire.page.get_by_role("textbox", name="Your question").wait_for()
    wire.page.locator(".welcome .coverage").wait_for()
    wire.page.wait_for_timeout(500)
    assert sum(size for _, _, size in wire.heaviest) < MOST_BYTES
    assert 10 < len(wire.heaviest) < MOST_REQUESTS
    assert not [path for _, path, _ in wire.heaviest if "iframe" in path or "favicon" in path]
    icon = wire.page.locator("link[rel=icon]").first
    expect(icon).to_have_attribute("href", re.compile("^data:image/svg"))
    assert not errors
    context.close()


@pytest.mark.alone
def test_the_first_quote_stands_there_within_a_second(visit: Visit, seeds_address: str) -> None:
    """The quickest of several, for others may use this machine."""
    page = visit.open(seeds_address)
    visit.ask(QUESTIONS[0])  # the first question of a server loads what later ones use
    waited = [page.evaluate(WAITED, question) for question in QUESTIONS * 2]
    assert min(waited) < 1_000, waited
