"""Data sets: what is read from a sound one, and the one line for each way to be unsound."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest

from retriever.errors import DatasetError, SettingsError
from retriever.evaluation.datasets import JudgedQuery, check_evidence, read_dataset, sample
from retriever.records import Message, Span
from tests.evaluation.conftest import ROWS, write_rows


def change(folder: Path, name: str, number: int, **fields: Any) -> None:
    """Change fields of one row of a file; ``...`` removes the field."""
    rows = [dict(row) for row in ROWS[name]]
    rows[number].update(fields)
    rows[number] = {key: value for key, value in rows[number].items() if value is not ...}
    write_rows(folder / name, rows)


def test_reads_questions_history_and_evidence(folder: Path) -> None:
    """Everything that the files hold arrives in the records."""
    data = read_dataset(folder)
    check_evidence(data)
    assert data.name == "town"
    assert data.corpus == folder / "corpus.jsonl"
    assert [query.id for query in data.queries] == ["q1", "q2", "q3"]
    assert data.queries[1].history == (Message(role="user", content="Is the bridge closed?"),)
    assert data.queries[0].answers == ("1912",)
    assert data.evidence["q1"][0].span == Span(start=0, end=27)
    assert not data.article_level
    assert data.grades == {}


def test_reads_a_gzipped_corpus(folder: Path) -> None:
    """The corpus may be compressed, and is then checked all the same."""
    plain = folder / "corpus.jsonl"
    (folder / "corpus.jsonl.gz").write_bytes(gzip.compress(plain.read_bytes()))
    plain.unlink()
    data = read_dataset(folder)
    assert data.corpus.name == "corpus.jsonl.gz"
    check_evidence(data)


def test_offsets_count_code_points(folder: Path) -> None:
    """Characters outside the basic plane and combining marks count as they do in Python."""
    text = "\U0001f600 İ e\u0301 said so."
    write_rows(folder / "corpus.jsonl", [{"id": "harbour", "text": text}])
    write_rows(
        folder / "evidence.jsonl",
        [{"query_id": "q1", "article_id": "harbour", "quote": "said so.", "start": 7, "end": 15}],
    )
    check_evidence(read_dataset(folder))


def test_article_level_needs_every_line_to_be(folder: Path) -> None:
    """One span is enough to measure passages."""
    change(folder, "evidence.jsonl", 0, article_level=True)
    assert not read_dataset(folder).article_level
    rows = [{**row, "article_level": True} for row in ROWS["evidence.jsonl"]]
    write_rows(folder / "evidence.jsonl", rows)
    assert read_dataset(folder).article_level


@pytest.mark.parametrize("head", ["", "query-id\tcorpus-id\tscore\n"])
def test_grades_need_no_evidence(folder: Path, head: str) -> None:
    """A ranking set may have grades alone, with or without column names."""
    (folder / "evidence.jsonl").unlink()
    (folder / "qrels.tsv").write_text(f"{head}q1\tharbour\t2\nq1\tbridge\t0\n", encoding="utf-8")
    data = read_dataset(folder)
    assert data.grades == {"q1": {"harbour": 2, "bridge": 0}}
    assert data.article_level


@pytest.mark.parametrize(
    ("name", "fields", "said"),
    [
        ("queries.jsonl", {"id": ...}, "queries.jsonl:2: Object missing required field `id`"),
        ("queries.jsonl", {"id": 7}, "queries.jsonl:2: Expected `str`, got `int` - at `$.id`"),
        ("queries.jsonl", {"id": "q1"}, "queries.jsonl:2: the id 'q1' was used before"),
        (
            "queries.jsonl",
            {"answerable": 1},
            "queries.jsonl:2: Expected `bool`, got `int` - at `$.answerable`",
        ),
        (
            "queries.jsonl",
            {"asked_on": "soon"},
            "queries.jsonl:2: Invalid RFC3339 encoded date - at `$.asked_on`",
        ),
        (
            "queries.jsonl",
            {"answers": "1912"},
            "queries.jsonl:2: Expected `array`, got `str` - at `$.answers`",
        ),
        (
            "queries.jsonl",
            {"answers": [1912]},
            "queries.jsonl:2: Expected `str`, got `int` - at `$.answers[0]`",
        ),
        (
            "queries.jsonl",
            {"history": ["hello"]},
            "queries.jsonl:2: Expected `object`, got `str` - at `$.history[0]`",
        ),
        (
            "queries.jsonl",
            {"history": [{"role": "system", "content": ""}]},
            "queries.jsonl:2: Invalid enum value 'system' - at `$.history[0].role`",
        ),
        ("evidence.jsonl", {"query_id": "q9"}, "evidence.jsonl:2: no question has the id 'q9'"),
        (
            "evidence.jsonl",
            {"start": True},
            "evidence.jsonl:2: Expected `int`, got `bool` - at `$.start`",
        ),
        ("evidence.jsonl", {"start": -1}, "evidence.jsonl:2: -1-63 is no span"),
        ("evidence.jsonl", {"end": 33}, "evidence.jsonl:2: 33-33 is no span"),
        (
            "evidence.jsonl",
            {"article_level": "yes"},
            "evidence.jsonl:2: Expected `bool`, got `str` - at `$.article_level`",
        ),
        ("evidence.jsonl", {"article_id": "mill"}, "evidence.jsonl:2: article 'mill' is not in"),
        ("evidence.jsonl", {"start": 34}, "evidence.jsonl:2: the quote does not stand at 34-63"),
    ],
)
def test_names_the_line_that_is_wrong(
    folder: Path, name: str, fields: dict[str, object], said: str
) -> None:
    """The second line of a file is spoilt; the message is one line and names it."""
    change(folder, name, 1, **fields)
    with pytest.raises(DatasetError) as raised:
        check_evidence(read_dataset(folder))
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "queries.jsonl:1: Expecting property name enclosed in double quotes"),
        ("[1]", "queries.jsonl:1: Expected `object`, got `array`, in '[1]'"),
        ("[" * 100_000, "queries.jsonl:1: maximum recursion depth exceeded"),
        (" \n", "holds no question"),
    ],
    ids=["cut", "list", "deep", "blank"],
)
def test_says_what_is_no_question(folder: Path, line: str, said: str) -> None:
    """Lines that are no JSON object, and a file without any."""
    (folder / "queries.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(DatasetError, match=re.escape(said)):
        read_dataset(folder)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "evidence.jsonl"])
def test_names_the_file_that_is_missing(folder: Path, name: str) -> None:
    """Each of the three is needed."""
    (folder / name).unlink()
    with pytest.raises(DatasetError, match=name):
        read_dataset(folder)


def test_a_data_set_is_a_folder(tmp_path: Path) -> None:
    """A folder that is not there is named."""
    with pytest.raises(DatasetError, match="nowhere is not a folder"):
        read_dataset(tmp_path / "nowhere")


def test_a_cut_gzip_file_is_named(folder: Path) -> None:
    """A download that stopped halfway gives its one line."""
    whole = gzip.compress((folder / "corpus.jsonl").read_bytes())
    (folder / "corpus.jsonl").unlink()
    (folder / "corpus.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DatasetError, match=r"corpus\.jsonl\.gz cannot be read"):
        check_evidence(read_dataset(folder))


def test_other_encodings_are_named(folder: Path) -> None:
    """Nothing is guessed: a data set is UTF-8."""
    (folder / "queries.jsonl").write_bytes('{"id": "café"}'.encode("latin-1"))
    with pytest.raises(DatasetError, match="UTF-8"):
        read_dataset(folder)


@pytest.mark.parametrize("row", ["q1\tharbour", "q1\tharbour\thigh", "q9\tharbour\t1"])
def test_a_grade_is_three_fields(folder: Path, row: str) -> None:
    """A short line, a grade that is no number and an unknown question are named."""
    (folder / "qrels.tsv").write_text(f"q1\tbridge\t0\n{row}\n", encoding="utf-8")
    with pytest.raises(DatasetError, match=r"qrels\.tsv:2"):
        read_dataset(folder)


def questions(pattern: str) -> tuple[JudgedQuery, ...]:
    """Return questions for a pattern of + (answerable) and - (not)."""
    return tuple(
        JudgedQuery(id=str(number), text="?", history=(), answerable=sign == "+", answers=())
        for number, sign in enumerate(pattern)
    )


@pytest.mark.parametrize(
    ("pattern", "limit", "kept"),
    [
        ("++++++--", 4, "0 1 2 6"),
        ("--++++++", 4, "0 2 3 4"),
        ("+++++++++-", 2, "0 9"),
        ("+++++++++-", 1, "0"),
        ("---", 2, "0 1"),
        ("+-+", 3, "0 1 2"),
        ("+-+", 9, "0 1 2"),
        ("+-+", None, "0 1 2"),
    ],
)
def test_a_sample_is_in_proportion(pattern: str, limit: int | None, kept: str) -> None:
    """The first of each kind, in the order of the file."""
    assert " ".join(query.id for query in sample(questions(pattern), limit)) == kept


def test_a_sample_is_not_empty() -> None:
    """Asking nothing measures nothing."""
    with pytest.raises(SettingsError, match="the limit is 0"):
        sample(questions("+-"), 0)
