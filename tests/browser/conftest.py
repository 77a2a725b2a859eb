"""A real Chromium, a real server and a real index.

Without Chromium these tests are skipped, unless the environment says that they have to run.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from retriever import build
from tests.attacks import ATTACKS
from webui.security.accounts import hashed

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
# No sandbox: tests run as root in containers. The rest keeps Chromium's own traffic quiet.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PUBLISHERS = ("The Harbour Post", "Daily Meridian", "Northern Courier")
PLACES = ("Aldra", "Lunde", "Kestrel", "Vey", "Sorne", "Tarn", "Holm", "Brae", "Esk", "Ayr")
PARTS = ("", " North", " South", " East", " West", " Bay")
OUTPUT = ROOT / "test-output"
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
SIZES = {"wide": WIDE, "phone": PHONE, "zoomed": {"width": 720, "height": 450}}
LOOKS = ("wide-light", "wide-dark", "phone-light", "phone-dark")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.model)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return the browser; without one, skip or fail as the environment asks."""
    if not CHROMIUM.exists():
        message = f"{CHROMIUM} is not installed: apt-get install chromium"
        if os.environ.get("CI") or os.environ.get("QUOTIDIAN_REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def seeds_address(seeds_index_folder: Path) -> Iterator[str]:
    """Serve the page over the seed articles and return its address."""
    yield from serve_index(seeds_index_folder)


@pytest.fixture(scope="session")
def news_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of articles that are dated, of several publishers, languages and kinds."""
    folder = tmp_path_factory.mktemp("news")
    rows = [
        {
            "id": f"report-{number}",
            "title": f"{place} report {number}",
            "author": "Ann Berg",
            "publisher": PUBLISHERS[number % 3],
            "published": f"{2021 + number % 4}-{1 + number % 12:02}-15",
            "url": f"https://news.example/{number}",
            "language": "fr" if number % 7 == 0 else "en",
            "text": f"The {place} ferry was cancelled on day {number}, said captain Ines Holm.\n\n"
            f"The council of {place} met {number} times that year.",
        }
        for number, place in enumerate(f"{place}{part}" for part in PARTS for place in PLACES)
    ]
    rows[-1]["text"] = rows[-2]["text"]  # a reprint
    lines = [json.dumps(row) for row in rows]
    (folder / "reports.jsonl").write_text("\n".join([*lines, "{broken"]), encoding="utf-8")
    (folder / "old.txt").write_text("The lighthouse of Sorne was lit in 1742.\n")
    return folder


@pytest.fixture(scope="session")
def news_index(news_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the index of those articles; tests leave it as it was."""
    index = tmp_path_factory.mktemp("news-index")
    build(news_folder, index=index)
    return index


@pytest.fixture(scope="session")
def news_address(news_index: Path) -> Iterator[str]:
    """Serve the page over those articles and return its address."""
    yield from serve_index(news_index)


@pytest.fixture
def changing_news_address(news_folder: Path, tmp_path: Path) -> Iterator[str]:
    """Serve the page over a copy of those articles, for tests that change them or what is kept."""
    corpus = shutil.copytree(news_folder, tmp_path / "corpus")
    build(corpus, index=tmp_path / "index")
    yield from serve_index(tmp_path / "index")


@pytest.fixture(scope="session")
def hostile_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the page over articles that attack it in every field, and return its address."""
    folder = tmp_path_factory.mktemp("hostile")
    corpus = folder / "corpus"
    corpus.mkdir()
    rows = [
        {
            "id": f"z{place} {attack}",
            "title": attack,
            "author": attack,
            "publisher": attack,
            "published": None,
            "language": attack,
            "url": attack,
            "text": f"The zeppelin Zx{place} carried {attack} over the harbour of Genoa.",
        }
        for place, attack in enumerate(ATTACKS)
    ]
    lines = "".join(f"{json.dumps(row)}\n" for row in rows)
    (corpus / "fields.jsonl").write_text(lines, encoding="utf-8")
    for place, attack in enumerate(ATTACKS):
        name = f"b{place} {attack}".replace("/", "\u2215").replace("\0", "")[:60]
        (corpus / f"{name}.txt").write_text(f"The balloon Bx{place} flew over Pisa.\n")
    build(corpus, index=folder / "index")
    yield from serve_index(folder / "index")


class Visit:
    """A page in a window of its own, with what it asked of the network and what went wrong."""

    def __init__(self, context: BrowserContext) -> None:
        """Open a page and listen."""
        self.context = context
        self.page: Page = context.new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        context.on("request", self._note)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", lambda dialog: self.errors.append(f"dialog: {dialog.message}"))

    def open(self, address: str) -> Page:
        """Go to the address and wait until a question can be typed."""
        self.page.goto(address)
        self.page.get_by_role("textbox", name="Your question").wait_for()
        return self.page

    def ask(self, question: str) -> None:
        """Ask and wait for the answer."""
        answers = self.page.locator(".message.bot:not(.waiting)")
        before = answers.count()
        box = self.page.get_by_role("textbox", name="Your question")
        box.fill(question)
        box.press("Enter")
        answers.nth(before).wait_for()

    def hosts(self) -> set[str]:
        """Return every host that the page asked something of."""
        return {host for url in self.requests if (host := urlsplit(url).hostname)}

    def _note(self, request: Request) -> None:
        self.requests.append(request.url)


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Return a fresh wide window."""
    yield from _visit(chromium, WIDE)


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Visit]:
    """Return a fresh window the size of a phone."""
    yield from _visit(chromium, PHONE)


