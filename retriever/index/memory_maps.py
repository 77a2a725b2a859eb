"""Arrays that a generation keeps in ``.npy`` files: mapped rather than read, and checked."""

import math
import os
from pathlib import Path
from tokenize import TokenError
from typing import Any

import numpy as np

from retriever.errors import IndexDamagedError
from retriever.records.arrays import AnyArray, IntTable

# What numpy lets through of a header that is none; the warning, where warnings are errors.
_UNREADABLE = (
    OSError, ValueError, EOFError, OverflowError, SyntaxError, TokenError, DeprecationWarning,
)  # fmt: skip
_LOOKED_AT_ONCE = 1 << 18


def mapped(path: Path, *, kind: type[np.number[Any]], shape: tuple[int | None, ...]) -> AnyArray:
    """Map the array in ``path``, read-only; ``None`` in ``shape`` stands for any length.

    What the header promises is compared with the size of the file before any memory is taken, and
    mapping knows neither archives nor pickles.

    :raises IndexDamagedError: when the file holds anything else than an array like this.
    """
    try:
        _require_size(path)
        found: AnyArray = np.lib.format.open_memmap(path, mode="r")
    except _UNREADABLE as error:
        raise IndexDamagedError(f"{path} cannot be read ({error})") from error
    fits = len(found.shape) == len(shape) and all(
        wanted in {None, length} for length, wanted in zip(found.shape, shape, strict=True)
    )
    if not fits or not np.issubdtype(found.dtype, kind):
        raise IndexDamagedError(f"{path} does not hold what it should")
    return found


def spans_in_order(spans: IntTable, *, owners: int) -> bool:
    """Tell whether spans, ``(n, 3)`` of owner, start and end, go forward through so many owners.

    A part at a time, so that millions take no memory of their own.
    """
    before = 0
    for first in range(0, len(spans), _LOOKED_AT_ONCE):
        owner, start, end = spans[first : first + _LOOKED_AT_ONCE].T
        forward = owner[0] >= before and np.all(owner[1:] >= owner[:-1]) and owner[-1] < owners
        if not forward or not np.all((start >= 0) & (start < end)):
            return False
        before = owner[-1]
    return True


def _require_size(path: Path) -> None:
    """Refuse a header that promises more or less than there is: numpy's own count can overflow."""
    with path.open("rb") as file:
        if np.lib.format.read_magic(file) != (1, 0):
            raise ValueError("of another version than is written")
        shape, _, kind = np.lib.format.read_array_header_1_0(file)
        size = os.fstat(file.fileno()).st_size - file.tell()
    if any(length < 0 for length in shape) or math.prod(shape) * kind.itemsize != size:
        raise ValueError("its header does not fit its size")
