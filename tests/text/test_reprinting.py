"""What is one story and what is two: by what texts share, and by what they have others for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.text.reprinting import Relation, relation
from retriever.text.shingles import LENGTH, shingled
from tests.text.news_cases import CRANE, DIFFERENT, SAME, TICKER_MORNING, TICKER_NOON


def related(one: str, other: str) -> Relation:
    """Return what two texts are to each other, which must not depend on their order."""
    found = relation(shingled(one), shingled(other))
    assert found == relation(shingled(other), shingled(one))
    return found


@pytest.mark.parametrize("name", DIFFERENT)
def test_two_stories_of_one_day_are_two(name: str) -> None:
    assert related(*DIFFERENT[name]) < Relation.ALIKE


@pytest.mark.parametrize("name", SAME)
def test_a_reprint_is_one(name: str) -> None:
    assert related(*SAME[name]) >= Relation.ALIKE


def test_a_running_report_is_a_version_only_at_its_address() -> None:
    assert related(TICKER_MORNING, TICKER_NOON) in {Relation.RELATED, Relation.EDITED}


def test_other_scripts_are_compared_by_their_characters() -> None:
    told = (
        "港口周四关闭了北部港池因为一台起重机在暴风雨中脱轨倒"
        "在两艘驳船上港务长说没有人受伤维修费用至少两百万克朗"
    )
    other = (
        "渡轮船员周四投票决定在复活节周末罢工除非公司放弃减少"
        "一名船员的计划工会说二百三十名成员中有一百九十八人参加"
    )
    assert related(told, f"本报讯 {told}") >= Relation.ALIKE
    assert related(told, other) == Relation.DIFFERENT


def test_shingles_are_the_runs_of_words() -> None:
    text = shingled("One two three four five, ONE two three four.")
    assert len(text.ordered) == 9 - LENGTH + 1
    assert text.ordered[0] == text.ordered[5]
    assert len(text.distinct) == 5
    assert text.names == ((0, "one"), (5, "one"))


def test_figures_are_kept_without_commas() -> None:
    assert shingled("It cost 1,200 crowns in 2019.").figures == ((2, "1200"), (5, "2019"))


@given(st.text(max_size=80))
def test_every_text_has_a_shingle_and_is_itself(text: str) -> None:
    assert len(shingled(text).ordered)
    assert related(text, text) in {Relation.EDITED, Relation.SAME}


@given(st.integers(0, len(CRANE) - 1), st.integers(1, 60))
def test_a_small_hole_leaves_a_text_the_same(start: int, length: int) -> None:
    assert related(CRANE, CRANE[:start] + CRANE[start + length :]) == Relation.SAME
