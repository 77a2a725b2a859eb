"""Tables of answers: every cell as it is, and none that a program would run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from retriever.batch.answering import AnsweredRow
from retriever.batch.spreadsheets import COLUMNS, as_csv, as_workbook

HOSTILE = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1", '=cmd|"/C calc"!A0', "–5 °C"]


def row(cells: tuple[str, ...], quote: str = "") -> AnsweredRow:
    return AnsweredRow(question="Q?", cells=cells, outcome="answered", quote=quote, start=3, end=9)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_cell_is_a_formula(hostile: str) -> None:
    made = row(("Q?", hostile), quote=hostile)
    shown = as_csv(("question", hostile), [made]).decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(shown, newline="")) for cell in line]
    assert not any(cell.startswith(tuple("=+-@\t\r＝")) for cell in cells)
    assert sum(cell.removeprefix("'") == hostile for cell in cells) == 3
    sheet = load_workbook(io.BytesIO(as_workbook(("question", hostile), [made]))).active
    kinds = {cell.data_type for line in sheet.iter_rows() for cell in line if cell.value}
    assert kinds == {"s", "n"}
    assert sheet["D2"].value == hostile


def test_columns_of_the_questions_are_kept_and_told_apart() -> None:
    shown = as_csv(("question", "Date"), [row(("Q?", "today"))]).decode("utf-8-sig")
    first, second = csv.reader(io.StringIO(shown))
    assert first[:3] == ["question", "Date", "outcome"]
    assert "answer date" in first
    assert len(first) == len(second) == 2 + len(COLUMNS)
    assert second[:3] == ["Q?", "today", "answered"]
    assert second[first.index("start")] == "3"


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_can_be_written(cell: str, quote: str) -> None:
    made = row((cell,), quote=quote)
    shown = as_csv(("question",), [made]).decode("utf-8-sig")
    _, line = csv.reader(io.StringIO(shown, newline=""))
    assert line[0].removeprefix("'") == cell or cell.startswith("'") or max(cell) >= "\ud800"
    assert load_workbook(io.BytesIO(as_workbook(("question",), [made]))).active.max_row == 2
