"""What the filter bar offers of a catalogue."""

from typing import Any

from tests.webui.corpora import records
from webui import render
from webui.corpus.histogram import bars_of


def test_a_filter_that_leaves_no_choice_is_not_offered(library: Any, make_library: Any) -> None:
    assert render.filter_bar(library.catalogue(), bars_of(["2023"])) == ""
    one = {"id": "1", "text": "a", "publisher": "<Paper>", "language": "en"}
    other = {"id": "2", "text": "b", "publisher": "Post", "language": "fr"}
    two = make_library(records(one, other))
    bar = render.filter_bar(two.catalogue(), bars_of({"2022-01": 3, "2023-01": 1}))
    assert '<option value="&lt;Paper&gt;">&lt;Paper&gt; (1)</option>' in bar
    assert '<option value="fr">Français (1)</option>' in bar
    assert bar.count("<g ") == 13
