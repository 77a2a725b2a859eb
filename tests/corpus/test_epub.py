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


EPUB = 'xmlns:epub="http://www.idpf.org/2007/ops"'
REF = f'<a {EPUB} epub:type="noteref" href="#{{0}}">{{1}}</a>'


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f'<p>It sank on <span {EPUB} epub:type="pagebreak">88</span>Friday.</p>', "on Friday."),
        ('<p>It sank on <a role="doc-pagebreak" id="p9"/>Friday.</p>', "on Friday."),
        (f'<p>One.</p><div {EPUB} epub:type="pagebreak" title="9">9</div><p>Two.</p>', "One.\n\nT"),
        (f"<p>He left.{REF.format('x', '*')}</p>", "He left.*"),
        (
            f"<p>He left.{REF.format('n', '3')}</p>"
            f'<aside {EPUB} epub:type="footnote" id="n"><p>3. A letter.</p></aside><p>End.</p>',
            "He left.[3]\n\nEnd.\n\n[3] A letter.",
        ),
        (
            f"<p>He left.<sup>{REF.format('n', '[1]')}</sup></p>"
            '<div role="doc-footnote" id="n"><p>A <i>log</i>. <a role="doc-backlink" href="#r">'
            "back</a></p></div>",
            "He left.[1]\n\n[1] A log.",
        ),
        (
            f"<p>He left.{REF.format('b', '2')} And so on.{REF.format('a', '1')}</p>"
            f'<ol {EPUB} epub:type="endnotes"><li id="a" role="doc-endnote"><p>1 May, a log.</p>'
            '</li><li id="b" role="doc-endnote"><p>A map.</p></li></ol>',
            "He left.[2] And so on.[1]\n\n[1] 1 May, a log.\n\n[2] A map.",
        ),
    ],
)
def test_pages_and_notes_of_books(read: Read, body: str, text: str) -> None:
    (article,) = read({"a.epub": epub({"a.xhtml": f"<h1>One</h1>{body}"})})
    assert isinstance(article, Article)
    assert text in article.text
    assert "88" not in article.text
    marked = {note.label for note in article.footnotes if note.marks}
    assert marked == {number for number in "123" if f"\n[{number}] " in article.text}
