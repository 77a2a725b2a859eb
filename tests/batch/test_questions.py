"""Tables of questions, as people keep them and as nobody should."""

import time
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from retriever.batch.questions import QuestionTable, read_questions
from retriever.errors import TableError

WHO = "Who closed the harbour, if anyone did?"
WHEN = "Wann wurde die Brücke in Köln eröffnet?"


def read(tmp_path: Path, name: str, data: str | bytes) -> QuestionTable:
    """Write a table and read it."""
    file = tmp_path / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_questions(file)


def asked(table: QuestionTable) -> list[str]:
    return [table.question(row) for row in table.rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_delimiter_and_encoding(delimiter: str, encoding: str, tmp_path: Path) -> None:
    rows = [["id", "Question", "publisher"], ["1", WHO, "CNN"], ["2", WHEN, ""]]
    lines = (delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    table = read(tmp_path, "q.csv", "\r\n".join(lines).encode(encoding))
    assert table.columns == ("id", "Question", "publisher")
    assert asked(table) == [WHO, WHEN]
    assert [table.value(row, "publisher") for row in table.rows] == ["CNN", None]
    assert [table.value(row, "after") for row in table.rows] == [None, None]


def test_one_column_with_commas_stays_one(tmp_path: Path) -> None:
    assert asked(read(tmp_path, "q.csv", f"question\n{WHO}\n\n{WHEN}\n")) == [WHO, WHEN]
    assert asked(read(tmp_path, "q.txt", f"{WHO}\n{WHEN}")) == [WHO, WHEN]


def test_a_question_a_line_keeps_its_commas_without_a_heading(tmp_path: Path) -> None:
    assert asked(read(tmp_path, "q.csv", f"{WHO}\nAnd when, please?\n")) == [
        WHO,
        "And when, please?",
    ]
    kept = WHO.partition(",")[0]
    assert asked(read(tmp_path, "r.csv", f"{WHO},1\n{WHO},2\n")) == [kept, kept]


def test_the_delimiter_that_excel_states_is_taken_and_not_asked(tmp_path: Path) -> None:
    table = read(tmp_path, "q.csv", f"\ufeffsep=;\r\nquestion;publisher\r\n{WHO};CNN\r\n")
    assert (table.columns, table.rows) == (("question", "publisher"), ((WHO, "CNN"),))


def test_the_first_sheet_that_holds_anything_is_read(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.create_sheet("q").append([WHO])
    workbook.save(tmp_path / "q.xlsx")
    assert asked(read_questions(tmp_path / "q.xlsx")) == [WHO]


def test_a_table_full_of_quotation_marks_is_read_at_once(tmp_path: Path) -> None:
    started = time.process_time()
    with pytest.raises(TableError):
        read(tmp_path, "q.csv", '"\n' * 20_001)
    assert time.process_time() - started < 1  # 5 s by the Sniffer of csv


def test_the_first_column_is_asked_where_none_is_named(tmp_path: Path) -> None:
    table = read(tmp_path, "q.csv", f"Frage;Nr\n{WHEN};1\n{WHEN};2\n")
    assert table.columns == ("Frage", "Nr")
    assert asked(table) == [WHEN, WHEN]
    table = read(tmp_path, "r.csv", f"{WHEN};1\n{WHEN};2\n")
    assert table.columns == ("question", "column 2")
    assert asked(table) == [WHEN, WHEN]


@pytest.mark.parametrize("head", ["Nr;Frage;Datum\n", "", "\n"])
def test_the_column_that_asks_is_asked_under_any_name(head: str, tmp_path: Path) -> None:
    table = read(tmp_path, "q.csv", f"{head}1;{WHEN};2022\n2;{WHO};\n3;Brücke in Köln;2021\n")
    assert asked(table) == [WHEN, WHO, "Brücke in Köln"]
    named = ("Nr", "Frage", "Datum") if head.strip() else ("column 1", "question", "column 3")
    assert table.columns == named


@pytest.mark.parametrize("asked_so", [WHO, "港は誰が閉鎖しましたか\uff1f", "من أغلق الميناء\u061f"])
def test_questions_end_as_their_script_has_it(asked_so: str, tmp_path: Path) -> None:
    assert (
        asked(read(tmp_path, "q.csv", f"1;“{asked_so}”;2021\n2;{asked_so};2022\n"))[1] == asked_so
    )


def test_short_rows_are_filled_and_empty_ones_left_out(tmp_path: Path) -> None:
    table = read(tmp_path, "q.csv", f'a,question,b\n1,"{WHO}"\n,,\n2,"{WHEN}",x\n')
    assert table.rows == (("1", WHO, ""), ("2", WHEN, "x"))


def test_a_cell_may_hold_lines_and_quotation_marks(tmp_path: Path) -> None:
    table = read(tmp_path, "q.csv", 'question,n\n"Who said ""no""\nand why?",1\n')
    assert asked(table) == ['Who said "no"\nand why?']


def test_a_workbook(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["question", "after", "number"])
    workbook.active.append([WHO, datetime(2023, 6, 1), 7])
    workbook.save(tmp_path / "q.xlsx")
    table = read_questions(tmp_path / "q.xlsx")
    assert table.rows == ((WHO, "2023-06-01", "7"),)
    upload = (tmp_path / "q.xlsx").rename(tmp_path / "0f3a")
    assert read_questions(upload, name="Q.XLSX") == table


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("q.csv", b""),
        ("q.docx", b"question"),
        ("q.csv", b"question\n\n"),
        ("q.csv", b"\x00\x01\x02" * 50),
        ("q.xlsx", b"no workbook"),
        ("q.xlsx", b"PK\x03\x04 broken"),
        ("q.txt", b"\n\n"),
        ("q.csv", b'question,n\n"Who never closes it?,1\nWhat?,2\n'),
    ],
)
def test_what_is_no_table_is_told_in_one_line(name: str, data: bytes, tmp_path: Path) -> None:
    with pytest.raises(TableError, match=name) as raised:
        read(tmp_path, name, data)
    assert "\n" not in str(raised.value)


def test_a_workbook_that_expands_without_end_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "q.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(6):
            archive.writestr(f"xl/{n}.xml", b" " * 100_000_000)
    with pytest.raises(TableError, match="expands"):
        read_questions(tmp_path / "q.xlsx")


def test_a_missing_table(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="No such file"):
        read_questions(tmp_path / "none.csv")
