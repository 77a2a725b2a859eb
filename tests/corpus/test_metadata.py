"""Headline, author and date: taken where they are stated, never invented."""

from collections.abc import Callable

import pytest

from retriever.records import Article, Published

BODY = "The harbour was closed on Monday after the worst storm that anyone remembers."
STANDFIRST = (
    "Ships wait in the roads for the wind to turn, the mayor counts the damage and nobody can say"
    " when the north pier will open again"
)
ReadOne = Callable[[str], Article]


def test_headline_is_taken_out_with_its_repetition(read_one: ReadOne) -> None:
    article = read_one(
        f"Storm closes the harbour\n\n{BODY}\n\nStorm Closes the Harbour\n\nThe end."
    )
    assert article.title == "Storm closes the harbour"
    assert article.text == f"{BODY}\n\nThe end."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(BODY, id="a sentence"),
        pytest.param(f"{BODY}\n\nAnother sentence.", id="sentences"),
        pytest.param("A line\nanother line\na third", id="no body"),
        pytest.param(f"CNN —\n\n{BODY}", id="a dateline"),
        pytest.param(f"the harbour\n\n{BODY}", id="lower case"),
        pytest.param(f"The harbour was closed on Monday after\nthe storm. {BODY}", id="goes on"),
        pytest.param(f"Jane Doe and John A. Smith, The Example\n\n{BODY}", id="names"),
        pytest.param(f"[1] Smith\n\n{BODY}", id="a note"),
        pytest.param(f"Jane Doe, @janedoe, The Example\n\n{BODY}", id="a byline"),
        pytest.param(f"A version of this story was sent as a letter\n\n{BODY}", id="a remark"),
        pytest.param(f"{STANDFIRST}\n\n{BODY}", id="a standfirst"),
    ],
)
def test_text_without_headline_has_no_title_and_loses_nothing(read_one: ReadOne, text: str) -> None:
    article = read_one(text)
    assert article.title is None
    assert article.text == text


@pytest.mark.parametrize(
    ("line", "value", "precision"),
    [
        ("Published June 25, 2023", "2023-06-25", "day"),
        ("Published: Sunday, 25 June 2023, 10:30 a.m. EST", "2023-06-25", "day"),
        ("25 June 2023", "2023-06-25", "day"),
        ("Sept. 5th, 2023", "2023-09-05", "day"),
        ("2023-06-25", "2023-06-25", "day"),
        ("June 2023", "2023-06", "month"),
        ("Posted on June 25, 2023 | Updated June 27, 2023", "2023-06-25", "day"),
    ],
)
def test_date_line(read_one: ReadOne, line: str, value: str, precision: str) -> None:
    article = read_one(f"Storm closes the harbour\n{line}\n\n{BODY}")
    assert article.published == Published(
        value=value,
        precision=precision,  # type: ignore[arg-type]  # one of three words
        source="text: date line",
    )
    assert article.title == "Storm closes the harbour"
    assert article.text == BODY


@pytest.mark.parametrize(
    "line",
    [
        "Ships wait outside the harbour of Example, June 25, 2023.",
        "The storm came on June 25, 2023",
        "Updated June 25, 2023",
        "June 31, 2023",
        "6/7/2023",
    ],
)
def test_other_dates_are_no_publication_dates(read_one: ReadOne, line: str) -> None:
    article = read_one(f"Storm closes the harbour\n\n{line}\n\n{BODY}")
    assert article.published is None
    assert line in article.text


def test_dateline(read_one: ReadOne) -> None:
    article = read_one(f"BEIJING, June 25, 2023 (Reuters) - {BODY}")
    assert article.published == Published(
        value="2023-06-25", precision="day", source="text: dateline"
    )
    assert article.text.startswith("BEIJING")


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("By Jane Doe and John A. O’Neill", "Jane Doe and John A. O’Neill"),
        ("By Jane van Doe, Associated Press", "Jane van Doe, Associated Press"),
        ("By Jane Doe | June 25, 2023", "Jane Doe"),
        ("By the time it was over", None),
        ("By Sunday the storm had passed, he said", None),
    ],
)
def test_byline(read_one: ReadOne, line: str, author: str | None) -> None:
    article = read_one(f"Storm closes the harbour\n{line}\n\n{BODY}")
    assert article.author == author
    assert (line in article.text) == (author is None)
    assert (article.published is not None) == ("2023" in line)
