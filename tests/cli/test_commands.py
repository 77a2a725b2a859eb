"""The command line: what it prints, and the exit status that scripts rely on."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from retriever import Index, building, open_index
from retriever.cli import main

pytestmark = pytest.mark.model
QUESTION = "Where will Yevgeny Prigozhin move under the deal?"


def run(*arguments: str | Path) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_ask_prints_the_same_answer_as_python(seeds_index_folder: Path) -> None:
    result = run("ask", QUESTION, "--index", seeds_index_folder, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == open_index(seeds_index_folder).ask(QUESTION).to_dict()


def test_ask_prints_the_quote_in_quotation_marks(seeds_index_folder: Path) -> None:
    shown = " ".join(run("ask", QUESTION, "--index", seeds_index_folder).stdout.split())
    assert "Wagner Group leader Yevgeny Prigozhin will move to Belarus.”" in shown
    assert "As China Throws Support Behind Russia" in shown


def test_a_refusal_is_exit_status_0_and_says_so(seeds_index_folder: Path) -> None:
    result = run("ask", "Who won the 2022 World Cup?", "--index", seeds_index_folder)
    assert result.exit_code == 0
    assert result.stdout.startswith("No answer to this was found")
    assert "not an answer" in result.stdout


def test_a_follow_up_takes_its_history_from_a_file(
    seeds_index_folder: Path, tmp_path: Path
) -> None:
    history = tmp_path / "chat.json"
    history.write_text('[{"role": "user", "content": "Who is Xueliang Ding?"}]')
    question = "What did he say about a civil war?"
    result = run("ask", question, "--history", history, "--index", seeds_index_folder, "--json")
    answer = json.loads(result.stdout)
    assert any("Ding" in phrase for phrase in answer["carried"])
    assert any("brink of a civil war" in quote["text"] for quote in answer["quotes"])
    alone = (question, "--history", history, "--without", "Ding", "--without", "Xueliang")
    shown = json.loads(run("ask", *alone, "--index", seeds_index_folder, "--json").stdout)
    assert shown["carried"] == []


def test_ctrl_c_is_no_check_that_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "build", interrupted)
    result = run("build", "seeds", "--index", tmp_path)
    assert (result.exit_code, result.stderr) == (130, "quotidian: stopped\n")


def test_search_lists_hits_by_rank(seeds_index_folder: Path) -> None:
    result = run(
        "search", "treaty", "-k", "3", "--index", seeds_index_folder, "--json", "--explain"
    )
    found = json.loads(result.stdout)
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3]
    scores = found["hits"][0]["scores"]
    assert [*scores] == ["cosine", "bm25", "fused", "reranked", "reader"]
    assert found["seconds"] > 0


def test_a_reader_is_chosen_or_none(
    seeds_index_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("search", "treaty", "-k", "1", "--index", seeds_index_folder, "--json")

    def reader_score(*options: str) -> object:
        return json.loads(run(*asked, *options).stdout)["hits"][0]["scores"]["reader"]

    assert isinstance(reader_score(), float)
    assert reader_score() == reader_score("--reader", "bundled")
    assert reader_score("--no-reader") is None
    monkeypatch.setenv("QUOTIDIAN_READER", "none")
    assert reader_score() is None
    assert isinstance(reader_score("--reader", "bundled"), float)
    monkeypatch.setenv("QUOTIDIAN_READER", str(tmp_path))
    refused = run("ask", QUESTION, "--index", seeds_index_folder)
    assert refused.exit_code == 2
    assert "cannot read the reader's" in refused.stderr
    assert run("ask", QUESTION, "--index", seeds_index_folder, "--no-reader").exit_code == 0


@pytest.mark.parametrize("command", ["ask", "search", "evaluate", "serve"])
def test_the_option_that_the_reader_replaced_says_so(command: str) -> None:
    refused = run(command, *(["x"] if command != "serve" else []), "--reranker", "mine")
    assert refused.exit_code == 2
    assert "use --reader" in refused.stderr
    assert "--reranker" not in run(command, "--help").stdout
    assert "--no-reader" in run(command, "--help").stdout


def test_article_prints_the_stored_text_and_nothing_else(seeds_index_folder: Path) -> None:
    index = open_index(seeds_index_folder)
    for article in index.articles():
        result = run("article", article.id, "--index", seeds_index_folder)
        assert result.stdout_bytes == article.text.encode()


def test_verify_tells_a_standing_answer_from_an_altered_one(
    seeds_index_folder: Path, tmp_path: Path
) -> None:
    answer = open_index(seeds_index_folder).ask(QUESTION).to_dict()
    saved = tmp_path / "answer.json"
    saved.write_text(json.dumps(answer))
    assert run("verify", saved, "--index", seeds_index_folder).exit_code == 0
    saved.write_text(json.dumps(answer).replace("Belarus", "Bavaria"))
    altered = run("verify", saved, "--index", seeds_index_folder)
    assert altered.exit_code == 1
    assert "altered" in altered.stdout


def test_doctor_finds_a_sound_index_sound(seeds_index_folder: Path) -> None:
    result = run("doctor", "--index", seeds_index_folder, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"sound": True, "findings": []}


def test_build_reports_and_then_reuses(tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "story.txt").write_text("The bridge opened on Monday. It cost nothing.")
    (corpus / "empty.txt").write_text("")
    first = json.loads(run("build", corpus, "--index", index, "--json").stdout)
    assert first["articles"] == first["embedded"] == 1
    assert first["failed"][0]["path"] == "empty.txt"
    second = json.loads(run("build", corpus, "--index", index, "--json").stdout)
    assert (second["embedded"], second["reused"]) == (0, 1)
    assert second["generation"] == first["generation"]


def test_rollback_returns_to_the_generation_before(tmp_path: Path) -> None:
    story, index = tmp_path / "story.txt", tmp_path / "index"
    for place in ("Paris", "Rome"):
        story.write_text(f"The summit was held in {place}.")
        run("build", story, "--index", index)
    assert run("rollback", "--index", index).exit_code == 0
    assert "Paris" in run("article", "story.txt", "--index", index).stdout
    again = run("rollback", "--index", index)
    assert again.exit_code == 2
    assert "nothing to roll back to" in again.stderr


@pytest.mark.alone
def test_help_is_instant_and_imports_nothing_heavy() -> None:
    program = (
        "import sys; from retriever.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'torch', 'gradio', 'faiss', 'numpy', 'bm25s'} & set(sys.modules)))"
    )
    best = 60.0
    for _ in range(3):
        started = time.perf_counter()
        run = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        best = min(best, time.perf_counter() - started)
        assert run.stdout.endswith("[]\n")
    bare = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    assert best - (time.perf_counter() - bare) < 0.3


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_has_help(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert len(main.commands[command].help or "") > 40


def test_add_copies_what_is_not_there_yet(tmp_path: Path) -> None:
    corpus, index, story = tmp_path / "corpus", tmp_path / "index", tmp_path / "story.txt"
    corpus.mkdir()
    (corpus / "old.txt").write_text("The ferry to Aldra was cancelled on Monday.")
    assert run("build", corpus, "--index", index).exit_code == 0
    story.write_text("The museum in Lunde found a chart from 1742.")
    added = f"story.txt: added\nbuild {corpus} to have them answer\n"
    assert run("add", story, "--index", index).stdout == added
    again = "story.txt: there already, not added again\n"
    assert run("add", story, "--index", index).stdout == again
    story.write_text("The museum in Lunde found a chart from 1724.")
    told = run("add", story, "--index", index, "--replace", "--json").stdout
    came = {kind: names for kind, names in json.loads(told).items() if names}
    assert came == {"replaced": ["story.txt"]}
    (tmp_path / "photo.png").write_text("x")
    refused = run("add", tmp_path / "photo.png", "--index", index)
    assert refused.stdout == "photo.png: not added, of no kind that is read\n"
    assert refused.exit_code == 2
    assert not (corpus / "photo.png").exists()
    assert run("add", tmp_path / "gone.txt", "--index", index).exit_code == 2


def test_add_asks_whose_folder_an_index_from_elsewhere_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its maker chose where the files would go."""
    corpus, index, story = tmp_path / "corpus", tmp_path / "index", tmp_path / "story.txt"
    corpus.mkdir()
    (corpus / "old.txt").write_text("The ferry to Aldra was cancelled on Monday.")
    assert run("build", corpus, "--index", index).exit_code == 0
    story.write_text("The museum in Lunde found a chart from 1742.")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))  # as another account
    refused = run("add", story, "--index", index)
    assert refused.exit_code == 2
    assert str(corpus) in refused.stderr
    assert "--corpus" in refused.stderr
    assert [path.name for path in corpus.iterdir()] == ["old.txt"]
    assert run("add", story, "--index", index, "--corpus", tmp_path).exit_code == 2
    assert run("add", story, "--index", index, "--corpus", corpus).exit_code == 0
    assert (corpus / "story.txt").exists()


