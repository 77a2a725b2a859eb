"""Which articles are one text: reprints of what another one printed first, and its revisions.

A cluster is an original with all that reprinted it, each in all its versions. An article that is
alone is a cluster of itself. What makes them: :mod:`retriever.indexing.clustering`.
"""

from pathlib import Path

import numpy as np

from retriever.errors import IndexDamagedError
from retriever.index.memory_maps import mapped
from retriever.records.arrays import ClusterTable, RowNumbers

# Of every article: the row of the cluster's first article, the row of the first version of the same
# article, and which version it is, from 0 for the oldest; (n, 3) int32.
CLUSTERS = "clusters.npy"
# What makes them anew without reading every text again: see retriever.indexing.clustering.
SIGNATURES = "signatures.npy"
COMPARED = "compared.npy"
_ORIGIN, _EDITION, _VERSION = range(3)


class Clusters:
    """The clusters of all articles, by article row; threads may share it."""

    def __init__(self, table: ClusterTable) -> None:
        """Take what :data:`CLUSTERS` holds."""
        self._table = table
        self._sizes: list[int] = np.bincount(table[:, _ORIGIN], minlength=len(table)).tolist()

    @classmethod
    def load(cls, folder: Path, *, articles: int) -> "Clusters":
        """Read the clusters in ``folder``.

        :raises IndexDamagedError: when the file is malformed or of other articles.
        """
        table = np.array(mapped(folder / CLUSTERS, kind=np.int32, shape=(articles, 3)))
        rows, first = np.arange(articles), table[:, [_ORIGIN, _EDITION]]
        within = bool(np.all((first >= 0) & (first < articles)) and np.all(table[:, _VERSION] >= 0))
        if not within or np.any(table[first[:, 0], _ORIGIN] != first[:, 0]):
            raise IndexDamagedError(f"{folder / CLUSTERS} names no first article of a cluster")
        own = table[first[:, 1]]
        if np.any(own[:, _EDITION] != first[:, 1]) or np.any(own[:, _ORIGIN] != first[:, 0]):
            raise IndexDamagedError(f"{folder / CLUSTERS} names no first version of an article")
        if np.any((first[:, 1] == rows) != (table[:, _VERSION] == 0)):
            raise IndexDamagedError(f"{folder / CLUSTERS} counts no versions of an article")
        return cls(table)

    def __len__(self) -> int:
        """Return how many articles there are."""
        return len(self._table)

    def origin_of(self, row: int) -> int:
        """Return the row of the article that printed first what the article of ``row`` prints."""
        return int(self._table[row, _ORIGIN])

    def edition_of(self, row: int) -> int:
        """Return the row of the first version of the same article."""
        return int(self._table[row, _EDITION])

    def version_of(self, row: int) -> int:
        """Return which version of its article it is, from 0 for the oldest."""
        return int(self._table[row, _VERSION])

    def origins_of(self, rows: RowNumbers) -> RowNumbers:
        """Return the same as :meth:`origin_of` for several rows, ``(len(rows),)``."""
        found: RowNumbers = self._table[rows, _ORIGIN].astype(np.int64)
        return found

    def is_alone(self, row: int) -> bool:
        """Tell whether no other article prints what the article of ``row`` prints."""
        return self._sizes[self.origin_of(row)] == 1

    def count_origins(self, rows: RowNumbers | None = None) -> int:
        """Return how many origins some articles have, or all: reprints and versions count once."""
        column = self._table[:, _ORIGIN]
        return len(np.unique(column if rows is None else column[rows]))

    def members(self, row: int) -> list[int]:
        """Return the rows of all articles of a cluster, in the order of rows."""
        origin = self._table[row, _ORIGIN]
        found: list[int] = np.flatnonzero(self._table[:, _ORIGIN] == origin).tolist()
        return found

    def versions(self, row: int) -> list[int]:
        """Return the rows of all versions of an article, the oldest first."""
        edition = self._table[row, _EDITION]
        rows = np.flatnonzero(self._table[:, _EDITION] == edition)
        found: list[int] = rows[np.argsort(self._table[rows, _VERSION])].tolist()
        return found
