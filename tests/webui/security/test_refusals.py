"""Calls of what is not there, or that nobody can understand: one clear line, no traceback."""

import json
import logging
from typing import Any

import pytest
from fastapi.testclient import TestClient

from retriever import Index
from tests.webui.applications import served
from webui.wording import NO_SUCH_ACTION


@pytest.fixture(scope="module")
def client(library: Index) -> Any:
    """Return a client of the page; what escapes it is raised here."""
    with TestClient(served(library), base_url="http://127.0.0.1") as known:
        yield known


@pytest.mark.parametrize("way", ["run", "api", "call"])
def test_an_action_that_is_not_there_is_not_found(way: str, client: TestClient) -> None:
    reply = client.post(f"/gradio_api/{way}/none", json={"data": []})
    assert (reply.status_code, reply.json()["detail"]) == (404, NO_SUCH_ACTION)
    assert reply.json()["error"] == NO_SUCH_ACTION


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (
            "component_server",
            {"data": None, "component_id": 0, "fn_name": "x", "session_hash": "s"},
        ),
        (
            "component_server",
            {"data": None, "component_id": 1, "fn_name": "x", "session_hash": "s"},
        ),
        ("component_server", []),
        ("queue/join", {"data": [], "fn_index": 10**6, "session_hash": "s"}),
        ("queue/join", {"data": [], "fn_index": "x", "session_hash": "s"}),
        ("queue/join", [1]),
        ("run/ask", {"data": "x"}),
        ("run/ask", None),
        ("reset", {"\ud800": 1}),
        ("cancel", {"session_hash": 1}),
    ],
    ids=str,
)
def test_a_call_that_nobody_can_understand_is_told_so(
    path: str, body: object, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        # Escaped, as a client of one's own may send what its library would not.
        reply = client.post(
            f"/gradio_api/{path}",
            content=json.dumps(body),
            headers={"Content-Type": "application/json"},
        )
    assert 400 <= reply.status_code < 500
    assert "\n" not in reply.json()["detail"]
    assert "Traceback" not in caplog.text
    assert all("\n" not in message for message in caplog.messages)
