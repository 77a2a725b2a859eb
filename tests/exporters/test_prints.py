"""An export says who else printed a quote, and which versions its article has."""

import json

from pybtex.database import parse_string

from retriever import export
from retriever.records import Print, Quote, Version
from tests.makers import make_answer, make_article

ARTICLE = make_article("The bridge opened on Monday.", publisher="AP")


QUOTE = Quote(
    article=ARTICLE,
    start=0,
    end=28,
    score=1.0,
    also_in=("b", "c"),
    prints=(
        Print(id="b", publisher="C*N*N", published="2022-11-04"),
        Print(id="c", title="A storm"),
    ),
    versions=(Version(id="a2", title=None, dated="2022-11-05", later=True, same_words=False),),
)


def test_reprints_and_versions_stand_below_the_quote_in_markdown() -> None:
    written = export([make_answer(QUOTE).to_dict()], "markdown", article=lambda _: ARTICLE)
    assert (
        "- also in 2 other articles: C\\*N\\*N, 4 November 2022; A storm, undated\n"
        "- a later version, 5 November 2022, does not have these words: a2" in written
    )


def test_reprints_and_versions_stand_in_the_note_of_a_reference() -> None:
    saved = [make_answer(QUOTE).to_dict()]
    told = (
        " (also in 2 other articles: C*N*N, 4 November 2022; A storm, undated; "
        "a later version, 5 November 2022, does not have these words: a2)"
    )
    (item,) = json.loads(export(saved, "csl"))
    assert item["note"].endswith(f"[0:28]{told}")
    (entry,) = parse_string(export(saved, "bibtex"), "bibtex").entries.values()
    assert entry.fields["note"].endswith(f"[0:28]{told}")


def test_an_answer_that_was_saved_before_there_were_any_is_written_as_it_was() -> None:
    saved = make_answer(Quote(article=ARTICLE, start=0, end=28, score=1.0)).to_dict()
    quotes = [
        {name: value for name, value in quote.items() if name not in {"prints", "versions"}}
        for quote in saved["quotes"]  # type: ignore[attr-defined]  # a list of quotes
    ]
    written = export([{**saved, "quotes": quotes}], "markdown", article=lambda _: ARTICLE)
    assert "The bridge opened" in written
    assert "also in" not in written
