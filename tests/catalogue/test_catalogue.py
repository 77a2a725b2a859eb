"""What the corpus holds, listed, searched in its texts, and counted: on real indexes."""

import json
from pathlib import Path
from typing import Any

import pytest

from retriever import Filters, Index, ListRequest, QuestionError
from tests.building import build_with
from tests.hashing_encoder import HashingEncoder
from tests.webui.corpora import FILES, index_of, open_with, records


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Return an index of two articles, a sidecar and an empty file."""
    return index_of(FILES, tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Return an index of 250 articles in one file, some of them alike, with a broken line."""
    rows = [
        {
            "id": f"r{number}",
            "title": f"Report {number}",
            "author": "Zoë Lund" if number % 5 == 0 else None,
            "publisher": ("Harbour Post", "Daily Meridian")[number % 2],
            "published": None if number % 10 == 0 else f"2023-{1 + number % 12:02}-01",
            "text": f"The {'ferries' if number % 3 == 0 else 'trams'} of day {number} were late.",
        }
        for number in range(250)
    ]
    rows[-1]["text"] = rows[0]["text"]
    file = {"reports.jsonl": "".join(f"{json.dumps(row)}\n" for row in rows) + "{broken\n"}
    return index_of(file, tmp_path_factory.mktemp("reports"))


def ids(index: Index, **request: Any) -> list[str | None]:
    """Return the ids of what a request finds."""
    return [row.id for row in index.list_articles(ListRequest(**request)).rows]


def test_articles_and_failures_are_listed_and_counted(library: Index) -> None:
    held = library.catalogue()
    assert [(entry.path, entry.state) for entry in library.list_articles().rows] == [
        ("article.txt", "article"),
        ("article.txt.meta.toml", "skipped"),
        ("b.txt", "article"),
        ("c.txt", "failed"),
    ]
    assert held.publishers == (("The Paper", 1),)
    assert held.languages == (("en", 1),)
    assert held.dates == {"2023-06-25": 1}
    assert dict(held.states) == {"article": 2, "skipped": 1, "failed": 1}


def test_every_article_is_listed_as_it_is_stored(reports: Index) -> None:
    """Field by field; the file's broken line has an entry of its own."""
    listed = {row.id: row for row in reports.list_articles().rows if row.id}
    stored = {article.id: article for article in reports.articles()}
    assert listed.keys() == stored.keys()
    for name, article in stored.items():
        row = listed[name]
        assert (row.path, row.title, row.author) == (article.path, article.title, article.author)
        assert row.publisher == article.publisher
        assert row.published == (article.published.value if article.published else None)
        assert (row.characters, row.bytes) == (len(article.text), len(article.text.encode()))
        assert row.warnings == article.warnings
    (failed,) = reports.list_articles(ListRequest(state="failed")).rows
    assert "line 251 is not JSON" in str(failed.reason)
    assert failed.id is None


def test_words_are_found_in_the_text_in_any_form_and_counted(reports: Index) -> None:
    """Exactly those whose text holds them, whatever page is looked at."""
    ferries = [n for n in range(250) if n % 3 == 0 or n == 249]
    page = reports.list_articles(ListRequest(words="ferry", limit=10))
    assert (page.found, page.total, page.in_text) == (len(ferries), 251, len(ferries))
    assert len(page.rows) == 10
    assert set(ids(reports, words="ferry")) == {f"r{n}" for n in ferries}
    assert ids(reports, words="ferry", offset=len(ferries) - 1) == ids(reports, words="ferry")[-1:]


def test_every_word_has_to_be_there_wherever_it_stands(reports: Index) -> None:
    """One in the author, one in the text; accents, case and stop words do not matter."""
    both = {f"r{n}" for n in range(0, 250, 5) if n % 3 == 0}
    assert set(ids(reports, words="ZOE ferry")) == both
    assert set(ids(reports, words="the zoë ferry")) == both
    assert ids(reports, words="zoe zebra") == []
    assert ids(reports, words="ferry \ud800") == []  # as a terminal gives bytes that are no text
    assert ids(reports, words="reports.jsonl 251") != []  # part of the failure's path and reason
    page = reports.list_articles(ListRequest(words="zoe"))
    assert (page.found, page.in_text) == (50, 0)


def test_filters_words_and_states_narrow_together(reports: Index) -> None:
    june = Filters(after="2023-06", before="2023-06", publisher="daily meridian")
    expected = [n for n in range(250) if n % 2 == 1 and 1 + n % 12 == 6 and n % 10]
    assert set(ids(reports, filters=june)) == {f"r{n}" for n in expected}
    narrowed = ids(reports, filters=june, words="tram", state="article")
    assert set(narrowed) == {f"r{n}" for n in expected if n % 3 and n != 249}


def test_the_newest_come_first_and_the_undated_last(reports: Index) -> None:
    rows = reports.list_articles(ListRequest(sort="-published")).rows
    dates = [row.published for row in rows]
    known = [date for date in dates if date]
    assert known == sorted(known, reverse=True)
    assert dates[: len(known)] == known
    assert len(known) == 225


def test_the_pages_together_hold_every_entry_once(reports: Index) -> None:
    rows = [
        row
        for offset in range(0, 260, 40)
        for row in reports.list_articles(ListRequest(sort="title", offset=offset, limit=40)).rows
    ]
    assert rows == [*reports.list_articles(ListRequest(sort="title")).rows]
    assert len(rows) == 251


@pytest.mark.parametrize(
    "wrong",
    [
        {"sort": "size"},
        {"state": "lost"},
        {"offset": -1},
        {"limit": -1},
        {"sort": "--path"},
        {"words": "x" * 4_001},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused(library: Index, wrong: Any) -> None:
    with pytest.raises(QuestionError):
        library.list_articles(ListRequest(**wrong))
    with pytest.raises(QuestionError, match="is not a date"):
        library.list_articles(ListRequest(filters=Filters(after="soon")))


def test_it_is_made_once_for_each_generation(tmp_path: Path) -> None:
    """And anew after a build, with what came in it."""
    corpus = tmp_path / "corpus"
    index = index_of(records({"id": "1", "text": "One."}), tmp_path)
    held = index.catalogue()
    assert index.catalogue() is held
    assert held.table is held.table
    (corpus / "two.txt").write_text("Another text.")
    build_with(HashingEncoder(), corpus, tmp_path / "index", name=index.encoder)
    assert index.catalogue() is not held
    assert ids(index) == ["1", "two.txt"]
    assert len(held.page(ListRequest()).rows) == 1  # who still has the old one can go on with it
    assert ids(open_with(HashingEncoder(), tmp_path / "index")) == ["1", "two.txt"]


def test_what_a_source_said_that_was_not_believed_is_listed(tmp_path: Path) -> None:
    """Beside its article, found by its words and by a filter of its own, and told to programs."""
    doubtful = {"id": "1", "text": "One.", "published": "2023-02-30 <b>"}
    index = index_of(records(doubtful, {"id": "2", "text": "Two."}), tmp_path)
    assert index.catalogue().states == (("article", 2), ("remarked", 1))
    entry = index.list_articles().rows[0]
    (warning,) = entry.warnings
    assert entry.to_dict()["warnings"] == [warning]
    assert "2023-02-30 <b>" in warning
    assert entry.to_dict()["name"] == "Untitled, beginning “One.”"
    for request in ({"state": "remarked"}, {"words": "02-30 <b>"}):
        assert ids(index, **request) == ["1"]
