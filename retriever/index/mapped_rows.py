"""Rows read here and there in a mapped array that is larger than what should stay in memory.

Each row that is read maps the pages around it too (Linux maps 64 KB at once), so that a server
would hold all of a file after some hundred questions. The pages are the system's, which may take
them back; still they count as the process'. So after :data:`MOST_MAPPED` bytes they are given back,
and mapped again where they are read, which takes 1 ms for 2,000 rows.
"""

import mmap
import threading

import numpy as np

from retriever.records.arrays import AnyArray, RowNumbers

MOST_MAPPED = 384 << 20
_MAPPED_AT_ONCE = 1 << 16


class MappedRows:
    """The rows of an array, read by their numbers; threads may share it."""

    def __init__(self, array: AnyArray) -> None:
        """Read ``array``, ``(n, width)``; if it lies in memory, nothing is ever given back."""
        self._array = array
        self._map = _map_of(array) if array.nbytes > MOST_MAPPED else None
        self._row_bytes = array.strides[0] if array.ndim else 0
        self._counting = threading.Lock()
        self._mapped = 0

    def take(self, rows: RowNumbers) -> AnyArray:
        """Return some rows, ``(len(rows), width)``."""
        found = self._array[rows]
        if self._map is not None:
            self._count(rows, self._map)
        return found

    def _count(self, rows: RowNumbers, held: mmap.mmap) -> None:
        """Count the pages around the rows, and give all of them back when they are many."""
        places = rows * self._row_bytes // _MAPPED_AT_ONCE
        touched = int(np.count_nonzero(np.diff(places, prepend=-1))) * _MAPPED_AT_ONCE
        with self._counting:
            self._mapped += touched
            full = self._mapped > MOST_MAPPED
            if full:
                self._mapped = 0
        if full:
            held.madvise(mmap.MADV_DONTNEED)


def _map_of(array: AnyArray) -> mmap.mmap | None:
    """Return the map that an array lies in, where the system can be told to give pages back."""
    inner: object = array
    while isinstance(inner, np.ndarray):
        inner = inner.base
    return inner if isinstance(inner, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED") else None
