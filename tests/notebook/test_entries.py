"""What may be read as a notebook: nothing unchecked, nothing without bounds."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.errors import NotebookError
from retriever.notebook.entries import Notebook, notebook_json, notebook_of, read_notebook

QUOTE: dict[str, Any] = {
    "kind": "quote",
    "id": "0123456789ab",
    "article": {"id": "a.txt", "title": "T", "path": "a.txt", "sha256": "0" * 64},
    "start": 3,
    "end": 9,
    "text": "Words.",
    "note": "mine \ud800",
    "labels": ["one"],
    "pinned": "2026-11-27T20:00:00+00:00",
}
NOTE: dict[str, Any] = {
    "kind": "note",
    "id": "0123456789ac",
    "text": "x",
    "written": "2026-11-27T20:00:00+00:00",
}


def whole(*entries: object, **changes: object) -> dict[str, object]:
    """Return a notebook with these entries, as JSON has it."""
    known = {"format": "quotidian-notebook", "version": 1, "entries": [*entries]}
    return known | changes


def test_a_notebook_is_read_as_it_was_written() -> None:
    notebook = notebook_of(whole(QUOTE, NOTE))
    assert len(notebook.entries) == 2
    assert read_notebook(notebook_json(notebook)) == notebook
    assert notebook_json(notebook).isascii()
    assert read_notebook(notebook_json(Notebook())) == Notebook()


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"entries": []},
        whole(format="other"),
        whole(version=2),
        whole(7),
        whole({"kind": "quote"}),
        whole({**QUOTE, "kind": "picture"}),
        whole({**QUOTE, "id": "../../etc"}),
        whole({**QUOTE, "id": "0123456789ab\n"}),
        whole({**QUOTE, "start": -1, "end": 5}),
        whole({**QUOTE, "start": 9, "end": 3}),
        whole({**QUOTE, "end": 8}),
        whole({**QUOTE, "start": True}),
        whole({**QUOTE, "start": 1e300}),
        whole({**QUOTE, "text": "", "end": 3}),
        whole({**QUOTE, "text": "x" * 10_001, "end": 10_004}),
        whole({**QUOTE, "note": "x" * 10_001}),
        whole({**QUOTE, "labels": ["x"] * 13}),
        whole({**QUOTE, "labels": [""]}),
        whole({**QUOTE, "pinned": "soon"}),
        whole({**QUOTE, "article": {"id": ""}}),
        whole({**QUOTE, "article": {"id": "a", "title": "x" * 2_001}}),
        whole({**NOTE, "written": "<b>"}),
        whole(NOTE, NOTE),
        whole(*({**NOTE, "id": f"{number:012x}"} for number in range(1_001))),
    ],
)
def test_what_is_no_notebook_is_refused_in_a_line(value: object) -> None:
    with pytest.raises(NotebookError) as refused:
        notebook_of(value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "text", ["", "{", "[" * 100_000, "9" * 10_000, '"\ud800"', " " * 3_000_001, "NaN"]
)
def test_what_is_no_json_is_refused_in_a_line(text: str) -> None:
    with pytest.raises(NotebookError) as refused:
        read_notebook(text)
    assert "\n" not in str(refused.value)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_notebook_or_refused(content: bytes) -> None:
    with pytest.raises(NotebookError):
        read_notebook(content)


@given(
    st.dictionaries(
        st.sampled_from([*QUOTE, "verified", "speaker", "question"]),
        st.none()
        | st.integers()
        | st.text()
        | st.lists(st.text())
        | st.dictionaries(st.text(), st.text()),
    )
)
def test_any_fields_are_kept_whole_or_refused(changes: dict[str, object]) -> None:
    try:
        notebook = notebook_of(json.loads(json.dumps(whole({**QUOTE, **changes}))))
    except NotebookError:
        return
    assert read_notebook(notebook_json(notebook)) == notebook
