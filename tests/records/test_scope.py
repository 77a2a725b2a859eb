"""What was searched is said where some of the articles were left out, and only there."""

import pytest

from retriever import Filters
from retriever.records import scope_in_words


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (Filters(publisher="CNN", after="2022-11-01"), "CNN, from 1 November 2022"),
        (Filters(before="2023"), "until 2023"),
        (Filters(after="2022-11", before="2023-01-05"), "November 2022 to 5 January 2023"),
        (Filters(after="2022-11-01", before="2022-11-01"), "dated 1 November 2022"),
        (Filters(author="Ann Berg", language="en"), "by Ann Berg, written in en"),
        (Filters(after="last week"), "from last week"),
    ],
)
def test_filters_are_said_in_words_with_how_many_articles_pass(
    filters: Filters, words: str
) -> None:
    """Dates are those of the filter, both ends included."""
    told = scope_in_words(filters, searched=14, articles=1320)
    assert told == f"Searched: {words}, 14 of 1,320 articles"


def test_without_filters_nothing_was_left_out() -> None:
    """Then the coverage says it all."""
    assert scope_in_words(Filters(), searched=1, articles=1) is None
    one = scope_in_words(Filters(publisher="CNN"), searched=0, articles=1)
    assert one == "Searched: CNN, 0 of 1 article"
