"""Calls of every action with what none of them takes; they are asked for from the page itself."""

from typing import Any

from tests.attacks.attack import attack, expect, expect_one_line
from tests.attacks.site import CURATOR, Reply, Site

_ELSEWHERE = "https://news.example/picture.png"
_FILE = {
    "path": _ELSEWHERE,
    "url": _ELSEWHERE,
    "orig_name": "p.png",
    "meta": {"_type": "gradio.FileData"},
}


def _deep(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


_VALUES: dict[str, list[Any]] = {
    "numbers": [7, 7, 7, 7],
    "numbers beyond all": [10**400, -(10**400), 1e308, 0],
    "truths": [True, False, True, False],
    "lists": [[], [[]], [[[]]], []],
    "lists of nothing": [[None], [None], [None], [None]],
    "objects": [{}, {"": ""}, {"a": {}}, {}],
    "files of another host": [_FILE, _FILE, _FILE, _FILE],
    "files of another host, deep inside": [[{"x": [_FILE]}], {"y": _FILE}, [_FILE], [[_FILE]]],
    "half characters": ["\ud800", ["\ud800"], {"\ud800": "\udfff"}, "\ud800"],
    "NULs": ["\0", ["\0"], {"\0": "\0"}, "\0"],
    "nests a hundred deep": [_deep(100)] * 4,
    "words of a megabyte": ["x" * 1_000_000, [], {}, None],
    "a million characters of JSON in a text": ['{"a":' * 200_000, None, None, None],
    "too many values": [None] * 1_000,
    "a list of many": [[{}] * 50_000, None, None, None],
}
# What would begin to work where nothing is given, and what is tried elsewhere.
_LEFT_OUT = {"rebuild"}


def _understood(reply: Reply, name: str) -> None:
    expect(reply.status != 0, f"{name}: closed without a word")
    expect(reply.seconds < 45, f"{name}: after {reply.seconds:.0f} s")
    if reply.status != 200:
        said = reply.said
        expect(said and said != "None", f"{name}: {reply.status} says nothing: {reply.text[:80]}")
        expect(said != "Internal Server Error", f"{name}: {said}")
        expect_one_line(said)


@attack(18, "answered, or one clear line each", each=_VALUES)
def what_an_action_does_not_take(site: Site, values: list[Any]) -> str:
    """Call every action with values of other kinds; nothing may be looked up in the network."""
    known, refused = len(site.names_looked_up()), 0
    for name in site.actions:
        if name not in _LEFT_OUT:
            reply = site.call(name, *values)
            _understood(reply, name)
            refused += reply.status != 200
    looked_up = site.names_looked_up()[known:]
    expect(not looked_up, f"the network was asked for {looked_up[:3]}")
    return f"{refused} of {len(site.actions)} refused in one line"


@attack(6, "no name is looked up", each={"call": "call", "api": "api"})
def files_elsewhere_in_every_place(site: Site, way: str) -> str:
    """Send what looks like a file of another host to every action by its other doors."""
    known = len(site.names_looked_up())
    for name in site.actions:
        body = {"data": [_FILE, [_FILE], {"x": _FILE}], "session_hash": "s"}
        reply = site.ask("POST", f"/gradio_api/{way}/{name}", body, who=CURATOR)
        if way == "call" and reply.status == 200:
            event = reply.json["event_id"]
            site.ask("GET", f"/gradio_api/call/{name}/{event}", who=CURATOR)
    looked_up = site.names_looked_up()[known:]
    expect(not looked_up, f"the network was asked for {looked_up[:3]}")
    return "none"


@attack(6, "no name is looked up")
def files_elsewhere_in_events_and_functions(site: Site) -> str:
    """Send what looks like a file of another host to every event and every part of the page."""
    known = len(site.names_looked_up())
    config = site.ask("GET", "/config", who=CURATOR).json
    for number, _ in enumerate(config["dependencies"]):
        body = {"data": [_FILE] * 4, "fn_index": number, "session_hash": f"s{number}"}
        site.ask("POST", "/gradio_api/queue/join", body, who=CURATOR)
    functions = 0
    for component in config["components"]:
        for name in component["props"].get("server_fns") or []:
            about = {"data": _FILE, "component_id": component["id"], "fn_name": name}
            body = {**about, "session_hash": "s"}
            site.ask("POST", "/gradio_api/component_server", body, who=CURATOR)
            functions += 1
    looked_up = site.names_looked_up()[known:]
    expect(not looked_up, f"the network was asked for {looked_up[:3]}")
    return f"none, by {len(config['dependencies'])} events and {functions} functions"


@attack(18, "one clear line, 404", each={way: way for way in ("run", "api", "call")})
def an_action_that_is_not_there(site: Site, way: str) -> str:
    """Call an action by a name that none has."""
    said = ""
    for name in ("none", "__init__", "ask2", "on_load", "0"):
        reply = site.ask("POST", f"/gradio_api/{way}/{name}", {"data": []}, who=CURATOR)
        expect(reply.status == 404, f"{name}: {reply.status} {reply.text[:60]}")
        said = expect_one_line(reply.said)
    return said


_BODIES: dict[str, tuple[str, bytes]] = {
    "no JSON": ("run/ask", b"{"),
    "a number": ("run/ask", b"7"),
    "nothing": ("run/ask", b""),
    "a list": ("run/ask", b"[]"),
    "no data": ("run/ask", b"{}"),
    "data that is none": ("run/ask", b'{"data": 7}'),
    "deep JSON": ("run/ask", b"[" * 100_000),
    "deep objects": ("run/ask", b'{"data":' * 50_000),
    "no UTF-8": ("run/ask", b'{"data": ["\xff\xfe"]}'),
    "a number of 100,000 digits": ("run/ask", b'{"data": [' + b"9" * 100_000 + b"]}"),
    "not a number": ("run/search", b'{"data": ["x", NaN]}'),
    "an event that is not there": ("queue/join", b'{"data": [], "fn_index": 99999}'),
    "an event below nothing": ("queue/join", b'{"data": [], "fn_index": -1, "session_hash": "s"}'),
    "an event of a word": ("queue/join", b'{"data": [], "fn_index": "x"}'),
    "a part that is not there": (
        "component_server",
        b'{"data": 1, "component_id": 0, "fn_name": "x", "session_hash": "s"}',
    ),
    "a function that is none of the page's": (
        "component_server",
        b'{"data": 1, "component_id": 1, "fn_name": "__class__", "session_hash": "s"}',
    ),
    "a session of a megabyte": (
        "queue/join",
        b'{"data": [], "fn_index": 0, "session_hash": "' + b"s" * 1_000_000 + b'"}',
    ),
    "a cancelling of nothing": ("cancel", b'{"session_hash": "x", "fn_index": 1, "event_id": "y"}'),
}


@attack(18, "one clear line, no 500", each=_BODIES)
def a_body_that_is_none(site: Site, sent: tuple[str, bytes]) -> str:
    """Send a body that no client sends."""
    path, body = sent
    reply = site.ask("POST", f"/gradio_api/{path}", body, who=CURATOR)
    _understood(reply, path)
    expect(reply.status != 500 or "error" in reply.text, f"{reply.status}: {reply.text[:80]}")
    expect("Traceback" not in reply.text, "a traceback")
    return f"{reply.status} {reply.said}"


@attack(
    18, "one clear line", each={"a body too large": 5_000_000, "an upload too large": 65_000_000}
)
def more_than_is_taken(site: Site, size: int) -> str:
    """Send more than a request may have."""
    path = "/gradio_api/upload" if size > 10_000_000 else "/mcp"
    stated = {"content-length": str(size)}
    reply = site.ask("POST", path, b"x", who=CURATOR, headers=stated)
    expect(reply.status == 413, f"{reply.status}")
    return expect_one_line(reply.said)


@attack(0, "held back: 429")
def more_requests_than_anybody_makes(site: Site) -> str:
    """Send requests as fast as they go, from one address."""
    source = "127.0.0.99"
    codes = []
    for _ in range(900):
        codes.append(site.ask("POST", "/gradio_api/cancel", {}, source=source).status)
        if 429 in codes:
            break
    expect(429 in codes, f"{len(codes)} requests, none held back")
    return f"after {len(codes)} requests"
