"""What a request states of itself: where its end is, and by which name the page was asked for."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from retriever import Index
from tests.webui.applications import served
from webui.security.shown_as import ShownAs

LOCAL = "http://127.0.0.1"


@pytest.mark.parametrize(("name", "believed"), [("evil.example", False), ("News.example", True)])
def test_only_a_name_of_the_page_is_put_before_its_addresses(
    library: Index, name: str, *, believed: bool
) -> None:
    app = served(library, shown_as=ShownAs(hosts=("news.example",)))
    with TestClient(app, base_url=LOCAL) as client:
        shown = client.get("/config", headers={"X-Forwarded-Host": name}).text
    assert (f"http://{name.lower()}" in shown) is believed


def test_a_request_that_ends_in_two_ways_is_refused_and_its_connection_closed(
    library: Index,
) -> None:
    """A proxy that reads the other one would take what is behind for the next request."""
    two: Any = {"Content-Length": "4", "Transfer-Encoding": "chunked"}
    with TestClient(served(library), base_url=LOCAL) as client:
        for method in ("GET", "POST"):
            refused = client.request(method, "/", content=b"0\r\n\r\n", headers=two)
            assert refused.status_code == 400
            assert refused.headers["connection"] == "close"
            assert refused.json() == {"detail": "This request states two lengths."}
