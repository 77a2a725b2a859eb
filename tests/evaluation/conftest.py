"""A tiny data set, written by us, of which every figure can be worked out by hand."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.evaluation.small_index import SmallIndex, make_article

HARBOUR = "The harbour opened in 1912.\nIts crane was painted green."
BRIDGE = "The bridge was closed on Monday.\nRepairs will cost two million."

ROWS: Mapping[str, Sequence[Mapping[str, object]]] = {
    "corpus.jsonl": (
        {"id": "harbour", "title": "Harbour", "text": HARBOUR},
        {"id": "bridge", "title": None, "text": BRIDGE},
    ),
    "queries.jsonl": (
        {
            "id": "q1",
            "text": "When was the harbour opened?",
            "history": [],
            "answerable": True,
            "answers": ["1912"],
        },
        {
            "id": "q2",
            "text": "And what will repairs cost?",
            "history": [{"role": "user", "content": "Is the bridge closed?"}],
            "answerable": True,
            "answers": ["Two million"],
        },
        {
            "id": "q3",
            "text": "Who designed the lighthouse?",
            "history": [],
            "answerable": False,
            "answers": [],
        },
    ),
    "evidence.jsonl": (
        {
            "query_id": "q1",
            "article_id": "harbour",
            "quote": HARBOUR[:27],
            "start": 0,
            "end": 27,
        },
        {
            "query_id": "q2",
            "article_id": "bridge",
            "quote": BRIDGE[33:],
            "start": 33,
            "end": len(BRIDGE),
        },
    ),
}


def write_rows(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    """Write one JSON object a line."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a sound data set."""
    folder = tmp_path / "town"
    folder.mkdir()
    for name, rows in ROWS.items():
        write_rows(folder / name, rows)
    return folder


@pytest.fixture
def town() -> SmallIndex:
    """Return an index of the data set's corpus."""
    return SmallIndex([make_article("harbour", HARBOUR), make_article("bridge", BRIDGE)])
