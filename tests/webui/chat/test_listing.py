"""What an answer says of sources and of the articles themselves, as it is shown."""

from dataclasses import replace
from typing import Any

import pytest

from retriever import Answer, Filters, Listed, Listing, Outcome
from retriever.records import ListingKind
from webui import render
from webui.byline import place_key
from webui.chat.assumptions import make_chips
from webui.chat.cards import make_cards
from webui.chat.listing import make_list
from webui.chat.question import Asked, read_question
from webui.wording import listed_line, widened_line


def listing(kind: ListingKind, *entries: Listed, **counts: Any) -> Listing:
    given = {"total": len(entries), "articles": 3, "read": 3, **counts}
    return Listing(kind=kind, entries=entries, **given)


def answer_with(library: Any, shown: Listing) -> Answer:
    answer: Answer = library.ask("Who said that China supports Russia?")
    return replace(answer, listing=shown)


def test_what_was_read_from_the_question_says_so_and_is_taken_back(library: Any) -> None:
    answer = library.ask("What did The Paper say about China?", filters=Filters(language="en"))
    assert answer.read_filters == ("publisher",)
    asked = Asked(question=answer.question, filters=Filters(language="en"))
    read, chosen = make_chips(answer, asked)
    assert (read.label, read.value) == ("As asked, published by", "The Paper")
    assert (chosen.label, chosen.value) == ("Written in", "English")
    again = read_question(read.again)
    assert (again.without, again.filters) == (("The Paper",), Filters(language="en"))
    bare = library.ask(again.question, filters=again.filters, without=again.without)
    assert bare.read_filters == ()


def test_a_day_of_publication_is_one_chip_that_takes_back_both_ends(library: Any) -> None:
    answer = library.ask("articles from 25 June 2023")
    (chip,) = make_chips(answer, Asked(question=answer.question))
    assert (chip.label, chip.value) == ("As asked, dated", "25 June 2023")
    again = read_question(chip.again)
    assert library.ask(again.question, without=again.without).filters == Filters()


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (Filters(), None),
        (
            Filters(publisher="CNN"),
            "No answer was found in what was published by CNN; this is from all articles.",
        ),
        (
            Filters(author="Ann", after="2023-06", before="2023-06"),
            "No answer was found in what was written by Ann and dated June 2023; this is from all"
            " articles.",
        ),
    ],
)
def test_a_source_that_was_let_go_is_named(filters: Filters, said: str | None) -> None:
    assert widened_line(filters) == said


def test_names_open_where_they_stand_and_what_is_gone_is_not_shown(library: Any) -> None:
    start = library.article("article.txt").text.index("Ding")
    here = Listed(name="Ding", articles=2, article="article.txt", start=start, end=start + 4)
    moved = replace(here, name="Deng")
    gone = replace(here, article="nowhere.txt")
    answer = answer_with(library, listing(ListingKind.PEOPLE, here, moved, gone, total=9))
    shown = make_list(answer, library)
    assert shown is not None
    (name,) = shown.names
    assert (name.name, name.articles) == ("Ding", 2)
    assert name.key == place_key("article.txt", start, start + 4)
    assert shown.left_out == 8
    html = render.answer_given(answer, make_cards(answer, library), (), shown)
    assert '<span class="quiet">2 articles</span>' in html
    assert "9 people named in 3 articles." in html


def test_headlines_are_shown_of_what_is_not_quoted(library: Any) -> None:
    entry = Listed(name="A Headline", articles=1, article="article.txt")
    quoted = answer_with(library, listing(ListingKind.HEADLINES, entry))
    shown = make_list(quoted, library)
    assert shown is not None
    assert shown.names == ()
    shown = make_list(replace(quoted, quotes=()), library)
    assert shown is not None
    assert [name.published for name in shown.names] == ["2023-06-25"]


def test_an_empty_list_says_what_is_not_stated(library: Any) -> None:
    answer = answer_with(library, listing(ListingKind.AUTHORS))
    answer = replace(answer, outcome=Outcome.NOT_FOUND, quotes=())
    html = render.answer_given(answer, make_cards(answer, library), (), make_list(answer, library))
    assert "None of these articles states its author." in html


@pytest.mark.parametrize(
    ("shown", "line"),
    [
        (
            listing(ListingKind.HEADLINES, articles=9, latest=True),
            "9 articles in all, the newest first.",
        ),
        (listing(ListingKind.HEADLINES, articles=6, latest=True), "The newest first."),
        (listing(ListingKind.HEADLINES, articles=6), None),
        (listing(ListingKind.PEOPLE, total=1), "1 person named in 3 articles."),
        (
            listing(ListingKind.PEOPLE, total=2_000, articles=3_000, read=2_000),
            "2,000 people named in 3,000 articles, looked for in the newest 2,000.",
        ),
        (listing(ListingKind.PUBLISHERS, total=1), "1 publisher of 3 articles."),
    ],
)
def test_of_how_many_the_list_is(shown: Listing, line: str | None) -> None:
    assert listed_line(shown, 6) == line
