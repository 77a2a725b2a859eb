"""Quantities and dates as sentences state them: how much, of what, and what is none."""

import pytest
from hypothesis import given

from retriever.answer.quantities import ENDLESS, quantities_in
from retriever.text.stated_dates import spans_of_dates
from tests.strategies import any_texts


def stated(text: str) -> list[tuple[str, str]]:
    """Return the words of each quantity, and what it measures."""
    found = quantities_in(text, taken=spans_of_dates(text))
    return [(quantity.span.of(text), quantity.measure) for quantity in found]


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        (
            "At least 11,243 people were killed and more than 20,000 injured.",
            [("At least 11,243 people", "people killed"), ("more than 20,000", "people injured")],
        ),
        (
            "The quake killed 11 people and injured 20 in the town.",
            [("11 people", "people killed"), ("20", "people injured")],
        ),
        (
            "In Khost several were injured, and five people were killed elsewhere.",
            [("five people", "people killed")],
        ),
        (
            "The blast injured 20 and five people were killed.",
            [("20", "people injured"), ("five people", "people killed")],
        ),
        ("The death toll rose to 13 from 11.", [("13", "people killed")]),
        ("Fire claimed four lives.", [("four lives", "people killed")]),
        ("It cost $1.2 billion.", [("$1.2 billion", "dollars")]),
        ("It cost £5m, or 6 million euros.", [("£5m", "pounds"), ("6 million euros", "euros")]),
        ("A fall of 35 per cent.", [("35 per cent", "percent")]),
        ("It is 40 km away, 25 miles.", [("40 km", "length"), ("25 miles", "length")]),
        ("50m of rope for 2.5m people.", [("50m", "length"), ("2.5m people", "people")]),
        ("A 34-year-old fled for 3 days.", [("34-year", "age"), ("3 days", "time")]),
        ("The population was 12,450 in May.", [("12,450", "population")]),
        ("A 6.5-magnitude quake.", [("6.5", "magnitude")]),
        (
            "A magnitude 6.4 quake killed 16 people.",
            [("6.4", "magnitude"), ("16 people", "people killed")],
        ),
        ("Twenty-five soldiers fled.", [("Twenty-five soldiers", "soldier")]),
        (
            "The number of people who fled is nearer to 410,000 than the 340,000 given.",
            [("410,000", "people")],
        ),
        ("She won by 312 votes.", [("312 votes", "by vote")]),
        # None of these can be compared with another number of its kind.
        ("They won 3-1 at 10:30.", []),
        ("It met on 3 May 2021 and in the 1990s, as in 2019.", []),
        ("In all, including 3 children, they fled.", []),
        ("Another 12 people died, and 5 more people fled.", []),
        ("Two of the men fled.", []),
        ("They pump 500 barrels a day, 20 tons per hour.", []),
        ("A Boeing 737 and Article 5.", []),
        ("It was the 21st of its kind, the first in town.", []),
    ],
)
def test_a_quantity_tells_how_much_and_of_what(
    text: str, quantities: list[tuple[str, str]]
) -> None:
    assert stated(text) == quantities


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("12 people", 12, 12),
        ("at least 12 people", 12, ENDLESS),
        ("12 or more people", 12, ENDLESS),
        ("fewer than 12 people", 0, 12),
        ("10 to 20 people", 10, 20),
        ("about 1,000 people", 0, 2000),
        ("3 miles", 2.4 * 1609, 3.6 * 1609),
    ],
)
def test_limits_and_rounding_make_it_wider(text: str, least: float, most: float) -> None:
    (quantity,) = quantities_in(text)
    assert least <= quantity.least <= quantity.most <= most
    if text != "3 miles":
        assert (quantity.least, quantity.most) == (least, most)


@pytest.mark.parametrize(
    ("one", "other", "contradicts"),
    [
        ("11 people", "12 people", True),
        ("11,000 people", "11,243 people", False),
        ("11,000 people", "12,000 people", True),
        ("about 100 people", "95 people", False),
        ("more than 10 people", "12 people", False),
        ("more than 10 people", "8 people", True),
        ("$1.2 billion", "$1.23 billion", False),
        ("$1.2 billion", "$1,900 million", True),
        ("10 miles", "16 km", False),
        ("10 miles", "20 km", True),
        ("three weeks", "21 days", False),
    ],
)
def test_two_quantities_contradict_only_where_both_cannot_be(
    one: str,
    other: str,
    contradicts: bool,  # noqa: FBT001 - a case of the table above
) -> None:
    (first,), (second,) = quantities_in(one), quantities_in(other)
    assert first.measure == second.measure
    assert first.contradicts(second) is second.contradicts(first) is contradicts


@given(any_texts)
def test_whatever_a_text_holds_what_is_found_stands_in_it(text: str) -> None:
    spans = [quantity.span for quantity in quantities_in(text)]
    for span in (*spans, *spans_of_dates(text)):
        assert span.of(text).strip()
