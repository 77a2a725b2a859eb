"""What the corpus holds, and how it is counted."""

from typing import Any

from webui import render
from webui.catalogue import catalogue_of, remembered
from webui.histogram import bars_of


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
