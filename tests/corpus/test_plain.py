"""Plain text as a whole, and what cannot be read as such."""

import pytest
from hypothesis import HealthCheck, given, settings

from retriever.corpus.cleaning import clean
from retriever.corpus.formats import plain
from retriever.records import Article, Failure
from tests.corpus.conftest import Read
from tests.strategies import line_texts


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=line_texts)
def test_any_text_is_read_or_refused(text: str, read: Read) -> None:
    (item,) = read({"a.txt": text.encode("utf-8", "surrogatepass")})
    if isinstance(item, Article):
        assert item.text
        assert clean(item.text) == item.text
        for span in (*item.headings, *(note.entry for note in item.footnotes)):
            assert span.of(item.text).strip()


def test_id_is_the_path(read: Read) -> None:
    (article,) = read({"news/a.txt": "The text."})
    assert isinstance(article, Article)
    assert (article.id, article.path) == ("news/a.txt", "news/a.txt")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n \n", "holds no text of an article"),
        (b"Advertisement\n", "holds no text of an article"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "holds binary data, not text"),
    ],
)
def test_file_without_an_article_is_a_failure(read: Read, content: bytes, reason: str) -> None:
    assert read({"a.txt": content}) == [Failure(path="a.txt", reason=reason)]


def test_file_over_the_limit_is_a_failure(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "LARGEST_ARTICLE", 10)
    assert read({"a.txt": "Eleven char"}) == [
        Failure(path="a.txt", reason="is larger than 10 bytes; split it into articles")
    ]


def test_one_line_of_a_million_characters_is_read(read: Read) -> None:
    (article,) = read({"a.txt": "abcd " * 200_000})
    assert isinstance(article, Article)
    assert len(article.text) == 1_000_000 - 1
