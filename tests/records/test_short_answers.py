"""Answering words lifted out of their quotes: joined where they are equal, and nowhere else."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.records import Outcome, ShortAnswer, Span, short_answers
from retriever.records.short_answers import LONGEST
from tests.makers import make_answer, make_quote
from tests.strategies import any_texts

EQUAL = [
    ("11,000", "11 000"),
    ("11,000", "11000"),
    ("11,000", "11\u202f000"),
    ("11’000", "11,000"),
    ("1,234,567 people", "1 234 567 people"),
    ("$1,234.50", "$1234.50"),
    ("Two people", "two people"),
    ("the Foreign Ministry", "Foreign Ministry"),
    ("China’s Foreign Ministry", "China's\nForeign  Ministry"),
    ("“internal affair”", "internal affair"),
    ("Caf\u00e9", "Cafe\u0301"),
]
DIFFERENT = [
    ("11,000", "12,000"),
    ("11,000", "11"),
    ("11.000", "11,000"),
    ("11,000", "110,00"),
    ("11,000", "$11,000"),
    ("11,000", "11,000 people"),
    ("about 11,000", "11,000"),
    ("1,5", "15"),
    ("2021 500", "2021500"),
    ("-5", "5"),
    ("5%", "5"),
    ("the US", "us"),
    ("May 5", "May 15"),
    ("Sunday", "Sunday, June 25"),
    ("Ding", "Qin Gang"),
    ("not Belarus", "Belarus"),
]


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_what_differs_in_its_writing_alone_is_one_answer(one: str, other: str) -> None:
    """In the writing of the quote that comes first."""
    for first, second in ((one, other), (other, one)):
        assert short_answers([first, second]) == (ShortAnswer(words=first, quotes=(0, 1)),)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_may_be_another_answer_stands_beside_it(one: str, other: str) -> None:
    for pair in ((one, other), (other, one)):
        assert [found.words for found in short_answers(pair)] == [*pair]


def test_a_quote_whose_words_are_not_sure_is_in_none() -> None:
    said = [None, "11,000", None, "12,000", "11 000"]
    assert short_answers(said) == (
        ShortAnswer(words="11,000", quotes=(1, 4)),
        ShortAnswer(words="12,000", quotes=(3,)),
    )
    assert short_answers([None, None]) == ()


def test_a_whole_sentence_that_answers_is_not_lifted() -> None:
    """It is the quote itself, which stands below."""
    words = "y" * LONGEST
    assert short_answers([words + "y", words]) == (ShortAnswer(words=words, quotes=(1,)),)


@given(st.lists(st.none() | any_texts.filter(str.strip), max_size=6))
def test_each_sure_quote_is_in_one_short_answer(said: list[str | None]) -> None:
    """In the order of the quotes, with words that one of them has."""
    found = short_answers(said)
    places = [place for one in found for place in one.quotes]
    short = [place for place, words in enumerate(said) if words and len(words) <= LONGEST]
    assert sorted(places) == short
    assert [one.quotes[0] for one in found] == sorted(one.quotes[0] for one in found)
    assert all(one.words == said[one.quotes[0]] for one in found)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_numbers_are_joined_if_they_are_the_same(one: int, other: int) -> None:
    assert (len(short_answers([f"{one:,}", f"{other:,}".replace(",", " ")])) == 1) == (one == other)


def test_an_answer_lifts_the_words_of_its_quotes_and_says_so_in_json() -> None:
    sure = make_quote("It cost 11,000 crowns.")
    marked = replace(sure, answering=Span(start=8, end=14))
    answer = replace(make_answer(sure), quotes=(sure, marked))
    assert json.loads(json.dumps(answer.to_dict()))["short_answers"] == [
        {"words": "11,000", "quotes": [1]}
    ]
    refused = replace(answer, outcome=Outcome.NOT_FOUND, quotes=(), closest=(marked,))
    assert refused.to_dict()["short_answers"] == []
