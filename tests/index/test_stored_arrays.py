"""Rows read in a file are the array's, hold no memory, and a file cut short is an error."""

import os
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.errors import IndexDamagedError
from retriever.index.stored_arrays import StoredArray
from retriever.records.arrays import AnyArray

ROWS, WIDTH = 4_096, 4_096  # of a byte: a page each


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("arrays") / "array.npy"
    np.save(path, (np.arange(ROWS * WIDTH) % 251).astype(np.uint8).reshape(ROWS, WIDTH))
    return path


def mapped(path: Path) -> AnyArray:
    return np.asarray(np.load(path, mmap_mode="r"))


def resident(name: str) -> int:
    """Return how many KB of a mapped file this process holds."""
    maps = Path("/proc/self/smaps").read_text(encoding="utf-8")
    found = re.search(rf"{name}\n(?:.*\n)*?Rss:\s+(\d+) kB", maps)
    return int(found[1]) if found else 0


@given(rows=st.lists(st.integers(0, ROWS - 1), max_size=40), length=st.integers(1, 3))
def test_rows_are_those_of_the_array(path: Path, rows: list[int], length: int) -> None:
    array = mapped(path)
    runs = [row + n for row in rows for n in range(length) if row + n < ROWS]
    wanted = np.array(runs, dtype=np.int64)
    np.testing.assert_array_equal(StoredArray(array).take(wanted), np.array(array)[wanted])


@given(start=st.integers(0, ROWS), count=st.integers(0, 20))
def test_a_part_is_that_of_the_array(path: Path, start: int, count: int) -> None:
    array, end = mapped(path), min(start + count, ROWS)
    np.testing.assert_array_equal(StoredArray(array).part(start, end), array[start:end])


def test_numbers_keep_their_kind(tmp_path: Path) -> None:
    np.save(tmp_path / "one.npy", np.arange(9, dtype=np.int32))
    stored = StoredArray(mapped(tmp_path / "one.npy"))
    assert stored.part(3, 6).dtype == np.int32
    assert stored.part(3, 6).tolist() == [3, 4, 5]
    assert stored.take(np.array([8, 0, 1])).tolist() == [8, 0, 1]


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="the system does not tell")
def test_what_was_read_takes_no_memory(path: Path) -> None:
    array = mapped(path)
    StoredArray(array).take(np.arange(ROWS))
    StoredArray(array).part(0, ROWS)
    assert resident("array.npy") == 0
    assert array[::16].sum()  # the same by its map
    assert resident("array.npy") > 0


def test_a_file_cut_short_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "array.npy"
    np.save(path, np.ones((1_000, 384), dtype=np.float32))
    stored = StoredArray(mapped(path))
    os.truncate(path, path.stat().st_size // 2)
    assert stored.take(np.array([3, 4, 100])).shape == (3, 384)
    with pytest.raises(IndexDamagedError, match=r"array\.npy was cut short"):
        stored.take(np.array([3, 999]))
    with pytest.raises(IndexDamagedError, match=r"array\.npy was cut short"):
        stored.part(400, 700)


def test_it_is_read_without_pread_as_well(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "pread")
    array = mapped(path)
    rows = np.array([7, 8, 4_000, 2])
    np.testing.assert_array_equal(StoredArray(array).take(rows), array[rows])


def test_a_slice_of_a_map_is_no_file(path: Path) -> None:
    """It is read where it is: its rows are not those of the file by their numbers."""
    array = mapped(path)
    np.testing.assert_array_equal(StoredArray(array[100:]).take(np.array([0])), array[[100]])
    np.testing.assert_array_equal(StoredArray(array[:100]).take(np.array([5])), array[[5]])


def test_what_lies_in_memory_is_read_as_well() -> None:
    array = np.arange(12).reshape(4, 3)
    np.testing.assert_array_equal(StoredArray(array).take(np.array([2, 0])), array[[2, 0]])
    np.testing.assert_array_equal(StoredArray(array).part(1, 3), array[1:3])


def test_what_the_system_gives_in_pieces_is_put_together(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Linux reads 2 GiB at most in one go, a network's file system what has come."""
    pread = os.pread
    monkeypatch.setattr(os, "pread", lambda file, size, at: pread(file, min(size, 1_000), at))
    array = mapped(path)
    np.testing.assert_array_equal(StoredArray(array).part(3, 9), array[3:9])
    np.testing.assert_array_equal(StoredArray(array).take(np.array([5, 6, 1])), array[[5, 6, 1]])
