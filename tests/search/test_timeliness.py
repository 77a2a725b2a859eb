"""The day of the question counts unless the question names a time of its own."""

import pytest

from retriever.search.timeliness import names_its_time


@pytest.mark.parametrize("question", ["Who won in 2001?", "What changed in the 1990s?"])
def test_these_name_their_time(question: str) -> None:
    assert names_its_time(question)


@pytest.mark.parametrize("question", ["Who resigned this week?", "Did 2500 people vote?"])
def test_these_do_not(question: str) -> None:
    assert not names_its_time(question)