@pytest.fixture(params=LOOKS)
def looked_at(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[tuple[str, Visit]]:
    """Return a window of each size in each scheme, with a name for it: that of its size first."""
    size, scheme = request.param.split("-")
    for visit in _visit(chromium, SIZES[size], scheme):
        yield request.param, visit


def _visit(browser: Browser, size: dict[str, int], scheme: str = "light") -> Iterator[Visit]:
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.set_default_timeout(60_000)
    visit = Visit(context)
    yield visit
    visit.page.unroute_all(behavior="ignoreErrors")  # what holds a request back would fail
    context.close()


class Served:
    """A server that is stopped and started again at the same address."""

    def __init__(self, index: Path, **environment: str) -> None:
        """Start it, with these settings in its environment."""
        self._index = index
        self._environment = environment
        self._port = 0
        self.start()

    @property
    def address(self) -> str:
        """Where it is, or was."""
        return f"http://127.0.0.1:{self._port}/"

    def start(self, **environment: str) -> None:
        """Start it, with further settings; it has its first port again."""
        self._server = _started(self._index, self._port, {**self._environment, **environment})
        self._port = int(_address_of(self._server).rsplit(":", 1)[1].rstrip("/"))

    def pause(self) -> None:
        """Let it take connections and do nothing."""
        self._server.send_signal(signal.SIGSTOP)

    def stop(self) -> None:
        """End it as a power cut would."""
        self._server.kill()
        self._server.communicate()


@pytest.fixture
def served(seeds_index_folder: Path) -> Iterator[Served]:
    """Return a server over the seed articles that a test may stop."""
    server = Served(seeds_index_folder)
    yield server
    server.stop()


@pytest.fixture
def guarded(seeds_index_folder: Path, tmp_path: Path) -> Iterator[Served]:
    """Return a server for ann, who looks after the articles, and bob, who only reads."""
    users = tmp_path / "users"
    users.write_text(f"ann:{hashed('one')}:curator\nbob:{hashed('two')}\n")
    server = Served(seeds_index_folder, QUOTIDIAN_USERS=str(users))
    yield server
    server.stop()


def _started(
    index: Path, port: int = 0, more: Mapping[str, str] | None = None, errors: IO[str] | None = None
) -> subprocess.Popen[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("QUOTIDIAN_")}
    environment |= more or {}
    command = [sys.executable, "-m", "retriever.cli", "serve"]
    command += ["--port", str(port), "--index", str(index)]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
    )


def _address_of(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    line = server.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+/", line)
    assert found, f"no address in {line!r}"
    return found.group()


def serve_index(index: Path, errors: IO[str] | None = None) -> Iterator[str]:
    """Serve the page over an index; what the server writes of errors goes to ``errors``."""
    with _started(index, errors=errors) as server:
        yield _address_of(server)
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=30) == 0
