"""Keys of passages by the million: which number each has, in the room of the key and the number."""

from collections.abc import Iterable

import numpy as np

from retriever.records.arrays import AnyArray, RowNumbers

KEY_BYTES = 16
# NumPy orders byte strings of one length as Python does, those that end in zeros as well.
_KEY = np.dtype(f"S{KEY_BYTES}")


class KeyTable:
    """The number that each key was first given with; ``keys`` are sorted, 24 bytes for each."""

    def __init__(self, keys: AnyArray, numbers: RowNumbers) -> None:
        """Take keys as :func:`packed` gives them, and their numbers."""
        order = np.argsort(keys, kind="stable")
        self.keys, self._numbers = keys[order], numbers[order]

    def __len__(self) -> int:
        """Return how many keys were given."""
        return len(self.keys)

    def number(self, key: bytes) -> int | None:
        """Return the number of a key, or nothing for one that was not given."""
        place = int(np.searchsorted(self.keys, np.frombuffer(key, dtype=_KEY)[0]))
        if place == len(self.keys) or self.keys[place] != key.rstrip(b"\0"):
            return None
        return int(self._numbers[place])


def packed(keys: Iterable[bytes]) -> AnyArray:
    """Return keys one behind the other, ``(n,)``."""
    return np.frombuffer(b"".join(keys), dtype=_KEY)
