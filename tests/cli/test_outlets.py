"""The commands by which answers leave: files of other formats, tools, hashed passwords."""

import json
import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mcp import Client, StdioServerParameters

from retriever import EXPORT_FORMATS, Index
from retriever.cli import main
from tests.loops import in_a_loop
from webui.security.accounts import is_hash, matches

pytestmark = pytest.mark.model
QUESTION = "Where will Yevgeny Prigozhin move under the deal?"


def run(*arguments: str | Path, typed: str | None = None) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed)


@pytest.mark.parametrize("form", EXPORT_FORMATS)
def test_an_answer_is_printed_in_a_format_at_once_or_later(
    seeds_index_folder: Path, tmp_path: Path, form: str
) -> None:
    at = ("--index", seeds_index_folder)
    once = run("ask", QUESTION, "--format", form, *at)
    saved = tmp_path / "answer.json"
    saved.write_text(run("ask", QUESTION, "--json", *at).stdout, encoding="utf-8")
    later = run("export", saved, "--as", form, *at)
    assert once.exit_code == later.exit_code == 0
    assert later.stdout == once.stdout
    assert "Prigozhin" in once.stdout


def test_an_exported_conversation_is_verified(seeds_index_folder: Path, tmp_path: Path) -> None:
    talk = tmp_path / "talk.json"
    at = ("--index", seeds_index_folder)
    talk.write_text(run("ask", QUESTION, "--format", "json", *at).stdout, encoding="utf-8")
    assert run("verify", talk, *at).exit_code == 0
    talk.write_text(talk.read_text(encoding="utf-8").replace("Belarus", "Benin"), encoding="utf-8")
    assert run("verify", talk, *at).exit_code == 1


def test_annotations_are_written_without_an_index_too(
    seeds_index_folder: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "answer.json"
    saved.write_text(run("ask", QUESTION, "--json", "--index", seeds_index_folder).stdout)
    bare = run("export", saved, "--as", "annotations", "--index", tmp_path / "none")
    assert bare.exit_code == 0
    assert "without the words around each quote: no index in" in bare.stderr
    assert "prefix" not in bare.stdout


def test_what_is_no_answer_cannot_be_exported(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    for name in ("a.json", "gone.json"):
        result = run("export", tmp_path / name, "--as", "bibtex")
        assert result.exit_code == 2
        assert result.stderr.strip()


def test_a_password_is_asked_for_twice_and_only_its_hash_printed() -> None:
    result = run("hash-password", typed="secret\nsecret\n")
    assert result.exit_code == 0
    printed = result.stdout.strip().splitlines()[-1]
    assert is_hash(printed)
    assert matches("secret", printed)
    assert "secret" not in result.stdout


def test_the_tools_answer_over_standard_input_and_output(seeds_index: Index) -> None:
    arguments = ["-m", "retriever.cli", "tools", "--index", str(seeds_index.folder)]

    async def ask() -> object:
        server = StdioServerParameters(
            command=sys.executable,
            args=arguments,
            env=dict(os.environ),  # settings of the machine decide the last digits
        )
        async with Client(server) as client:
            result = await client.call_tool("ask", {"question": QUESTION})
            return result.structured_content

    answer = in_a_loop(ask)
    assert json.dumps(answer) == json.dumps(seeds_index.ask(QUESTION).to_dict())
