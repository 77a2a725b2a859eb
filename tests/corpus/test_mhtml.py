"""Pages that a browser saved as one file."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from retriever.corpus.formats.webpage.mhtml import is_mhtml, open_mhtml
from retriever.records import Article, Failure
from tests.corpus.conftest import Read

GOLDEN = Path(__file__).parent / "golden"
RUSSIAN = "Порт закрыт в понедельник после самого сильного шторма, который здесь помнят люди. "
HEAD = "From: <Saved by Blink>\r\nSubject: A page\r\nMIME-Version: 1.0\r\n"


def saved(markup: bytes, *, charset: str, encoding: str) -> bytes:
    """Return a message as browsers write it: the page, a frame before it and a picture."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://news.example/2023/06/25/storm"
    message["Subject"] = "Storm"
    message.set_type("multipart/related")
    message.set_param("start", "<page@mhtml.blink>")
    frame = EmailMessage()
    frame.set_content("<p>An advertisement in a frame.</p>", subtype="html", cid="<frame@x>")
    page = EmailMessage()
    page.set_content(markup, "text", "html", cte=encoding, cid="<page@mhtml.blink>")
    page.set_param("charset", charset)
    picture = EmailMessage()
    picture.set_content(b"\x89PNG\r\n", "image", "png", cid="<picture@x>")
    for part in (frame, page, picture):
        message.attach(part)
    return message.as_bytes()


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
@pytest.mark.parametrize("name", ["storm.mhtml", "storm.MHT", "storm.html"])
def test_golden_page_is_read_the_same_from_mhtml(read: Read, encoding: str, name: str) -> None:
    markup = (GOLDEN / "storm.html").read_bytes()
    (article,) = read({name: saved(markup, charset="utf-8", encoding=encoding)})
    assert isinstance(article, Article)
    assert article.text == (GOLDEN / "storm.txt").read_text().rstrip("\n")
    assert article.title == "Storm closes the harbour for a third day"


def test_address_and_encoding_come_from_the_headers(read: Read) -> None:
    markup = f"<html><body><p>{RUSSIAN * 3}</p></body></html>".encode("koi8-r")
    (article,) = read({"a.mht": saved(markup, charset="koi8-r", encoding="base64")})
    assert isinstance(article, Article)
    assert article.text == (RUSSIAN * 3).strip()
    assert article.url == "https://news.example/2023/06/25/storm"
    assert article.publisher == "news.example"
    assert article.published
    assert (article.published.value, article.published.source) == ("2023-06-25", "address")


@pytest.mark.parametrize(
    "data",
    [
        f"{HEAD}Content-Type: text/plain\r\n\r\nHello.".encode(),
        f"{HEAD}Content-Type: multipart/related; boundary=b\r\n\r\n--b--\r\n".encode(),
        f"{HEAD}Content-Type: multipart/related\r\n\r\nno boundary".encode(),
        f"{HEAD}Content-Type: message/rfc822\r\n\r\n".encode(),
    ],
)
def test_message_without_a_page(read: Read, data: bytes) -> None:
    assert read({"a.mhtml": data}) == [
        Failure(path="a.mhtml", reason="is a mail message without a web page in it")
    ]


def test_parts_nested_without_end_are_no_page() -> None:
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(5_000)
    )
    assert open_mhtml(HEAD.encode() + nested) is None


def test_broken_transfer_encoding_gives_what_it_can(read: Read) -> None:
    data = f"{HEAD}Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n"
    (item,) = read({"a.mhtml": data})
    assert isinstance(item, Failure)


def test_markup_that_mentions_mime_is_markup() -> None:
    assert not is_mhtml(b"<p>\nMIME-Version: 1.0 is a header of mail.</p>")
    assert is_mhtml(HEAD.encode())
