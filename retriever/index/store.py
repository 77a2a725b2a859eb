"""The article store: articles, passages and the ledger of source files, in SQLite.

Passage rows count from 0 in the order of their articles, and row ``n`` here is row ``n`` of the
vectors and of the lexical index. Written once per generation, then only read. What is asked of all
passages and articles at once (where they stand, where they come from) is in arrays beside it: no
table is read through when an index is opened.
"""

import weakref
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from retriever.errors import IndexDamagedError, QuestionError
from retriever.index.memory_maps import mapped
from retriever.index.origins import Origins
from retriever.index.outlines import Outline, read_outlines
from retriever.index.store_database import StoreDatabase
from retriever.records import Article, Failure, Passage
from retriever.records.arrays import AnyArray, RowNumbers
from retriever.text.lexicon import ENGLISH

STORE = "articles.sqlite"
# Of every passage: article, start, end, ordinal, and 1 where it has a heading; (n, 5) int32.
PASSAGES = "passages.npy"
ARTICLES_CACHED = 2_048
_GIVEN_AT_ONCE = 1_000
BODIES_AT_ONCE = 256  # texts in memory: about 1 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFile:
    """One source file as the last build saw it.

    ``stamp`` changes when the file or its sidecar may have changed, ``sha256`` when it did; it is
    empty for a file that could not be read.
    """

    path: str
    stamp: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What is known about an article that tells it from others; ``length`` of its text."""

    stated_id: str
    url: str | None
    publisher: str | None
    title: str | None
    published: str | None
    updated: str | None
    length: int


class Store:
    """Reads a finished store; safe to share between threads.

    Nothing is read before the file was found to hold these tables and no others, whole. Every
    method raises :class:`IndexDamagedError` when it turns out to be damaged all the same.
    """

    def __init__(self, folder: Path, *, thorough: bool = False) -> None:
        """Open the store in ``folder``, read-only.

        If ``thorough``, all of a large file is checked, and the arrays compared with the tables.
        """
        self._database = StoreDatabase(folder / STORE, thorough=thorough)
        # The file is let go when the last question that uses this generation is answered.
        self._closing = weakref.finalize(self, self._database.close)
        try:
            # Read, not mapped: what was found in order stays so, whatever becomes of the file.
            self._passages = np.array(mapped(folder / PASSAGES, kind=np.int32, shape=(None, 5)))
            self.origins = Origins.load(folder)
            self._database.require_order(self._passages, articles=len(self.origins))
            if thorough:
                self._database.require_columns(self._passages, self.origins)
        except IndexDamagedError:
            self.close()
            raise
        self.passage_article: RowNumbers = self._passages[:, 0].astype(np.int64)
        # The cache refers to the connection, not to this object, which would never be freed.
        self.article_at = lru_cache(maxsize=ARTICLES_CACHED)(self._database.article)

    def __len__(self) -> int:
        """Return how many passages there are."""
        return len(self._passages)

    def passage(self, row: int) -> Passage:
        """Return the passage of a row."""
        return self._passage(row, self.article_at(int(self.passage_article[row])))

    def passage_rows(self, article_row: int) -> range:
        """Return the rows of an article's passages, in the order of its text."""
        first, last = np.searchsorted(self.passage_article, [article_row, article_row + 1])
        return range(int(first), int(last))

    def passages(self, articles: Iterable[int] | None = None) -> Iterator[Passage]:
        """Yield the passages of articles by their rows, every passage without them, in order.

        One article at a time is in memory.
        """
        for article_row in range(self.count_articles()) if articles is None else articles:
            article = self._database.article(article_row)
            for row in self.passage_rows(article_row):
                yield self._passage(row, article)

    def article(self, article_id: str) -> Article:
        """Return the article with this id.

        :raises QuestionError: when there is none.
        """
        return self.article_at(self.row_of(article_id))

    def row_of(self, article_id: str) -> int:
        """Return the row of the article with this id.

        :raises QuestionError: when there is none.
        """
        try:
            rows = self._database.rows("SELECT row FROM article WHERE id = ?", article_id)
        except UnicodeEncodeError:  # a lone surrogate: no id that is stored holds one
            rows = []
        if not rows:
            raise QuestionError(f"no article with the id {article_id[:200]!r} in this index")
        return int(rows[0][0])

    def text_of(self, article_id: str) -> str:
        """Return an article's text as it is on disk now, past every cache; empty if gone."""
        rows = self._database.rows("SELECT body FROM article WHERE id = ?", article_id)
        return str(rows[0][0]) if rows else ""

    def bodies(self, rows: RowNumbers) -> Iterator[tuple[int, str]]:
        """Yield articles' rows, ascending, and texts as they are on disk, for what counts in many.

        What is shown of one comes from :meth:`article_at`, which compares its seal.
        """
        for at in range(0, len(rows), BODIES_AT_ONCE):
            numbers = ",".join(map(str, rows[at : at + BODIES_AT_ONCE].tolist()))
            query = f"SELECT row, body FROM article WHERE row IN ({numbers}) ORDER BY row"  # noqa: S608  # whole numbers
            for row, body in self._database.rows(query):
                yield int(row), str(body)

    def with_text(self, sha256: str) -> Article | None:
        """Return the first article whose text has this SHA-256, in hex."""
        article_id = self._by_text.get(sha256)
        return self.article(article_id) if article_id is not None else None

    @cached_property
    def _by_text(self) -> dict[str, str]:
        return {sha256: article_id for _, article_id, sha256 in reversed([*self.given()])}

    def count_articles(self) -> int:
        """Return how many articles there are; their rows count from 0."""
        return int(self._database.rows("SELECT count(*) FROM article")[0][0])

    def titles(self) -> list[str | None]:
        """Return the title of every article, by article row."""
        rows = self._database.rows(
            "SELECT json_extract(record, '$.title') FROM article ORDER BY row"
        )
        return [title for (title,) in rows]

    def articles(self) -> Iterator[Article]:
        """Yield every article in the order it was read; one at a time is held in memory."""
        for row in range(self.count_articles()):
            yield self._database.article(row)

    @cached_property
    def language(self) -> str | None:
        """The language that most articles state, the first of those equal; ``None`` without any."""
        stated = self.origins.counts("language")
        return max(stated, key=stated.__getitem__, default=None)

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages that articles state; English for those that state none, as it is read."""
        english = {ENGLISH.code} if self.origins.without("language") else set()
        return frozenset(self.origins.values("language")) | english

    def seen(self) -> dict[str, SeenFile]:
        """Return every source file that was seen, by path."""
        rows = self._database.texts("SELECT path, stamp, sha256 FROM source")
        return {
            path: SeenFile(path=path, stamp=stamp, sha256=sha256) for path, stamp, sha256 in rows
        }

    def failures(self, source: str | None = None) -> tuple[Failure, ...]:
        """Return what could not be read, in all files or in one."""
        where, values = ("", ()) if source is None else ("WHERE source = ?", (source,))
        rows = self._database.texts(
            f"SELECT path, reason FROM failure {where} ORDER BY rowid",  # noqa: S608  # fixed text
            *values,
        )
        return tuple(Failure(path=path, reason=reason) for path, reason in rows)

    def skipped(self) -> tuple[tuple[str, str], ...]:
        """Return path and reason of whatever was not looked into."""
        rows = self._database.texts("SELECT path, reason FROM skipped ORDER BY path")
        return tuple((path, reason) for path, reason in rows)

    def given(self) -> Iterator[tuple[str, str, str]]:
        """Yield the source, the id and the SHA-256 of every article's text, in order."""
        query = (
            "SELECT source, id, json_extract(record, '$.sha256') FROM article"
            " WHERE row >= ? AND row < ? ORDER BY row"
        )
        for first in range(0, self.count_articles(), _GIVEN_AT_ONCE):  # others may read between
            yield from self._database.rows(query, first, first + _GIVEN_AT_ONCE)

    def identities(self) -> Iterator[Identity]:
        """Yield what tells each article from others, in order."""
        query = (
            "SELECT stated_id, json_extract(record, '$.url'), publisher,"
            " json_extract(record, '$.title'), published, json_extract(record, '$.updated.value'),"
            " length(body) FROM article ORDER BY row"
        )
        names = [field.name for field in fields(Identity)]
        for row in self._database.each(query):
            yield Identity(**dict(zip(names, row, strict=True)))

    def text_at(self, row: int) -> str:
        """Return the text of the article of a row, as builds compare it."""
        return str(self._database.rows("SELECT body FROM article WHERE row = ?", row)[0][0])

    def failed(self) -> tuple[tuple[str, Failure], ...]:
        """Return what could not be read, each with the source file that it is in."""
        rows = self._database.texts("SELECT source, path, reason FROM failure ORDER BY rowid")
        return tuple((source, Failure(path=path, reason=reason)) for source, path, reason in rows)

    def articles_of(self, source: str) -> Iterator[tuple[int, str, Article]]:
        """Yield row, stated id and article of what one source file gave, in its order."""
        query = "SELECT row, stated_id FROM article WHERE source = ? ORDER BY row"
        for row, stated_id in self._database.rows(query, source):
            yield row, stated_id, self._database.article(row)

    def outlines(self, source: str) -> Iterator[Outline]:
        """Yield what a list shows of each article of a source file, in its order."""
        try:
            yield from read_outlines(self._database.rows, source)
        except ValueError as error:
            raise self._database.damaged(error) from error

    def passage_keys(self, rows: range | None = None) -> list[bytes]:
        """Return, by passage row, the key of what was encoded; see :class:`IndexedPassage`."""
        rows = range(len(self)) if rows is None else rows
        query = "SELECT key FROM passage WHERE row >= ? AND row < ? ORDER BY row"
        return [key for (key,) in self._database.rows(query, rows.start, rows.stop)]

    def packed_keys(self) -> AnyArray:
        """Return the same keys one behind the other, ``(n,)`` of 16 bytes."""
        return self._database.packed("SELECT key FROM passage ORDER BY row", kind="S16")

    def close(self) -> None:
        """Let go of the file."""
        self._closing()

    def _passage(self, row: int, article: Article) -> Passage:
        _, start, end, ordinal, headed = self._passages[row].tolist()
        return Passage(
            article=article,
            start=start,
            end=end,
            ordinal=ordinal,
            heading=self._database.heading(row) if headed else None,
        )
