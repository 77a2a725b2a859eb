"""What the page looks like: kept as screenshots, checked by axe, still and quiet on the wire."""

from collections.abc import Callable, Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import OUTPUT, SIZES, Visit

QUESTION = "Who did Andrey Rudenko meet in Beijing?"


def states(visit: Visit) -> Iterator[str]:
    """Bring the page, one after the other, into each state that it has; yield their names."""
    page = visit.page
    page.locator("button.example").first.wait_for()
    yield "1-empty"
    visit.ask(QUESTION)
    page.locator("article.card summary").first.click()
    yield "2-answer"
    page.keyboard.press("Escape")
    page.locator("article.card.quote").first.click()
    expect(page.locator("mark").first).to_be_in_viewport()
    page.wait_for_timeout(300)
    yield "3-source"
    page.keyboard.press("Escape")
    visit.ask("And what did he say of Prigozhyn?")
    yield "4-follow-up"
    visit.ask("What is the population of Reykjavik?")
    yield "5-refusal"
    page.get_by_role("button", name="History").click()
    yield "6-history"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Articles").click()
    page.locator(".listing tbody tr").first.wait_for()
    yield "7-corpus"


def test_every_state_is_kept_and_has_nothing_serious_against_it(
    looked_at: tuple[str, Visit], seeds_address: str
) -> None:
    """Axe finds nothing serious or critical, nothing sticks out sideways, nothing failed."""
    OUTPUT.mkdir(exist_ok=True)
    name, visit = looked_at
    page = visit.open(seeds_address)
    for state in states(visit):
        page.screenshot(path=OUTPUT / f"{name}-{state}.png")
        assert not grave(page), state
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= SIZES[name.split("-")[0]]["width"], state
    assert not visit.errors
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour == ("rgb(250, 248, 243)" if "light" in name else "rgb(25, 24, 21)")


def grave(page: Page) -> list[str]:
    """Return what axe calls serious or critical, with where it is."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes']]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]


def test_a_whole_session_asks_nothing_of_another_host(visit: Visit, seeds_address: str) -> None:
    """Through every state of the page, saving and copying included."""
    page = visit.open(seeds_address)
    for _ in states(visit):
        pass
    page.get_by_role("button", name="Ask", exact=True).first.click()
    page.locator("article.card .link").first.click()
    page.locator(".keep summary").click()
    with page.expect_download():
        page.get_by_role("button", name="Markdown").click()
    page.wait_for_timeout(500)
    assert len(visit.requests) > 10
    assert visit.hosts() == {"127.0.0.1"}


def test_nothing_jumps_while_the_page_loads(
    visit: Visit, news_address: str, seeds_address: str
) -> None:
    """Chromium's own measure of layout shift stays far below what it calls good (0.1)."""
    measure: Callable[[], float] = lambda: visit.page.evaluate(  # noqa: E731
        """() => new Promise(done => {
             let sum = 0;
             new PerformanceObserver(list => {
               for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
             }).observe({ type: "layout-shift", buffered: true });
             setTimeout(() => done(sum), 300);
           })"""
    )
    for address in (news_address, seeds_address):
        visit.open(address)
        visit.page.locator(".welcome .coverage").wait_for()
        visit.page.wait_for_timeout(700)
        assert measure() < 0.02, address
    visit.ask(QUESTION)
    assert measure() < 0.1
