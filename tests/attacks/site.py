"""The page that is attacked: served with accounts by a process that may open 1,024 files."""

import copy
import http.client
import itertools
import json
import os
import re
import resource
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.attacks.builder import Builder
from tests.building import BRIDGE, HARBOUR, write_articles
from tests.conftest import ROOT
from webui.security.accounts import hashed

CURATOR, READER, GREEDY = "cora", "rita", "greta"
PASSWORDS = {
    CURATOR: "a curator's secret",
    READER: "a reader's secret",
    GREEDY: "another curator's secret",
}
OPEN_FILES = 1_024
_PATIENCE = 60.0
_addresses = itertools.count(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came of a request; status 0 where the connection was closed without a word."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    seconds: float = 0.0

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def said(self) -> str:
        """What is said of a refusal; empty where nothing is."""
        try:
            told = self.json
        except ValueError:
            return self.text
        told = told if isinstance(told, dict) else {}
        return str(told.get("error") or told.get("detail") or "")


class Site:
    """A served page, its folders, and ways to ask it as somebody or as nobody."""

    def __init__(self, folder: Path, builder: Builder) -> None:
        """Make accounts, a corpus and an index in ``folder``; :meth:`serving` serves them."""
        self.folder = folder
        self.builder = builder
        self.corpus = folder / "corpus"
        self.index = folder / "index"
        self.users = folder / "users"
        self.looked_up = folder / "looked-up"
        self.port = 0
        self.process: subprocess.Popen[str] | None = None
        self._cookies: dict[str, str] = {}
        roles = {READER: "", CURATOR: ":curator", GREEDY: ":curator"}
        lines = (f"{name}:{hashed(PASSWORDS[name])}{role}\n" for name, role in roles.items())
        self.users.write_text("".join(lines))
        self.looked_up.touch()
        write_corpus(self.corpus)

    def serve(self) -> None:
        """Start to serve the page, anew if it ended."""
        self.stop()
        self._cookies.clear()
        self.process, self.port = started(self)

    @contextmanager
    def serving_another(self, index: Path) -> Iterator["Site"]:
        """Give a site with the same people over another index, served beside this one."""
        other = copy.copy(self)
        other.index, other.process, other._cookies = index, None, {}
        try:
            other.process, other.port = started(other)
            yield other
        finally:
            other.stop()

    def stop(self) -> None:
        """End the process that serves."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def is_well(self) -> bool:
        """Tell whether the page answers whoever comes."""
        ended = self.process is None or self.process.poll() is not None
        return not ended and self.ask("GET", "/").status == 200

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        who: str | None = None,
        headers: Mapping[str, str] | None = None,
        source: str | None = None,
    ) -> Reply:
        """Return the reply to a request; ``body`` is sent as JSON unless it is bytes.

        Each comes from another address of this machine unless ``source`` names one, so that none
        uses up what another may do.
        """
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        known = {"cookie": self.cookie(who)} if who else {}
        given = {"content-type": "application/json", **known, **(headers or {})}
        came_from = (source or new_address(), 0)
        asking = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=_PATIENCE, source_address=came_from
        )
        started_at = time.monotonic()
        try:
            asking.request(method, path, None if method == "GET" else sent, given)
            came = asking.getresponse()
            content = came.read()
        except (OSError, http.client.HTTPException):
            return Reply(status=0, seconds=time.monotonic() - started_at)
        finally:
            asking.close()
        return Reply(
            status=came.status,
            headers={name.lower(): value for name, value in came.getheaders()},
            body=content,
            seconds=time.monotonic() - started_at,
        )

    def call(self, name: str, *values: object, who: str | None = CURATOR) -> Reply:
        """Return what an action answers."""
        return self.ask("POST", f"/gradio_api/run/{name}", {"data": [*values]}, who=who)

    @cached_property
    def actions(self) -> tuple[str, ...]:
        """Every action that the page tells of, whoever added it."""
        told = self.ask("GET", "/gradio_api/info", who=CURATOR).json["named_endpoints"]
        return tuple(sorted(name.lstrip("/") for name in told))

    def names_looked_up(self) -> list[str]:
        """Return the names that the page asked the network for, so far."""
        return self.looked_up.read_text(encoding="utf-8").split("\n")[:-1]

    def megabytes(self) -> float:
        """Return what the process that serves has in memory."""
        assert self.process is not None
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def scratch(self, name: str) -> Path:
        """Return a new folder of an attack's own."""
        tried = (self.folder / f"{name}-{number}" for number in itertools.count())
        folder = next(path for path in tried if not path.exists())
        folder.mkdir()
        return folder

    def upload(self, name: str, content: bytes, *, who: str = CURATOR) -> Reply:
        """Return the reply to a file that is uploaded as a browser does."""
        quoted = name.replace('"', "%22")
        head = f'--x\r\nContent-Disposition: form-data; name="files"; filename="{quoted}"\r\n\r\n'
        body = head.encode("utf-8", "surrogateescape") + content + b"\r\n--x--\r\n"
        kind = {"content-type": "multipart/form-data; boundary=x"}
        return self.ask("POST", "/gradio_api/upload", body, who=who, headers=kind)

    def add(self, name: str, content: bytes, *, replace: bool = False) -> Reply:
        """Return the reply to a file that is uploaded and added to the corpus under a name."""
        uploaded = self.upload("upload.bin", content)
        expected = uploaded.status == 200 and isinstance(uploaded.json, list)
        if not expected:
            return uploaded
        return self.call("add", [{"name": name, "path": uploaded.json[0]}], replace)

    def cookie(self, who: str) -> str:
        """Return the cookie of somebody, who signs in for it once."""
        if who not in self._cookies:
            form = urllib.parse.urlencode({"username": who, "password": PASSWORDS[who]}).encode()
            kind = {"content-type": "application/x-www-form-urlencoded"}
            reply = self.ask("POST", "/login", form, headers=kind)
            assert reply.status == 200, reply
            set_cookie = reply.headers["set-cookie"]
            self._cookies[who] = "; ".join(re.findall(r"(access-token[\w-]*=[^;]+)", set_cookie))
        return self._cookies[who]


@contextmanager
def serving(folder: Path, builder: Builder) -> Iterator[Site]:
    """Give a site that is served until the end."""
    site = Site(folder, builder)
    try:
        subprocess.run(
            [sys.executable, "-m", "retriever.cli", "build", site.corpus, "--index", site.index],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        site.serve()
        yield site
    finally:
        site.stop()


def started(site: Site, *arguments: str) -> tuple["subprocess.Popen[str]", int]:
    """Return a process that serves the index of a site, and its port."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, hard))  # what it starts inherits
    command = [sys.executable, "-m", "tests.attacks.served", str(site.looked_up)]
    command += ["--port", "0", "--index", str(site.index), *arguments]
    try:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "QUOTIDIAN_USERS": str(site.users)},
            stdout=subprocess.PIPE,
            stderr=(site.folder / "server.log").open("a"),
            text=True,
        )
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    line = process.stdout.readline() if process.stdout else ""
    found = re.search(r":(\d+)/", line)
    if found is None:
        process.kill()
        told = (site.folder / "server.log").read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"the page does not start: {line} {told[-2000:]}")
    return process, int(found[1])


def new_address() -> str:
    """Return an address of this machine that nobody asked from yet; Linux has all of 127."""
    number = next(_addresses)
    if sys.platform != "linux":
        return "127.0.0.1"
    return f"127.{1 + number // 62_500 % 250}.{number // 250 % 250}.{1 + number % 250}"


def write_corpus(corpus: Path) -> None:
    """Write the articles that are served: two that anybody could have written, and hostile ones."""
    from tests.attacks.texts import ATTACKS

    records: list[dict[str, object]] = [
        {"id": "harbour", "title": "Storm closes the harbour", "text": HARBOUR},
        {"id": "bridge", "title": "The bridge", "text": BRIDGE, "published": "2023-06-25"},
    ]
    for number, hostile in enumerate(ATTACKS):
        text = f"The council of Ostby met about ship {number}. It said: {hostile} Nobody spoke."
        fields = {"title": hostile, "author": hostile, "publisher": hostile, "url": hostile}
        records.append({"id": f"hostile {number} {hostile[:60]}", "text": text, **fields})
    corpus.mkdir()
    write_articles(corpus / "articles.jsonl", records)
    (corpus / "story.txt").write_text("A story\n\nThe mayor of Ostby has opened a new library.\n")
