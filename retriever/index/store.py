"""The article store: articles, passages and the ledger of source files, in SQLite.

Passage rows count from 0 in the order of their articles, and row ``n`` here is row ``n`` of the
vectors and of the lexical index. Written once per generation, then only read.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retriever.errors import IndexDamagedError, QuestionError
from retriever.records import Article, Failure, Footnote, Passage, Published, Span

STORE = "articles.sqlite"
ARTICLES_CACHED = 2_048
SCHEMA = """
CREATE TABLE source (
    path TEXT PRIMARY KEY, stamp TEXT NOT NULL, sha256 TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE failure (source TEXT NOT NULL, path TEXT NOT NULL, reason TEXT NOT NULL);
CREATE TABLE article (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL,
    publisher TEXT, published TEXT, body TEXT NOT NULL, record TEXT NOT NULL
);
CREATE TABLE passage (
    row INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES article,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    heading TEXT, key BLOB NOT NULL
);
CREATE INDEX article_source ON article (source);
CREATE INDEX passage_article ON passage (article);
"""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One source file as the last build saw it.

    ``stamp`` changes when the file or its sidecar may have changed; ``sha256`` when it did.
    """

    path: str
    stamp: str
    sha256: str


class StoreWriter:
    """Fills a new store; use as a context manager, which commits at the end."""

    def __init__(self, folder: Path) -> None:
        """Create the store in ``folder``."""
        self._base = sqlite3.connect(folder / STORE)
        self._base.executescript(SCHEMA)
        self.articles = 0
        self.passages = 0
        self.failures: list[Failure] = []

    def __enter__(self) -> "StoreWriter":
        """Return the writer itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Commit what was added and close the store."""
        self._base.commit()
        self._base.close()

    def add_source(self, entry: LedgerEntry, failures: Sequence[Failure]) -> None:
        """Note a source file that was read, with what went wrong in it."""
        self._base.execute(
            "INSERT INTO source VALUES (?, ?, ?)", (entry.path, entry.stamp, entry.sha256)
        )
        self._base.executemany(
            "INSERT INTO failure VALUES (?, ?, ?)",
            [(entry.path, failure.path, failure.reason) for failure in failures],
        )
        self.failures += failures

    def add_article(
        self, article: Article, source: str, passages: Sequence[tuple[Passage, bytes]]
    ) -> None:
        """Add an article from the file ``source`` with its passages and their text keys."""
        published = article.published.value if article.published else None
        self._base.execute(
            "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                self.articles,
                article.id,
                source,
                article.publisher,
                published,
                article.text,
                _encode(article),
            ),
        )
        self._base.executemany(
            "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (row, self.articles, part.start, part.end, part.ordinal, part.heading, key)
                for row, (part, key) in enumerate(passages, self.passages)
            ],
        )
        self.articles += 1
        self.passages += len(passages)


