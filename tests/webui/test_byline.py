"""What an article is called and how it is linked to, whatever its source says of it."""

from collections.abc import Callable
from typing import Any

import pytest

from retriever import Span, display_name
from webui.byline import make_byline, place_key, read_place_key, read_span, safe_link

Make = Callable[..., Any]


@pytest.mark.parametrize(
    "article_id", ["a", "a:1-2", "a b/ü.txt", "\0\r\n<\"'>", "\ud800", "%41", ""]
)
def test_a_place_comes_back_from_its_key(article_id: str) -> None:
    """Whatever an article is called, also with what a page cannot hold."""
    key = place_key(article_id, 3, 14)
    assert key.isascii()
    assert key.isprintable()
    assert read_place_key(key) == (article_id, 3, 14)


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org/a",
        "https://",
        "http:javascript:alert(1)",
        "https://[::1/a",
        "example.org",
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    """Only web addresses become links."""
    assert safe_link(url) is None


def test_a_link_leads_to_the_sentence() -> None:
    """A link leads to the sentence."""
    url = "https://example.org/a?b=1"
    assert safe_link(url) == url
    assert safe_link(url, quoted="One-two, three & four.") == (
        f"{url}#:~:text=One%2Dtwo%2C%20three%20%26%20four."
    )
    assert safe_link(f"{url}#part", quoted="One.") == f"{url}#part:~:text=One."
    words = " ".join(f"w{place}" for place in range(20))
    assert safe_link(url, quoted=words) == (
        f"{url}#:~:text=w0%20w1%20w2%20w3%20w4,w15%20w16%20w17%20w18%20w19"
    )


def test_an_article_without_metadata_says_so(make_article: Make) -> None:
    """An article without metadata says so."""
    byline = make_byline(make_article("Text.", url="javascript:alert(1)"))
    assert (byline.title, byline.date, byline.link, byline.path) == (
        None,
        "undated",
        None,
        "article.txt",
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Short.", "Untitled, beginning “Short.”"),
        ("\n\n Two  words\n", "Untitled, beginning “Two words”"),
        ("word " * 40, "Untitled, beginning “" + "word " * 10 + "word…”"),
        ("字" * 80, "Untitled, beginning “" + "字" * 60 + "…”"),
        ("", "Untitled, beginning “”"),
    ],
)
def test_an_article_without_a_title_is_known_by_its_first_words(
    make_article: Make, text: str, name: str
) -> None:
    """Said to be none, so that nobody cites them as a title; references keep to the file."""
    assert display_name(make_article(text)) == name
    assert display_name(make_article(text, title="A Title")) == "A Title"


@pytest.mark.parametrize("value", [None, 3, "", "7", "3-", "a-b", "-3-4", "3-4 ", "٣-٤", "3-4-5"])
def test_what_names_no_span_is_none(value: object) -> None:
    """What names no span is none."""
    assert read_span(value) is None
    assert read_span("3-14") == Span(start=3, end=14)
