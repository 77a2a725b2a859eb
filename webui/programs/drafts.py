"""Checking drafts and asking lists of questions, for programs: endpoints and tools."""

from typing import Any

from retriever import Index, QuestionError, QuestionTable, answer_questions

MOST_ROWS = 100
"""Questions of one call, which answers them all before it returns."""
_QUESTION = "question"


class DraftActions:
    """The actions on drafts and lists over an index; errors as in ``endpoints.Actions``.

    The docstrings are what an API's reader and a language model see.
    """

    def __init__(self, index: Index) -> None:
        """Check against this index."""
        self._index = index

    def check_draft(self, text: str) -> dict[str, Any]:
        """Check every quotation in a draft against the articles, word for word.

        Args:
            text: The draft, in at most 1,000,000 characters. What stands in quotation marks of any
                kind, or in lines that begin with ">", is a quotation.

        Returns:
            holds, true only if all are exact; counts; and of each of quotations its verdict: exact,
            nearly (differences has the draft's words beside the source's), nowhere, or unchecked.
            place is the article and where in it the words stand, in parts where something is left
            out. other_speaker is true where the article surely names another speaker than the
            draft. tolerated says what may differ in an exact quotation.
        """
        return self._index.check_draft(text).to_dict()

    def batch(self, rows: list[dict[str, str]]) -> dict[str, Any]:
        """Answer a list of questions, the best quote of each.

        Args:
            rows: At most 100, each {"question": text}, with publisher, after and before where only
                such articles shall answer; what else a row holds comes back in cells.

        Returns:
            rows: of each the outcome, quote, answering words, speaker, source, publisher, date,
            address, refusal, check ("same" if the quote stands as stored), and its place.
        """
        if len(rows) > MOST_ROWS:
            raise QuestionError(f"{len(rows):,} rows are too many; send at most {MOST_ROWS}")
        columns = tuple(dict.fromkeys([_QUESTION, *(name for row in rows for name in row)]))
        table = QuestionTable(
            columns=columns,
            rows=tuple(tuple(row.get(name, "") for name in columns) for row in rows),
            question_column=0,
        )
        return {"rows": [row.to_dict() for row in answer_questions(self._index, table)]}


DRAFT_NAMES = ("check_draft", "batch")
