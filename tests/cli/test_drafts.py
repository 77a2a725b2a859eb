"""``quotidian check``: what it prints of a draft, and the exit status that scripts rely on."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from retriever import open_index
from retriever.cli import main

pytestmark = pytest.mark.model
EXACT = "Ding said “the price will be too dear to pay” in the end."
CHANGED = "Ding said “the price will be too high to pay” in the end."


def run(draft: str, *arguments: str | Path, given: str | None = None) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, ["check", draft, *map(str, arguments)], input=given)


def test_a_draft_that_holds_is_exit_status_0(seeds_index_folder: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(EXACT, encoding="utf-8")
    result = run(str(draft), "--index", seeds_index_folder)
    assert result.exit_code == 0
    assert "line 1: exact" in result.stdout
    assert "As China Throws Support Behind Russia" in result.stdout
    assert "only typography may differ" in " ".join(result.stdout.split())


def test_a_changed_word_is_exit_status_1_and_shown(seeds_index_folder: Path) -> None:
    result = run("-", "--index", seeds_index_folder, given=CHANGED)
    assert result.exit_code == 1
    assert "draft: high | source: dear" in result.stdout


def test_json_is_what_python_gives(seeds_index_folder: Path) -> None:
    result = run("-", "--index", seeds_index_folder, "--json", given=CHANGED)
    assert (
        json.loads(result.stdout) == open_index(seeds_index_folder).check_draft(CHANGED).to_dict()
    )


def test_a_draft_without_quotations_says_so(seeds_index_folder: Path) -> None:
    result = run("-", "--index", seeds_index_folder, given="Nothing.")
    assert result.exit_code == 0
    assert result.stdout == "The draft quotes nothing.\n"


def test_what_is_no_draft_is_exit_status_2(seeds_index_folder: Path, tmp_path: Path) -> None:
    result = run(str(tmp_path / "none.docx"), "--index", seeds_index_folder)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
