"""An index that is made out of another is as sound as one that was built."""

from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks.growth import recall, scanned
from tests.benchmarks.made_index import make_index
from tests.building import BRIDGE, HARBOUR, LONG, build_with, opened, write_articles
from tests.hashing_encoder import HashingEncoder


@pytest.mark.parametrize("passages", [3, 40, 41])
def test_copies_have_spans_and_vectors_of_their_own(tmp_path: Path, passages: int) -> None:
    texts = {"harbour": HARBOUR, "bridge": BRIDGE, "long": LONG}
    write_articles(tmp_path / "a.jsonl", texts)
    build_with(HashingEncoder(), tmp_path / "a.jsonl", tmp_path / "base")
    make_index(tmp_path / "made", [tmp_path / "base"], passages=passages, noise=0.4)
    with opened(tmp_path / "made") as made, opened(tmp_path / "base") as base:
        assert passages <= len(made.store) < passages + len(base.store)
        articles, changed = [*made.store.articles()], 0
        for row, article in enumerate(articles):
            original = texts[article.id.rpartition(":")[2]]
            assert len(article.text) == len(original)
            changed += article.text != original
            assert article.text == original or not article.id.startswith("0:")
            left = article.text
            for passage_row in made.store.passage_rows(row):
                text = made.store.passage(passage_row).text
                assert text == text.strip() != ""
                assert [span.of(article.text) for span in made.sentences.spans(passage_row)]
                left = left.replace(text, "", 1)
            assert not left.strip()
        assert changed or len(articles) <= len(texts)
        matrix = made.vectors.matrix()
        np.testing.assert_allclose(np.linalg.norm(matrix, axis=1), 1, atol=1e-5)
        assert len(np.unique(matrix, axis=0)) == len(
            np.unique(matrix[: len(base.store)], axis=0)
        ) + (max(len(matrix) - len(base.store), 0))
        assert recall(made.vectors, matrix[:5]) == {"10": 1.0, "100": 1.0}


def test_a_scan_by_parts_finds_the_nearest() -> None:
    matrix = np.random.default_rng(3).normal(size=(20_000, 8)).astype(np.float32)
    for query, rows in zip(matrix[:4], scanned(matrix, matrix[:4], 10), strict=True):
        assert sorted(rows.tolist()) == sorted(np.argsort(-(matrix @ query))[:10].tolist())
