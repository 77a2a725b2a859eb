"""What a browser loads of the page: ``python -m tests.benchmarks.page_weight [INDEX] [--every]``.

It prints, for a browser that was never there, how many requests the page makes until a question
can be typed and until its first quote is seen, and how many bytes come over the wire, headers
included; then the same for a browser that was there before. Without INDEX the seeds are indexed.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, sync_playwright

from retriever import build
from tests.benchmarks.page import CHROMIUM, QUESTIONS, say, served

MOST_BYTES, MOST_REQUESTS = 350_000, 40


class Wire:
    """Counts what a page of a browser asks for and gets."""

    def __init__(self, context: BrowserContext) -> None:
        """Open a page and listen at its wire."""
        self.page = context.new_page()
        self._of: dict[str, tuple[str, str, float]] = {}
        session = context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.dataReceived", self._came)
        session.on("Network.loadingFinished", self._finished)

    @property
    def heaviest(self) -> list[tuple[str, str, float]]:
        """What was asked for: kind, path and bytes, the most bytes first."""
        return sorted(self._of.values(), key=lambda one: -one[2])

    def _sent(self, event: Any) -> None:
        url = urlsplit(event["request"]["url"])
        if url.scheme.startswith("http"):
            self._of[event["requestId"]] = (event.get("type", "Other").lower(), url.path, 0.0)

    def _came(self, event: Any) -> None:
        """Count pieces: the stream of an answer is never said to be finished."""
        self._count(event["requestId"], event["encodedDataLength"], more=True)

    def _finished(self, event: Any) -> None:
        """Count the whole, headers included, of which the pieces are a part."""
        self._count(event["requestId"], event["encodedDataLength"], more=False)

    def _count(self, request: str, size: float, *, more: bool) -> None:
        if request in self._of:
            kind, path, before = self._of[request]
            self._of[request] = (kind, path, before + size if more else max(before, size))


def main(index: Path | None, *, every: bool) -> int:
    """Print what is loaded; return 1 where it is more than it may be."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        if index is None:
            index = Path(folder, "index")
            build("seeds", index=index)
        with served(index) as (address, _):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            context = browser.new_context()
            first = _visit(context, address, "first visit", every=every)
            _visit(context, address, "second visit", every=every)
            browser.close()
    total = sum(size for _, _, size in first.heaviest)
    return int(total > MOST_BYTES or len(first.heaviest) >= MOST_REQUESTS)


def _visit(context: BrowserContext, address: str, name: str, *, every: bool) -> Wire:
    wire = Wire(context)
    page = wire.page
    page.goto(address)
    box = page.get_by_role("textbox", name="Your question")
    box.wait_for()
    page.locator(".welcome .coverage").wait_for()
    page.wait_for_timeout(500)
    _say(f"{name}, question box", wire)
    box.fill(QUESTIONS[0])
    box.press("Enter")
    page.locator("article.card").first.wait_for()
    page.wait_for_timeout(500)
    _say(f"{name}, first quote", wire)
    for kind, path, size in wire.heaviest[: 60 if every else 5]:
        say(f"    {size / 1000:8.1f} kB  {kind:12s} {path}")
    page.close()
    return wire


def _say(name: str, wire: Wire) -> None:
    total = sum(size for _, _, size in wire.heaviest) / 1000
    say(f"{name:28s} {len(wire.heaviest):4d} requests {total:8.1f} kB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("index", nargs="?", type=Path)
    parser.add_argument("--every", action="store_true", help="name every request")
    given = parser.parse_args()
    sys.exit(main(given.index, every=given.every))
