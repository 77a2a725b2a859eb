"""What the README tells a reader to type does what it says."""

import json
import re
import shlex
import shutil
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from gradio_client import Client

from retriever import Index, Span
from retriever.cli import main
from tests.loops import in_a_thread
from tests.webui.applications import listening
from webui.site import Site

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
    (tmp_path / "questions.csv").write_text("question\nWhat did Ding say?\nWho is Ding?\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_command_of_the_readme_runs(at_home: Path) -> None:
    ran = []
    for command in commands():
        words, _, output = command.partition(" > ")
        arguments = shlex.split(words)[1:]
        if arguments[0] in {"serve", "hash-password"}:
            continue  # the browser tests serve; a password is asked for
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


def test_the_json_example_is_what_is_answered(seeds_index: Index) -> None:
    (quote,) = json.loads(blocks("json")[0])["quotes"]
    (_, question) = shlex.split(commands()[0])[1:3]
    (given, *_) = seeds_index.ask(question).quotes
    stored = seeds_index.article(quote["article"]["id"]).text
    assert stored[quote["start"] : quote["end"]] == quote["text"]
    assert (given.start, given.end) == (quote["start"], quote["end"])
    assert given.answering == Span(**quote["answering"])


def test_the_python_example_runs(at_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asking, counting = blocks("python")[:2]
    run(asking)
    assert "2001" in capsys.readouterr().out
    run(counting)
    assert capsys.readouterr().out.startswith("9 2 [")
    assert at_home.exists()


@pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")  # Gradio's queue
def test_the_examples_for_programs_run_against_the_page(
    seeds_index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both clients, the page's and the tools', with the address that it has here."""
    *_, page, tools = blocks("python")
    for address in listening(Site(index=seeds_index)):
        for example in (page, tools):
            in_a_thread(partial(run, example.replace("http://127.0.0.1:7860/", address)))
    printed = capsys.readouterr().out
    assert "Rudenko" in printed
    assert "True\n" in printed
    assert "@misc{" in printed
    assert "Ding" in printed


def run(example: str) -> None:
    """Run a block of the README as a program of its own."""
    names: dict[str, object] = {"__name__": "__main__"}
    exec(compile(example, "README.md", "exec"), names)  # noqa: S102  # our own README
    client = names.get("client")
    if isinstance(client, Client):
        client.close()
