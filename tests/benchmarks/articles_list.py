"""What a list of many articles costs: its first look, its pages, its searches, and the tab itself.

    python -m tests.benchmarks.articles_list BASE... [--sizes N...] [--folder DIR] [--json]

makes an index of about each number of articles (5,000 and 100,000) out of the indexes BASE with
:mod:`.made_index` in DIR, where it finds those of the last time. In a process of its own it lists
each: the first time, which reads every article once, with the memory that this leaves behind and
takes at most; then pages, sortings, filters and searches, ROUNDS times each, the orders and words
that are remembered forgotten before. Then it serves the index and looks at the Articles tab in
Chromium, if there is one: from the click on its name until its rows stand there. Times are medians
by the clock and of the CPU, of the server where it is one.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from retriever import Filters, ListRequest, open_index
from retriever.index.generation import Generation
from retriever.index.publishing import current_generation
from tests.benchmarks.growth import resident, timed
from tests.benchmarks.made_index import NOISE, make_index
from tests.benchmarks.page import CHROMIUM, served
from tests.benchmarks.rebuilding import say

SIZES = (5_000, 100_000)
ROUNDS = 9
NEWEST = ListRequest(sort="-published", limit=50)
# What is asked of each index; the words are common in any news.
REQUESTS = {
    "newest": NEWEST,
    "far behind": ListRequest(sort="-published", limit=50, offset=4_900),
    "by title": ListRequest(sort="title", limit=50),
    "one word": ListRequest(words="president", sort="-published", limit=50),
    "three words": ListRequest(words="police city report", sort="-published", limit=50),
    "one year": ListRequest(filters=Filters(after="2022", before="2022"), limit=50),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Milliseconds by the clock and of the CPU, the middle of several."""

    ms: float
    cpu_ms: float

    @classmethod
    def of(cls, taken: Sequence[tuple[float, float]]) -> "Cost":
        """Return the medians of what :func:`timed` gave."""
        clock, cpu = (
            round(1000 * statistics.median(times), 1) for times in zip(*taken, strict=True)
        )
        return cls(ms=clock, cpu_ms=cpu)


def main(bases: Sequence[Path], *, sizes: Sequence[int], folder: Path, as_json: bool) -> None:
    """Make the indexes, measure each, and print what was found."""
    for size in sizes:
        index = folder / f"{size}-articles"
        if not (index / "CURRENT").is_file():
            make_index(index, bases, passages=passages_for(size, bases), noise=NOISE)
        found = listed_apart(index)
        if CHROMIUM.exists():
            found["in the browser"] = {
                name: asdict(cost) for name, cost in looked_at(index).items()
            }
        if as_json:
            say(json.dumps(found))
            continue
        for name, value in found.items():
            say(f"{name:16} {value}")


def passages_for(articles: int, bases: Sequence[Path]) -> int:
    """Return how many passages so many articles have, as the bases have them."""
    made = [Generation(current_generation(base)).manifest for base in bases]
    return articles * sum(one.passages for one in made) // sum(one.articles for one in made)


def listed_apart(index: Path) -> dict[str, object]:
    """Measure an index in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.articles_list", "--measure", str(index)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(index: Path) -> dict[str, object]:
    """List an index in every way, the first time and again."""
    opened = open_index(index, reader="none")
    before, most = resident()[0], peak()
    first = timed(partial(opened.list_articles, NEWEST))
    table = opened.catalogue().table
    found: dict[str, object] = {
        "articles": opened.coverage.articles,
        "first look": asdict(Cost.of([first])),
        "memory kept, MB": round((resident()[0] - before) / 1e6),
        "memory at most, MB": round((peak() - most) / 1e6),
    }
    for name, request in REQUESTS.items():
        taken = []
        for _ in range(ROUNDS):
            table.order.cache_clear()
            table.stating.cache_clear()
            taken.append(timed(partial(opened.list_articles, request)))
        found[name] = asdict(Cost.of(taken))
    again = [timed(partial(opened.list_articles, NEWEST)) for _ in range(ROUNDS)]
    return found | {"newest, again": asdict(Cost.of(again))}


def peak() -> int:
    """Return the most bytes that this process ever had in memory."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def looked_at(index: Path) -> dict[str, Cost]:
    """Return what it takes until the tab shows what a click or key asked for."""
    taken: dict[str, list[tuple[float, float]]] = {}
    with served(index) as (address, process), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for number in range(ROUNDS):
            page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
            page.goto(address)
            page.locator(".welcome .coverage").wait_for()

            def note(name: str, act: Callable[[], object], found: str, page: Page = page) -> None:
                started, used = time.perf_counter(), processor_seconds(process)
                act()
                page.locator(found).first.wait_for()
                cost = time.perf_counter() - started, processor_seconds(process) - used
                taken.setdefault(name, []).append(cost)

            opened = "the tab, first of all" if number == 0 else "the tab"
            tab = page.get_by_role("button", name="Articles", exact=True)
            note(opened, tab.click, ".listing tbody tr")
            turned = page.get_by_role("button", name="Last")
            note("the last page", turned.click, '[data-turn="last"][aria-disabled]')
            by_title = page.get_by_role("button", name="Article", exact=True)
            note("by title", by_title.click, 'th[aria-sort="ascending"]')
            words = page.locator(".listing input[name=text]")
            note("a word", partial(words.fill, "president"), ".narrowed .chip")
            page.context.close()
        browser.close()
    return {name: Cost.of(own) for name, own in taken.items()}


def processor_seconds(process: int) -> float:
    """Return the seconds of CPU that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure what a list of many articles costs.")
    parser.add_argument("bases", type=Path, nargs="*")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        say(json.dumps(measure(given.measure)))
        sys.exit(0)
    with tempfile.TemporaryDirectory() as temporary:
        main(
            given.bases,
            sizes=given.sizes,
            folder=given.folder or Path(temporary),
            as_json=given.json,
        )
