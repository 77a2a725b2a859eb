"""Indexes from somebody else: links in them, and manifests and tables that were crafted."""

import json
import os
import shutil
import sqlite3
import time
from pathlib import Path

from retriever import QuotidianError, open_index
from retriever.index.manifest import MANIFEST
from retriever.index.publishing import current_generation
from retriever.settings import BUNDLED_ENCODER
from tests.attacks.attack import attack, expect, expect_one_line
from tests.attacks.sealing import seal
from tests.attacks.site import Site
from tests.fuzzing.made_index import QUESTIONS, made_index, opened_index
from tests.indexing.altering import alter


def _copied(site: Site) -> Path:
    return Path(shutil.copytree(made_index(), site.scratch("crafted") / "index"))


def _opened(index: Path) -> str:
    """Open and ask an index as a command would; return the one line that refuses it, or nothing."""
    began = time.monotonic()
    try:
        foreign = open_index(index, reader="none")
        if foreign.encoder != BUNDLED_ENCODER:
            foreign.ask(QUESTIONS[0])  # which loads the encoder that is named
        opened = opened_index(index)
        for question in QUESTIONS:
            json.dumps(opened.ask(question).to_dict())
        [*opened.articles()]
    except QuotidianError as error:
        expect(time.monotonic() - began < 60, "refused after more than 60 s")
        return expect_one_line(str(error))
    expect(time.monotonic() - began < 60, "answered after more than 60 s")
    return ""


_ENTRIES: dict[str, dict[str, object]] = {
    "no encoder": {"encoder": ""},
    "the root for an encoder": {"encoder": "/"},
    "a folder above for an encoder": {"encoder": "../.."},
    "the home for an encoder": {"encoder": "~"},
    "a NUL for an encoder": {"encoder": "\0"},
    "a device for an encoder": {"encoder": "/dev/zero"},
    "an encoder of 100,000 letters": {"encoder": "a" * 100_000},
    "an encoder of the network": {"encoder": "https://evil.example/model"},
    "an encoder that is a list": {"encoder": ["a"]},
    "a floor that is no number": {"calibration": {"floor": float("nan")}},
    "a floor without end": {"calibration": {"floor": float("inf")}},
    "a calibration that is none": {"calibration": None},
    "a negative number of passages": {"passages": -1},
    "many passages": {"passages": 10**18},
    "many articles": {"articles": 10**400},
    "a format of two lines": {"format": "7\n\x1b]52;c;x\x07"},
    "a language of words": {"words": "../../x"},
    "files that lead out": {"files": {"../../../etc/passwd": "x"}},
    "files that are none": {"files": 7},
    "a signature of somebody": {"signature": 7},
    "a corpus that is none": {"corpus": 7},
}


@attack(14, "refused in one line, soon", each=_ENTRIES)
def a_manifest_that_was_crafted(site: Site, other: dict[str, object]) -> str:
    """Open an index whose manifest says so, with a checksum that fits."""
    index = _copied(site)

    def change(record: dict[str, object]) -> None:
        for name, value in other.items():
            known = record.get(name)
            both = isinstance(known, dict) and isinstance(value, dict) and name == "calibration"
            record[name] = {**known, **value} if both else value  # type: ignore[dict-item]

    seal(index, change)
    line = _opened(index)
    expect(line, "it answers")
    return line


_CHANGES = {
    "bytes for an id": "UPDATE article SET id = x'00ff' WHERE row = 0",
    "bytes for a text": "UPDATE article SET body = x'00ff' WHERE row = 0",
    "a number for a text": "UPDATE article SET body = 7 WHERE row = 0",
    "nothing for a text": "UPDATE article SET body = '' WHERE row = 0",
    "bytes for a record": "UPDATE article SET record = x'00' WHERE row = 0",
    "a record of another kind": "UPDATE article SET record = '[]' WHERE row = 0",
    "a deep record": "UPDATE article SET record = '[[[[[[[[[[[[' WHERE row = 0",
    "a heading of bytes": "UPDATE passage SET heading = x'ff' WHERE row = 0",
    "a key of another length": "UPDATE passage SET key = x'00' WHERE row = 0",
    "a date that is none": "UPDATE article SET published = 'soon' WHERE row = 0",
    "a publisher of bytes": "UPDATE article SET publisher = x'ff' WHERE row = 0",
    "a failure of bytes": "INSERT INTO failure VALUES (x'ff', x'ff', x'ff')",
    "a path that leads out": "UPDATE source SET path = '../../x'",
}


