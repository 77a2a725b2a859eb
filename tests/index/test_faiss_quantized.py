"""Codes and what they put first, against a plain scan: sizes at which not every row is compared."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from retriever.errors import IndexDamagedError
from retriever.index import vectors
from retriever.index.faiss_flat import FaissFlat
from retriever.index.faiss_quantized import (
    CENTROIDS,
    CODES,
    MOST_LEFT_OUT,
    SHORTLIST,
    FaissQuantized,
    write_codes,
)
from retriever.index.vectors import VECTORS, open_vectors, write_engine
from retriever.records.arrays import FloatMatrix, RowNumbers
from tests.index.test_vectors import ranked, unit

ROWS = 5 * SHORTLIST
DIMENSION = 32


@pytest.fixture(scope="module")
def matrix() -> FloatMatrix:
    """Return vectors that gather around some, as those of texts do."""
    chance = np.random.default_rng(1)
    around = unit(200, DIMENSION)[chance.integers(0, 200, ROWS)]
    found = around + 0.15 * chance.normal(size=(ROWS, DIMENSION)).astype(np.float32)
    scaled: FloatMatrix = (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)
    return scaled


@pytest.fixture(scope="module")
def index(matrix: FloatMatrix) -> FaissQuantized:
    return FaissQuantized(matrix)


def recall(index: FaissQuantized, matrix: FloatMatrix, rows: RowNumbers | None = None) -> float:
    """Return the share of the 10 nearest rows of 50 questions that are found."""
    everything = np.arange(len(matrix)) if rows is None else rows
    shares = []
    for query in unit(50, DIMENSION, seed=9):
        found, cosines = index.search(query, k=10, rows=rows)
        np.testing.assert_allclose(cosines, matrix[found] @ query, atol=1e-6)
        assert np.all(np.diff(cosines) <= 0)
        shares.append(len({*found.tolist()} & {*ranked(matrix, query, everything)[:10].tolist()}))
    return sum(shares) / 500


def test_nearly_all_of_the_nearest_are_found(index: FaissQuantized, matrix: FloatMatrix) -> None:
    assert recall(index, matrix) >= 0.99


def test_a_filter_that_lets_most_through_finds_nearly_all(
    index: FaissQuantized, matrix: FloatMatrix
) -> None:
    rows = np.flatnonzero(np.arange(ROWS) % 3 > 0)
    assert recall(index, matrix, rows) >= 0.99
    found, _ = index.search(unit(1, DIMENSION)[0], k=100, rows=rows)
    assert np.isin(found, rows).all()


def test_a_filter_that_lets_little_through_is_exact(
    index: FaissQuantized, matrix: FloatMatrix
) -> None:
    assert recall(index, matrix, np.arange(0, ROWS, MOST_LEFT_OUT + 1)) == 1


def test_a_filter_against_the_question_is_exact(index: FaissQuantized, matrix: FloatMatrix) -> None:
    query = unit(1, DIMENSION, seed=5)[0]
    farthest = np.sort(np.argsort(matrix @ query)[: ROWS // 2])
    found, _ = index.search(query, k=20, rows=farthest)
    np.testing.assert_array_equal(found, ranked(matrix, query, farthest)[:20])


def test_more_may_be_asked_for_than_are_compared(index: FaissQuantized) -> None:
    found, _ = index.search(unit(1, DIMENSION)[0], k=ROWS + 5)
    assert sorted(found.tolist()) == [*range(ROWS)]


def test_the_same_vectors_give_the_same_files(matrix: FloatMatrix, tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "other"]
    for folder in folders:
        folder.mkdir()
        write_codes(matrix, folder)
    for name in (CODES, CENTROIDS):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()


def test_what_was_written_finds_what_was_made(
    index: FaissQuantized, matrix: FloatMatrix, tmp_path: Path
) -> None:
    write_codes(matrix, tmp_path)
    opened = FaissQuantized.load(matrix, tmp_path)
    for query in unit(20, DIMENSION, seed=4):
        for one, other in zip(opened.search(query, k=100), index.search(query, k=100), strict=True):
            np.testing.assert_array_equal(one, other)


def test_the_number_of_passages_chooses_the_engine(
    matrix: FloatMatrix, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    np.save(tmp_path / VECTORS, matrix)
    write_engine(tmp_path)
    assert [*tmp_path.iterdir()] == [tmp_path / VECTORS]
    assert isinstance(open_vectors(tmp_path, count=ROWS), FaissFlat)
    monkeypatch.setattr(vectors, "EXACT_UP_TO", ROWS - 1)
    write_engine(tmp_path)
    opened = open_vectors(tmp_path, count=ROWS)
    assert isinstance(opened, FaissQuantized)
    assert isinstance(opened.matrix().base, np.memmap)
    np.testing.assert_array_equal(opened.matrix(), matrix)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "no codes": lambda folder: (folder / CODES).unlink(),
    "no centroids": lambda folder: (folder / CENTROIDS).unlink(),
    "codes of fewer": lambda folder: np.save(folder / CODES, np.load(folder / CODES)[1:]),
    "shorter codes": lambda folder: np.save(folder / CODES, np.load(folder / CODES)[:, 1:]),
    "codes of another kind": lambda folder: np.save(
        folder / CODES, np.load(folder / CODES).astype(np.int8)
    ),
    "centroids of another shape": lambda folder: np.save(
        folder / CENTROIDS, np.load(folder / CENTROIDS)[:, :-1]
    ),
    "a centroid that is no number": lambda folder: np.save(
        folder / CENTROIDS, np.load(folder / CENTROIDS) * np.float32(np.nan)
    ),
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_files_that_do_not_fit_are_damage(matrix: FloatMatrix, tmp_path: Path, kind: str) -> None:
    write_codes(matrix, tmp_path)
    DAMAGES[kind](tmp_path)
    with pytest.raises(IndexDamagedError):
        FaissQuantized.load(matrix, tmp_path)


def test_vectors_that_are_no_numbers_are_damage(matrix: FloatMatrix, tmp_path: Path) -> None:
    damaged = matrix.copy()
    damaged[ROWS - 1, 3] = np.nan
    with pytest.raises(IndexDamagedError, match="no number"):
        write_codes(damaged, tmp_path)
    write_codes(matrix, tmp_path)
    damaged[:] = np.nan
    with pytest.raises(IndexDamagedError, match="no number"):
        FaissQuantized.load(damaged, tmp_path).search(unit(1, DIMENSION)[0], k=3)
