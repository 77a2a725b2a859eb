"""Dates as texts state them: to the year, to the month or to the day."""

import pytest
from hypothesis import given

from retriever.text.stated_dates import dates_in
from tests.strategies import any_texts


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("On 2 May 1893 it fell.", [(1893, 5, 2)]),
        ("On Sept. 3, 2021 it fell.", [(2021, 9, 3)]),
        ("In June 2020, and in March.", [(2020, 6, None), (None, 3, None)]),
        ("It may fall 3 times in 1999.", [(1999, None, None)]),
        (
            "On 2022-11-09 and in 2022-11, not 2022-23.",
            [(2022, 11, 9), (2022, 11, None), (2022, None, None)],
        ),
        ("The 1990s saw $1999 and 2,021 of them.", []),
    ],
)
def test_a_date_is_read_as_far_as_it_is_stated(
    text: str, dates: list[tuple[int | None, ...]]
) -> None:
    assert [date.parts for date in dates_in(text)] == dates


@given(any_texts)
def test_a_date_stands_where_it_says(text: str) -> None:
    assert all(date.span.of(text).strip() for date in dates_in(text))
