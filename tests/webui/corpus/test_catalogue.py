"""What the corpus holds, and how it is counted."""

from typing import Any

from markupsafe import escape

from tests.webui.corpora import records
from webui import render
from webui.app import once_a_generation
from webui.corpus.catalogue import read_catalogue
from webui.corpus.histogram import bars_of
from webui.corpus.listing import ListRequest, list_page


def test_articles_and_failures_are_listed_and_counted(library: Any) -> None:
    held = read_catalogue(library)
    assert [(entry.path, entry.state) for entry in held.entries] == [
        ("article.txt", "article"),
        ("article.txt.meta.toml", "skipped"),
        ("b.txt", "article"),
        ("c.txt", "failed"),
    ]
    assert held.publishers == (("The Paper", 1),)
    assert held.languages == (("en", 1),)
    assert held.dates == ("2023-06-25",)
    assert dict(held.states) == {"article": 2, "skipped": 1, "failed": 1}


def test_what_a_source_said_that_was_not_believed_is_listed(make_library: Any) -> None:
    """Beside its article, found by its words and by a filter of its own, and told to programs."""
    doubtful = {"id": "1", "text": "One.", "published": "2023-02-30 <b>"}
    held = read_catalogue(make_library(records(doubtful, {"id": "2", "text": "Two."})))
    assert held.states == (("article", 2), ("remarked", 1))
    (warning,) = held.entries[0].warnings
    assert held.entries[0].to_dict()["warnings"] == [warning]
    assert "2023-02-30 <b>" in warning
    assert held.entries[0].to_dict()["name"] == "Untitled, beginning “One.”"
    for wanted in (ListRequest(state="remarked"), ListRequest(text="02-30 <b>")):
        page = list_page(held, wanted)
        assert [row.path for row in page.rows] == ["articles.jsonl"]
        html = render.listing(held, page)
        assert f'<span class="remark" dir="auto">{escape(warning)}' in html
        assert "with a remark (1)</option>" in html


def test_it_is_read_once_for_each_generation(library: Any) -> None:
    catalogue = once_a_generation(library, read_catalogue)
    assert catalogue() is catalogue()


def test_a_filter_that_leaves_no_choice_is_not_offered(library: Any, make_library: Any) -> None:
    assert render.filter_bar(read_catalogue(library), bars_of(["2023"])) == ""
    one = {"id": "1", "text": "a", "publisher": "<Paper>", "language": "en"}
    other = {"id": "2", "text": "b", "publisher": "Post", "language": "fr"}
    two = make_library(records(one, other))
    bar = render.filter_bar(read_catalogue(two), bars_of(["2022-01", "2023-01"]))
    assert '<option value="&lt;Paper&gt;">&lt;Paper&gt; (1)</option>' in bar
    assert '<option value="fr">Français (1)</option>' in bar
    assert bar.count("<g ") == 13