class Store:
    """Reads a finished store; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Open the store in ``folder``, read-only.

        :raises IndexDamagedError: when it is not a store.
        """
        self._path = folder / STORE
        self._lock = threading.Lock()
        # immutable: a generation never changes, so SQLite need not lock or look for a journal.
        address = f"{self._path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            self._base = sqlite3.connect(address, uri=True, check_same_thread=False)
            table = self._rows('SELECT article, start, "end", ordinal FROM passage ORDER BY row')
        except sqlite3.DatabaseError as error:
            message = f"{self._path} cannot be read ({error}); quotidian build --full mends it"
            raise IndexDamagedError(message) from error
        columns = np.array(table, dtype=np.int64).reshape(-1, 4)
        self.passage_article: Ints = columns[:, 0].copy()
        self._passages = columns
        self.article_at = lru_cache(maxsize=ARTICLES_CACHED)(self._load_article)

    def __len__(self) -> int:
        """Return how many passages there are."""
        return len(self._passages)

    def passage(self, row: int) -> Passage:
        """Return the passage of a row."""
        article, start, end, ordinal = (int(value) for value in self._passages[row])
        return Passage(article=self.article_at(article), start=start, end=end, ordinal=ordinal)

    def passage_rows(self, article_row: int) -> range:
        """Return the rows of an article's passages, in the order of its text."""
        first = int(np.searchsorted(self.passage_article, article_row, side="left"))
        last = int(np.searchsorted(self.passage_article, article_row, side="right"))
        return range(first, last)

    def article(self, article_id: str) -> Article:
        """Return the article with this id.

        :raises QuestionError: when there is none.
        """
        rows = self._rows("SELECT row FROM article WHERE id = ?", article_id)
        if not rows:
            message = f"no article with the id {article_id[:200]!r} in this index"
            raise QuestionError(message)
        return self.article_at(rows[0][0])

    def text_of(self, article_id: str) -> str:
        """Return an article's text as it is on disk now, past every cache; empty if gone."""
        rows = self._rows("SELECT body FROM article WHERE id = ?", article_id)
        return str(rows[0][0]) if rows else ""

    def articles(self) -> Iterator[Article]:
        """Yield every article in the order it was read; one at a time is held in memory."""
        for (row,) in self._rows("SELECT row FROM article ORDER BY row"):
            yield self._load_article(row)

    def origins(self) -> list[tuple[str | None, str | None]]:
        """Return publisher and publication date of every article, by article row."""
        return self._rows("SELECT publisher, published FROM article ORDER BY row")

    def ledger(self) -> dict[str, LedgerEntry]:
        """Return every source file that was seen, by path."""
        rows = self._rows("SELECT path, stamp, sha256 FROM source")
        return {
            path: LedgerEntry(path=path, stamp=stamp, sha256=sha256) for path, stamp, sha256 in rows
        }

    def failures(self, source: str | None = None) -> tuple[Failure, ...]:
        """Return what could not be read, in all files or in one."""
        where, values = ("", ()) if source is None else ("WHERE source = ?", (source,))
        rows = self._rows(f"SELECT path, reason FROM failure {where} ORDER BY rowid", *values)  # noqa: S608  # fixed text
        return tuple(Failure(path=path, reason=reason) for path, reason in rows)

    def articles_of(self, source: str) -> list[Article]:
        """Return the articles that were read from one source file, in its order."""
        rows = self._rows("SELECT row FROM article WHERE source = ? ORDER BY row", source)
        return [self._load_article(row) for (row,) in rows]

    def passage_keys(self) -> list[bytes]:
        """Return, by passage row, the key of the text that was encoded."""
        return [key for (key,) in self._rows("SELECT key FROM passage ORDER BY row")]

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def _load_article(self, row: int) -> Article:
        found = self._rows("SELECT id, body, record FROM article WHERE row = ?", row)
        if not found:
            message = f"{self._path} lacks article row {row}; quotidian build --full mends it"
            raise IndexDamagedError(message)
        article_id, text, record = found[0]
        return _decode(article_id, text, record)

    def _rows(self, query: str, *values: object) -> list[Any]:
        with self._lock:
            return self._base.execute(query, values).fetchall()


def _encode(article: Article) -> str:
    record = asdict(article)
    for column in ("id", "text"):
        del record[column]
    return json.dumps(record, ensure_ascii=False)


def _decode(article_id: str, text: str, record: str) -> Article:
    fields = json.loads(record)
    published = fields.pop("published")
    headings = fields.pop("headings")
    footnotes = fields.pop("footnotes")
    return Article(
        id=article_id,
        text=text,
        published=Published(**published) if published else None,
        headings=tuple(Span(**span) for span in headings),
        footnotes=tuple(_footnote(note) for note in footnotes),
        **fields,
    )


def _footnote(note: dict[str, Any]) -> Footnote:
    return Footnote(
        label=note["label"],
        marks=tuple(Span(**mark) for mark in note["marks"]),
        entry=Span(**note["entry"]),
        source=Span(**note["source"]),
    )
