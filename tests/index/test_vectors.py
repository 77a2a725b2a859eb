"""The dense channel against a plain NumPy scan."""

from contextlib import suppress
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.errors import IndexDamagedError
from retriever.index.vectors import Vectors, head
from retriever.records.arrays import FloatMatrix, FloatVector, RowNumbers


def unit(rows: int, dimension: int = 16, seed: int = 0) -> FloatMatrix:
    found = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
    scaled: FloatMatrix = found / np.linalg.norm(found, axis=1, keepdims=True)
    return scaled


def ranked(matrix: FloatMatrix, query: FloatVector, rows: RowNumbers) -> RowNumbers:
    """Return ``rows`` by falling cosine, equal ones by row."""
    found: RowNumbers = rows[np.lexsort((rows, -(matrix[rows] @ query)))]
    return found


@given(seed=st.integers(0, 99), k=st.integers(1, 80))
def test_search_is_an_exact_scan(seed: int, k: int) -> None:
    matrix, query = unit(60, seed=seed), unit(1, seed=seed + 1000)[0]
    rows, cosines = Vectors.of(matrix).search(query, k=k)
    np.testing.assert_allclose(cosines, np.sort(matrix @ query)[::-1][:k], atol=1e-6)
    np.testing.assert_allclose(cosines, matrix[rows] @ query, atol=1e-6)


@given(
    numbers=st.lists(st.sampled_from([-1, 0, 1]), min_size=1, max_size=200),
    k=st.integers(1, 220),
    data=st.data(),
)
def test_ties_come_in_the_order_of_rows_at_the_border_too(
    numbers: list[int], k: int, data: st.DataObject
) -> None:
    matrix = np.eye(3, dtype=np.float32)[np.array(numbers) + 1]
    query = np.array([0.25, 0.5, 0.75], dtype=np.float32)  # exact in binary: equals are equal
    everything = np.arange(len(numbers))
    chosen = data.draw(st.none() | st.sets(st.sampled_from(everything.tolist())))
    rows = None if chosen is None else np.array(sorted(chosen), dtype=np.int64)
    found, cosines = Vectors.of(matrix).search(query, k=k, rows=rows)
    expected = ranked(matrix, query, everything if rows is None else rows)[:k]
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(cosines, matrix[expected] @ query)


def test_a_filtered_search_is_exact_and_stays_within_its_rows() -> None:
    matrix, query = unit(300), unit(1, seed=7)[0]
    rows = np.arange(0, 300, 7)
    found, cosines = Vectors.of(matrix).search(query, k=10, rows=rows)
    np.testing.assert_array_equal(found, ranked(matrix, query, rows)[:10])
    np.testing.assert_allclose(cosines, matrix[found] @ query, atol=1e-6)


@pytest.mark.parametrize("k", [0, -1])
def test_nothing_asked_finds_nothing(k: int) -> None:
    found, cosines = Vectors.of(unit(5)).search(unit(1)[0], k=k)
    assert len(found) == len(cosines) == 0


def test_no_row_allowed_finds_nothing() -> None:
    found, _ = Vectors.of(unit(5)).search(unit(1)[0], k=3, rows=np.empty(0, dtype=np.int64))
    assert len(found) == 0


def test_more_than_there_is_gives_all_there_is() -> None:
    found, _ = Vectors.of(unit(5)).search(unit(1)[0], k=1000)
    assert sorted(found.tolist()) == [0, 1, 2, 3, 4]


def test_what_was_saved_is_read_back(tmp_path: Path) -> None:
    matrix = unit(40)
    Vectors.of(matrix).save(tmp_path / "v")
    loaded = Vectors.load(tmp_path / "v", count=40)
    np.testing.assert_array_equal(loaded.matrix(), matrix)
    rows = np.array([3, 1, 3])
    np.testing.assert_allclose(loaded.cosines(matrix[1], rows), matrix[rows] @ matrix[1], atol=1e-6)
    assert (len(loaded), loaded.dimension) == (40, 16)


def test_a_file_written_row_by_row_is_the_one_that_faiss_writes(tmp_path: Path) -> None:
    matrix = unit(40)
    Vectors.of(matrix).save(tmp_path / "v")
    assert head(40, 16) + matrix.tobytes() == (tmp_path / "v").read_bytes()


def test_another_count_is_damage(tmp_path: Path) -> None:
    Vectors.of(unit(4)).save(tmp_path / "v")
    with pytest.raises(IndexDamagedError, match="does not hold the 5 vectors"):
        Vectors.load(tmp_path / "v", count=5)


def test_another_kind_of_index_is_damage(tmp_path: Path) -> None:
    distances = faiss.IndexFlatL2(16)
    distances.add(unit(4))
    faiss.write_index(distances, str(tmp_path / "v"))
    with pytest.raises(IndexDamagedError):
        Vectors.load(tmp_path / "v", count=4)


@given(keep=st.integers(0, 600), claim=st.integers(0, 2**63 - 1), place=st.integers(0, 60))
def test_any_damage_is_an_error_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, keep: int, claim: int, place: int
) -> None:
    """Also where a header claims sizes that no machine has: nothing crashes, nothing hangs."""
    path = tmp_path_factory.mktemp("vectors") / "v"
    Vectors.of(unit(8)).save(path)
    content = bytearray(path.read_bytes()[:keep])
    content[place : place + 8] = claim.to_bytes(8, "little")
    path.write_bytes(content)
    with suppress(IndexDamagedError):
        assert len(Vectors.load(path, count=8)) == 8
