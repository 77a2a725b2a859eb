"""An update raises floors and lowers ceilings, and refuses the opposite."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quality.floors import BOUNDS, Figures, broken, raised, read_floors
from tests.quality.update import update

QUESTIONS = {"answerable": 66.0, "unanswerable": 38.0}
SHARES = st.floats(0, 1)
FIGURES = st.fixed_dictionaries({bound.name: SHARES for bound in BOUNDS})


@given(before=FIGURES, after=FIGURES)
def test_no_bound_is_ever_loosened(before: Figures, after: Figures) -> None:
    first = raised({}, {**before, **QUESTIONS})
    second = raised(first.bounds, {**after, **QUESTIONS})

    assert not first.refused
    for bound in BOUNDS:
        old, new = first.bounds[bound.name], second.bounds[bound.name]
        assert new <= old if bound.ceiling else new >= old


@given(before=FIGURES, after=FIGURES)
def test_what_would_be_loosened_is_refused_by_name(before: Figures, after: Figures) -> None:
    first = raised({}, {**before, **QUESTIONS})
    wished = raised({}, {**after, **QUESTIONS})
    refused = [line.split()[0] for line in raised(first.bounds, {**after, **QUESTIONS}).refused]

    assert refused == [
        bound.name
        for bound in BOUNDS
        if (wished.bounds[bound.name] > first.bounds[bound.name]) == bound.ceiling
        and wished.bounds[bound.name] != first.bounds[bound.name]
    ]


@given(reached=FIGURES)
def test_what_was_just_reached_passes(reached: Figures) -> None:
    figures = {**reached, **QUESTIONS}

    assert broken(raised({}, figures).bounds, figures) == []


@given(reached=FIGURES)
def test_two_questions_fewer_do_not_pass(reached: Figures) -> None:
    bounds = raised({}, {**reached, **QUESTIONS}).bounds
    worse = {
        bound.name: reached[bound.name] + (2 / 38 + 0.001) * (1 if bound.ceiling else -1)
        for bound in BOUNDS
    }

    assert len(broken(bounds, {**worse, **QUESTIONS})) == len(BOUNDS)


def test_a_figure_without_a_bound_is_told() -> None:
    figures = {bound.name: 0.5 for bound in BOUNDS}

    lines = broken({}, figures)

    assert len(lines) == len(BOUNDS)
    assert all("python -m tests.quality.update" in line for line in lines)


def test_the_update_writes_refuses_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "floors.json"
    good = {**{bound.name: 0.0 if bound.ceiling else 0.9 for bound in BOUNDS}, **QUESTIONS}
    bad = {**good, "abstention.auroc": 0.4, "answer_in_quotes": 1.0}

    assert update(good, path) == 0
    first = read_floors(path)[1]
    capsys.readouterr()
    assert update(bad, path) == 1

    after = read_floors(path)[1]
    assert after["abstention.auroc"] == first["abstention.auroc"]
    assert after["answer_in_quotes"] > first["answer_in_quotes"]
    refused = [line for line in capsys.readouterr().out.splitlines() if line.startswith("refused")]
    assert len(refused) == 1
    assert "abstention.auroc stays at 0.89" in refused[0]
