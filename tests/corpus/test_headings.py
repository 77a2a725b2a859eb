"""Headings between paragraphs."""

import pytest

from retriever.corpus.article.headings import find_headings


def headings(text: str) -> list[str]:
    return [span.of(text) for span in find_headings(text)]


def test_short_line_between_paragraphs_is_a_heading() -> None:
    text = "One.\n\nA heading\n\nTwo. “More.”\nWhat now?\nThe rest.[1]\n2023 in review\nEnd."
    assert headings(text) == ["A heading", "What now?", "2023 in review"]


@pytest.mark.parametrize(
    "line",
    [
        "a lower-case line",
        "A sentence.",
        "Jane Doe/Getty Images",
        "Photo by Jane Doe",
        "“A quotation”",
        "- An item",
        "MORE: Another storm",
        "1. An item",
        "https://news.example",
        "A long line " * 10,
    ],
)
def test_other_lines_are_none(line: str) -> None:
    assert headings(f"One thing.\n{line}\nThe text.") == []


def test_lists_of_short_lines_are_none() -> None:
    assert headings("The parties.\nReds\nGreens\nBlues\nThe end.") == []
