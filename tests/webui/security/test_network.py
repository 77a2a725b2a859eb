"""Nothing that is sent to the page makes it ask the network."""

import socket
from typing import Any

import pytest
from fastapi.testclient import TestClient

from retriever import Index
from tests.webui.applications import served
from webui.programs.endpoints import CURATOR_NAMES, NAMES
from webui.programs.notebook import NOTEBOOK_NAMES
from webui.security.open_paths import is_open

ELSEWHERE = "https://news.example/picture.png"
FILE = {
    "path": ELSEWHERE,
    "url": ELSEWHERE,
    "orig_name": "picture.png",
    "meta": {"_type": "gradio.FileData"},
}
LOCAL = "http://127.0.0.1"


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names that are looked up from now on; none is found."""
    names: list[str] = []

    def look_up(host: str, *_: object, **__: object) -> list[Any]:
        names.append(host)
        raise OSError(f"{host} was looked up")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return names


@pytest.fixture
def site(library: Index) -> TestClient:
    """Return a client of the page."""
    return TestClient(served(library), base_url=LOCAL)


@pytest.mark.parametrize("name", [*NAMES, *CURATOR_NAMES, *NOTEBOOK_NAMES])
@pytest.mark.parametrize("way", ["run", "api", "call"])
def test_what_looks_like_a_file_elsewhere_is_not_fetched(
    way: str, name: str, site: TestClient, looked_up: list[str]
) -> None:
    """At any depth, and in any place of what is sent."""
    with site as client:
        for sent in (FILE, [FILE], {"question": FILE, "meta": [FILE]}):
            body = {"data": [sent] * 4, "session_hash": "x"}
            reply = client.post(f"/gradio_api/{way}/{name}", json=body)
            if way == "call" and reply.status_code == 200:
                client.get(f"/gradio_api/call/{name}/{reply.json()['event_id']}")
    assert looked_up == []


def test_events_and_functions_of_the_page_fetch_nothing_either(
    site: TestClient, looked_up: list[str]
) -> None:
    with site as client:
        config = client.get("/config").json()
        for number in range(len(config["dependencies"])):
            body = {"data": [FILE] * 4, "fn_index": number, "session_hash": f"s{number}"}
            client.post("/gradio_api/queue/join", json=body)
            client.get("/gradio_api/queue/data", params={"session_hash": f"s{number}"})
        for component in config["components"]:
            for function in component["props"].get("server_fns") or []:
                body = {
                    "data": FILE,
                    "component_id": component["id"],
                    "fn_name": function,
                    "session_hash": "s",
                }
                client.post("/gradio_api/component_server", json=body)
    assert looked_up == []


@pytest.mark.parametrize(
    "path",
    [
        f"/gradio_api/file={ELSEWHERE}",
        "/gradio_api/file=/etc/passwd",
        f"/gradio_api/proxy={ELSEWHERE}",
        "/gradio_api/vibe-code",
        "/gradio_api/runs",
        "/gradio_api/run-history/buckets",
        "/gradio_api/deep_link",
        "/gradio_api/heartbeat/x",
        "/gradio_api/stream/x/y/1/playlist.m3u8",
        "/monitoring",
        "/docs",
        "/openapi.json",
    ],
)
def test_paths_that_nothing_of_ours_asks_for_are_not_there(
    path: str, site: TestClient, looked_up: list[str]
) -> None:
    assert not is_open(path)
    with site as client:
        for method in ("GET", "POST"):
            assert client.request(method, path, json={}).status_code == 404
    assert looked_up == []
