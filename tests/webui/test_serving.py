"""Who may reach the page, and under which name."""

import base64
import re
import subprocess
import sys
from collections.abc import MutableMapping
from typing import Any

import pytest
from fastapi.testclient import TestClient

from retriever import Index, IndexMissingError, Settings, SettingsError
from tests.loops import in_a_loop
from tests.webui.applications import served
from webui.security.accounts import Account, Accounts, hashed
from webui.security.guard import LARGEST, LOGIN_BURST
from webui.serving import (
    configured,
    is_loopback,
    required_accounts,
    serve,
)

ACCOUNT = {"QUOTIDIAN_USER": "ann", "QUOTIDIAN_PASSWORD": "secret"}
LOCAL = "http://127.0.0.1"


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.2", False),
        ("example.org", False),
        ("localhost.example.org", False),
        ("", False),
    ],
)
def test_loopback_is_told_from_the_rest(host: str, alone: bool) -> None:  # noqa: FBT001
    """Loopback is told from the rest."""
    assert is_loopback(host) is alone


@pytest.mark.parametrize(
    "environment",
    [{}, {"QUOTIDIAN_USER": "ann"}, {"QUOTIDIAN_USER": "ann", "QUOTIDIAN_PASSWORD": ""}],
)
def test_another_host_needs_a_user_and_a_password(environment: dict[str, str]) -> None:
    """Another host needs a user and a password."""
    assert required_accounts("127.0.0.1", environment) is None
    with pytest.raises(SettingsError, match="set QUOTIDIAN_USER and QUOTIDIAN_PASSWORD") as caught:
        required_accounts("0.0.0.0", environment)
    assert "\n" not in str(caught.value)
    for host in ("0.0.0.0", "127.0.0.1"):
        accounts = required_accounts(host, ACCOUNT)
        assert accounts is not None
        assert accounts.check("ann", "secret")


def test_serving_elsewhere_is_refused_before_the_index_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Serving elsewhere is refused before the index is opened."""
    for name in ("QUOTIDIAN_USER", "QUOTIDIAN_USERS"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SettingsError, match=r"Host '0\.0\.0\.0' can be reached"):
        serve(Settings(index="no such folder", host="0.0.0.0"))


def test_the_index_is_opened_with_every_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader counts on the page as it does on the command line."""
    given, opened = Settings(index="nowhere", reader="mine"), []

    def note(settings: Settings) -> Index:
        opened.append(settings)
        raise IndexMissingError("there is none")

    monkeypatch.setattr("webui.serving.open_configured", note)
    with pytest.raises(IndexMissingError):
        serve(given)
    assert opened == [given]


def known() -> Accounts:
    """Return one account."""
    return Accounts({"ann": Account(hashed=hashed("secret"))})


def test_the_page_names_no_other_host_and_is_confined_to_its_own(library: Any) -> None:
    """Nothing of another host is named, and nothing of one could be loaded."""
    with TestClient(served(library), base_url=LOCAL) as client:
        page = client.get("/")
        assert page.status_code == 200
        assert "default-src 'self'" in page.headers["content-security-policy"]
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["cross-origin-opener-policy"] == "same-origin"
        for word in ("googleapis", "gstatic", "cdn.", "huggingface.co"):
            assert word not in page.text
        assert "googleapis" not in client.get("/theme.css").text


