"""Intervals: they hold the value, are the same every time, and narrow with more questions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retriever.evaluation.intervals import Figure, auroc_figure, mean_figure, ratio_figure

SHARES = st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=20)


def test_nothing_measured_is_none() -> None:
    """No questions, no quotes, no unanswerable questions."""
    assert mean_figure([]) is None
    assert ratio_figure([], []) is None
    assert ratio_figure([0, 0], [0, 0]) is None
    assert auroc_figure([1.0], []) is None
    assert auroc_figure([], [1.0]) is None


def test_no_spread_no_width() -> None:
    """Where every question did the same, every draw does too."""
    assert mean_figure([0.5] * 9) == Figure(value=0.5, low=0.5, high=0.5)
    assert auroc_figure([1.0, 0.9], [0.1]) == Figure(value=1, low=1, high=1)


def test_width_of_a_share() -> None:
    """For 100 questions half right, about 1.96 standard errors of sqrt(.25 / 100) a side."""
    figure = mean_figure([1.0, 0.0] * 50)
    assert figure is not None
    assert figure.value == 0.5
    assert (figure.low, figure.high) == pytest.approx((0.402, 0.598), abs=0.015)


def test_a_ratio_weighs_questions_by_their_quotes() -> None:
    """One quote of one, and none of three: one of four."""
    figure = ratio_figure([1, 0], [1, 3])
    assert figure is not None
    assert figure.value == 0.25


def test_a_refused_question_has_no_quotes() -> None:
    """Questions without quotes neither help nor harm precision."""
    figure = ratio_figure([1, 0, 0], [2, 0, 0])
    assert figure is not None
    assert figure == Figure(value=0.5, low=0.5, high=0.5)


@settings(max_examples=10, deadline=None)
@given(SHARES, SHARES)
def test_an_interval_holds_its_value(some: list[float], others: list[float]) -> None:
    """And a second computation gives the same one."""
    for figure in (mean_figure(some), auroc_figure(some, others)):
        assert figure is not None
        assert 0 <= figure.low <= figure.value <= figure.high <= 1
    assert mean_figure(some) == mean_figure(some)
    assert auroc_figure(some, others) == auroc_figure(some, others)
