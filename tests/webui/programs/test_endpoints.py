"""What programs may send wrongly, and the one line that says what was wrong."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retriever import Index
from tests.webui.applications import served
from webui.programs.drafts import DRAFT_NAMES
from webui.programs.endpoints import CURATOR_NAMES, NAMES
from webui.programs.mentions import MENTION_NAMES
from webui.programs.notebook import NOTEBOOK_NAMES

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def client(library: Index) -> Any:
    """Return a client of the page, for anybody."""
    with TestClient(served(library), base_url="http://127.0.0.1") as known:
        yield known


def problem(client: TestClient, name: str, *sent: object) -> str | None:
    """Return what an endpoint says of what was sent, ``None`` if it answers."""
    reply = client.post(f"/gradio_api/run/{name}", json={"data": [*sent]})
    if reply.status_code == 200:
        return None
    said = reply.json()["error"]
    assert said, f"{name} says nothing of {sent!r:.200}"
    assert "\n" not in said
    return str(said)


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("ask", (7, None, None, None), "question is not what this takes: Expected `str`"),
        ("ask", (None, None, None, None), "question is not what this takes"),
        ("ask", ("Who?", "before", None, None), "history is not what this takes"),
        ("ask", ("Who?", [7], None, None), "history is not what this takes"),
        ("ask", ("Who?", None, [], None), "filters is not what this takes"),
        ("ask", ("Who?", None, None, "x"), "without is not what this takes"),
        ("search", ("Who?", "many", None), "k is not what this takes: Expected `int`"),
        ("article", ({},), "article_id is not what this takes"),
        ("verify", ("x",), "answer is not what this takes"),
        ("export", ({}, "markdown"), "answers is not what this takes"),
        ("export", ([], 7), "format is not what this takes"),
        ("check_draft", (7,), "text is not what this takes"),
        ("batch", ("x",), "rows is not what this takes"),
        ("ask", (), "question is not what this takes"),
        ("judge", (7,), "judgement is not what this takes"),
        ("add", ("x",), "files is not what this takes"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(
    name: str, sent: tuple[object, ...], said: str, client: TestClient
) -> None:
    assert said in (problem(client, name, *sent) or "")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.sampled_from([*NAMES, *CURATOR_NAMES, *NOTEBOOK_NAMES, *DRAFT_NAMES, *MENTION_NAMES]),
    sent=st.lists(JSON, max_size=5),
)
def test_anything_is_answered_or_refused_in_one_line(
    name: str, sent: list[object], client: TestClient
) -> None:
    problem(client, name, *sent)


def test_an_index_is_asked_for_what_it_can_be_asked(client: TestClient) -> None:
    assert problem(client, "ask", "Who is Ding?", None, None, None) is None
    assert problem(client, "search", "Ding", 3, {}) is None


def test_what_is_left_out_at_the_end_is_as_it_is_by_default(client: TestClient) -> None:
    """A program that was written before an argument was added goes on."""
    assert problem(client, "ask", "Who is Ding?") is None
    assert problem(client, "search", "Ding") is None
    assert problem(client, "articles") is None
    assert "Only those" in (problem(client, "add", []) or "")
