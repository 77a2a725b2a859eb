"""The dense channel in Milvus against an exact scan."""

import numpy as np
import pytest

from retriever.errors import IndexUnusableError
from retriever.index.faiss_flat import FaissFlat
from retriever.index.milvus import vectors
from retriever.index.milvus.address import parse_address
from retriever.index.milvus.connection import MilvusConnection, connection_to
from retriever.index.milvus.vectors import MilvusVectors, collection_problem, upload
from retriever.records.arrays import FloatMatrix
from tests.index.test_vectors import ranked, unit
from tests.milvus.conftest import NewAddress

ROWS = 3_000
COPIES = 40


@pytest.fixture(scope="module")
def connection(new_address: NewAddress) -> MilvusConnection:
    return connection_to(parse_address(new_address()))


@pytest.fixture(scope="module")
def matrix() -> FloatMatrix:
    """Return vectors of which some are equal: more of them than are asked for."""
    found = unit(ROWS, dimension=32)
    found[100 : 100 + COPIES] = found[7]
    return found


@pytest.fixture(scope="module")
def index(connection: MilvusConnection, matrix: FloatMatrix) -> MilvusVectors:
    told: list[tuple[int, int]] = []
    upload(connection, "whole", matrix, lambda done, total: told.append((done, total)))
    assert told[0] == (0, ROWS)
    assert told[-1] == (ROWS, ROWS)
    return MilvusVectors(connection, "whole", matrix)


def test_what_is_found_is_what_an_exact_scan_finds(
    index: MilvusVectors, matrix: FloatMatrix
) -> None:
    exact = FaissFlat(matrix)
    found = same = 0
    for query in unit(40, dimension=32, seed=5):
        rows, cosines = index.search(query, k=10)
        expected, _ = exact.search(query, k=10)
        np.testing.assert_allclose(cosines, matrix[rows] @ query, atol=1e-6)
        assert sorted(cosines, reverse=True) == cosines.tolist()
        found, same = found + 10, same + len(np.intersect1d(rows, expected))
    assert same / found >= 0.98


def test_equal_vectors_come_in_the_order_of_rows(index: MilvusVectors, matrix: FloatMatrix) -> None:
    rows, cosines = index.search(matrix[7], k=10)
    assert rows.tolist() == [7, *range(100, 109)]
    np.testing.assert_allclose(cosines, 1, atol=1e-6)


@pytest.mark.parametrize("scanned", [0, 20_000])
@pytest.mark.parametrize("step", [2, 7, 900])
def test_a_filtered_search_stays_within_its_rows_and_is_exact(
    index: MilvusVectors,
    matrix: FloatMatrix,
    monkeypatch: pytest.MonkeyPatch,
    scanned: int,
    step: int,
) -> None:
    monkeypatch.setattr(vectors, "SCANNED", scanned)
    rows, query = np.arange(0, ROWS, step), unit(1, dimension=32, seed=9)[0]
    found, _ = index.search(query, k=10, rows=rows)
    np.testing.assert_array_equal(found, ranked(matrix, query, rows)[:10])


def test_all_are_found_and_nothing_where_nothing_is_asked(
    index: MilvusVectors, matrix: FloatMatrix
) -> None:
    query = unit(1, dimension=32)[0]
    assert sorted(index.search(query, k=ROWS * 2)[0].tolist()) == [*range(ROWS)]
    assert len(index.search(query, k=0)[0]) == 0
    assert len(index.search(query, k=3, rows=np.empty(0, dtype=np.int64))[0]) == 0
    assert (len(index), index.dimension) == (ROWS, 32)
    np.testing.assert_array_equal(index.matrix(), matrix)


def test_a_collection_that_is_not_that_of_the_vectors_is_told(
    connection: MilvusConnection, index: MilvusVectors, matrix: FloatMatrix
) -> None:
    assert collection_problem(connection, "whole", matrix) is None
    assert collection_problem(connection, "none", matrix) == "is not there"
    told = collection_problem(connection, "whole", unit(ROWS))
    assert told == "has vectors of 32 numbers where 16 belong"
    told = collection_problem(connection, "whole", matrix[:100])
    assert told == f"holds {ROWS} vectors where 100 belong"
    other = unit(ROWS, dimension=32, seed=1)
    told = collection_problem(connection, "whole", other)
    assert told == "holds other vectors than the index"
    with pytest.raises(IndexUnusableError, match="holds other vectors than the index"):
        MilvusVectors(connection, "whole", other).search(matrix[3], k=5)
    with pytest.raises(IndexUnusableError, match="holds rows that the index has not"):
        MilvusVectors(connection, "whole", matrix[:900]).search(matrix[2_000], k=5)
    assert len(index.search(matrix[3], k=5)[0]) == 5
