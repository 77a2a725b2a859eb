"""Keys of passages by the million: which number each has, in the room of the key and the number."""

from collections.abc import Iterable

import numpy as np

from retriever.records.arrays import AnyArray, RowNumbers

KEY_BYTES = 16
# NumPy orders byte strings of one length as Python does, those that end in zeros as well.
_KEY = np.dtype(f"S{KEY_BYTES}")


class KeyTable:
    """The number that each key was first given with; ``keys`` are sorted, ``numbers`` theirs."""

    def __init__(self, keys: AnyArray, numbers: RowNumbers) -> None:
        """Take keys as :func:`packed` gives them, and their numbers."""
        order = np.argsort(keys, kind="stable")
        self.keys, self.numbers = keys[order], numbers[order]

    def __len__(self) -> int:
        """Return how many keys were given."""
        return len(self.keys)

    def number(self, key: bytes) -> int | None:
        """Return the number of a key, or nothing for one that was not given."""
        place = int(np.searchsorted(self.keys, np.frombuffer(key, dtype=_KEY)[0]))
        if place == len(self.keys) or self.keys[place] != key.rstrip(b"\0"):
            return None
        return int(self.numbers[place])


class KeyRegister:
    """Keys with the number that each came first with, as they come; some 24 bytes for each."""

    def __init__(self, *, recent: int = 65_536) -> None:
        """Keep so many of the latest in a dictionary, and the others in tables."""
        self._most, self._recent = recent, dict[bytes, int]()
        self._tables: list[KeyTable] = []

    def first(self, key: bytes, number: int) -> int:
        """Return the number that came first with ``key``, which is this one if none did before."""
        for table in self._tables:
            if (found := table.number(key)) is not None:
                return found
        found = self._recent.setdefault(key, number)
        if len(self._recent) >= self._most:
            self._put_away()
        return found

    def _put_away(self) -> None:
        """Make a table of the recent keys, together with those that are no larger: few are left."""
        keys, numbers = packed(self._recent), np.array([*self._recent.values()], dtype=np.int64)
        while self._tables and len(self._tables[-1]) <= len(keys):
            table = self._tables.pop()
            keys = np.concatenate([keys, table.keys])
            numbers = np.concatenate([numbers, table.numbers])
        self._tables.append(KeyTable(keys, numbers))
        self._recent = {}


def packed(keys: Iterable[bytes]) -> AnyArray:
    """Return keys one behind the other, ``(n,)``."""
    return np.frombuffer(b"".join(keys), dtype=_KEY)