def test_articles_lists_the_newest_and_counts_what_is_found(tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    rows = [
        {"id": f"r{n}", "title": f"Report {n}", "published": f"2023-0{n}", "text": f"Ferry {n}."}
        for n in range(1, 5)
    ]
    (corpus / "a.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    (corpus / "empty.txt").write_text("")
    assert run("build", corpus, "--index", index).exit_code == 0
    lines = run("articles", "--limit", "2", "--index", index).stdout.splitlines()
    assert lines == [
        "2023-04 · Report 4 · r4",
        "2023-03 · Report 3 · r3",
        "5 of 5 found, 1 to 2 of them here",
    ]
    told = run("articles", "ferries", "--after", "2023-03", "--index", index).stdout.splitlines()
    assert told[-1] == "2 of 5 found, 2 by words in the text alone"
    failed = run("articles", "--state", "failed", "--index", index).stdout.splitlines()
    assert failed == ["empty.txt (failed: is empty)", "1 of 5 found"]
    assert run("articles", "--sort", "size", "--index", index).exit_code == 2
    assert (
        len(json.loads(run("articles", "--all", "--json", "--index", index).stdout)["articles"])
        == 5
    )


def test_article_as_json_tells_its_cluster_as_python_does(seeds_index: Index) -> None:
    for article in seeds_index.articles():
        printed = run("article", article.id, "--json", "--index", seeds_index.folder).stdout
        assert json.loads(printed) == seeds_index.article_with_cluster(article.id)
        assert json.loads(printed)["text"] == article.text
