"""Filling a new article store; :mod:`retriever.index.store` reads it."""

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from retriever.corpus import Skipped
from retriever.index.origins import Origin, OriginsWriter
from retriever.index.store import PASSAGES, STORE, SeenFile
from retriever.index.store_schema import STATEMENTS, seal
from retriever.indexing.segmentation import IndexedPassage
from retriever.records import Article, Failure
from retriever.records.serialization import fields_of


class StoreWriter:
    """Fills a new store and counts what it holds; use as a context manager, which commits.

    Every method raises :class:`OSError` when the disk does not take what is written.
    """

    def __init__(self, folder: Path) -> None:
        """Create the store in ``folder``."""
        self._path = folder / STORE
        with _as_os_error(self._path):
            self._base = sqlite3.connect(self._path)
        self.files = self.articles = self.passages = 0
        # The row that each article had in the generation before; -1 for what was not there.
        self.rows_before = array("q")
        self.first_failure: Failure | None = None
        self._folder, self._origins, self._passages = folder, OriginsWriter(), array("i")
        # The folder of a build that dies is thrown away whole, and publishing syncs every file:
        # neither a journal nor syncs of SQLite's own are of use.
        self._run("PRAGMA journal_mode = OFF")
        self._run("PRAGMA synchronous = OFF")
        for statement in STATEMENTS:
            self._run(statement)

    def __enter__(self) -> "StoreWriter":
        """Return the writer itself."""
        return self

    def __exit__(self, *failed: object) -> None:
        """Commit what was added, unless an error ended the block, and close the store."""
        try:
            if failed[0] is None:
                with _as_os_error(self._path):
                    self._base.commit()
                np.save(self._folder / PASSAGES, np.array(self._passages).reshape(-1, 5))
                self._origins.origins().save(self._folder)
        finally:
            self._base.close()

    def add_source(self, entry: SeenFile, failures: Sequence[Failure]) -> None:
        """Note a source file that was read, with what went wrong in it."""
        self._run("INSERT INTO source VALUES (?, ?, ?)", [entry.path, entry.stamp, entry.sha256])
        self._run_many(
            "INSERT INTO failure VALUES (?, ?, ?)",
            ((entry.path, failure.path, failure.reason) for failure in failures),
        )
        self.files += 1
        self.first_failure = self.first_failure or next(iter(failures), None)

    def add_skipped(self, skipped: Sequence[Skipped]) -> None:
        """Note what of the corpus was not looked into."""
        self._run_many(
            "INSERT INTO skipped VALUES (?, ?)", ((entry.path, entry.reason) for entry in skipped)
        )

    def add_article(
        self,
        article: Article,
        *,
        stated_id: str,
        source: str,
        passages: Sequence[IndexedPassage],
        before: int | None = None,
    ) -> None:
        """Add an article from the file ``source``, which calls it ``stated_id``."""
        published = article.published.value if article.published else None
        about = [article.id, stated_id, source, article.publisher, published]
        record = _stored_record(article)
        self._run(
            "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [self.articles, *about, article.text, record, seal(article.id, article.text, record)],
        )
        self._run_many(
            "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (row, self.articles, part.start, part.end, part.ordinal, part.heading, indexed.key)
                for row, indexed in enumerate(passages, self.passages)
                for part in (indexed.passage,)
            ),
        )
        self.rows_before.append(-1 if before is None else before)
        for indexed in passages:
            part = indexed.passage
            headed = part.heading is not None
            self._passages.extend((self.articles, part.start, part.end, part.ordinal, headed))
        self._origins.add(
            Origin(
                publisher=article.publisher,
                published=published,
                author=article.author,
                language=article.language,
            )
        )
        self.articles += 1
        self.passages += len(passages)

    def _run(self, statement: str, values: Sequence[object] = ()) -> None:
        with _as_os_error(self._path):
            self._base.execute(statement, values)

    def _run_many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        with _as_os_error(self._path):
            self._base.executemany(statement, rows)


def _stored_record(article: Article) -> str:
    """Return what is kept of an article beside its id and its text, which have columns."""
    fields = fields_of(article)
    del fields["id"], fields["text"]
    return json.dumps(fields, ensure_ascii=False)


@contextmanager
def _as_os_error(path: Path) -> Iterator[None]:
    """Let a full disk look the same whichever library met it."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OSError(f"{path.name}: {error}") from error
