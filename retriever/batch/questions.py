"""A table of questions as people keep it: CSV with any delimiter, Excel, or a question a line."""

import csv
import io
import os
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from retriever.corpus.article.composing import one_line
from retriever.corpus.decoding import decode
from retriever.errors import TableError, UnreadableError

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

LARGEST_TABLE = 50_000_000
"""Bytes of the file of a table, and ten times as many that one of Excel may expand to."""
MOST_COLUMNS = 200
_EXPANDED = 10 * LARGEST_TABLE
_DELIMITERS = ",;\t|"
_SAMPLE, _ROWS_COMPARED = 20_000, 50  # characters and rows that tell the delimiter
_STATED_DELIMITER = re.compile(r"\"?sep=(?P<delimiter>[,;\t|])\"?\n", re.IGNORECASE)
_NOT_CLOSED = "unexpected end of data"  # as csv has it
_QUESTION = frozenset({"question", "questions"})
# What ends a question, of half and full width and in Arabic.
_ASKING = ("?", "\uff1f", "\u061f")
_HEADING = 3  # words: a first cell of more is a question
_LARGEST_FIELD = 1_000_000  # characters; csv stops at 131,072


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionTable:
    """Rows of cells under ``columns``, and which column holds the question.

    Every row has as many cells as there are columns; rows without any content are left out.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    question_column: int

    def question(self, row: Sequence[str]) -> str:
        """Return the question of a row."""
        return row[self.question_column].strip()

    def value(self, row: Sequence[str], column: str) -> str | None:
        """Return what a row holds in the first column of this name, if anything."""
        names = [name.strip().casefold() for name in self.columns]
        return row[names.index(column)].strip() or None if column in names else None


def read_questions(file: Path, *, name: str | None = None) -> QuestionTable:
    """Return the questions in a file; ``name``, if not the file's own, says what it is.

    ``.xlsx`` is the first filled sheet of a workbook, ``.txt`` a question a line, ``.csv`` any CSV.
    Questions are in the column named "question", else in the one where most cells end in a
    question mark, else in the first. The first row names the columns where one of its cells is
    "question", or its cell above the questions is none and the one below is.

    :raises TableError: when it is too large, of another format, or holds no question.
    """
    name = name or file.name
    try:
        if file.stat().st_size > LARGEST_TABLE:
            raise TableError(f"{one_line(name)} is larger than {LARGEST_TABLE:,} bytes; split it")
        rows = _rows_of(file, name.lower())
    except UnreadableError as error:
        raise TableError(f"{one_line(name)} {error}") from error
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else error
        raise TableError(f"cannot read {one_line(name)}: {reason}") from error
    table = _table(rows)
    if not any(map(table.question, table.rows)):
        raise TableError(
            f"{one_line(name)} holds no question; give a column named question, or a line each"
        )
    return table


def table_of(questions: Iterable[str]) -> QuestionTable:
    """Return a table of nothing but questions."""
    return QuestionTable(
        columns=("question",), rows=tuple((one,) for one in questions), question_column=0
    )


def _rows_of(file: Path, name: str) -> list[list[str]]:
    if name.endswith((".xlsx", ".xlsm")):
        return _sheet(file)
    if not name.endswith((".csv", ".tsv", ".txt", ".text")):
        raise UnreadableError("is not one of .csv, .tsv, .txt, .xlsx")
    text = decode(file.read_bytes() or b" ").replace("\r\n", "\n").replace("\r", "\n")
    if name.endswith((".txt", ".text")):
        return [["question"], *([line] for line in text.split("\n"))]
    return _separated(text)


def _separated(text: str) -> list[list[str]]:
    """Return the rows of CSV; a line is one cell where its first line has no delimiter.

    So it is where every line ends as a question does: what has commas there is one all the same.
    """
    text = text.lstrip("\n")
    if stated := _STATED_DELIMITER.match(text):  # as Excel writes it
        return _cells(text[stated.end() :], stated["delimiter"])
    first = text.partition("\n")[0]
    if '"' not in text and (
        not any(delimiter in first for delimiter in _DELIMITERS) or _are_questions(text)
    ):
        return [[line] for line in text.split("\n")]
    return _cells(text, max(_DELIMITERS, key=lambda one: _evenness(text[:_SAMPLE], one)))


def _are_questions(text: str) -> bool:
    return all(line.rstrip().endswith(_ASKING) for line in text.split("\n") if line.strip())


def _cells(text: str, delimiter: str) -> list[list[str]]:
    """Return the rows of CSV with a delimiter.

    :raises UnreadableError: when a cell is too large, or a quotation mark is never closed.
    """
    limit = csv.field_size_limit(_LARGEST_FIELD)
    try:
        try:
            return [*csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)]
        except csv.Error as error:
            if str(error) == _NOT_CLOSED:  # else all behind the mark would be one question
                raise
        return [*csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        told = "a quotation mark is not closed" if str(error) == _NOT_CLOSED else error
        raise UnreadableError(f"is no table: {told}") from error
    finally:
        csv.field_size_limit(limit)


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    """Return how many of the first rows have as many cells as the first one, and how many it has.

    The Sniffer of csv takes 5 s for 20 kB of quotation marks.
    """
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    widths = [len(row) for row in islice(rows, _ROWS_COMPARED) if row]
    if not widths or widths[0] == 1:
        return 0.0, 0
    return widths.count(widths[0]) / len(widths), widths[0]


def _sheet(file: Path) -> list[list[str]]:
    """Return the rows of the first sheet that holds any, formulas as what they last gave."""
    from openpyxl import load_workbook  # noqa: PLC0415  # takes 0.2 s

    try:
        _require_size(file)
        with file.open("rb") as stream:  # or openpyxl would want an ending of its own
            workbook = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            sheets = (_rows_of_sheet(sheet) for sheet in workbook.worksheets)
            return next(filter(None, sheets), [])
    except UnreadableError:
        raise
    except MemoryError as error:
        raise UnreadableError("needs more memory than there is") from error
    except Exception as error:  # openpyxl raises whatever its parts do on what is no workbook
        raise UnreadableError(f"is no workbook that can be read: {type(error).__name__}") from error


def _rows_of_sheet(sheet: "ReadOnlyWorksheet") -> list[list[str]]:
    rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)
    told = [_without_empty_end([*map(_cell_text, row)]) for row in rows]
    return told if any(told) else []


def _require_size(workbook: Path) -> None:
    with zipfile.ZipFile(workbook) as archive:
        if sum(member.file_size for member in archive.infolist()) > _EXPANDED:
            raise UnreadableError(f"expands to more than {_EXPANDED:,} bytes")


def _without_empty_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    return str(value)


def _table(rows: Sequence[Sequence[str]]) -> QuestionTable:
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    width = max(map(len, filled), default=0)
    padded = [tuple(row) + ("",) * (width - len(row)) for row in filled]
    names = [cell.strip().casefold() for cell in padded[0]] if padded else []
    named = next((n for n, name in enumerate(names) if name in _QUESTION), None)
    asked = _asked_column(padded) if named is None else named
    if named is None and not _are_headings([row[asked] for row in padded[:2]]):
        columns = tuple(f"column {n + 1}" if n != asked else "question" for n in range(width))
        return QuestionTable(columns=columns, rows=tuple(padded), question_column=asked)
    return QuestionTable(columns=padded[0], rows=tuple(padded[1:]), question_column=asked)


def _asked_column(rows: Sequence[Sequence[str]]) -> int:
    """Return the column in which most cells end as questions do, the first of equals."""
    columns = zip(*rows, strict=True)
    asking = [sum(map(_is_asking, column)) for column in columns]
    return asking.index(max(asking)) if asking else 0


def _is_asking(cell: str) -> bool:
    """Tell whether a cell ends as a question and is not the rest of one that held a comma."""
    is_rest = cell[:1].isspace() and cell.lstrip()[:1].islower()
    return cell.rstrip().endswith(_ASKING) and not is_rest


def _are_headings(cells: Sequence[str]) -> bool:
    """Tell whether the first of a column's cells is its heading, where none is "question"."""
    if len(cells) < 2:
        return False
    first, second = cells
    asks = any(mark in first for mark in _ASKING)
    return not asks and len(first.split()) <= _HEADING < len(second.split())
