"""Who may reach the page, and under which name."""

import asyncio
from threading import Thread
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from retriever import SettingsError
from webui.answerer import Answerer
from webui.serving import application, is_loopback, required_account, serve

ACCOUNT = {"QUOTIDIAN_USER": "ann", "QUOTIDIAN_PASSWORD": "secret"}


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
    assert required_account("127.0.0.1", environment) is None
    with pytest.raises(SettingsError, match="set QUOTIDIAN_USER and QUOTIDIAN_PASSWORD") as caught:
        required_account("0.0.0.0", environment)
    assert "\n" not in str(caught.value)
    assert required_account("0.0.0.0", ACCOUNT) == ("ann", "secret")
    assert required_account("127.0.0.1", ACCOUNT) == ("ann", "secret")


def test_serving_elsewhere_is_refused_before_the_index_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Serving elsewhere is refused before the index is opened."""
    monkeypatch.delenv("QUOTIDIAN_USER", raising=False)
    with pytest.raises(SettingsError, match=r"Host '0\.0\.0\.0' can be reached"):
        serve("no such folder", host="0.0.0.0")


async def _in_a_loop(library: Answerer, **how: Any) -> FastAPI:
    # Outside a running loop Gradio makes loops of its own and never closes them.
    return application(library, **how)


def served(library: Answerer, **how: Any) -> FastAPI:
    """Return the page as an application, made in a thread: a loop may run in this one."""
    made: list[FastAPI] = []
    thread = Thread(target=lambda: made.append(asyncio.run(_in_a_loop(library, **how))))
    thread.start()
    thread.join()
    return made[0]


def test_the_page_names_no_other_host(library: Answerer) -> None:
    """The page names no other host."""
    with TestClient(served(library), base_url="http://127.0.0.1") as client:
        page = client.get("/")
        assert page.status_code == 200
        assert "default-src 'self'" in page.headers["content-security-policy"]
        assert page.headers["referrer-policy"] == "no-referrer"
        for word in ("googleapis", "gstatic", "cdn.", "huggingface.co"):
            assert word not in page.text
        assert "googleapis" not in client.get("/theme.css").text


def test_a_foreign_name_for_this_machine_is_turned_away(library: Answerer) -> None:
    """A foreign name for this machine is turned away."""
    with TestClient(served(library), base_url="http://evil.example") as client:
        assert client.get("/").status_code == 400


def test_with_an_account_nothing_is_told_without_it(library: Answerer) -> None:
    """With an account nothing is told without it."""
    app = served(library, host="0.0.0.0", account=("ann", "secret"))
    with TestClient(app, base_url="http://example.org") as client:
        assert client.get("/config").status_code == 401
        assert "China" not in client.get("/").text
        wrong = client.post("/login", data={"username": "ann", "password": "wrong"})
        assert wrong.status_code == 400
        right = client.post("/login", data={"username": "ann", "password": "secret"})
        assert right.status_code == 200
        assert client.get("/config").status_code == 200
