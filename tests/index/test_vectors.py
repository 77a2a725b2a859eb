"""Every engine of the dense channel against a plain NumPy scan, and the file it is made from."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.errors import IndexDamagedError
from retriever.index.faiss_flat import FaissFlat
from retriever.index.vectors import ENGINES, VECTORS, VectorIndex, open_vectors
from retriever.records.arrays import FloatMatrix, FloatVector, RowNumbers

Engine = Callable[[FloatMatrix], VectorIndex]


class SortedScan:
    """An engine of its own: every row is compared and sorted."""

    def __init__(self, matrix: FloatMatrix) -> None:
        """Copy the rows of ``matrix``."""
        self._matrix = matrix.copy()

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self._matrix)

    @property
    def dimension(self) -> int:
        """How many numbers a row has."""
        return int(self._matrix.shape[1])

    def matrix(self) -> FloatMatrix:
        """Return all rows."""
        return self._matrix

    def take(self, rows: RowNumbers) -> FloatMatrix:
        """Return some rows."""
        return self._matrix[rows]

    def search(
        self, query: FloatVector, *, k: int, rows: RowNumbers | None = None
    ) -> tuple[RowNumbers, FloatVector]:
        """Return the nearest rows and their cosines."""
        rows = np.arange(len(self)) if rows is None else rows
        found = ranked(self._matrix, query, rows)[: max(k, 0)]
        return found, self.cosines(query, found)

    def cosines(self, query: FloatVector, rows: RowNumbers) -> FloatVector:
        """Return the cosines of rows."""
        cosines: FloatVector = self._matrix[rows] @ query
        return cosines


# An engine is a file and an entry: this one stands in both places here.
every_engine = pytest.mark.parametrize("engine", [*ENGINES.values(), SortedScan])


def unit(rows: int, dimension: int = 16, seed: int = 0) -> FloatMatrix:
    found = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
    scaled: FloatMatrix = found / np.linalg.norm(found, axis=1, keepdims=True)
    return scaled


def ranked(matrix: FloatMatrix, query: FloatVector, rows: RowNumbers) -> RowNumbers:
    """Return ``rows`` by falling cosine, equal ones by row."""
    found: RowNumbers = rows[np.lexsort((rows, -(matrix[rows] @ query)))]
    return found


@every_engine
@given(seed=st.integers(0, 99), k=st.integers(1, 80))
def test_search_is_an_exact_scan(engine: Engine, seed: int, k: int) -> None:
    matrix, query = unit(60, seed=seed), unit(1, seed=seed + 1000)[0]
    rows, cosines = engine(matrix).search(query, k=k)
    np.testing.assert_allclose(cosines, np.sort(matrix @ query)[::-1][:k], atol=1e-6)
    np.testing.assert_allclose(cosines, matrix[rows] @ query, atol=1e-6)


@every_engine
@given(
    numbers=st.lists(st.sampled_from([-1, 0, 1]), min_size=1, max_size=200),
    k=st.integers(1, 220),
    data=st.data(),
)
def test_ties_come_in_the_order_of_rows_at_the_border_too(
    engine: Engine, numbers: list[int], k: int, data: st.DataObject
) -> None:
    matrix = np.eye(3, dtype=np.float32)[np.array(numbers) + 1]
    query = np.array([0.25, 0.5, 0.75], dtype=np.float32)  # exact in binary: equals are equal
    everything = np.arange(len(numbers))
    chosen = data.draw(st.none() | st.sets(st.sampled_from(everything.tolist())))
    rows = None if chosen is None else np.array(sorted(chosen), dtype=np.int64)
    found, cosines = engine(matrix).search(query, k=k, rows=rows)
    expected = ranked(matrix, query, everything if rows is None else rows)[:k]
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(cosines, matrix[expected] @ query)


@every_engine
def test_a_filtered_search_is_exact_and_stays_within_its_rows(engine: Engine) -> None:
    matrix, query = unit(300), unit(1, seed=7)[0]
    rows = np.arange(0, 300, 7)
    found, cosines = engine(matrix).search(query, k=10, rows=rows)
    np.testing.assert_array_equal(found, ranked(matrix, query, rows)[:10])
    np.testing.assert_allclose(cosines, matrix[found] @ query, atol=1e-6)


@every_engine
@pytest.mark.parametrize("k", [0, -1])
def test_nothing_asked_finds_nothing(engine: Engine, k: int) -> None:
    found, cosines = engine(unit(5)).search(unit(1)[0], k=k)
    assert len(found) == len(cosines) == 0


@every_engine
def test_no_row_allowed_finds_nothing(engine: Engine) -> None:
    found, _ = engine(unit(5)).search(unit(1)[0], k=3, rows=np.empty(0, dtype=np.int64))
    assert len(found) == 0


@every_engine
def test_more_than_there_is_gives_all_there_is(engine: Engine) -> None:
    found, _ = engine(unit(5)).search(unit(1)[0], k=1000)
    assert sorted(found.tolist()) == [0, 1, 2, 3, 4]


@every_engine
def test_vectors_and_cosines_are_those_of_the_rows(engine: Engine) -> None:
    matrix = unit(40)
    index = engine(matrix)
    np.testing.assert_array_equal(index.matrix(), matrix)
    rows = np.array([3, 1, 3])
    np.testing.assert_allclose(index.cosines(matrix[1], rows), matrix[rows] @ matrix[1], atol=1e-6)
    assert (len(index), index.dimension) == (40, 16)


def test_another_engine_needs_an_entry_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    np.save(tmp_path / VECTORS, unit(40))
    monkeypatch.setitem(ENGINES, "sorted", SortedScan)
    query = unit(1, seed=3)[0]
    assert isinstance(open_vectors(tmp_path, count=40), FaissFlat)
    other = open_vectors(tmp_path, count=40, engine="sorted")
    assert isinstance(other, SortedScan)
    found, expected = (index.search(query, k=9) for index in (other, FaissFlat(unit(40))))
    np.testing.assert_array_equal(found[0], expected[0])


@pytest.mark.parametrize("kind", ["C", "F", ">f4"])
def test_an_array_is_opened_however_numpy_wrote_it(tmp_path: Path, kind: str) -> None:
    matrix = unit(40)
    written = matrix.astype(kind) if kind == ">f4" else np.array(matrix, order=kind)  # type: ignore[call-overload]  # C or F
    np.save(tmp_path / VECTORS, written)
    index = open_vectors(tmp_path, count=40)
    np.testing.assert_array_equal(index.matrix(), matrix)


def test_the_file_may_go_once_it_is_opened(tmp_path: Path) -> None:
    np.save(tmp_path / VECTORS, unit(40))
    index = open_vectors(tmp_path, count=40)
    (tmp_path / VECTORS).write_bytes(b"")  # a page that was still mapped would now be a crash
    np.testing.assert_array_equal(index.matrix(), unit(40))


def test_another_count_is_damage(tmp_path: Path) -> None:
    np.save(tmp_path / VECTORS, unit(4))
    with pytest.raises(IndexDamagedError, match="does not hold the 5 vectors"):
        open_vectors(tmp_path, count=5)


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_damage(tmp_path: Path, number: float) -> None:
    matrix = unit(4)
    matrix[2, 3] = number
    np.save(tmp_path / VECTORS, matrix)
    with pytest.raises(IndexDamagedError, match="holds what is no number"):
        open_vectors(tmp_path, count=4)


@pytest.mark.parametrize("content", [unit(4).astype(np.float64), unit(4)[0], unit(4)[:, :0]])
def test_another_kind_of_array_is_damage(tmp_path: Path, content: FloatMatrix) -> None:
    np.save(tmp_path / VECTORS, content)
    with pytest.raises(IndexDamagedError):
        open_vectors(tmp_path, count=4)


@given(keep=st.integers(0, 700), claim=st.integers(0, 2**63 - 1), place=st.integers(0, 140))
def test_any_damage_is_an_error_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, keep: int, claim: int, place: int
) -> None:
    """Also where a header claims sizes that no machine has: nothing crashes, nothing hangs."""
    folder = tmp_path_factory.mktemp("vectors")
    np.save(folder / VECTORS, unit(8))
    content = bytearray((folder / VECTORS).read_bytes()[:keep])
    content[place : place + 8] = claim.to_bytes(8, "little")
    (folder / VECTORS).write_bytes(content)
    with suppress(IndexDamagedError):
        assert len(open_vectors(folder, count=8)) == 8
