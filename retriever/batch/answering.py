"""One row after the other: a question of a table, its answer, and the check of its first quote."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import zip_longest

from retriever.batch.questions import QuestionTable
from retriever.errors import QuestionError
from retriever.exporters.verification import verify_answer
from retriever.library import Index
from retriever.records import Filters, Outcome, Quote

FILTER_COLUMNS = ("publisher", "after", "before")
"""Columns of a table that say which articles may answer its row, as the options of ``ask`` do."""
NOTHING_ASKED = "Nothing was asked."
NOT_FOUND = "No answer to this was found in the articles."
NOT_ANSWERED = "error"  # the outcome of a question that cannot be asked


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredRow:
    """What is told of one question: the best quote with its source, or why there is none.

    ``cells`` are those of the table. ``quotes`` is how many quotes the answer has; ``check`` is the
    first one's standing when it is compared with the stored article once more: ``same``. Words that
    answer, the speaker, and what an article does not state are empty where they are not known.
    ``start`` and ``end`` are the place of the quote in ``article``.
    """

    question: str
    cells: tuple[str, ...]
    outcome: str
    quote: str = ""
    answering: str = ""
    speaker: str = ""
    source: str = ""
    publisher: str = ""
    date: str = ""
    address: str = ""
    refusal: str = ""
    check: str = ""
    quotes: int = 0
    article: str = ""
    start: int | None = None
    end: int | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the row as ``batch --json`` prints it."""
        told: dict[str, object] = {one.name: getattr(self, one.name) for one in fields(self)}
        return told | {"cells": [*self.cells]}


def answer_questions(
    index: Index, table: QuestionTable, *, done: Sequence[AnsweredRow] = ()
) -> Iterator[AnsweredRow]:
    """Yield a row for each row of the table, in its order; those ``done`` before are not asked.

    A question that cannot be asked has the reason as its refusal, and the others go on.
    """
    for cells, known in zip_longest(table.rows, done[: len(table.rows)]):
        yield known or answer_row(index, table, cells)


def answer_row(index: Index, table: QuestionTable, cells: tuple[str, ...]) -> AnsweredRow:
    """Return the row of one question, with the filters that its columns name."""
    question = table.question(cells)
    filters = Filters(**{name: table.value(cells, name) for name in FILTER_COLUMNS})
    try:
        answer = index.ask(question, filters=filters)
    except QuestionError as error:
        return AnsweredRow(question=question, cells=cells, outcome=NOT_ANSWERED, refusal=str(error))
    row = AnsweredRow(question=question, cells=cells, outcome=str(answer.outcome))
    if not answer.quotes:
        empty = answer.outcome is Outcome.EMPTY_QUESTION
        return replace(row, refusal=NOTHING_ASKED if empty else NOT_FOUND)
    first, *_ = verify_answer(answer.to_dict(), index.article, index.article_with_text)
    return replace(
        _with_quote(row, answer.quotes[0]), check=str(first.standing), quotes=len(answer.quotes)
    )


def _with_quote(row: AnsweredRow, quote: Quote) -> AnsweredRow:
    article, text = quote.article, quote.article.text
    return replace(
        row,
        quote=quote.text,
        answering=quote.answering.of(text) if quote.answering else "",
        speaker=quote.speaker.of(text) if quote.speaker else "",
        source=article.title or article.path,
        publisher=article.publisher or "",
        date=article.published.value if article.published else "",
        address=article.url or "",
        article=article.id,
        start=quote.start,
        end=quote.end,
    )
