"""The fused score: each channel counts, and only what is possible sets the scale."""

import numpy as np
import pytest

from retriever.search.candidates import LEXICAL_WEIGHT, fuse


def test_the_sum_is_what_the_formula_says() -> None:
    fused = fuse(np.float32([0.5, 0.25]), np.float32([3.0, 6.0]), most=6.0)
    assert fused == pytest.approx([0.5 + LEXICAL_WEIGHT * 0.5, 0.25 + LEXICAL_WEIGHT])


def test_words_that_occur_nowhere_leave_the_meaning_alone() -> None:
    assert fuse(np.float32([0.5]), np.float32([0.0]), most=0.0) == pytest.approx([0.5])


def test_the_order_of_either_channel_alone_is_kept() -> None:
    dense = np.float32([0.1, 0.4, 0.2])
    assert np.argmax(fuse(dense, np.zeros(3, dtype=np.float32), most=5.0)) == 1
    assert np.argmax(fuse(np.zeros(3, dtype=np.float32), dense, most=5.0)) == 1
