"""Sidecars: what they state overrides, what they cannot state is reported."""

import pytest

from retriever.records import Article, Failure, Published
from tests.corpus.conftest import Read

STATED = """
title = "The title"
author = "Jane Doe"
publisher = "The Example"
published = 2023-06-25
url = "https://news.example/1"
language = "en"
"""


def test_sidecar_overrides(read: Read) -> None:
    (article,) = read({"a.txt": "Another title\n\nThe text.", "a.txt.meta.toml": STATED})
    assert isinstance(article, Article)
    assert (article.title, article.author, article.publisher) == (
        "The title",
        "Jane Doe",
        "The Example",
    )
    assert (article.url, article.language) == ("https://news.example/1", "en")
    assert article.published == Published(value="2023-06-25", precision="day", source="sidecar")
    assert article.text == "The text."


def test_dates_may_be_less_exact(read: Read) -> None:
    (article,) = read({"a.txt": "The text.", "a.txt.meta.toml": 'published = "2023-06"'})
    assert isinstance(article, Article)
    assert article.published
    assert article.published.precision == "month"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("titel = 'A'", "has the key 'titel'; known here are title, author"),
        ("title = ", "is not valid TOML"),
        (b"title = '\xff'", "is not valid TOML"),
        ("title = 5", "has no text for title: '5'"),
        ("title = ' '", "has no text for title"),
        ("published = '2023-02-30'", "has a date that cannot be"),
        ("published = 'soon'", "has a date that cannot be"),
        ("published = [1]", "has a date that cannot be"),
        (f"title = {'9' * 5_000}", "is not valid TOML: Exceeds the limit"),
        (f"title = {'[' * 5_000}", "is not valid TOML"),
        ("#" * 70_000, "is larger than 65,536 bytes"),
    ],
)
def test_bad_sidecar_is_named_and_the_article_read(
    read: Read, content: str | bytes, reason: str
) -> None:
    failure, article = read({"a.txt": "The text.", "a.txt.meta.toml": content})
    assert isinstance(failure, Failure)
    assert failure.path == "a.txt.meta.toml"
    assert failure.reason.startswith(reason)
    assert isinstance(article, Article)
    assert article.title is None


def test_sidecar_of_many_articles_states_what_they_share(read: Read) -> None:
    files = {"a.jsonl": '{"text": "One."}\n{"text": "Two."}'}
    items = read(files | {"a.jsonl.meta.toml": 'publisher = "The Example"'})
    assert [getattr(item, "publisher", None) for item in items] == ["The Example"] * 2
    failure, *_ = read({"a.jsonl.meta.toml": 'title = "One for all"'})
    assert isinstance(failure, Failure)
    assert failure.reason == "has the key 'title'; known here are language, publisher"


def test_sidecar_without_its_file_is_reported(read: Read) -> None:
    items = read({"a.txt": "The text.", "b.txt.meta.toml": STATED})
    assert items[1] == Failure(path="b.txt.meta.toml", reason="describes b.txt, which is not there")


@pytest.mark.parametrize("stated", ["title = {}", "author = [{}]", "published = {}", "url = {}"])
def test_a_number_that_python_does_not_write_costs_the_sidecar_only(
    read: Read, stated: str
) -> None:
    """In hexadecimals it is read without a limit, and to show it is what breaks."""
    number = f"0x{'f' * 5_000}"
    failed, article = read({"a.txt": "The text.", "a.txt.meta.toml": stated.format(number)})
    assert isinstance(failed, Failure)
    assert "more digits than are read" in failed.reason
    assert isinstance(article, Article)
