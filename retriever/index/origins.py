"""Where all articles come from, a column a field: what filters, dates and counts look at.

A corpus has few publishers and authors for many articles, so an article has four numbers here, and
what they stand for is kept once. A filter compares each value once, whatever the corpus' size.
"""

import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import overload

import numpy as np

from retriever.errors import IndexDamagedError
from retriever.index.manifest import read_start
from retriever.index.memory_maps import mapped
from retriever.records import PartialDate
from retriever.records.arrays import BoolVector, OriginCodes, OriginColumn, RowNumbers

CODES = "origins.npy"
VALUES = "origins.json"
_LARGEST = 1 << 26  # bytes of all values


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What an article is filtered by; ``published`` as in :class:`Published`, else ``None``."""

    publisher: str | None
    published: str | None
    author: str | None
    language: str | None


FIELDS = tuple(field.name for field in fields(Origin))


class OriginsWriter:
    """Takes the origin of each article in the order of its row, and writes the columns."""

    def __init__(self) -> None:
        """Begin without an article."""
        self._codes = array("i")
        self._numbers: tuple[dict[str, int], ...] = tuple({} for _ in FIELDS)

    def add(self, origin: Origin) -> None:
        """Take the origin of the next article."""
        self._codes.extend(
            0 if value is None else known.setdefault(value, len(known) + 1)
            for known, value in zip(self._numbers, astuple(origin), strict=True)
        )

    def origins(self) -> "Origins":
        """Return what was taken."""
        table = np.array(self._codes, dtype=np.int32).reshape(-1, len(FIELDS))
        return Origins(table, dict(zip(FIELDS, map(tuple, self._numbers), strict=True)))


class Origins(Sequence[Origin]):
    """The origin of every article, by article row; threads may share it."""

    def __init__(self, codes: OriginCodes, values: Mapping[str, tuple[str, ...]]) -> None:
        """Take ``codes``, ``(n, 4) int32``: 0 for nothing, else the place of a value, from 1."""
        self._codes = codes
        self._values = values

    @classmethod
    def of(cls, origins: Iterable[Origin]) -> "Origins":
        """Return origins as columns."""
        writer = OriginsWriter()
        for origin in origins:
            writer.add(origin)
        return writer.origins()

    @classmethod
    def load(cls, folder: Path) -> "Origins":
        """Read what :meth:`save` wrote.

        :raises IndexDamagedError: when the files are malformed or do not fit each other.
        """
        codes = np.array(mapped(folder / CODES, kind=np.int32, shape=(None, len(FIELDS))))
        try:
            stated = json.loads(read_start(folder / VALUES, _LARGEST))
            values = {name: tuple(stated[name]) for name in FIELDS}
            fits = all(
                len(set(own)) == len(own) and all(isinstance(value, str) for value in own)
                for own in values.values()
            )
            for published in values["published"]:
                PartialDate.parse(published)
        except (OSError, ValueError, TypeError, LookupError, RecursionError) as error:
            raise IndexDamagedError(f"{folder / VALUES} cannot be read ({error})") from error
        if not fits or not _are_codes(codes, [len(values[name]) for name in FIELDS]):
            raise IndexDamagedError(f"{folder / CODES} and {VALUES} do not fit each other")
        return cls(codes, values)

    def save(self, folder: Path) -> None:
        """Write both files into ``folder``."""
        np.save(folder / CODES, self._codes)
        (folder / VALUES).write_text(json.dumps(self._values), encoding="utf-8")

    def __len__(self) -> int:
        """Return how many articles there are."""
        return len(self._codes)

    @overload
    def __getitem__(self, row: int) -> Origin: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Origin]: ...
    def __getitem__(self, row: int | slice) -> Origin | Sequence[Origin]:
        """Return the origin of an article, or those of some."""
        if isinstance(row, slice):
            return Origins(self._codes[row], self._values)
        return Origin(
            **{
                name: self._values[name][code - 1] if code else None
                for name, code in zip(FIELDS, self._codes[row].tolist(), strict=True)
            }
        )

    def __iter__(self) -> Iterator[Origin]:
        """Yield every origin, in the order of rows."""
        return (self[row] for row in range(len(self)))

    def values(self, field: str) -> tuple[str, ...]:
        """Return what a field holds, each once, in the order in which the articles have it."""
        return self._values[field]

    def counts(self, field: str) -> Counter[str]:
        """Return how many articles have each value of a field, in the order of :meth:`values`."""
        counted = np.bincount(self._column(field), minlength=len(self._values[field]) + 1)
        return Counter(dict(zip(self._values[field], counted[1:].tolist(), strict=True)))

    def totals(self, field: str, rows: RowNumbers, amounts: RowNumbers) -> dict[str | None, int]:
        """Return what the amounts of article rows come to for each value of a field, 0 left out.

        Those that state nothing are under ``None``, first; the others in the order of
        :meth:`values`.
        """
        summed = np.bincount(self._column(field)[rows], weights=amounts).astype(np.int64)
        named: tuple[str | None, ...] = (None, *self._values[field])
        return {value: total for value, total in zip(named, summed.tolist(), strict=False) if total}

    def without(self, field: str) -> int:
        """Return how many articles state nothing in a field."""
        return int(np.count_nonzero(self._column(field) == 0))

    def passing(self, field: str, test: Callable[[str], bool]) -> BoolVector:
        """Tell of each article whether it states what passes a test, ``(n,)``."""
        passes = np.array([False, *map(test, self._values[field])], dtype=bool)
        found: BoolVector = passes[self._column(field)]
        return found

    def newest_first(self, rows: RowNumbers) -> RowNumbers:
        """Return article rows by falling date, undated ones last, equal ones in their order."""
        order = self._places_in_time[self._column("published")[rows]]
        newest: RowNumbers = rows[np.argsort(-order, kind="stable")]
        return newest

    def alike(self, rows: RowNumbers) -> Iterator[tuple[int, int]]:
        """Yield the first of the ``rows`` of each author and publisher, and how many are theirs.

        In the order of ``rows``.
        """
        pairs = (
            self._column("author")[rows].astype(np.int64) << 32 | self._column("publisher")[rows]
        )
        _, first, counts = np.unique(pairs, return_index=True, return_counts=True)
        order = np.argsort(first)
        yield from zip(rows[first[order]].tolist(), counts[order].tolist(), strict=True)

    @cached_property
    def _places_in_time(self) -> RowNumbers:
        """The place of each date among all, from 1; 0 for none."""
        dates = np.array(("", *self._values["published"]))
        return np.unique(dates, return_inverse=True)[1]

    def _column(self, field: str) -> OriginColumn:
        column: OriginColumn = self._codes[:, FIELDS.index(field)]
        return column


def _are_codes(codes: OriginCodes, counts: Sequence[int]) -> bool:
    """Tell whether every code stands for one of so many values, or for none."""
    if not len(codes):
        return True
    return bool(np.all(codes.min(axis=0) >= 0) and np.all(codes.max(axis=0) <= counts))
