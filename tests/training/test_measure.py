"""The measures, by examples worked out by hand."""

import numpy as np
import pytest

from retriever.training.measure import auroc
from retriever.training.measured_questions import windows_over
from retriever.training.predictions import best_span
from tests.training.rows_by_hand import HARBOUR


def test_auroc_counts_pairs_in_the_right_order_and_ties_half() -> None:
    scores = np.array([3.0, 1.0, 2.0, 1.0])
    assert auroc(scores, np.array([True, True, False, False])) == pytest.approx(0.625)


def test_the_best_span_ends_no_earlier_than_it_starts() -> None:
    starts = np.array([9, 0, 1, 5], dtype=np.float32)
    ends = np.array([9, 8, 3, 4], dtype=np.float32)
    assert best_span(starts, ends) == (3, 3, 9.0)


def test_windows_cover_the_text() -> None:
    text = f"{HARBOUR}\n" * 20
    covered: set[int] = set()
    for window in windows_over("article", text, offset=100):
        assert text[window.start - 100 :].startswith(window.text)
        covered.update(range(window.start, window.start + len(window.text)))
    missing = [text[place - 100] for place in range(100, 100 + len(text)) if place not in covered]
    assert all(sign.isspace() for sign in missing)
