"""Confidence: rising with support, and one half at the floor."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.answer.abstention import LEAN, VERDICT, confidence_of, support_of
from retriever.encoders.profiles import BUNDLED_PROFILE
from retriever.ranking.features import FEATURES, FeatureValues
from retriever.ranking.reading import UNREAD
from retriever.ranking.scoring import Reading, ScoredSentences
from retriever.records import Span


def test_the_floor_is_even_odds() -> None:
    assert confidence_of(1.6, floor=1.6) == pytest.approx(0.5)


@given(st.floats(-3, 4), st.floats(-3, 4))
def test_more_support_is_never_less_confidence(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= confidence_of(low, floor=1.6) <= confidence_of(high, floor=1.6) <= 1


def scored(*, pointed: float, relevance: float) -> ScoredSentences:
    """Return two sentences, of which the first is the best and was read."""
    zeros = np.zeros(2, dtype=np.float32)
    return ScoredSentences(
        rows=np.arange(2),
        owners=np.arange(2),
        scores=np.array([1, 0.5], dtype=np.float32),
        features=FeatureValues(by_name={feature.name: zeros for feature in FEATURES}),
        held=zeros,
        passage_scores=zeros,
        reading=Reading(
            span_scores=np.array([pointed, UNREAD], dtype=np.float32),
            spans=(None if pointed == UNREAD else Span(start=0, end=1), None),
            relevance=np.array([relevance, np.nan], dtype=np.float32),
            passage_relevance=np.array([relevance, np.nan], dtype=np.float32),
        ),
    )


def support(pointed: float, relevance: float) -> float:
    return support_of(scored(pointed=pointed, relevance=relevance), BUNDLED_PROFILE)


LOGITS = st.floats(-20, 20)


@given(LOGITS, LOGITS, LOGITS)
def test_a_reader_that_is_surer_never_lowers_the_support(
    one: float, other: float, same: float
) -> None:
    low, high = sorted((one, other))
    assert support(low, same) <= support(high, same)
    assert support(same, low) <= support(same, high)
    assert abs(support(one, other) - VERDICT * LEAN) <= VERDICT + 1e-6


def test_a_best_sentence_that_was_not_read_has_the_support_of_no_reader() -> None:
    assert support(UNREAD, float("nan")) == 0


@given(LOGITS)
def test_a_reader_that_points_at_nothing_is_judged_by_relevance_alone(relevance: float) -> None:
    expected = VERDICT * (np.tanh(relevance / 2) + LEAN)
    assert support(UNREAD, relevance) == pytest.approx(expected, abs=1e-5)


def test_a_link_that_is_near_the_question_lends_no_support() -> None:
    near = np.array([0.6, 0.9], dtype=np.float32)
    plain = scored(pointed=0, relevance=0)
    nearer = replace(plain, features=plain.features.replaced("sentence_cosine", near))
    link = np.array([0, 1], dtype=np.float32)
    linked = replace(nearer, features=nearer.features.replaced("furniture", link))
    alone = replace(plain, features=plain.features.replaced("sentence_cosine", near - link * 0.5))
    assert support_of(linked, BUNDLED_PROFILE) < support_of(nearer, BUNDLED_PROFILE)
    assert support_of(linked, BUNDLED_PROFILE) == support_of(alone, BUNDLED_PROFILE)
    both = nearer.features.replaced("furniture", np.ones(2, dtype=np.float32))
    assert support_of(replace(nearer, features=both), BUNDLED_PROFILE) == support_of(
        nearer, BUNDLED_PROFILE
    )
