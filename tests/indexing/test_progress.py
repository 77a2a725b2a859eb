"""The pace of a build, and the time that is left at it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever import Progress
from retriever.indexing.progress import PACE_BETWEEN, PACE_FROM, PACE_OVER, Pace, paced


def told(steps: list[tuple[float, Progress]]) -> list[Progress]:
    """Return what is told on, each step at its second."""
    seen: list[Progress] = []
    moments = [0.0]
    tell = paced(seen.append, clock=lambda: moments[0])
    for moment, step in steps:
        moments[0] = moment
        tell(step)
    return seen


def embedding(done: int) -> Progress:
    return Progress(stage="embedding", done=done, total=1_000)


def test_the_time_left_is_what_is_left_at_the_pace() -> None:
    first, soon, last = told([(0, embedding(0)), (1, embedding(10)), (10, embedding(200))])
    assert (first.per_second, first.seconds_left) == (None, None)
    assert (soon.per_second, soon.seconds_left) == (None, None)
    assert (last.per_second, last.seconds_left) == (20, 40)
    assert (last.done, last.total) == (200, 1_000)


def test_what_is_encoded_beside_reading_goes_on_in_the_next_stage() -> None:
    def reading(encoded: int) -> Progress:
        return Progress(stage="reading", done=3, total=9, encoded=encoded)

    steps = told([(0, reading(0)), (10, reading(500)), (20, embedding(800)), (21, embedding(850))])
    assert [step.per_second for step in steps[1:]] == [50, 40, pytest.approx(850 / 21)]
    assert steps[1].seconds_left is None  # how much there is to encode is not known yet
    assert steps[2].seconds_left == 5


def test_a_stage_that_counts_something_else_has_a_pace_of_its_own() -> None:
    titles = [Progress(stage="encoding titles", done=done, total=100) for done in (0, 50)]
    *_, first, last = told(
        [(0, embedding(0)), (10, embedding(900)), (11, titles[0]), (21, titles[1])]
    )
    assert (first.per_second, last.per_second, last.seconds_left) == (None, 5, 10)


def test_what_is_done_at_once_has_no_pace() -> None:
    steps = [Progress(stage="calibrating", done=done, total=1) for done in (0, 1)]
    assert told([(0, steps[0]), (60, steps[1])]) == steps


def test_what_is_done_keeps_its_pace_when_it_is_told_again() -> None:
    done = Progress(stage="indexing words", done=100, total=100)
    *_, first, again = told([(0, replace(done, done=0)), (10, done), (20, done)])
    assert first == again == replace(done, per_second=10, seconds_left=0)


def test_what_stands_still_has_no_time_left() -> None:
    assert told([(0, embedding(5)), (30, embedding(5))])[-1].seconds_left is None


@given(
    fast=st.integers(1, 50),
    slow=st.integers(1, 50),
    step=st.floats(0.05, 5),
    seconds=st.floats(PACE_FROM, 1_000),
)
def test_a_pace_is_that_of_the_last_minute(
    fast: int, slow: int, step: float, seconds: float
) -> None:
    moments = [0.0]
    pace = Pace(lambda: moments[0])
    pace.at(0)
    while moments[0] < seconds:
        moments[0] += step
        fast_for = min(moments[0], seconds)
        pace.at(int(1_000 * fast * fast_for))
    until, found = moments[0], None
    while moments[0] < until + PACE_OVER + step + PACE_BETWEEN:
        moments[0] += step
        found = pace.at(int(1_000 * (fast * seconds + slow * (moments[0] - seconds))))
    assert found == pytest.approx(1_000 * slow, rel=0.2, abs=1_000 * fast * 0.2)
