"""Answered rows as CSV and as an Excel workbook in which nothing is a formula.

In CSV, which knows no text, what begins like one gets an apostrophe in front; in a workbook every
cell is text.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from retriever.batch.answering import AnsweredRow
from retriever.exporters.spreadsheet_cells import without_formula

COLUMNS = (
    *("outcome", "quote", "answering", "speaker", "source", "publisher", "date", "address"),
    *("refusal", "check", "quotes", "article", "start", "end"),
)
"""The columns behind those of the questions, in order; :class:`AnsweredRow` says what they hold."""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL = 32_767  # characters of a cell in Excel
_WIDE = {"quote": 60, "question": 40, "source": 36, "answering": 24}


def as_csv(columns: Sequence[str], rows: Iterable[AnsweredRow]) -> bytes:
    """Return the rows as CSV in UTF-8, with a mark that tells Excel so, every cell in quotes."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, quoting=csv.QUOTE_ALL)
    for cells in _lines(columns, rows):
        writer.writerow([without_formula(cell) for cell in cells])
    return held.getvalue().encode("utf-8-sig", "replace")


def as_workbook(columns: Sequence[str], rows: Iterable[AnsweredRow]) -> bytes:
    """Return the rows as an Excel workbook of one sheet; places are numbers, all else is text."""
    from openpyxl import Workbook  # noqa: PLC0415  # takes 0.2 s
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Answers")
    sheet.freeze_panes = "A2"
    for line, cells in enumerate(_lines(columns, rows)):
        if line == 0:
            for n, name in enumerate(cells, 1):
                sheet.column_dimensions[get_column_letter(n)].width = _WIDE.get(str(name), 16)
        written = []
        for value in cells:
            cell = WriteOnlyCell(sheet, value if isinstance(value, int) else _text(value))
            if not isinstance(value, int):
                cell.data_type = "s"  # or what begins with = would be a formula
            if line == 0:
                cell.font = Font(bold=True)
            written.append(cell)
        sheet.append(written)
    held = io.BytesIO()
    workbook.save(held)
    return held.getvalue()


TABLE_FORMATS: dict[str, Callable[[Sequence[str], Iterable[AnsweredRow]], bytes]] = {
    "csv": as_csv,
    "xlsx": as_workbook,
}
"""What makes a table of each format, by the ending of its name."""


def _lines(columns: Sequence[str], rows: Iterable[AnsweredRow]) -> Iterator[Sequence[str | int]]:
    """Yield the headings, then the cells of each row, those of the questions first."""
    taken = {name.strip().casefold() for name in columns}
    yield [*columns, *(f"answer {name}" if name in taken else name for name in COLUMNS)]
    for row in rows:
        told = (getattr(row, name) for name in COLUMNS)
        yield [*row.cells, *("" if value is None else value for value in told)]


def _text(value: str) -> str:
    """Return what a workbook can hold of a text."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", value)[:_LONGEST_CELL]
