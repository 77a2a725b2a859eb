"""An index folder from somebody else: whatever it holds, one line says that it cannot be used.

The checksums in its manifest are its maker's, so they prove nothing: every file here is crafted,
and the manifest made to fit it.
"""

import json
import os
import resource
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from retriever import IndexDamagedError, IndexUnusableError, QuotidianError, open_index
from retriever.index.manifest import checksums, read_manifest
from retriever.index.publishing import current_generation
from retriever.index.store import STORE
from tests.building import BRIDGE, HARBOUR, build_with, write_articles
from tests.hashing_encoder import HashingEncoder
from tests.indexing.altering import alter

HUGE = 1 << 50
ROOM = 1 << 30
# None of these takes a second; one that hangs is ended.
pytestmark = pytest.mark.timeout(60)


@pytest.fixture(autouse=True)
def little_memory() -> Iterator[None]:
    """Let each test have 1 GB beside what the process holds already."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + ROOM, hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("foreign")
    write_articles(folder / "a.jsonl", {"harbour": HARBOUR, "bridge": BRIDGE * 20})
    build_with(HashingEncoder(), folder / "a.jsonl", folder / "index", name="all-MiniLM-L6-v2")
    return folder / "index"


@pytest.fixture
def index(made: Path, tmp_path: Path) -> Path:
    """Return a copy of the index that a test may craft."""
    return Path(shutil.copytree(made, tmp_path / "index"))


def craft(index: Path, change: Callable[[Path], object]) -> None:
    """Change the generation and make its manifest fit."""
    folder = current_generation(index)
    change(folder)
    replace(read_manifest(folder), files=checksums(folder)).write(folder)


def run(statement: str) -> Callable[[Path], None]:
    """Return a change of the store by SQL."""

    def change(folder: Path) -> None:
        base = sqlite3.connect(folder / STORE)
        base.executescript(statement)
        base.close()

    return change


def vectors(rows: int, dimension: int, kind: str = "<f4") -> Callable[[Path], object]:
    """Return a change that makes the header of the vectors claim these sizes."""
    shape = f"({rows}, {dimension})"
    return array("vectors.npy", f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}}}")


def array(name: str, header: str) -> Callable[[Path], object]:
    """Return a change that gives an array this header and hardly a number."""
    written = header.encode().ljust(117) + b"\n"
    start = b"\x93NUMPY\x01\x00" + len(written).to_bytes(2, "little")
    return lambda folder: (folder / name).write_bytes(start + written + bytes(64))


def column(name: str, place: int, number: int) -> Callable[[Path], object]:
    """Return a change of the last row of a table."""

    def change(folder: Path) -> None:
        table = np.load(folder / name)
        table[-1, place] = number
        np.save(folder / name, table)

    return change


def origins(content: str) -> Callable[[Path], object]:
    return lambda folder: (folder / "origins.json").write_text(content, encoding="utf-8")


def words(name: str, numbers: object) -> Callable[[Path], object]:
    """Return a change that gives a file of the lexical index these numbers."""
    return lambda folder: np.save(folder / "lexical" / name, np.array(numbers))


def view(table: str, columns: str) -> Callable[[Path], None]:
    """Return a change that puts a view without end in the place of a table."""
    return run(f"DROP TABLE {table}; CREATE VIEW {table} AS {ENDLESS} SELECT {columns} FROM n")  # noqa: S608  # the attack


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM n)"
CRAFTED: dict[str, Callable[[Path], object]] = {
    "endless articles": view(
        "article",
        "x AS row, 'a' AS id, 'a' AS stated_id, 'a' AS source, NULL AS publisher,"
        " NULL AS published, 'a' AS body, '{}' AS record",
    ),
    "endless passages": view(
        "passage",
        'x AS row, 0 AS article, 0 AS start, 1 AS "end", 0 AS ordinal, NULL AS heading, x AS key',
    ),
    "another table": run("CREATE TABLE more (x)"),
    "a trigger": run("CREATE TRIGGER t AFTER INSERT ON passage BEGIN DELETE FROM passage; END"),
    "a virtual table": run("CREATE VIRTUAL TABLE v USING fts5(x)"),
    "a gap in the rows": run("UPDATE passage SET row = row + 1000 WHERE row > 2"),
    "a negative start": column("passages.npy", 1, -5),
    "a passage of no article": column("passages.npy", 0, 7),
    "a passage of an article before the first": column("passages.npy", 0, -1),
    "passages of another width": array(
        "passages.npy", "{'descr': '<i4', 'fortran_order': False, 'shape': (4, 4)}"
    ),
    "an origin that is none": column("origins.npy", 0, 9),
    "an origin before the first": column("origins.npy", 2, -1),
    "origins of other articles": lambda folder: np.save(
        folder / "origins.npy", np.load(folder / "origins.npy")[:-1]
    ),
    "deep origins": origins("[" * 200_000),
    "origins without a field": origins('{"publisher": []}'),
    "origins that are no words": origins(
        '{"publisher": [[]], "published": [], "author": [], "language": []}'
    ),
    "a date that is none": origins(
        '{"publisher": [], "published": ["soon"], "author": [], "language": []}'
    ),
    "vectors of a huge dimension": vectors(2, HUGE),
    "vectors of many rows": vectors(HUGE, 64),
    "vectors whose sizes overflow": vectors(1 << 48, 1 << 16),
    "vectors of no dimension": vectors(2, 0),
    "vectors of another kind": vectors(2, 2, "<f8"),
    "a huge array": array(
        "sentence-vectors.npy",
        f"{{'descr': '|i1', 'fortran_order': False, 'shape': ({HUGE}, {HUGE})}}",
    ),
    "an array of objects": array(
        "title-vectors.npy", "{'descr': '|O', 'fortran_order': False, 'shape': (2, 64)}"
    ),
    "an array of a negative size": array(
        "sentences.npy", "{'descr': '<i4', 'fortran_order': False, 'shape': (-3, 3)}"
    ),
    "an array with code for a header": array("sentences.npy", "__import__('os').abort()"),
    "terms that end before they begin": words("term-borders.npy", [0, 5, 3]),
    "terms of no letters": words("term-lengths.npy", [[0, 0]]),
    "terms of more letters than there are": words("term-lengths.npy", [[1, 0], [2, HUGE]]),
    "terms without postings": words("indptr.csc.index.npy", [0]),
    "texts of another number": words("lengths.npy", np.ones(9, dtype=np.int32)),
    "a pickle": lambda folder: (folder / "lexical" / "data.csc.index.npy").write_bytes(
        b"cos\nabort\n(tR."
    ),
}


@pytest.mark.parametrize("kind", CRAFTED)
def test_a_crafted_file_is_refused_in_one_line(index: Path, kind: str) -> None:
    craft(index, CRAFTED[kind])
    with pytest.raises(IndexUnusableError) as raised:
        open_index(index)
    assert "quotidian build" in str(raised.value)
    assert "\n" not in str(raised.value)


RECORDS = [
    {"title": 1},
    {"title": ["a"]},
    {"path": None},
    {"headings": [{"start": "0", "end": 4}]},
    {"headings": [{"start": 0}]},
    {"headings": 5},
    {"footnotes": [{"label": 1, "marks": [], "entry": None, "source": None}]},
    {"published": {"value": "2023", "precision": "century", "source": "x"}},
    {"published": "2023"},
    {"language": True},
    {"surprise": 1},
]


@pytest.mark.parametrize("change", RECORDS, ids=str)
def test_a_record_of_other_kinds_is_damage(index: Path, change: dict[str, object]) -> None:
    merged = "UPDATE article SET record = json_patch(record, ?) WHERE row = 0"
    craft(index, lambda folder: alter(folder, merged, json.dumps(change)))
    with pytest.raises(IndexDamagedError, match="article row 0"):
        [*open_index(index).articles()]


@pytest.mark.parametrize("name", ["CURRENT", "manifest.json", "articles.sqlite", "vectors.npy"])
def test_a_pipe_is_not_waited_for(index: Path, name: str) -> None:
    folder = index if name == "CURRENT" else current_generation(index)
    (folder / name).unlink()
    os.mkfifo(folder / name)
    with pytest.raises(IndexDamagedError, match=name.replace(".", r"\.")):
        open_index(index)


def test_an_encoder_that_was_never_fetched_is_not_fetched(index: Path) -> None:
    """No socket is opened: the tests allow none."""
    craft(index, lambda _: None)
    folder = current_generation(index)
    replace(read_manifest(folder), encoder="somebody/else").write(folder)
    with pytest.raises(QuotidianError, match="no encoder 'somebody/else'"):
        open_index(index)


def test_words_of_passages_that_are_not_there_are_refused(index: Path) -> None:
    """When they are asked for: opening does not read what grows with the articles."""

    def point_outside(folder: Path) -> None:
        for part in ("lexical", "lexical-articles"):
            path = folder / part / "indices.csc.index.npy"
            rows = np.load(path)
            rows[:] = 2**31 - 1
            np.save(path, rows)

    craft(index, point_outside)
    opened = open_index(index, load=lambda _: HashingEncoder())
    with pytest.raises(IndexDamagedError, match="lexical"):
        opened.search("The harbour of Ostby")


@pytest.mark.parametrize("table", ["failure", "skipped", "source"])
def test_bytes_where_the_ledger_has_text_are_damage(index: Path, table: str) -> None:
    """SQLite keeps them there as well; an answer counts what failed, and JSON has no bytes."""
    columns = {"failure": 3, "skipped": 2, "source": 3}[table]
    row = ", ".join(["x'ff00'"] * columns)
    craft(index, run(f"INSERT INTO {table} VALUES ({row})"))  # noqa: S608  # the attack
    with pytest.raises(IndexDamagedError, match="where a text belongs"):
        open_index(index, load=lambda _: HashingEncoder()).ledger()


def test_an_encoder_whose_name_no_folder_has_is_refused(index: Path) -> None:
    craft(index, lambda _: None)
    folder = current_generation(index)
    replace(read_manifest(folder), encoder="a" * 100_000).write(folder)
    with pytest.raises(QuotidianError, match="no encoder") as raised:
        open_index(index)
    assert len(str(raised.value)) < 500
