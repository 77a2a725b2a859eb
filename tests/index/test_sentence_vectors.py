"""The sentence table: places, eight-bit vectors, round trips, damage."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.errors import IndexDamagedError
from retriever.index.quantization import quantised
from retriever.index.sentence_vectors import SENTENCE_VECTORS, SPANS, Sentences
from retriever.records import Span
from tests.index.test_vectors import unit

DIMENSION = 8


def sentences(counts: list[int]) -> Sentences:
    """Return so many sentences for each passage, ten characters each."""
    table = [
        (passage, 10 * n, 10 * n + 9) for passage, count in enumerate(counts) for n in range(count)
    ]
    codes = np.arange(len(table) * DIMENSION).reshape(-1, DIMENSION) % 255 - 127
    return Sentences(np.array(table, dtype=np.int64).reshape(-1, 3), codes.astype(np.int8))


def save(found: Sentences, folder: Path) -> None:
    """Write both files, as a build does row by row."""
    np.save(folder / SPANS, found.table.astype(np.int32))
    np.save(folder / SENTENCE_VECTORS, found.codes)


counts = st.lists(st.integers(0, 5), min_size=1, max_size=12)


@given(counts=counts, data=st.data())
def test_rows_of_agrees_with_a_loop(counts: list[int], data: st.DataObject) -> None:
    found = sentences(counts)
    passages = data.draw(st.lists(st.integers(0, len(counts) - 1), max_size=8))
    rows, owners = found.rows_of(np.array(passages, dtype=np.int64))
    expected = [(row, place) for place, own in enumerate(passages) for row in found.rows(own)]
    assert list(zip(rows.tolist(), owners.tolist(), strict=True)) == expected
    np.testing.assert_array_equal(
        found.passages(rows), np.array(passages, dtype=np.int64)[owners].reshape(-1)
    )


@given(counts=counts)
def test_places_are_kept_by_passage(counts: list[int]) -> None:
    found = sentences(counts)
    assert len(found) == sum(counts)
    for passage, count in enumerate(counts):
        expected = [Span(start=10 * n, end=10 * n + 9) for n in range(count)]
        assert found.spans(passage) == expected
        assert [found.span(row) for row in found.rows(passage)] == expected
        assert all(found.passage(row) == passage for row in found.rows(passage))


def test_what_was_saved_is_read_back(tmp_path: Path) -> None:
    made = sentences([2, 0, 3])
    save(made, tmp_path)
    loaded = Sentences.load(tmp_path, passages=3)
    np.testing.assert_array_equal(loaded.table, made.table)
    np.testing.assert_array_equal(loaded.codes, made.codes)
    assert loaded.dimension == DIMENSION


def test_eight_bits_change_a_cosine_by_little() -> None:
    vectors, query = unit(2000, dimension=384), unit(1, dimension=384, seed=5)[0]
    rows = np.arange(2000, dtype=np.int64)
    table = np.stack([rows, rows, rows + 1], axis=1)
    found = Sentences(table, quantised(vectors)).cosines(query, rows)
    assert np.abs(found - vectors @ query).max() < 0.006


def test_a_number_beyond_the_scale_is_clipped() -> None:
    assert quantised(np.array([[1.0, -1.0, 0.5, 0.0]], dtype=np.float32)).tolist() == [
        [127, -127, 127, 0]
    ]


@pytest.mark.parametrize("name", [SPANS, SENTENCE_VECTORS])
@pytest.mark.parametrize(
    "content",
    [None, b"", b"\x93NUMPY", b"PK\3\4 no archive", b"\x80\x04N.", b"x" * 500],
    ids=["missing", "empty", "cut", "zip", "pickle", "noise"],
)
def test_a_damaged_file_is_one_clear_line(tmp_path: Path, name: str, content: bytes | None) -> None:
    save(sentences([2, 3]), tmp_path)
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(IndexDamagedError) as raised:
        Sentences.load(tmp_path, passages=2)
    assert name in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_claims_more_than_it_holds_takes_no_memory(tmp_path: Path) -> None:
    save(sentences([2, 3]), tmp_path)
    path = tmp_path / SPANS
    path.write_bytes(path.read_bytes().replace(b"(5, 3)", b"(9999999999999, 3)"))
    with pytest.raises(IndexDamagedError):
        Sentences.load(tmp_path, passages=2)


@pytest.mark.parametrize(
    "table",
    [
        [[0, 0, 9]],  # fewer places than vectors
        [[0, 0, 9], [2, 0, 9]],  # a passage that is not there
        [[1, 0, 9], [0, 0, 9]],  # out of order
        [[0, 5, 5], [1, 0, 9]],  # an empty sentence
        [[0, -4, 5], [1, 0, 9]],
        [[0, 0], [1, 0]],
    ],
)
def test_a_table_that_does_not_fit_is_damage(tmp_path: Path, table: list[list[int]]) -> None:
    save(sentences([1, 1]), tmp_path)
    np.save(tmp_path / SPANS, np.array(table, dtype=np.int32))
    with pytest.raises(IndexDamagedError):
        Sentences.load(tmp_path, passages=2)
