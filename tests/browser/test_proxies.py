"""The page behind a proxy: under a path or none, whichever name the proxy asks by."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Served, Visit
from tests.reverse_proxy import proxied


@pytest.mark.parametrize("keeps_host", [True, False])
@pytest.mark.parametrize("path", ["", "/quotes"])
def test_a_question_is_answered_behind_a_proxy(
    visit: Visit,
    seeds_index_folder: Path,
    path: str,
    keeps_host: bool,  # noqa: FBT001
) -> None:
    settings = {"QUOTIDIAN_ROOT_PATH": path} if path else {}
    server = Served(seeds_index_folder, **settings)
    try:
        with proxied(server.address, path=path, keeps_host=keeps_host) as address:
            server.stop()
            server.start(QUOTIDIAN_ALLOWED_HOSTS=urlsplit(address).netloc)
            visit.open(address)
            visit.ask("Who is Ding?")
            expect(visit.page.locator("article.card.quote").first).to_be_visible()
            visit.page.locator("article.card").first.click()
            expect(visit.page.locator("mark").first).to_be_in_viewport()
            assert not visit.errors
            assert visit.hosts() == {"localhost"}
            assert all(url.startswith((address, "data:", "blob:")) for url in visit.requests)
    finally:
        server.stop()