@attack(14, "true quotes, or refused in one line", each=_CHANGES)
def a_table_that_was_crafted(site: Site, statement: str) -> str:
    """Open and ask an index whose tables were changed and sealed again."""
    index = _copied(site)
    try:
        alter(current_generation(index), statement)
    except (sqlite3.Error, TypeError, AttributeError, ValueError):
        base = sqlite3.connect(current_generation(index) / "articles.sqlite")
        base.execute("PRAGMA ignore_check_constraints = 1")
        try:
            base.execute(statement)
            base.commit()
        except sqlite3.Error as error:
            return f"SQLite refuses it: {error}"
        finally:
            base.close()
    seal(index)
    return _opened(index) or "answered with true quotes"


_LINKS = ("CURRENT", "CURRENT.new", "generations", "writer", "writer.lock", "checkpoints")


@attack(11, "refused, nothing outside touched", each={name: name for name in _LINKS})
def a_link_in_an_index(site: Site, name: str) -> str:
    """Build into an index in which that is a link to somebody's file or folder."""
    index, outside = _copied(site), site.scratch("somebodys")
    for number in range(1, 4):
        (outside / f"{number:06d}").mkdir()
        (outside / f"{number:06d}" / "letters.txt").write_text("Somebody's.")
    (outside / "letter.txt").write_text("Somebody's.")
    is_folder = name in {"generations", "checkpoints"}
    target = outside if is_folder else outside / "letter.txt"
    path = index / name
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to(target, target_is_directory=is_folder)
    built = site.builder.build(made_index().parent / "corpus", index)
    expect(not built.traceback, built.traceback)
    expect((outside / "letter.txt").read_text() == "Somebody's.", "a file was overwritten")
    left = len([*outside.glob("0*/letters.txt")])
    expect(left == 3, f"{3 - left} folders were removed")
    expect(len([*outside.iterdir()]) == 4, "something was written there")
    return built.problem or "built, and nothing outside touched"


@attack(11, "not removed")
def a_folder_that_is_no_generation(site: Site) -> str:
    """Build into an index among whose generations somebody keeps a folder."""
    index = _copied(site)
    kept = index / "generations" / "000000"
    kept.mkdir()
    (kept / "letters.txt").write_text("Somebody's.")
    corpus = site.scratch("c")
    (corpus / "a.txt").write_text("Another article. It says little.")
    for number in range(3):
        (corpus / "a.txt").write_text(f"Another article, number {number}. It says little.")
        built = site.builder.build(corpus, index)
        expect(not built.traceback, built.traceback)
    expect((kept / "letters.txt").exists(), "removed")
    return "kept"


_NAMES = {
    "a folder above": "../../x",
    "a path": "/etc",
    "nothing": "",
    "line breaks": "000001\n000002",
    "a NUL": "\0",
    "a gigabyte": "1" * 1_000_000,
    "no UTF-8": b"\xff\xfe",
    "a number beyond all": "9" * 18,
}


@attack(14, "refused in one line", each=_NAMES)
def a_name_of_the_generation_in_use(site: Site, name: str | bytes) -> str:
    """Open an index whose file CURRENT names no generation."""
    index = _copied(site)
    (index / "CURRENT").write_bytes(name if isinstance(name, bytes) else name.encode())
    line = _opened(index)
    expect(line, "it answers")
    return line


@attack(
    14,
    "refused in one line, not waited for",
    each={
        name: name
        for name in (
            "CURRENT",
            MANIFEST,
            "articles.sqlite",
            "vectors.npy",
            "lexical/indptr.csc.index.npy",
        )
    },
)
def a_pipe_in_an_index(site: Site, name: str) -> str:
    """Open an index in which that is a pipe that nobody writes to."""
    index = _copied(site)
    path = index / name if name == "CURRENT" else current_generation(index) / name
    if not path.exists():
        path = next(current_generation(index).glob("lexical/*.npy"))
    path.unlink()
    os.mkfifo(path)
    line = _opened(index)
    expect(line, "it answers")
    return line
