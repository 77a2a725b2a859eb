"""The events of the view, as the browser sends them and as anybody may."""

import base64
import csv
import io
import json
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from retriever import Index
from tests.webui.corpora import QUESTION
from webui.drafts.tab import LONGEST_SHOWN, _CheckEvents

TAB = SimpleNamespace(username=None, session_hash="abc")


def pasted(text: object) -> str:
    return json.dumps({"text": text})


def draft(event: Any) -> str:
    return json.dumps(vars(event))


def sent(name: str, data: bytes) -> Any:
    return SimpleNamespace(file={"name": name, "base64": base64.b64encode(data).decode()})


@pytest.fixture
def events(seeds_library: Index) -> Any:
    return _CheckEvents(seeds_library)


def test_a_pasted_draft_is_checked(events: Any) -> None:
    html = events.check(pasted("“the price will be too dear to pay”"))
    assert "1 quotation: 1 exact." in html
    assert "only typography may differ" in html


def test_a_sent_file_is_checked_and_nothing_of_it_stays(
    events: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders: list[str] = []
    made = tempfile.TemporaryDirectory

    def noted(**how: Any) -> Any:
        folder = made(**how)
        folders.append(folder.name)
        return folder

    monkeypatch.setattr(tempfile, "TemporaryDirectory", noted)
    html = events.check(draft(sent("draft.md", b"> the price will be too dear to pay")))
    assert "1 exact" in html
    (folder,) = folders
    assert not Path(folder).exists()


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("{}", "Paste a draft"),
        ("no JSON", "Paste a draft"),
        (None, "Paste a draft"),
        (pasted(7), "Paste a draft"),
        (pasted("  \n"), "Paste a draft"),
        (pasted("x" * (LONGEST_SHOWN + 1)), "at most 300,000"),
        (pasted("Nothing is quoted."), "quotes nothing"),
    ],
)
def test_what_cannot_be_checked_is_said(event: Any, said: str, events: Any) -> None:
    assert said in events.check(event)


@pytest.mark.parametrize(
    "event",
    [
        SimpleNamespace(),
        SimpleNamespace(file=7),
        SimpleNamespace(file={"name": "a.txt", "base64": "%%"}),
        SimpleNamespace(file={"name": ["a"], "base64": ["b"]}),
        sent("draft.exe", b"MZ"),
        sent("../../etc/passwd", b"x"),
        sent("\0.docx", b"PK"),
        sent("", b"x"),
    ],
)
def test_what_is_no_file_of_a_draft_is_said_in_one_line(event: Any, events: Any) -> None:
    if hasattr(event, "file"):
        assert events.check(draft(event)).count("failure") == 1
    assert "failure" in events.start(event, TAB)


def test_a_list_is_answered_and_saved(library: Index) -> None:
    events: Any = _CheckEvents(library)
    assert "Choose a list" in events.progress(TAB)
    assert json.loads(events.table(SimpleNamespace(format="csv"), TAB)) == {
        "problem": "No list of questions was answered here yet."
    }
    html = events.start(sent("q.csv", f"question,=a\n{QUESTION},=1+1\n".encode()), TAB)
    assert "q.csv" in html
    for _ in range(400):
        if "data-running" not in events.progress(TAB):
            break
        time.sleep(0.05)
    html = events.progress(TAB)
    assert "1 question, 1 answered" in html
    assert "<bdi>The Paper</bdi> · 25 June 2023</span>" in html
    saved = json.loads(events.table(SimpleNamespace(format="csv"), TAB))
    assert saved["name"] == "q.answers.csv"
    text = base64.b64decode(saved["base64"]).decode("utf-8-sig")
    _, row = csv.reader(io.StringIO(text))
    assert row[:2] == [QUESTION, "'=1+1"]
    saved = json.loads(events.table(SimpleNamespace(format="xlsx"), TAB))
    assert base64.b64decode(saved["base64"])[:2] == b"PK"
    other = SimpleNamespace(username=None, session_hash="another")
    assert "problem" in json.loads(events.table(SimpleNamespace(format="csv"), other))
    assert "problem" in json.loads(events.table(SimpleNamespace(format="exe"), TAB))
