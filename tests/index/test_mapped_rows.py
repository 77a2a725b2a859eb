"""Rows of a mapped array are the array's, also after its pages were given back."""

import mmap
import re
from pathlib import Path

import numpy as np
import pytest

from retriever.index import mapped_rows
from retriever.index.mapped_rows import MappedRows
from retriever.records.arrays import AnyArray

ROWS, WIDTH = 4_096, 4_096  # of a byte: a page each


@pytest.fixture
def array(tmp_path: Path) -> AnyArray:
    path = tmp_path / "array.npy"
    np.save(path, (np.arange(ROWS * WIDTH) % 251).astype(np.uint8).reshape(ROWS, WIDTH))
    return np.asarray(np.load(path, mmap_mode="r"))


def resident(name: str) -> int:
    """Return how many KB of a mapped file this process holds."""
    maps = Path("/proc/self/smaps").read_text(encoding="utf-8")
    found = re.search(rf"{name}\n(?:.*\n)*?Rss:\s+(\d+) kB", maps)
    return int(found[1]) if found else 0


@pytest.mark.parametrize("most", [1 << 20, 1 << 30])
def test_rows_are_those_of_the_array(
    array: AnyArray, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(mapped_rows, "MOST_MAPPED", most)
    rows, chance = MappedRows(array), np.random.default_rng(1)
    for _ in range(50):
        chosen = chance.integers(0, ROWS, 60)
        np.testing.assert_array_equal(rows.take(chosen), np.array(array)[chosen])
    assert rows.take(np.zeros(0, dtype=np.int64)).shape == (0, WIDTH)


@pytest.mark.skipif(not hasattr(mmap, "MADV_DONTNEED"), reason="pages cannot be given back here")
def test_pages_are_given_back(array: AnyArray, monkeypatch: pytest.MonkeyPatch) -> None:
    most = 2 << 20
    kept = MappedRows(array)
    kept.take(np.arange(ROWS))
    assert resident("array.npy") * 1024 > 3 * most
    monkeypatch.setattr(mapped_rows, "MOST_MAPPED", most)
    rows = MappedRows(array)
    for start in range(0, ROWS, 64):
        rows.take(np.arange(start, start + 64))
        if start > ROWS / 2:
            assert resident("array.npy") * 1024 <= 3 * most


def test_what_lies_in_memory_is_read_as_well() -> None:
    array = np.arange(12).reshape(4, 3)
    np.testing.assert_array_equal(MappedRows(array).take(np.array([2, 0])), array[[2, 0]])
