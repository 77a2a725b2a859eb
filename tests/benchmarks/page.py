"""Time the page: ``python -m tests.benchmarks.page [INDEX] [--questions FILE] [--one-reader]``.

It prints how long a reader waits for the question box and for the first quote, in Chromium if there
is one; how twenty people fare who ask at once; and what 200 open tabs cost in memory.
Without INDEX the seeds are indexed. FILE is a data set's ``queries.jsonl``. With ``--one-reader``
the twenty and the tabs are left out. Compare figures of one machine only, with nothing else
running.
"""

import argparse
import itertools
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
from gradio_client import Client
from playwright.sync_api import sync_playwright

from retriever import build

CHROMIUM = Path("/usr/bin/chromium")
ASKERS, ROUNDS, TABS, PAGES, IDLE_SECONDS = 20, 5, 200, 20, 30
QUESTIONS = (
    "Who did Andrey Rudenko meet in Beijing?",
    "Where will Prighozin go into exile?",
    "How many people live on the moon?",
    "When was the Treaty of Good Neighborhood signed?",
)


def main(index: Path | None, questions: Sequence[str], *, one_reader: bool) -> None:
    """Run the measurements in order and print one line for each."""
    with tempfile.TemporaryDirectory() as folder:
        if index is None:
            index = Path(folder, "index")
            build("seeds", index=index)
        started = time.perf_counter()
        with served(index) as (address, process):
            say(
                f"server answers           {time.perf_counter() - started:8.2f} s   after its start"
            )
            if CHROMIUM.exists():
                in_a_browser(address, questions[0])
            if one_reader:
                return
            at_once(address, questions)
            if CHROMIUM.exists():
                idle(address, process, questions[0])


@contextmanager
def served(index: Path) -> Iterator[tuple[str, int]]:
    """Serve the page in a process of its own; give its address and process id."""
    command = [sys.executable, "-m", "retriever.cli", "serve", "--port", "0"]
    command += ["--index", str(index)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found
        httpx.get(found.group(), timeout=60)
        yield found.group(), server.pid
        server.terminate()


def in_a_browser(address: str, question: str) -> None:
    """Print how long the box takes to be there, and the first quote after Enter."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        boxes, quotes = [], []
        for _ in range(ROUNDS):
            page = browser.new_context().new_page()
            started = time.perf_counter()
            page.goto(address, wait_until="commit")
            box = page.get_by_role("textbox", name="Your question")
            box.wait_for()
            boxes.append(time.perf_counter() - started)
            box.fill(question)
            started = time.perf_counter()
            box.press("Enter")
            page.locator("article.card").first.wait_for()
            quotes.append(time.perf_counter() - started)
            page.context.close()
        say(f"question box             {boxes[0]:8.2f} s   cold; median {median(boxes):.2f} s")
        say(f"first quote              {quotes[0]:8.2f} s   cold; median {median(quotes):.2f} s")
        browser.close()


def at_once(address: str, questions: Sequence[str]) -> None:
    """Print how long twenty people wait who each ask five questions at once."""
    clients = [
        Client(address, verbose=False, analytics_enabled=False, download_files=False)
        for _ in range(ASKERS)
    ]
    asked = [*itertools.islice(itertools.cycle(questions), ASKERS * ROUNDS)]

    def ask(number: int) -> tuple[list[float], int]:
        seconds, errors = [], 0
        for question in asked[number::ASKERS]:
            started = time.perf_counter()
            try:
                clients[number].predict(question, api_name="/ask")
            except Exception as error:  # noqa: BLE001 - whatever it is, it is counted and shown
                say(f"  {type(error).__name__}: {error}")
                errors += 1
            seconds.append(time.perf_counter() - started)
        return seconds, errors

    with ThreadPoolExecutor(ASKERS) as pool:
        told = [*pool.map(ask, range(ASKERS))]
    for client in clients:
        client.close()
    seconds = sorted(second for times, _ in told for second in times)
    p95 = seconds[int(len(seconds) * 0.95)]
    errors = sum(errors for _, errors in told)
    say(f"{ASKERS} askers at once, p50   {median(seconds):8.2f} s   {len(seconds)} questions")
    say(f"{ASKERS} askers at once, p95   {p95:8.2f} s   {errors} errors")


def idle(address: str, process: int, question: str) -> None:
    """Print what the server holds before and with many tabs of a browser that asked once.

    Twenty are open at a time: a tab holds no connection, so that the server cannot tell one that
    was closed from one that is idle.
    """
    before, held = memory(process), []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for _ in range(TABS // PAGES):
            context = browser.new_context()
            pages = [context.new_page() for _ in range(PAGES)]
            for page in pages:
                page.goto(address)
                page.get_by_role("textbox", name="Your question").fill(question)
                page.keyboard.press("Enter")
                page.locator("article.card").first.wait_for()
            held.append(memory(process))
            if len(held) == 1 or len(held) == TABS // PAGES:
                time.sleep(IDLE_SECONDS)
                held.append(memory(process))
            context.close()
        browser.close()
    say(f"memory, no tab           {before:8.0f} MB")
    say(f"memory, {PAGES} idle pages  {held[0]:8.0f} MB   {held[1]:.0f} MB {IDLE_SECONDS} s later")
    say(f"memory, {TABS} idle tabs  {held[-2]:8.0f} MB   {held[-1]:.0f} MB {IDLE_SECONDS} s later")


def memory(process: int) -> float:
    """Return what a process has in memory, in megabytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def median(seconds: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(seconds)


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("index", nargs="?", type=Path)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--one-reader", action="store_true")
    given = parser.parse_args()
    rows = given.questions.read_text(encoding="utf-8").splitlines() if given.questions else []
    asked = [json.loads(row)["text"] for row in rows] or QUESTIONS
    main(given.index, asked, one_reader=given.one_reader)
