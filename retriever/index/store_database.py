"""The SQLite file of an article store: opened read-only, and every fault of it one error."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from typing import Any

import numpy as np

from retriever.errors import IndexDamagedError
from retriever.index.memory_maps import spans_in_order
from retriever.index.origins import Origins
from retriever.index.store_schema import schema_problem, seal
from retriever.records import Article
from retriever.records.arrays import AnyArray, IntTable
from retriever.records.serialization import article_of


class StoreDatabase:
    """The connection to an article store, its lock, and what they give; threads may share it."""

    def __init__(self, path: Path, *, thorough: bool) -> None:
        """Open the file at ``path``; with ``thorough`` every table is looked at.

        :raises IndexDamagedError: when it is no article store.
        """
        self._path = path
        self._lock = threading.Lock()
        # immutable: a generation never changes, so SQLite need not lock or look for a journal.
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        except sqlite3.Error as error:
            raise self.damaged(error) from error
        self.close = self._connection.close
        try:
            problem = schema_problem(self._connection, thorough=thorough)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            problem = str(error)
        if problem:
            self.close()
            raise self.damaged(problem)

    def rows(self, query: str, *values: object) -> list[Any]:
        """Return all rows of a query."""
        try:
            with self._lock:
                return self._connection.execute(query, values).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self.damaged(error) from error

    def texts(self, query: str, *values: object) -> list[Any]:
        """Return all rows of a query whose columns are all text; SQLite keeps bytes there as well.

        :raises IndexDamagedError: where one is none.
        """
        found = self.rows(query, *values)
        if not all(isinstance(value, str) for row in found for value in row):
            raise self.damaged("something stands where a text belongs")
        return found

    def each(self, query: str) -> Iterator[Any]:
        """Yield the rows of a query one by one; for one thread that has the store to itself."""
        try:
            yield from self._connection.execute(query)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self.damaged(error) from error

    def packed(self, query: str, *, kind: str) -> AnyArray:
        """Return the rows of a query that gives one column of bytes."""
        try:
            with self._lock:
                found = (value for (value,) in self._connection.execute(query))
                return np.fromiter(found, dtype=kind)
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise self.damaged(error) from error

    def require_order(self, passages: IntTable, *, articles: int) -> None:
        """Refuse passages that name no article or go backwards, and columns of other rows."""
        ((stored, last),) = self.rows(
            "SELECT (SELECT count(*) FROM article), (SELECT max(row) FROM passage)"
        )
        counted = len(passages) == (0 if last is None else last + 1) and articles == stored
        if not counted or not spans_in_order(passages[:, :3], owners=articles):
            raise self.damaged("the passages are out of order")

    def require_columns(self, passages: IntTable, origins: Origins) -> None:
        """Refuse arrays that say something else than the tables; every row is read."""
        where = (
            'SELECT article, start, "end", ordinal, heading IS NOT NULL FROM passage ORDER BY row'
        )
        whence = (
            "SELECT publisher, published, json_extract(record, '$.author'),"
            " json_extract(record, '$.language') FROM article ORDER BY row"
        )
        try:
            with self._lock:
                stored = np.fromiter(self._connection.execute(where), dtype=(np.int64, 5))
                same = np.array_equal(stored, passages) and all(
                    astuple(origin) == row
                    for origin, row in zip(origins, self._connection.execute(whence), strict=True)
                )
        except (sqlite3.Error, ValueError, TypeError, OverflowError) as error:
            raise self.damaged(error) from error
        if not same:
            raise self.damaged("the arrays beside it say something else")

    def heading(self, row: int) -> str | None:
        """Return the heading above a passage."""
        found = self.rows("SELECT heading FROM passage WHERE row = ?", row)
        heading = found[0][0] if found else None
        if heading is not None and not isinstance(heading, str):
            raise self.damaged(f"passage row {row} has no words for a heading")
        return heading

    def article(self, row: int) -> Article:
        """Return the article of a row."""
        found = self.rows("SELECT id, body, record, seal FROM article WHERE row = ?", row)
        try:
            article_id, text, record, sealed = found[0]
            if seal(article_id, text, record) != sealed:
                raise ValueError("altered")  # noqa: TRY301  # as damage that decoding meets
            article = article_of({"id": article_id, "text": text, **json.loads(record)})
        except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise self.damaged(f"article row {row}: {type(error).__name__}") from error
        return article

    def damaged(self, reason: object) -> IndexDamagedError:
        """Return the error that says why the file cannot be read."""
        return IndexDamagedError(f"{self._path} cannot be read ({reason})")
