"""A table of questions, answered row by row; a run that was stopped goes on."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from retriever import Index
from retriever.batch.answering import AnsweredRow, answer_questions
from retriever.batch.questions import QuestionTable, read_questions, table_of
from retriever.batch.resuming import UnfinishedRun, write_whole
from retriever.cli import main
from retriever.errors import TableError

pytestmark = pytest.mark.model
ASKED = ("Who did Andrey Rudenko meet in Beijing?", "Who won the 2022 World Cup?", "  ")


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "questions.csv"
    file.write_text("question,desk\n" + "".join(f'"{one}",politics\n' for one in ASKED))
    return file


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["batch", *map(str, arguments)])


def test_a_row_is_the_answer_that_a_question_gets(seeds_index: Index) -> None:
    rows = [*answer_questions(seeds_index, table_of([*ASKED, "x" * 5_000]))]
    answer = seeds_index.ask(ASKED[0])
    assert [row.outcome for row in rows] == ["answered", "not_found", "empty_question", "error"]
    (best, *_) = answer.quotes
    assert rows[0].quote == best.text
    assert seeds_index.article(rows[0].article).text[rows[0].start : rows[0].end] == best.text
    assert rows[0].check == "same"
    assert not rows[0].refusal
    assert all(row.refusal and not row.quote and not row.check for row in rows[1:])


def test_columns_filter_their_row(seeds_index: Index) -> None:
    table = QuestionTable(
        columns=("Question", "Publisher", "After"),
        rows=((ASKED[0], "Nobody", ""), (ASKED[0], "", "no date"), (ASKED[0], "", "")),
        question_column=0,
    )
    outcomes = [row.outcome for row in answer_questions(seeds_index, table)]
    assert outcomes == ["not_found", "error", "answered"]


def test_the_command_writes_both_tables(seeds_index_folder: Path, questions: Path) -> None:
    result = run(questions, "--index", seeds_index_folder)
    assert result.exit_code == 0, result.output
    assert "3 questions: 1 answered, 2 not" in result.stdout
    assert "1 of 1 quotes stand" in result.stdout
    written = questions.with_name("questions.answers.csv").read_text(encoding="utf-8-sig")
    head, *rows = csv.reader(io.StringIO(written))
    assert head[:2] == ["question", "desk"]
    assert [row[1] for row in rows] == ["politics"] * 3
    assert {file.name for file in questions.parent.iterdir()} == {
        *("questions.csv", "questions.answers.csv", "questions.answers.xlsx")
    }


def test_json_is_what_python_gives(seeds_index: Index, questions: Path) -> None:
    result = run(questions, "--index", seeds_index.folder, "--json")
    rows = answer_questions(seeds_index, read_questions(questions))
    assert json.loads(result.stdout)["rows"] == [row.to_dict() for row in rows]
    assert not questions.with_name("questions.answers.csv").exists()


def test_what_was_answered_before_ctrl_c_is_not_asked_again(
    seeds_index: Index, questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answer = Index.ask

    def stopped(index: Index, question: str, **options: object) -> object:
        asked.append(question)
        if len(asked) == 2:
            raise KeyboardInterrupt
        return answer(index, question, **options)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(Index, "ask", stopped)
    first = run(questions, "--index", seeds_index.folder)
    assert first.exit_code == 130
    assert "1 of 3 are answered and kept" in first.stderr
    assert "goes on from there" in first.stderr
    second = run(questions, "--index", seeds_index.folder)
    assert second.exit_code == 0
    assert "1 of 3 were answered before" in second.stderr
    assert asked == [ASKED[0], ASKED[1], ASKED[1], ""]
    assert not [*questions.parent.glob("*.part")]


def test_only_rows_of_the_same_questions_and_index_are_taken_up(tmp_path: Path) -> None:
    table = table_of(["A?", "B?"])
    rows = [AnsweredRow(question=one, cells=(one,), outcome="not_found") for one in ("A?", "B?")]
    run = UnfinishedRun(tmp_path / "out.csv", table, generation=3)
    assert run.done() == []
    assert next(iter(run.keep(rows))) == rows[0]
    assert run.done() == rows[:1]
    [*run.keep(rows)]
    whole = run.file.read_bytes()
    run.file.write_bytes(whole[:-5])
    assert run.done() == rows[:1]
    assert UnfinishedRun(tmp_path / "out.csv", table, generation=4).done() == []
    other = UnfinishedRun(tmp_path / "out.csv", table_of(["A?", "C?"]), generation=3)
    assert other.done() == []


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    def rows() -> Iterator[AnsweredRow]:
        yield AnsweredRow(question="A?", cells=("A?",), outcome="not_found")

    run = UnfinishedRun(tmp_path / "none" / "out.csv", table_of(["A?"]), generation=1)
    with pytest.raises(TableError, match="cannot write"):
        [*run.keep(rows())]
    with pytest.raises(TableError, match="cannot write"):
        write_whole(tmp_path / "none" / "out.csv", b"")


@pytest.mark.parametrize("output", ["answers.ods", "answers"])
def test_another_format_is_wrong_use(output: str, questions: Path) -> None:
    assert run(questions, "--output", output).exit_code == 2
