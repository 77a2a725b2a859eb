"""What a list shows of articles is what is stored of them, or the index is said to be damaged."""

import json
import sqlite3
from pathlib import Path

import pytest

from retriever import IndexDamagedError
from retriever.index.publishing import current_generation
from retriever.index.store import STORE, Store
from tests.webui.corpora import index_of, records


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a generation of 450 articles of one file."""
    rows = [
        {"id": f"é{n}", "title": f"T{n}", "text": f"Ärger {n}. " * (n % 3 + 1)} for n in range(450)
    ]
    index = index_of(records(*rows), tmp_path)
    return current_generation(index.folder)


def test_every_article_is_outlined_once_in_order(folder: Path) -> None:
    store = Store(folder)
    outlines = [*store.outlines("articles.jsonl")]
    articles = [*store.articles()]
    assert [one.row for one in outlines] == [*range(450)]
    assert [(one.id, one.title, one.path) for one in outlines] == [
        (article.id, article.title, article.path) for article in articles
    ]
    assert [(one.opening, one.characters) for one in outlines] == [
        (article.text, len(article.text)) for article in articles
    ]
    assert all(
        one.bytes == len(article.text.encode())
        for one, article in zip(outlines, articles, strict=True)
    )
    assert [*store.outlines("no such file")] == []
    assert [*store.given()] == [("articles.jsonl", one.id, one.sha256) for one in articles]


@pytest.mark.parametrize(
    "wrong",
    [{"title": 7}, {"author": 1.5}, {"path": None}, {"warnings": [3]}, {"warnings": "{"}],
    ids=str,
)
def test_what_no_build_writes_is_damage(folder: Path, wrong: dict[str, object]) -> None:
    connection = sqlite3.connect(folder / STORE)
    ((record,),) = connection.execute("SELECT record FROM article WHERE row = 3").fetchall()
    changed = json.dumps(json.loads(record) | wrong)
    connection.execute("UPDATE article SET record = ? WHERE row = 3", (changed,))
    connection.commit()
    connection.close()
    with pytest.raises(IndexDamagedError):
        list(Store(folder).outlines("articles.jsonl"))
