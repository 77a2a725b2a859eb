"""The command: what it refuses, and what it says of itself."""

from pathlib import Path

import pytest

from retriever.training.__main__ import main


def test_a_folder_without_rows_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([str(tmp_path), "--output", str(tmp_path)])
    assert stopped.value.code == 2
    assert "holds no rows" in capsys.readouterr().err


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "examples:\n  # Learn from the rows in a folder" in capsys.readouterr().out
