"""The notebook on the command line: what it prints, and the exit status that scripts rely on."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from retriever import Notebooks, build, open_index
from retriever.cli import main

pytestmark = pytest.mark.model
STORY = "The bridge opened on Monday. Ships waited.\n\n“It holds,” said Ada Reyes."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a story in ``corpus`` and its index beside; it is only copied."""
    folder = tmp_path_factory.mktemp("story")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "story.txt").write_text(STORY)
    build(folder / "corpus", index=folder / "index")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """Return a copy of it."""
    return Path(shutil.copytree(made, tmp_path / "copy"))


def run(folder: Path, *arguments: str) -> Result:
    """Run a command of the notebook in this process."""
    return CliRunner().invoke(main, ["notebook", *arguments, "--index", str(folder / "index")])


def printed(folder: Path, *arguments: str) -> Any:
    """Return what a command prints as JSON."""
    result = run(folder, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_notebook_is_made_listed_and_changed(folder: Path) -> None:
    quote = printed(folder, "pin", "story.txt", "4", "10", "--question", "When?")
    assert quote["text"] == "The bridge opened on Monday."
    note = printed(folder, "note", "Call Reyes")
    assert printed(folder, "note", "Check it", "--entry", quote["id"])["note"] == "Check it"
    assert printed(folder, "label", quote["id"], "one", "two")["labels"] == ["one", "two"]
    assert run(folder, "move", note["id"], "-1").exit_code == 0
    listed = printed(folder, "list")
    assert listed == Notebooks.beside(open_index(folder / "index")).show().to_dict()
    assert [entry["kind"] for entry in listed["entries"]] == ["note", "quote"]
    lines = run(folder, "list", "--text", "bridge").stdout
    assert "“The bridge opened on Monday.”" in lines
    assert "Your note: Check it" in lines
    assert "Labels: one, two" in lines
    assert "1 of 2 entries" in lines
    assert run(folder, "remove", note["id"]).exit_code == 0
    assert printed(folder, "list")["total"] == 1


def test_check_says_what_became_of_each_quote(folder: Path) -> None:
    assert run(folder, "check").exit_code == 0
    printed(folder, "pin", "story.txt", "0", "5")
    assert run(folder, "check").exit_code == 0
    (folder / "corpus" / "story.txt").write_text(STORY.replace("Monday", "Tuesday"))
    build(folder / "corpus", index=folder / "index")
    checked = run(folder, "check")
    assert checked.exit_code == 1
    assert "revised: " in checked.stdout
    assert "It now says: “The bridge opened on Tuesday.”" in checked.stdout
    (quote,) = json.loads(run(folder, "check", "--json").stdout)["quotes"]
    assert (quote["state"], quote["new_words"]) == ("revised", "The bridge opened on Tuesday.")


def test_what_was_exported_is_imported_for_another_account(folder: Path) -> None:
    printed(folder, "pin", "story.txt", "0", "5")
    file = folder / "kept.json"
    assert run(folder, "export", "--as", "json", "--output", str(file)).exit_code == 0
    assert file.read_bytes() == run(folder, "export", "--as", "json").stdout_bytes
    came = printed(folder, "import", str(file), "--account", "ann")
    assert came == {"added": 1, "unverified": 0}
    assert printed(folder, "list", "--account", "ann")["total"] == 1
    word = folder / "notebook.docx"
    assert run(folder, "export", "--as", "word", "--output", str(word)).exit_code == 0
    assert word.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["pin", "gone.txt", "0", "5"], "no article"),
        (["pin", "story.txt", "900", "950"], "no sentence stands"),
        (["move", "ffffffffffff", "1"], "no entry"),
        (["note", " "], "a note has to say something"),
        (["export", "--as", "pdf"], "markdown, word, html, json"),
        (["import", "nowhere.json"], "cannot read nowhere.json"),
        (["import", __file__], "this is not the JSON of a notebook"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_line(
    arguments: list[str], said: str, folder: Path
) -> None:
    result = run(folder, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
