"""Books: one article a chapter, and a bad chapter costs itself only."""

import pytest

from retriever.records import Article, Failure
from tests.corpus.conftest import Read
from tests.corpus.documents import epub, zipped


def test_chapters_are_articles_in_the_order_of_the_book(read: Read) -> None:
    chapters = {
        "b.xhtml": "<h1>Chapter One</h1><p>It began &mdash; at last.</p><h2>Later</h2><p>On.</p>",
        "a.xhtml": "<p>No heading here.</p>",
        "c.xhtml": "<h1>The Storm, a conclusion</h1><p>It ended.</p>",
    }
    items = read({"book.epub": epub(chapters, title="The Storm", publisher="Quay Press")})
    articles = [item for item in items if isinstance(item, Article)]
    assert [article.id.rpartition("/")[2] for article in articles] == [*chapters]
    assert [article.title for article in articles] == [
        "The Storm: Chapter One",
        "The Storm",
        "The Storm, a conclusion",
    ]
    assert articles[0].text == "It began — at last.\n\nLater\n\nOn."
    assert {(article.publisher, article.author) for article in articles} == {
        ("Quay Press", "Jane Doe")
    }


def test_book_without_a_publisher_is_its_own(read: Read) -> None:
    (article,) = read({"book.epub": epub({"a.xhtml": "<p>Text.</p>"}, title="The Daily")})
    assert isinstance(article, Article)
    assert article.publisher == "The Daily"


def test_bad_chapter_is_named_and_the_others_read(read: Read) -> None:
    items = read({"b.epub": epub({"a.xhtml": "<p>" * 5000, "b.xhtml": "<p>Text.</p>"})})
    failure, article = items
    assert isinstance(failure, Failure)
    assert failure.path == "b.epub/OEBPS/text/a.xhtml"
    assert isinstance(article, Article)


CONTAINER = b'<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>'
LOCKED = (
    b'<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:CipherData>'
    b'<enc:CipherReference URI="a.xhtml"/></enc:CipherData></enc:EncryptedData></encryption>'
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (zipped({"mimetype": b"application/epub+zip"}), "lacks its part META-INF/container.xml"),
        (zipped({"META-INF/container.xml": b"<container/>"}), "names no package"),
        (zipped({"META-INF/container.xml": CONTAINER}), "lacks its part a.opf"),
        (
            zipped({"META-INF/container.xml": CONTAINER, "a.opf": b"<package/>"}),
            "lists no chapters",
        ),
        (zipped({"META-INF/encryption.xml": LOCKED}), "is locked against copying"),
        (epub()[:900], "is not a whole zip archive"),
    ],
)
def test_bad_books_are_failures(read: Read, content: bytes, reason: str) -> None:
    (failure,) = read({"a.epub": content})
    assert isinstance(failure, Failure)
    assert failure.reason.startswith(reason)
