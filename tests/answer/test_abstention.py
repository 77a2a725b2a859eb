"""Confidence: rising with support, and one half at the floor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.answer.abstention import confidence_of


def test_the_floor_is_even_odds() -> None:
    assert confidence_of(1.6, floor=1.6) == pytest.approx(0.5)


@given(st.floats(-3, 4), st.floats(-3, 4))
def test_more_support_is_never_less_confidence(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= confidence_of(low, floor=1.6) <= confidence_of(high, floor=1.6) <= 1
