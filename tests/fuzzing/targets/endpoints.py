"""Every endpoint that the page tells of, with what it takes and what it does not take.

They are asked for from the page itself, so that one which is added is fuzzed from then on.
"""

import json
from functools import cache
from typing import Any

from fastapi.testclient import TestClient
from hypothesis import strategies as st

from tests.fuzzing.json_values import json_values
from tests.fuzzing.made_index import QUESTIONS, index_to_ask
from tests.fuzzing.sample import Sample, Target, require, require_one_line
from tests.webui.applications import application_with_all

# What starts processes that go on after it was answered.
_LEFT_OUT = {"/rebuild"}
_PATHS = ("run", "api", "call")


@cache
def _client() -> TestClient:
    app = application_with_all(index_to_ask())
    client = TestClient(app, base_url="http://127.0.0.1")
    client.__enter__()
    return client


@cache
def _endpoints() -> dict[str, int]:
    """Return the name of each endpoint, and how many values it takes."""
    told = _client().get("/gradio_api/info").json()["named_endpoints"]
    names = {name: len(about["parameters"]) for name, about in told.items()}
    return {name: count for name, count in sorted(names.items()) if name not in _LEFT_OUT}


@cache
def _components() -> list[tuple[int, str]]:
    config = _client().get("/config").json()
    return [
        (component["id"], function)
        for component in config["components"]
        for function in component["props"].get("server_fns") or []
    ]


@cache
def _sound_values() -> list[Any]:
    answer = index_to_ask().ask(QUESTIONS[0]).to_dict()
    judged = {"asked": {"question": "Who?"}, "key": "harbour:0-40", "verdict": "right"}
    return [QUESTIONS[0], "harbour", 3, answer, [answer], "markdown", judged, {}, [], None]


@st.composite
def _samples(draw: st.DrawFn) -> Sample:
    values = json_values | st.sampled_from(_sound_values())
    if draw(st.integers(0, 9)) == 0:
        component, function = draw(st.sampled_from([*_components(), (0, "x"), (10**9, "x")]))
        body = {"data": draw(values), "component_id": component, "fn_name": function}
        sent = {"path": "component_server", "body": {**body, "session_hash": "s"}}
    elif draw(st.integers(0, 9)) == 0:
        path = draw(st.sampled_from(("queue/join", "run/ask", "api/ask", "cancel", "reset")))
        sent = {"path": path, "body": draw(values)}
    else:
        name = draw(st.sampled_from([*_endpoints(), "/none"]))
        count = _endpoints().get(name, 1)
        few = st.lists(values, min_size=count, max_size=count) | st.lists(values, max_size=6)
        path = f"{draw(st.sampled_from(_PATHS))}{name}"
        sent = {"path": path, "body": {"data": draw(few)}}
    return Sample(ending=".json", content=json.dumps(sent).encode())


def _check(sample: Sample) -> None:
    sent = json.loads(sample.content)
    reply = _client().post(
        f"/gradio_api/{sent['path']}",
        content=json.dumps(sent["body"]),
        headers={"content-type": "application/json"},
    )
    if reply.status_code < 300:
        return
    told = reply.json()
    require(isinstance(told, dict) and told, f"{reply.status_code} without a word")
    said = told.get("error") or told.get("detail")
    require(said, f"{reply.status_code} says nothing: {told!r:.200}")
    if isinstance(said, str):
        require_one_line(said)
    known = reply.status_code < 500 or isinstance(told.get("error"), str)
    require(known, f"{reply.status_code}: {told!r:.200}")


def _prepare() -> None:
    _endpoints(), _components(), _sound_values()


TARGET = Target(samples=_samples(), check=_check, prepare=_prepare)
