"""Arrays that a generation keeps in ``.npy`` files, mapped rather than read."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retriever.errors import IndexDamagedError


def mapped(path: Path, kind: type[np.generic], *, columns: int | None = None) -> NDArray[Any]:
    """Map the two-dimensional array of ``kind`` in ``path``, read-only.

    Mapping compares what the file promises with its size before any memory is taken.

    :raises IndexDamagedError: when the file holds anything else.
    """
    try:
        found = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError, OverflowError) as error:
        message = f"{path} cannot be read ({error}); mend it with: quotidian build --full"
        raise IndexDamagedError(message) from error
    fits = isinstance(found, np.ndarray) and found.ndim == 2 and found.dtype == kind
    if not fits or columns not in {None, found.shape[1]}:
        message = f"{path} does not hold what it should; mend it with: quotidian build --full"
        raise IndexDamagedError(message)
    array: NDArray[Any] = found
    return array
