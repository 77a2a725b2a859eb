"""How alike two texts are: shares of words, worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.text.similarity import overlap_f1


def test_overlap_is_f1_over_words_without_case_and_articles() -> None:
    assert overlap_f1("The green crane", "a crane") == pytest.approx(2 / 3)
    assert overlap_f1("two cranes, two ships", "two ships") == pytest.approx(2 / 3)
    assert overlap_f1("rain", "crane") == 0
    assert overlap_f1("", "") == 0


@given(st.text(), st.text())
def test_overlap_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= overlap_f1(one, other) == overlap_f1(other, one) <= 1
