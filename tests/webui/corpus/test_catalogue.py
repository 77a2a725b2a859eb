"""What the corpus holds, and how it is counted."""

from typing import Any

from webui import render
from webui.corpus.catalogue import catalogue_of, remembered
from webui.corpus.histogram import bars_of
from webui.corpus.listing import Wanted, shelf_of


def test_articles_and_failures_are_listed_and_counted(library: Any) -> None:
    held = catalogue_of(library)
    assert [(entry.path, entry.state) for entry in held.entries] == [
        ("article.txt", "article"),
        ("b.txt", "article"),
        ("c.txt", "failed"),
    ]
    assert held.publishers == (("The Paper", 1),)
    assert held.languages == (("en", 1),)
    assert held.dates == ("2023-06-25",)
    assert dict(held.states) == {"article": 2, "failed": 1}


def test_what_a_source_said_that_was_not_believed_is_listed(
    make_article: Any, make_library: Any
) -> None:
    """Beside its article, found by its words and by a filter of its own, and told to programs."""
    doubtful = make_article("One.", warnings=("the date <2099> lies in the future",))
    held = catalogue_of(make_library(doubtful, make_article("Two.", id="2", path="2.txt")))
    assert held.states == (("article", 2), ("remarked", 1))
    assert held.entries[0].to_dict()["warnings"] == ["the date <2099> lies in the future"]
    assert held.entries[0].to_dict()["name"] == "Untitled, beginning “One.”"
    for wanted in (Wanted(state="remarked"), Wanted(text="<2099>")):
        shelf = shelf_of(held, wanted)
        assert [row.path for row in shelf.rows] == ["article.txt"]
        html = render.listing(held, shelf)
        assert '<span class="remark" dir="auto">the date &lt;2099&gt; lies in the future' in html
        assert "with a remark (1)</option>" in html


def test_it_is_read_once_for_each_generation(library: Any) -> None:
    catalogue = remembered(library)
    assert catalogue() is catalogue()


def test_a_filter_that_leaves_no_choice_is_not_offered(
    library: Any, make_article: Any, make_library: Any
) -> None:
    assert render.filter_bar(catalogue_of(library), bars_of(["2023"])) == ""
    two = make_library(
        make_article("a", id="1", publisher="<Paper>", language="en"),
        make_article("b", id="2", publisher="Post", language="fr"),
    )
    bar = render.filter_bar(catalogue_of(two), bars_of(["2022-01", "2023-01"]))
    assert '<option value="&lt;Paper&gt;">&lt;Paper&gt; (1)</option>' in bar
    assert '<option value="fr">Français (1)</option>' in bar
    assert bar.count("<g ") == 13
