"""What the README tells a reader to type does what it says."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from retriever.cli import main

pytestmark = pytest.mark.model
ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the fenced blocks of a language, in order."""
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def commands() -> list[str]:
    """Return every line that calls ``quotidian``, without its comment."""
    prompted = "".join(blocks("console")).splitlines()
    lines = [line.removeprefix("$ ") for line in prompted] + "".join(blocks("sh")).splitlines()
    return [line.partition("  #")[0].strip() for line in lines if line.startswith("quotidian")]


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seeds_index_folder: Path) -> Path:
    """Work in a folder with ``seeds/`` and its index, as the README has it."""
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    shutil.copytree(seeds_index_folder, tmp_path / ".quotidian")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_command_of_the_readme_runs(at_home: Path) -> None:
    ran = []
    for command in commands():
        words, _, output = command.partition(" > ")
        arguments = shlex.split(words)[1:]
        if arguments[0] == "serve":
            continue  # the browser tests serve
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, f"{command}\n{result.output}"
        if output:
            (at_home / output).write_text(result.stdout)
        ran.append(arguments[0])
    assert {"build", "ask", "search", "verify", "doctor"} <= set(ran)


def test_the_first_example_prints_what_the_readme_shows(at_home: Path) -> None:
    shown = blocks("text")[0].split()
    printed = CliRunner().invoke(main, shlex.split(commands()[0])[1:]).stdout.split()
    assert " ".join(shown) in " ".join(printed)
    assert at_home.exists()


def test_the_python_example_runs(at_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(blocks("python")[0], "README.md", "exec"), {})  # noqa: S102  # our own README
    assert "2001" in capsys.readouterr().out
    assert at_home.exists()
