"""Indexes of somebody else's making, their checksums mended: asked, or refused in one line."""

import gc
import json
import sqlite3
from pathlib import Path

from hypothesis import strategies as st

from retriever import QuotidianError
from retriever.index.manifest import MANIFEST, checksums
from retriever.index.publishing import current_generation
from retriever.index.store import STORE
from tests.fuzzing.json_values import json_values
from tests.fuzzing.made_index import QUESTIONS, made_index, opened_index
from tests.fuzzing.mutations import mutated
from tests.fuzzing.sample import Sample, Target, require, require_one_line
from tests.indexing.altering import alter

_SEPARATOR = "+"  # between the folders of a file, in the ending of a sample
_TABLES = {
    "article": ("row", "id", "stated_id", "source", "publisher", "published", "body", "record"),
    "passage": ("row", "article", "start", '"end"', "ordinal", "heading", "key"),
    "source": ("path", "stamp", "sha256"),
    "failure": ("source", "path", "reason"),
}


def _files() -> list[str]:
    folder = current_generation(made_index())
    return sorted(checksums(folder))


@st.composite
def _samples(draw: st.DrawFn) -> Sample:
    if draw(st.booleans()):
        table = draw(st.sampled_from([*_TABLES]))
        change = {
            "table": table,
            "column": draw(st.sampled_from(_TABLES[table])),
            "row": draw(st.integers(0, 3)),
            "value": draw(
                json_values | st.binary(max_size=8).map(lambda some: {"hex": some.hex()})
            ),
        }
        return Sample(ending=".json", content=json.dumps(change).encode())
    name = draw(st.sampled_from(_files()))
    whole = (current_generation(made_index()) / name).read_bytes()
    return Sample(ending=f".{name.replace('/', _SEPARATOR)}", content=draw(mutated(whole)))


def _check(sample: Sample) -> None:
    folder = current_generation(made_index())
    name = STORE if sample.ending == ".json" else sample.ending[1:].replace(_SEPARATOR, "/")
    kept = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    try:
        if sample.ending != ".json":
            (folder / name).write_bytes(sample.content)
        elif not _alter(folder, json.loads(sample.content)):
            return
        _mend_checksums(folder)
        _open_and_ask()
    finally:
        gc.collect()  # what SQLite left open where it refused a change
        for path in folder.rglob("*"):
            if path.is_file() and path not in kept:
                path.unlink()
        for path, content in kept.items():
            path.write_bytes(content)


def _alter(folder: Path, change: dict[str, object]) -> bool:
    """Change a value of a table; ``False`` where SQLite, or what seals it, takes none such."""
    value = change["value"]
    if isinstance(value, dict) and "hex" in value:
        value = bytes.fromhex(str(value["hex"]))
    elif isinstance(value, dict | list):
        value = json.dumps(value)
    statement = f"UPDATE {change['table']} SET {change['column']} = ? WHERE rowid = ?"  # noqa: S608  # the attack
    try:
        alter(folder, statement, value, change["row"])
    except (sqlite3.Error, AssertionError, ArithmeticError, TypeError, ValueError, AttributeError):
        return False
    return True


def _mend_checksums(folder: Path) -> None:
    from retriever.index.manifest import _rendered_manifest

    record = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    del record["sha256"]
    record["files"] = checksums(folder)
    (folder / MANIFEST).write_text(_rendered_manifest(record), encoding="utf-8")


def _open_and_ask() -> None:
    try:
        opened = opened_index(made_index())
        for question in QUESTIONS:
            answer = opened.ask(question)
            json.dumps(answer.to_dict())
            for quote in (*answer.quotes, *answer.closest):
                stored = opened.article(quote.article.id).text
                require(stored[quote.start : quote.end] == quote.text, "a quote nobody printed")
        for article in opened.articles():
            require(isinstance(article.text, str), "an article that is no text")
        opened.ledger()
    except QuotidianError as error:
        require_one_line(str(error))


TARGET = Target(samples=_samples(), check=_check, prepare=made_index)
