"""Arrays that are written to disk while they come, so that no memory holds them."""

from io import BytesIO
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import DTypeLike

from retriever.records.arrays import AnyArray, RowNumbers


class ArrayWriter:
    """A file of equally long rows, put in any order and read back; whole once it is finished."""

    def __init__(self, path: Path, *, kind: DTypeLike) -> None:
        """Begin the file, which will be what ``np.save`` writes."""
        self._file = path.open("w+b")
        self._kind = np.dtype(kind)
        self.width = self._start = 0

    def put(self, rows: RowNumbers, values: AnyArray) -> None:
        """Write ``values``, ``(len(rows), width)``, to these rows."""
        if not self._start:
            self.width = values.shape[1]
            self._start = len(_head(self._kind, 0, self.width))
        block = np.ascontiguousarray(values, dtype=self._kind)
        borders = [0, *(np.flatnonzero(np.diff(rows) != 1) + 1).tolist(), len(rows)]
        for first, end in pairwise(borders):
            if first < end:
                self._go_to(int(rows[first]))
                self._file.write(block[first:end].data)

    def get(self, rows: RowNumbers) -> AnyArray:
        """Return these rows, which were put before, ``(len(rows), width)``."""
        found = np.empty((len(rows), self.width), dtype=self._kind)
        for place, row in enumerate(rows.tolist()):
            self._go_to(row)
            found[place] = np.frombuffer(self._file.read(found[place].nbytes), dtype=self._kind)
        return found

    def flush(self) -> None:
        """Hand what was put to the system, which has it even if this process is killed."""
        self._file.flush()

    def finish(self, count: int) -> None:
        """Write what the file begins with: it has ``count`` rows."""
        self._file.seek(0)
        self._file.write(_head(self._kind, count, self.width))
        self._file.close()

    def close(self) -> None:
        """Let go of the file, finished or not."""
        self._file.close()

    def _go_to(self, row: int) -> None:
        place = self._start + row * self.width * self._kind.itemsize
        if self._file.tell() != place:  # seeking would write out what is buffered
            self._file.seek(place)


class VectorWriter:
    """A file of numbers, one behind the other; whole once it is finished."""

    def __init__(self, path: Path, *, kind: DTypeLike) -> None:
        """Begin the file, which will be what ``np.save`` writes."""
        self._kind = np.dtype(kind)
        self._file = path.open("wb")
        self._file.write(_head(self._kind, 0))
        self.count = 0

    def append(self, values: AnyArray) -> None:
        """Write further numbers."""
        self._file.write(np.ascontiguousarray(values, dtype=self._kind).data)
        self.count += len(values)

    def finish(self) -> None:
        """Write what the file begins with: how many numbers it has."""
        self._file.seek(0)
        self._file.write(_head(self._kind, self.count))
        self._file.close()

    def close(self) -> None:
        """Let go of the file, finished or not."""
        self._file.close()


def unfinished_rows(path: Path, *, kind: DTypeLike, width: int) -> AnyArray:
    """Map the whole rows of a file that an :class:`ArrayWriter` may not have finished.

    :raises OSError: when it cannot be read.
    :raises ValueError: when it has no row.
    """
    start = len(_head(kind, 0, width))
    rows = (path.stat().st_size - start) // (np.dtype(kind).itemsize * width)
    return np.memmap(path, dtype=kind, mode="r", offset=start, shape=(max(rows, 0), width))


def _head(kind: DTypeLike, count: int, *width: int) -> bytes:
    """Return how the file of so many rows begins; numpy leaves room for the count to grow."""
    stream = BytesIO()
    about = np.lib.format.header_data_from_array_1_0(np.empty((0, *width), dtype=kind))
    np.lib.format.write_array_header_1_0(stream, {**about, "shape": (count, *width)})
    return stream.getvalue()
