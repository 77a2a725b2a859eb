"""A date known in part: what it writes it reads, and its days are those of the calendar."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever import PartialDate, Published
from retriever.records.dates import MONTH_NAME, MONTH_NUMBERS, MONTHS

days = st.dates()
dates = st.builds(
    lambda day, known: PartialDate.parse(day.isoformat()[:known]), days, st.sampled_from([4, 7, 10])
)


@given(dates)
def test_what_it_writes_it_reads(known: PartialDate) -> None:
    assert PartialDate.parse(known.isoformat()) == known
    assert len(known.isoformat()) == {"year": 4, "month": 7, "day": 10}[known.precision]


@given(days, st.sampled_from([4, 7, 10]))
def test_its_days_are_those_that_begin_so(day: date, known: int) -> None:
    stated = PartialDate.parse(day.isoformat()[:known])
    assert stated.first_day <= day <= stated.last_day
    for edge, beyond in ((stated.first_day, -1), (stated.last_day, 1)):
        assert edge.isoformat()[:known] == stated.isoformat()
        if date.min.toordinal() <= edge.toordinal() + beyond <= date.max.toordinal():
            outside = date.fromordinal(edge.toordinal() + beyond)
            assert outside.isoformat()[:known] != stated.isoformat()


@given(dates, dates)
def test_they_are_in_the_order_of_their_iso_forms(one: PartialDate, other: PartialDate) -> None:
    assert (one < other) == (one.isoformat() < other.isoformat())
    assert (one <= other) == (one.isoformat() <= other.isoformat())
    if one < other:
        assert one.first_day <= other.first_day


@given(days)
def test_a_day_reads_as_the_calendar_has_it(day: date) -> None:
    words = PartialDate.parse(day.isoformat()).in_words()
    assert words == f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@pytest.mark.parametrize(
    ("value", "words"), [("2023-06-05", "5 June 2023"), ("2023-06", "June 2023"), ("2023", "2023")]
)
def test_it_reads_as_exact_as_it_is(value: str, words: str) -> None:
    assert PartialDate.parse(value).in_words() == words


@pytest.mark.parametrize(
    "text",
    [
        *"2023-02-30 2023-13 2023-00 0000 2023-6 20230625 23 2023-06-25T10:00 ٢٠٢٣".split(),
        *("", "2023-06-", " 2023", "2023\n"),
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|month|day|year"):
        PartialDate.parse(text)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(ValueError, match="day 25 of no month"):
        PartialDate(year=2023, day=25)


def test_a_month_is_known_by_its_name_and_abbreviation_alone() -> None:
    for number, name in enumerate(MONTHS, 1):
        for form in (name, name.upper(), name[:3]):
            match = re.fullmatch(MONTH_NAME, form, re.IGNORECASE)
            assert match
            assert MONTH_NUMBERS[match[0].lower()] == number
    assert MONTH_NUMBERS["sept"] == 9
    for other in ("augu\u017ft", "apr\u0131l", "sep.", "mayo"):
        assert not re.fullmatch(MONTH_NAME, other, re.IGNORECASE)


@given(dates)
def test_an_articles_date_is_its_value(known: PartialDate) -> None:
    published = Published(value=known.isoformat(), precision=known.precision, source="a field")
    assert published.date == known
