"""Asking as the page does: an event of the queue, and the stream in which its reply comes."""

import itertools
import json
from collections.abc import Sequence

from tests.attacks.attack import Broken
from tests.attacks.site import READER, Site

_sessions = itertools.count()


def converse(site: Site, questions: Sequence[str]) -> str:
    """Ask questions in one conversation and return the HTML of the last reply."""
    event, session, html = _asking_event(site), f"talk{next(_sessions)}", ""
    for question in questions:
        body = {"data": [question, None, None], "fn_index": event, "session_hash": session}
        joined = site.ask("POST", "/gradio_api/queue/join", body, who=READER)
        if joined.status != 200:
            raise Broken(f"{joined.status}: {joined.text[:100]}")
        stream = site.ask("GET", f"/gradio_api/queue/data?session_hash={session}", who=READER)
        html = _last_html(stream.text)
    return html


def _asking_event(site: Site) -> int:
    """Return the number of the event by which the question in the box is asked."""
    config = site.ask("GET", "/config", who=READER).json
    for event in config["dependencies"]:
        if any(kind == "submit" for _, kind in event["targets"]):
            return int(event["id"])
    raise LookupError("no event asks the question in the box")


def _last_html(stream: str) -> str:
    for line in stream.split("\n"):
        told = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
        if told.get("msg") == "process_completed":
            if not told["success"]:
                raise Broken(f"an error: {told['output']}")
            return str(told["output"]["data"][0])
    raise Broken(f"no reply: {stream[:100]}")
