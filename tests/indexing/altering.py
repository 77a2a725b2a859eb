"""Altering a store as somebody would who knows how it is sealed."""

import sqlite3
from pathlib import Path

import numpy as np

from retriever.index.origins import Origin, Origins
from retriever.index.store import PASSAGES, STORE
from retriever.index.store_schema import seal


def alter(folder: Path, statement: str, *values: object) -> None:
    """Change the store in ``folder`` and make every seal and the arrays beside it fit again."""
    base = sqlite3.connect(folder / STORE)
    base.execute(statement, values)
    assert base.total_changes
    for row, *parts in base.execute("SELECT row, id, body, record FROM article").fetchall():
        base.execute("UPDATE article SET seal = ? WHERE row = ?", (seal(*parts), row))
    base.commit()
    _write_arrays(base, folder)
    base.close()


def _write_arrays(base: sqlite3.Connection, folder: Path) -> None:
    """Write what the tables say, as far as it is what arrays can hold."""
    passages = base.execute(
        'SELECT article, start, "end", ordinal, heading IS NOT NULL FROM passage ORDER BY row'
    )
    np.save(folder / PASSAGES, np.array(passages.fetchall(), dtype=np.int32).reshape(-1, 5))
    stated = base.execute(
        "SELECT publisher, published, iif(json_valid(record), record ->> '$.author', NULL),"
        " iif(json_valid(record), record ->> '$.language', NULL) FROM article ORDER BY row"
    ).fetchall()
    if all(isinstance(value, str | None) for row in stated for value in row):
        Origins.of(
            Origin(publisher=publisher, published=published, author=author, language=language)
            for publisher, published, author, language in stated
        ).save(folder)
