"""Measures: values worked out by hand, properties, and scikit-learn for comparison."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from retriever.evaluation.measures import (
    Place,
    article_rank,
    auroc,
    contains_answer,
    distinct_articles,
    evidence_rank,
    fold_words,
    holds,
    percentile,
    ranking_values,
    recall,
)
from retriever.records import Span


def place(article: str, start: int, end: int) -> Place:
    """Return a span of an article."""
    return Place(article=article, span=Span(start=start, end=end))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (place("a", 10, 20), True),  # the evidence itself
        (place("a", 0, 15), True),  # its first half, exactly
        (place("a", 0, 14), False),  # one character less
        (place("a", 15, 99), True),  # its second half
        (place("a", 12, 17), True),  # half of it, from within
        (place("b", 10, 20), False),  # another article
        (place("a", 20, 30), False),  # only touches it
    ],
)
def test_half_of_the_evidence_is_enough(found: Place, *, expected: bool) -> None:
    """The share is of the evidence's characters, not of the passage's."""
    assert holds(found, [place("a", 10, 20)]) is expected


def test_ranks_count_from_one() -> None:
    """The first place that fits is the one that counts."""
    found = [place("b", 0, 9), place("a", 50, 60), place("a", 10, 20)]
    assert evidence_rank(found, [place("a", 12, 16)]) == 3
    assert article_rank(found, ["a"]) == 2
    assert evidence_rank(found, [place("c", 0, 1)]) is None
    assert article_rank(found, []) is None
    assert distinct_articles([*found, found[0]]) == ("b", "a")


def test_recall_by_hand() -> None:
    """Ranks 1, 3, not found and 5, at four cuts."""
    ranks = [1, 3, None, 5]
    assert [sum(recall(ranks, k)) for k in (1, 3, 5, 10)] == [1, 2, 3, 3]


@given(st.lists(st.none() | st.integers(1, 100)), st.integers(1, 100), st.integers(0, 100))
def test_recall_never_falls_with_k(ranks: list[int | None], k: int, more: int) -> None:
    """Looking further cannot lose what was found, for any single question."""
    pairs = zip(recall(ranks, k), recall(ranks, k + more), strict=True)
    assert all(fewer <= wider for fewer, wider in pairs)


def test_ranking_values_by_hand() -> None:
    """Grades are gains, discounted by log2(rank + 1), over the best possible order.

    First question: grades a 1 and b 2, ranked a, x, b. DCG = 1 + 2/log2(4) = 2;
    ideal = 2 + 1/log2(3). Second: the only article that counts comes second. Third: not at all.
    """
    values = ranking_values(
        [{"a": 1, "b": 2}, {"c": 1, "d": 0}, {"e": 1}], [["a", "x", "b"], ["d", "c"], ["x"]]
    )
    assert values.reciprocal_rank == pytest.approx((1, 1 / 2, 0))
    assert values.ndcg == pytest.approx((2 / (2 + 1 / math.log2(3)), 1 / math.log2(3), 0))


def test_ranking_values_stop_at_ten() -> None:
    """The eleventh article counts for nothing."""
    ranking = [f"x{number}" for number in range(10)] + ["a"]
    values = ranking_values([{"a": 1}, {"a": 1}], [ranking, ranking[1:]])
    assert values.reciprocal_rank == pytest.approx((0, 1 / 10))
    assert values.ndcg == pytest.approx((0, 1 / math.log2(11)))


def test_ranking_values_of_empty_rankings() -> None:
    """A question for which nothing was found keeps its place, with 0."""
    values = ranking_values([{"a": 1}, {"b": 1}], [[], ["b"]])
    assert list(values.ndcg) == [0, 1]
    assert not ranking_values([], []).ndcg


@pytest.mark.parametrize(
    ("quote", "answer", "expected"),
    [
        ("He paid $1.5-Billion for it.", "1.5 billion", True),
        ("“Qin  Gang”, the minister", "qin gang", True),
        ("It opened in 2012.", "12", False),
        ("the cafe\u0301 on the corner", "Caf\u00e9", True),
        ("STRASSE", "Straße", True),
        ("nothing here", "—", False),
        ("nothing here", "", False),
        ("", "nothing", False),
    ],
)
def test_an_answer_is_found_as_whole_words(quote: str, answer: str, *, expected: bool) -> None:
    """Case, spaces, punctuation and the form of accents do not count."""
    assert contains_answer([quote], [answer]) is expected


def test_an_answer_stands_in_one_quote() -> None:
    """Words of two quotes do not add up to an answer; one answer of several is enough."""
    assert not contains_answer(["Qin", "Gang"], ["Qin Gang"])
    assert contains_answer(["other", "Mr. Qin Gang"], ["Wang Yi", "Qin Gang"])


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    """Folded words are their own folded form."""
    assert fold_words(fold_words(text)) in {fold_words(text), "  "}


SCORES = st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.5000001, 1.0]), min_size=1, max_size=30)


@given(SCORES, SCORES)
def test_auroc_agrees_with_scikit_learn(positives: list[float], negatives: list[float]) -> None:
    """Ties included, which these scores are full of."""
    labels = [1] * len(positives) + [0] * len(negatives)
    expected = roc_auc_score(labels, positives + negatives)
    assert auroc(positives, negatives) == pytest.approx(expected)


def test_auroc_by_hand() -> None:
    """Of six pairs four are in order and one is tied."""
    assert auroc([0.9, 0.5], [0.1, 0.5, 0.7]) == pytest.approx(4.5 / 6)
    assert auroc([], [0.1]) is None
    assert auroc([0.1], []) is None


def test_percentile_is_linear() -> None:
    """Between two values it lies in proportion; of none there is none."""
    assert percentile([10, 20, 30, 40], 50) == 25
    assert percentile([10, 20], 95) == pytest.approx(19.5)
    assert percentile([], 50) is None
