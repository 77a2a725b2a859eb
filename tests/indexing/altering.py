"""Altering a store as somebody would who knows how it is sealed."""

import sqlite3
from pathlib import Path

from retriever.index.store import STORE
from retriever.index.store_schema import seal


def alter(folder: Path, statement: str, *values: object) -> None:
    """Change the store in ``folder`` and make every seal fit again."""
    base = sqlite3.connect(folder / STORE)
    base.execute(statement, values)
    assert base.total_changes
    for row, *parts in base.execute("SELECT row, id, body, record FROM article").fetchall():
        base.execute("UPDATE article SET seal = ? WHERE row = ?", (seal(*parts), row))
    base.commit()
    base.close()
