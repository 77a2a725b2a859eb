"""The fused score: each channel counts, and only what is possible sets the scale."""

import numpy as np
import pytest

from retriever.ranking.candidates import LEXICAL_WEIGHT, fuse


def test_the_sum_is_what_the_formula_says() -> None:
    fused = fuse(np.array([0.5, 0.25], dtype=np.float32), np.array([0.5, 1.0], dtype=np.float32))
    total = 1 + LEXICAL_WEIGHT
    assert fused == pytest.approx([0.5, (0.25 + LEXICAL_WEIGHT) / total])


def test_the_order_of_either_channel_alone_is_kept() -> None:
    scores, nothing = np.array([0.1, 0.4, 0.2], dtype=np.float32), np.zeros(3, dtype=np.float32)
    assert np.argmax(fuse(scores, nothing)) == 1
    assert np.argmax(fuse(nothing, scores)) == 1
