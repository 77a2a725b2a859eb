"""Bars over time: every date in one of them, and none left out between."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webui.corpus.histogram import MOST_BARS, bars_of, wider_than

_days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)).map(date.isoformat)
_any = st.one_of(_days, _days.map(lambda day: day[:7]), _days.map(lambda day: day[:4]))


@given(st.lists(_any, min_size=1, max_size=40))
def test_every_date_is_counted_once_and_bars_follow_each_other(dates: list[str]) -> None:
    bars = bars_of(dates)
    assert 1 <= len(bars) <= MOST_BARS
    assert sum(bar.count for bar in bars) == len(dates)
    assert max(bar.height for bar in bars) == 1
    for before, after in pairwise(bars):
        assert date.fromisoformat(after.first) - date.fromisoformat(before.last) == timedelta(1)
    for bar in bars:
        assert bar.first <= bar.last
        assert (bar.height == 0) == (bar.count == 0)


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (["2023-06-24", "2023-06-25"], ["24 June 2023", "25 June 2023"]),
        (["2023-06", "2023-07-02"], ["June 2023", "July 2023"]),
        (["2000-12", "2001"], ["December 2000", "January 2001"]),
        (["1850", "1999-01-01"], ["1850s"]),
        ([], []),
    ],
)
def test_the_unit_fits_the_stretch(dates: list[str], words: list[str]) -> None:
    assert [bar.words for bar in bars_of(dates)][: len(words)] == words


def test_dates_that_no_bar_holds_whole_are_counted() -> None:
    """A year among months; a day and a month each lie in theirs."""
    dates = {"2022": 3, "2022-05": 5, "2022-05-07": 7, "2023": 2}
    bars = bars_of(dates)
    assert [bar.count for bar in bars if bar.count] == [3, 12, 2]
    assert wider_than(bars, dates) == 5
    assert wider_than(bars_of(years := {"2022": 1, "1950": 4}), years) == 0
    assert wider_than((), dates) == 0
