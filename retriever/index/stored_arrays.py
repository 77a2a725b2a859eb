"""What a question reads of an array that lies in a file: read there, not mapped.

A map is quick, but what was read stays counted as the process' memory (since Linux 6.18 up to 2 MB
around each row: a million passages took 4 GB after forty questions), and a file that somebody cuts
short under a map ends the process with SIGBUS. Reading is an error at worst, holds nothing, and
takes 3.8 ms of CPU for 2,000 rows here and there, where mapping them and giving the pages back
takes 10.9. Builds go through whole arrays, and map them.
"""

import os
import threading
import weakref
from pathlib import Path

import numpy as np

from retriever.errors import IndexDamagedError
from retriever.records.arrays import AnyArray, RowNumbers

_BINARY = getattr(os, "O_BINARY", 0)  # on Windows, where a line's end would be changed


class StoredArray:
    """An array and, if it is the map of a file, that file; threads may share it."""

    def __init__(self, array: AnyArray) -> None:
        """Read ``array``; one that lies in memory is read there."""
        self.array = array
        memory_map = _map_of(array)
        self._file = None if memory_map is None else _File(memory_map)
        self._row_bytes = array.nbytes // max(1, len(array))

    def take(self, rows: RowNumbers) -> AnyArray:
        """Return some rows, ``(len(rows), ...)``, those that follow each other in one go.

        :raises IndexDamagedError: when the file is shorter than it was.
        """
        if self._file is None or not len(rows):
            return self.array[rows]
        breaks = np.flatnonzero(np.diff(rows) != 1) + 1
        firsts, borders = rows[[0, *breaks]].tolist(), [0, *breaks.tolist(), len(rows)]
        read = [
            self._file.read(first * self._row_bytes, (end - start) * self._row_bytes)
            for first, start, end in zip(firsts, borders, borders[1:], strict=False)
        ]
        return self._as_rows(b"".join(read))

    def part(self, start: int, end: int) -> AnyArray:
        """Return the rows from ``start`` up to ``end``.

        :raises IndexDamagedError: when the file is shorter than it was.
        """
        if self._file is None:
            return self.array[start:end]
        wanted = (end - start) * self._row_bytes
        return self._as_rows(self._file.read(start * self._row_bytes, wanted))

    def _as_rows(self, data: bytes) -> AnyArray:
        return np.frombuffer(data, dtype=self.array.dtype).reshape(-1, *self.array.shape[1:])


class _File:
    """A file open for reading, closed with the last who knows it."""

    def __init__(self, memory_map: np.memmap) -> None:
        self._path, self._begin = Path(str(memory_map.filename)), memory_map.offset
        self._descriptor = os.open(self._path, os.O_RDONLY | _BINARY)
        self._moving = threading.Lock()
        weakref.finalize(self, os.close, self._descriptor)

    def read(self, place: int, size: int) -> bytes:
        """Return ``size`` bytes of the array, from ``place`` on."""
        found, parts = 0, []
        while found < size:  # a read may give less: Linux gives 2 GiB at most, a server what it has
            part = self._read_at(self._begin + place + found, size - found)
            if not part:
                raise IndexDamagedError(f"{self._path} was cut short while it was in use")
            found += len(part)
            parts.append(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _read_at(self, place: int, size: int) -> bytes:
        if hasattr(os, "pread"):
            return os.pread(self._descriptor, size, place)
        with self._moving:
            os.lseek(self._descriptor, place, os.SEEK_SET)
            return os.read(self._descriptor, size)


def _map_of(array: AnyArray) -> np.memmap | None:
    """Return the map that an array is the whole of, if it is one's."""
    inner: object = array
    while isinstance(inner, np.ndarray) and not isinstance(inner, np.memmap):
        inner = inner.base
    if not isinstance(inner, np.memmap):
        return None
    whole = inner.nbytes == array.nbytes and inner.ctypes.data == array.ctypes.data
    return inner if whole else None
