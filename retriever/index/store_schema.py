"""The tables of the article store, and how a file that claims to hold them is looked at first.

An index may come from somebody else, and SQLite runs what a file's own schema says: a table could
be a view that never ends. So the schema must be this one to the letter, and the pages must form
the trees that they claim to, before anything is read.
"""

import hashlib
import sqlite3
from functools import cache

SCHEMA = """
CREATE TABLE source (
    path TEXT PRIMARY KEY, stamp TEXT NOT NULL, sha256 TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE failure (source TEXT NOT NULL, path TEXT NOT NULL, reason TEXT NOT NULL);
CREATE TABLE skipped (path TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE article (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, stated_id TEXT NOT NULL,
    source TEXT NOT NULL, publisher TEXT, published TEXT, body TEXT NOT NULL, record TEXT NOT NULL,
    seal BLOB NOT NULL
);
CREATE TABLE passage (
    row INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES article,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    heading TEXT, key BLOB NOT NULL
);
CREATE INDEX article_source ON article (source);
CREATE INDEX failure_source ON failure (source);
"""
STATEMENTS = tuple(part.strip() for part in SCHEMA.split(";\n") if part.strip())

LARGE = 128 << 20  # bytes; checked within 0.3 s

_LISTED = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"


def schema_problem(connection: sqlite3.Connection, *, thorough: bool) -> str | None:
    """Return why a file cannot be read as a store, or nothing.

    Takes 2 ms for each MB. Unless ``thorough``, the trees of a file above :data:`LARGE` are left to
    the builder and ``doctor``: what a question then reads are single rows, each sealed.
    """
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    if connection.execute(_LISTED).fetchmany(len(_expected()) + 1) != _expected():
        return "it has other tables than a store"
    ((pages,), (size,)) = (
        connection.execute(f"PRAGMA {what}").fetchone() for what in ("page_count", "page_size")
    )
    if not thorough and pages * size > LARGE:
        return None
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    return None if found == "ok" else str(found).partition("\n")[0]


def seal(article_id: str, text: str, record: str) -> bytes:
    """Return 16 bytes that tell whether an article is as it was stored.

    Checksums of files are compared when an index is opened; a bit may flip afterwards, and no
    quote may come of it.
    """
    digest = hashlib.sha256()
    for part in (article_id, text, record):
        content = part.encode("utf-8", "surrogatepass")
        digest.update(len(content).to_bytes(8, "little") + content)
    return digest.digest()[:16]


@cache
def _expected() -> list[tuple[str, str, str, str | None]]:
    connection = sqlite3.connect(":memory:")
    try:
        for statement in STATEMENTS:
            connection.execute(statement)
        return connection.execute(_LISTED).fetchall()
    finally:
        connection.close()
