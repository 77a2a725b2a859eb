"""The entries of a catalogue as a table of SQLite, in a file that goes with it.

A list of 100,000 articles shows fifty of them. So what they are sorted and searched by stands in a
table that SQLite keeps on disk and reads through in C, and only the rows of one page become
records. Entries are numbered from 0 in the order of the corpus.
"""

import json
import sqlite3
import threading
import weakref
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from retriever.errors import SettingsError
from retriever.records import CatalogueEntry
from retriever.records.arrays import AnyArray, BoolVector, IntVector, RowNumbers
from retriever.records.catalogue import REMARKED
from retriever.text.terms import fold_word

_FIELDS = (
    *("path", "state", "id", "name", "title", "author", "publisher", "published", "language"),
    *("characters", "bytes", "reason", "warnings"),
)
# What entries are compared by; NULL is what is not known.
_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "path": "path_key",
        "title": "title_key",
        "author": "author_key",
        "publisher": "publisher_key",
        "published": "published",
        "characters": "nullif(characters, 0)",
        "state": "state",
    }
)
_OTHERS = ("row", "words", "path_key", "title_key", "author_key", "publisher_key")
_COLUMNS = (*_FIELDS, *_OTHERS)
_CREATE = f"CREATE TABLE entry (number INTEGER PRIMARY KEY, {', '.join(_COLUMNS)})"
_INSERT = f"INSERT INTO entry VALUES ({', '.join('?' * (len(_COLUMNS) + 1))})"  # noqa: S608
_ORDERS_KEPT = len(_KEYS) * 2
# Searches remembered, for the next page of what was found and for the letters typed one by one.
_SEARCHES_KEPT = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class RowEntry:
    """An entry, and the row of its article in the index; ``None`` where it has none."""

    entry: CatalogueEntry
    row: int | None = None


class EntryTable:
    """All entries; threads may share it. Its file has no name, and goes with the last of them."""

    def __init__(self, entries: Iterable[RowEntry]) -> None:
        """Take the entries in their order.

        :raises SettingsError: when the folder for temporary files has no room for them.
        """
        # Without a name SQLite makes a file of its own and holds 2 MB of it in memory.
        connection = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        weakref.finalize(self, connection.close)
        try:
            _fill(connection, entries)
            own = np.array(
                connection.execute(
                    "SELECT coalesce(row, -1), warnings IS NOT NULL FROM entry ORDER BY number"
                ).fetchall(),
                dtype=np.int64,
            ).reshape(-1, 2)
            states = connection.execute("SELECT state FROM entry ORDER BY number").fetchall()
        except sqlite3.Error as error:
            connection.close()
            message = (
                f"the list of articles finds no room among temporary files ({error}); make some"
            )
            raise SettingsError(message) from error
        self.article_rows: RowNumbers = own[:, 0]
        self._remarked: BoolVector = own[:, 1] > 0
        self._states: AnyArray = np.array([state for (state,) in states], dtype="U10")
        reads = _Reads(connection, len(own))
        # The caches refer to the connection, not to this object, which would never be freed.
        self.order = lru_cache(maxsize=_ORDERS_KEPT)(reads.order)
        self.stating = lru_cache(maxsize=_SEARCHES_KEPT)(reads.stating)
        self.entries = reads.entries

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self.article_rows)

    def in_state(self, state: str) -> BoolVector:
        """Tell of each entry whether it is in a state, or has warnings for :data:`REMARKED`."""
        return self._remarked if state == REMARKED else self._states == state

    def states(self) -> Counter[str]:
        """Return how many entries are in each state, and how many have warnings, if any."""
        remarked = Counter({REMARKED: int(self._remarked.sum())} if self._remarked.any() else {})
        return Counter(self._states.tolist()) + remarked


class _Reads:
    """What is asked of the table, one thread at a time."""

    def __init__(self, connection: sqlite3.Connection, count: int) -> None:
        self._connection = connection
        self._count = count
        self._lock = threading.Lock()

    def order(self, sort: str) -> IntVector:
        """Return the numbers of all entries in an order, those without a value last."""
        key = _KEYS[sort.removeprefix("-")]
        way = "DESC" if sort.startswith("-") else "ASC"
        query = f"SELECT number FROM entry ORDER BY {key} {way} NULLS LAST, number"  # noqa: S608
        return self._numbers(query)

    def stating(self, word: str) -> BoolVector:
        """Tell of each entry whether anything but its text holds ``word``, folded."""
        found = np.zeros(self._count, dtype=bool)
        with suppress(UnicodeEncodeError):  # half a character: nothing that is stored holds one
            found[self._numbers("SELECT number FROM entry WHERE instr(words, ?)", word)] = True
        return found

    def entries(self, numbers: Iterable[int]) -> tuple[CatalogueEntry, ...]:
        """Return entries by their numbers, in that order."""
        query = f"SELECT {', '.join(_FIELDS)} FROM entry WHERE number = ?"  # noqa: S608
        with self._lock:
            found = [self._connection.execute(query, (int(n),)).fetchone() for n in numbers]
        return tuple(_entry_of(dict(zip(_FIELDS, values, strict=True))) for values in found)

    def _numbers(self, query: str, *values: str) -> IntVector:
        with self._lock:
            found = self._connection.execute(query, values)
            return np.fromiter((number for (number,) in found), dtype=np.int32)


def _fill(connection: sqlite3.Connection, entries: Iterable[RowEntry]) -> None:
    # What is lost with the process anyway needs no journal.
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(_CREATE)
    connection.execute("BEGIN")
    connection.executemany(_INSERT, map(_values_of, range(1 << 62), entries))
    connection.execute("COMMIT")


def _values_of(number: int, given: RowEntry) -> tuple[object, ...]:
    """Return an entry as a row of the table."""
    entry = given.entry
    own = [getattr(entry, name) for name in _FIELDS]
    own[-1] = json.dumps(entry.warnings) if entry.warnings else None
    said = (entry.name, entry.path, entry.author, entry.publisher, entry.reason, *entry.warnings)
    return (
        number,
        *own,
        given.row,
        fold_word("\n".join(filter(None, said))),
        entry.path.casefold(),
        (entry.title or entry.path).casefold(),
        (entry.author or "").casefold() or None,
        (entry.publisher or "").casefold() or None,
    )


def _entry_of(values: dict[str, object]) -> CatalogueEntry:
    warnings = values["warnings"]
    values["warnings"] = tuple(json.loads(warnings)) if isinstance(warnings, str) else ()
    return CatalogueEntry(**values)  # type: ignore[arg-type]  # what was taken from one