def test_a_foreign_name_for_this_machine_is_turned_away(library: Any) -> None:
    """Another site's name that points to this machine reaches nothing."""
    with TestClient(served(library), base_url="http://evil.example") as client:
        assert client.get("/").status_code == 400
        assert client.post("/mcp", json={}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9"},
        {"Origin": "http://127.0.0.1.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_can_neither_ask_nor_change_anything(
    library: Any, headers: dict[str, str]
) -> None:
    """What a page of another site sends is refused, and it may read no reply."""
    with TestClient(served(library), base_url=LOCAL) as client:
        for path in ("/gradio_api/queue/join", "/gradio_api/component_server", "/mcp", "/login"):
            refused = client.post(path, json={}, headers=headers)
            assert refused.status_code == 403
            assert refused.json() == {"detail": "This request comes from another site."}
        allowed = client.get("/config", headers=headers).headers
        assert allowed.get("access-control-allow-origin") in {None, LOCAL}


def test_a_request_too_large_is_refused(library: Any) -> None:
    """Whether it states its size or not."""
    with TestClient(served(library), base_url=LOCAL) as client:
        for body in (b"x" * (LARGEST + 1), iter([b"x" * LARGEST, b"xx"])):
            reply = client.post("/mcp", content=body)
            assert reply.status_code in {400, 413}


def test_with_an_account_nothing_is_told_without_it(library: Any) -> None:
    """Neither the page nor a program learns anything before it has said who it is."""
    app = served(library, host="0.0.0.0", accounts=known())
    with TestClient(app, base_url="http://example.org") as client:
        assert client.get("/config").status_code == 401
        assert "China" not in client.get("/").text
        wrong = client.post("/login", data={"username": "ann", "password": "wrong"})
        assert wrong.status_code == 400
        right = client.post("/login", data={"username": "ann", "password": "secret"})
        assert right.status_code == 200
        for cookie in right.headers.get_list("set-cookie"):
            assert "HttpOnly" in cookie
            assert re.findall(r"samesite=(\w+)", cookie, re.IGNORECASE) == ["Strict"]
        assert client.get("/config").status_code == 200


def test_the_sign_in_page_is_ours_and_lets_in_who_is_known(library: Any) -> None:
    """Before it, the page asks who one is; behind it, it is the page, and one can leave again."""
    app = served(library, host="0.0.0.0", accounts=known())
    with TestClient(app, base_url="https://example.org") as client:
        asked = client.get("/")
        assert "Sign in" in asked.text
        assert "gradio_config" not in asked.text
        assert "default-src 'self'" in asked.headers["content-security-policy"]
        assert client.get("/", params={"view": "api"}).text == asked.text
        client.post("/login", data={"username": "ann", "password": "secret"})
        page = client.get("/").text
        assert "Sign in" not in page
        assert "gradio_config" in page
        assert client.get("/config").status_code == 200
        client.get("/logout")
        assert client.get("/").text == asked.text
        assert client.get("/config").status_code == 401
    with TestClient(served(library), base_url=LOCAL) as client:
        assert "Sign in" not in client.get("/").text


def test_the_tools_want_the_password_too(library: Any) -> None:
    """Given as HTTP Basic, since a program has no cookie."""
    app = served(library, host="0.0.0.0", accounts=known())
    request = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accept = {"Accept": "application/json, text/event-stream"}
    with TestClient(app, base_url="http://example.org") as client:
        for given in (None, "Basic !", "Bearer x", _basic("ann", "wrong"), _basic("bob", "secret")):
            headers = {"Authorization": given} if given else {}
            refused = client.post("/mcp", json=request, headers=accept | headers)
            assert refused.status_code == 401
            assert refused.headers["www-authenticate"].startswith("Basic")
        headers = accept | {"Authorization": _basic("ann", "secret")}
        told = client.post("/mcp", json=request, headers=headers)
        assert {tool["name"] for tool in told.json()["result"]["tools"]} >= {"ask", "search"}


def test_guessing_a_password_is_held_back(library: Any) -> None:
    """After a few wrong ones in a row nothing more is tried for this address."""
    app = served(library, host="0.0.0.0", accounts=known())
    with TestClient(app, base_url="http://example.org") as client:
        codes = [
            client.post("/login", data={"username": "ann", "password": str(n)}).status_code
            for n in range(LOGIN_BURST + 2)
        ]
    assert codes[0] == 400
    assert codes[-1] == 429


def test_the_tools_look_at_no_password_of_who_guessed_too_often(library: Any) -> None:
    """Or the right one would be told from the wrong ones, held back as they are."""
    app = served(library, host="0.0.0.0", accounts=known())
    with TestClient(app, base_url="http://example.org") as client:

        def status(password: str) -> int:
            authorization = {"Authorization": _basic("ann", password)}
            return client.post("/mcp", json={}, headers=authorization).status_code

        codes = [status(str(number)) for number in range(LOGIN_BURST + 2)]
        assert codes[0] == 401
        assert {*codes[LOGIN_BURST:]} == {429}
        assert status("secret") == 429


def test_a_program_that_was_let_in_may_call_as_often_as_it_likes(library: Any) -> None:
    app = served(library, host="0.0.0.0", accounts=known())
    headers = {"Authorization": _basic("ann", "secret")}
    with TestClient(app, base_url="http://example.org") as client:
        codes = [
            client.post("/mcp", json={}, headers=headers).status_code
            for _ in range(2 * LOGIN_BURST)
        ]
    assert not {401, 429} & {*codes}


@pytest.mark.parametrize(
    ("proxies", "seen"), [("", "127.0.0.1"), ("192.0.2.9", "127.0.0.1"), ("127.0.0.1", "192.0.2.1")]
)
def test_an_address_is_believed_only_from_the_proxies_that_are_named(
    proxies: str, seen: str
) -> None:
    """Who guesses would otherwise be somebody else each time; uvicorn alone trusts loopback."""
    noted: list[object] = []

    async def note(scope: MutableMapping[str, Any], *_: object) -> None:
        noted.append(scope["client"])

    config = configured(note, proxies=proxies)
    config.load()
    headers = [(b"x-forwarded-for", b"192.0.2.1")]
    scope: Any = {"type": "http", "client": ("127.0.0.1", 1), "headers": headers}
    ignored: Any = None
    in_a_loop(lambda: config.loaded_app(scope, ignored, ignored))
    assert [address for address, _ in noted] == [seen]  # type: ignore[misc, has-type]


def _basic(user: str, password: str) -> str:
    return f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"


def test_whatever_a_library_logs_only_warnings_are_written() -> None:
    """Some set their own loggers to DEBUG, and the root's level does not hold those."""
    program = (
        "import logging; from webui.serving import log_warnings_only; log_warnings_only()\n"
        "chatty = logging.getLogger('chatty'); chatty.setLevel(logging.DEBUG)\n"
        "chatty.debug('one'); chatty.info('two'); chatty.warning('three'); logging.info('four')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert (ran.stdout, ran.stderr) == ("", "WARNING: three\n")
