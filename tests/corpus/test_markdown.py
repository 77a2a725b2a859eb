"""Markdown: front matter by the names people use, and the words of what is marked up."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from retriever.records import Article
from tests.corpus.conftest import Read

ReadOne = Callable[[str], Article]


@pytest.fixture
def markdown(read: Read) -> ReadOne:
    """Return a function that reads one Markdown text as an article."""

    def read_markdown(content: str) -> Article:
        (article,) = read({"a.md": content})
        assert isinstance(article, Article), article
        return article

    return read_markdown


def test_front_matter_of_a_web_clipper(markdown: ReadOne) -> None:
    article = markdown(
        '---\ntitle: "Storm: the harbour"\nsource: "https://news.example/storm"\nauthor:\n'
        '  - "[[Jane Doe]]"\n  - "[[John Roe]]"\npublished: 2023-06-25\ncreated: 2024-01-01\n'
        "tags:\n  - clippings\n---\nThe text.\n"
    )
    assert article.title == "Storm: the harbour"
    assert article.authors == ("Jane Doe", "John Roe")
    assert article.url == "https://news.example/storm"
    assert article.publisher == "news.example"
    assert article.published is not None
    assert (article.published.value, article.published.source) == (
        "2023-06-25",
        "front matter published",
    )
    assert article.text == "The text."


def test_toml_front_matter(markdown: ReadOne) -> None:
    article = markdown('+++\ntitle = "T"\ndate = 2023-06-25T10:00:00Z\nlang = "no"\n+++\nThe text.')
    assert article.published is not None
    assert (article.title, article.published.value, article.language) == ("T", "2023-06-25", "no")


def test_scalars_stay_the_words_they_are(markdown: ReadOne) -> None:
    article = markdown("---\nlang: no\ntitle: 2001\n---\nThe text.")
    assert (article.language, article.title) == ("no", "2001")


def test_without_front_matter_head_lines_are_read_as_in_plain_text(markdown: ReadOne) -> None:
    article = markdown("# Storm closes the harbour\n\nBy Jane Doe\n\nJune 25, 2023\n\nThe text.\n")
    assert article.published is not None
    assert (article.title, article.author, article.published.value, article.text) == (
        "Storm closes the harbour",
        "Jane Doe",
        "2023-06-25",
        "The text.",
    )


def test_words_of_marked_up_text_stay(markdown: ReadOne) -> None:
    article = markdown(
        '# T\n\nThe [old *crane*](https://x.example "title") fell. ![a picture](p.png)\n\n'
        "## Next\n\n- One\n- **Two**\n\n> Quoted.\n\n```python\nif x:\n    y  = 1\n```\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\nA line<br>break &amp; more\\*.\n"
    )
    assert article.text == (
        "The old crane fell.\n\nNext\n\nOne\nTwo\n\nQuoted.\n\nif x:\n    y  = 1\n\na b\n1 2\n\n"
        "A line\nbreak & more*."
    )
    assert [span.of(article.text) for span in article.headings] == ["Next"]


@pytest.mark.parametrize(
    "content",
    [
        "---\n\nFirst: a rule above the text.\n\n---\n\nThe text.",
        "---\n[not: closed\n---\nThe text.",
        "---\n- a list\n---\nThe text.",
        "+++\nno toml\n+++\nThe text.",
    ],
)
def test_what_is_no_front_matter_stays_in_the_text(markdown: ReadOne, content: str) -> None:
    article = markdown(content)
    assert article.text.endswith("The text.")
    assert article.title or article.text != "The text."


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("<Video Shopping Mall Inc> rose.", "<Video Shopping Mall Inc> rose."),
        ("Shares of <BP> rose.", "Shares of <BP> rose."),
        ('A <span class="x">word</span> stays.<!-- gone -->', "A word stays."),
        ('<div align="center">\n\nIn the middle.\n\n</div>', "In the middle."),
        ("2 < 3 and 4 > 3.", "2 < 3 and 4 > 3."),
    ],
)
def test_only_real_tags_are_markup(markdown: ReadOne, written: str, words: str) -> None:
    assert markdown(written).text == words


@pytest.mark.parametrize(
    ("date", "warned"), [("2023-02-30", True), ("9999-01-01", True), ("soon", True), ('""', False)]
)
def test_impossible_and_future_dates_are_told_and_not_used(
    markdown: ReadOne, date: str, *, warned: bool
) -> None:
    article = markdown(f"---\ndate: {date}\n---\nThe text.")
    assert article.published is None
    assert bool(article.warnings) is warned


def test_yaml_that_refers_to_itself_is_no_bomb(markdown: ReadOne) -> None:
    lines = ["a: &a [x, x]"] + [f"{b}: &{b} [*{a}, *{a}]" for a, b in pairwise("abcdefghi")]
    assert markdown("---\n" + "\n".join(lines) + "\ntitle: T\n---\nThe text.").title == "T"
