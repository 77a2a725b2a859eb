"""A notebook's file: many write and lose nothing, and nothing unreadable is overwritten."""

import errno
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from retriever.errors import NotebookError
from retriever.notebook.changes import with_own_note
from retriever.notebook.entries import Notebook
from retriever.notebook.files import NotebookFile

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from pathlib import Path
from retriever.notebook.changes import with_own_note
from retriever.notebook.files import NotebookFile

for number in range(10):
    text = f"{sys.argv[2]}-{number}"
    NotebookFile(Path(sys.argv[1]), "ann").change(lambda notebook: with_own_note(notebook, text))
"""


def add(file: NotebookFile, text: str) -> Notebook:
    """Add a note and return the notebook."""
    return file.change(lambda notebook: with_own_note(notebook, text))[1]


def test_what_was_changed_is_there_for_the_next_who_looks(tmp_path: Path) -> None:
    file = NotebookFile(tmp_path / "deep" / "folder", "ann")
    assert file.read() == Notebook()
    assert not file.path.parent.exists()
    after = add(file, "one")
    assert NotebookFile(tmp_path / "deep" / "folder", "ann").read() == after
    assert NotebookFile(tmp_path / "deep" / "folder", None).read() == Notebook()


def test_eight_tabs_at_once_lose_nothing(tmp_path: Path) -> None:
    file = NotebookFile(tmp_path, None)
    texts = [f"{tab}-{number}" for number in range(10) for tab in range(8)]
    with ThreadPoolExecutor(8) as pool:
        for _ in pool.map(partial(add, file), texts):
            pass
    assert sorted(entry.text for entry in file.read().entries) == sorted(texts)


def test_several_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    running = [
        subprocess.Popen([*command, str(number)], cwd=ROOT, env=environment) for number in range(4)
    ]
    assert [process.wait(timeout=120) for process in running] == [0] * 4
    assert len(NotebookFile(tmp_path, "ann").read().entries) == 40


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"entries": []}', b"[" * 50_000])
def test_a_file_that_cannot_be_read_is_set_aside_and_told_of(
    content: bytes, tmp_path: Path
) -> None:
    file = NotebookFile(tmp_path, "ann")
    add(file, "one")
    file.path.write_bytes(content)
    assert file.read() == Notebook()
    (aside,) = file.set_aside()
    assert aside.read_bytes() == content
    add(file, "two")
    file.path.write_bytes(content)
    assert [entry.text for entry in add(file, "three").entries] == ["three"]
    assert [path.read_bytes() for path in file.set_aside()] == [content, content]
    assert NotebookFile(tmp_path, "bob").set_aside() == []


def test_a_full_disk_leaves_the_notebook_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = NotebookFile(tmp_path, "ann")
    before = add(file, "one")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("retriever.notebook.files.os.fsync", full)
    with pytest.raises(NotebookError, match="No space left"):
        add(file, "two")
    monkeypatch.undo()
    assert file.read() == before
    assert {path.suffix for path in tmp_path.iterdir()} <= {".json", ".lock"}


def test_a_folder_that_is_a_file_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    file = NotebookFile(tmp_path / "file", "ann")
    with pytest.raises(NotebookError, match="cannot be used"):
        add(file, "one")
