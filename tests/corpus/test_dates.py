"""Dates: read where their meaning is beyond doubt, warned of where they cannot be true."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.corpus.article.dates import check_published, parse_published

TODAY = date(2023, 6, 25)


@pytest.mark.parametrize(
    ("stated", "value"),
    [
        ("2023", "2023"),
        ("2023-06", "2023-06"),
        ("2023-06-25T23:30:00-05:00", "2023-06-25"),
        ("2023-06-25T00:10:00Z", "2023-06-25"),
        ("2023-06-25 10:00", "2023-06-25"),
        ("2023/06/25", "2023-06-25"),
        ("20230625", "2023-06-25"),
        ("20230625T101500Z", "2023-06-25"),
        ("25/6/2023", "2023-06-25"),
        ("6/25/2023 5:19 PM", "2023-06-25"),
        ("3.4.2023", "2023-04-03"),
        ("4/4/2023", "2023-04-04"),
        ("June 25, 2023", "2023-06-25"),
        ("Sunday, 25 June 2023, 10:30 a.m. EST", "2023-06-25"),
        ("Tue, 03 Jun 2008 11:05:30 GMT", "2008-06-03"),
        ("Tue Feb 20 2018 01:00:00 GMT+0100 (Central European Standard Time)", "2018-02-20"),
        ("June 2023", "2023-06"),
        ("Sunday, Jun. 2023", "2023-06"),
        ("Thurs. Sep 8 1999 10:30", "1999-09-08"),
    ],
)
def test_dates_that_are_beyond_doubt(stated: str, value: str) -> None:
    published = parse_published(stated, source="a field")
    assert published
    assert (published.value, published.source) == (value, "a field")


@pytest.mark.parametrize(
    "stated",
    [
        "3/4/2023",
        "3-4-2023",
        "13/13/2023",
        "2023-02-30",
        "2023-13",
        "soon",
        "",
        "12",
        "1:30",
        "June 5, 0000",
    ],
)
def test_dates_that_are_not(stated: str) -> None:
    assert parse_published(stated, source="a field") is None


@pytest.mark.parametrize(
    ("stated", "warning"),
    [
        ("2099-01-01", "a field lies in the future: 2099-01-01"),
        ("2023-06-27T00:00:00Z", "a field lies in the future: 2023-06-27"),
        ("2024", "a field lies in the future: 2024"),
        ("1970-01-01T00:00:00+00:00", "a field is a placeholder, not a date: 1970-01-01"),
        ("2023-02-30", "a field states a day that is in no calendar: 2023-02-30"),
        ("0000-00-00 00:00:00", "a field states a day that is in no calendar: 0000-00-00 00:00:00"),
        ("3/4/2023", "a field states a day that can be read in two ways: 3/4/2023"),
    ],
)
def test_dates_that_cannot_be_true_are_warned_of(stated: str, warning: str) -> None:
    assert check_published(stated, source="a field", today=TODAY) == (None, warning)


def test_tomorrow_is_a_date_somewhere_already() -> None:
    published, warning = check_published("2023-06-26", source="a field", today=TODAY)
    assert published
    assert warning is None


@given(st.text(max_size=60) | st.from_regex(r"[0-9T:/.\- ]{4,30}", fullmatch=True))
def test_any_text_is_a_date_or_none(stated: str) -> None:
    published, warning = check_published(stated, source="a field", today=TODAY)
    assert published is None or warning is None
    if published:
        date.fromisoformat((published.value + "-01-01")[:10])
        assert published.value <= "2023-06-26"
