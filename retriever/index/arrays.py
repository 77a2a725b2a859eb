"""Arrays that a generation keeps in ``.npy`` files, mapped rather than read."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retriever.errors import IndexDamagedError


def mapped(
    path: Path, *, kind: type[np.number[Any]], shape: tuple[int | None, ...]
) -> NDArray[Any]:
    """Map the array in ``path``, read-only; ``None`` in ``shape`` stands for any length.

    Mapping compares what the file promises with its size before any memory is taken, and knows
    neither archives nor pickles.

    :raises IndexDamagedError: when the file holds anything else than an array like this.
    """
    try:
        found: NDArray[Any] = np.lib.format.open_memmap(path, mode="r")
    except (OSError, ValueError, EOFError, OverflowError) as error:
        message = f"{path} cannot be read ({error}); mend it with: quotidian build --full"
        raise IndexDamagedError(message) from error
    fits = len(found.shape) == len(shape) and all(
        wanted in {None, length} for length, wanted in zip(found.shape, shape, strict=True)
    )
    if not fits or not np.issubdtype(found.dtype, kind):
        message = f"{path} does not hold what it should; mend it with: quotidian build --full"
        raise IndexDamagedError(message)
    return found
