"""Word documents: tables, lists, tracked changes, and what properties are worth."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from docx import Document
from docx.document import Document as WordDocument

from retriever.records import Article, Failure
from tests.corpus.conftest import Read
from tests.corpus.documents import word, zipped


def saved(fill: Callable[[WordDocument], object]) -> bytes:
    """Return a document that ``fill`` wrote into."""
    document, stream = Document(), io.BytesIO()
    fill(document)
    document.save(stream)
    return stream.getvalue()


def with_body(body: str) -> bytes:
    """Return a document with this XML as its body."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    old = zipfile.ZipFile(io.BytesIO(saved(lambda _: None)))
    parts = {name: old.read(name) for name in old.namelist()}
    content = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return zipped(parts | {"word/document.xml": content.encode()})


def only(items: list[Article | Failure]) -> Article:
    """Return the one article."""
    (article,) = items
    assert isinstance(article, Article), article
    return article


def test_lists_and_tables_stay_in_their_place(read: Read) -> None:
    def fill(document: WordDocument) -> None:
        document.add_paragraph("Above.")
        document.add_paragraph("One", style="List Bullet")
        document.add_paragraph("Two", style="List Bullet")
        table = document.add_table(rows=2, cols=2)
        for number, cell in enumerate(table._cells):
            cell.text = f"c{number}"
        document.add_paragraph("Below.")

    article = only(read({"a.docx": saved(fill)}))
    assert article.text == "Above.\n\nOne\nTwo\n\nc0 c1\nc2 c3\n\nBelow."


def test_tracked_changes_read_as_accepted(read: Read) -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    body = (
        "<w:p>" + run.format("Nobody was ") + "<w:del w:id='1'><w:r><w:delText>badly </w:delText>"
        "</w:r></w:del><w:ins w:id='2'>"
        + run.format("hurt")
        + "</w:ins>"
        + run.format(".")
        + "</w:p>"
        "<w:sdt><w:sdtContent><w:p>" + run.format("In a control.") + "</w:p></w:sdtContent></w:sdt>"
    )
    assert only(read({"a.docx": with_body(body)})).text == "Nobody was hurt.\n\nIn a control."


def test_properties_complete_what_the_text_does_not_say(read: Read) -> None:
    def fill(document: WordDocument) -> None:
        document.add_paragraph("The text.")
        properties = document.core_properties
        properties.title, properties.author = "Storm", "Jane Doe; John Roe"
        properties.created = datetime(2023, 6, 25, tzinfo=UTC)

    article = only(read({"a.docx": saved(fill)}))
    assert (article.title, article.authors) == ("Storm", ("Jane Doe", "John Roe"))
    assert article.published is not None
    assert article.published.source == "docx created"
    assert article.warnings


def test_what_the_template_says_is_not_believed(read: Read) -> None:
    article = only(read({"a.docx": saved(lambda document: document.add_paragraph("The text."))}))
    assert (article.title, article.author, article.published) == (None, None, None)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "is locked with a password, or no Word"),
        (word()[:3000], "is not a whole zip archive"),
        (zipped({"a.txt": b"x"}), "is not a whole Word document"),
        (saved(lambda _: None), "holds no text"),
        (zipped({"word/document.xml": bytes(150_000_000)}), "unfolds to"),
        (with_body("<w:p>" * 5000), "is not a whole Word document"),
    ],
)
def test_bad_documents_are_failures(read: Read, content: bytes, reason: str) -> None:
    (failure,) = read({"a.docx": content})
    assert isinstance(failure, Failure)
    assert failure.reason.startswith(reason)


def test_footnotes_end_the_text_and_are_tied_to_their_marks(read: Read) -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    mark = "<w:r><w:footnoteReference w:id='{}'/></w:r>"
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = "".join(
        f"<w:p>{run.format(words)}{mark.format(n)}</w:p>"
        for words, n in (("It closed.", 7), ("It opened.", 3))
    )
    note = "<w:footnote w:id='{}'><w:p><w:r><w:footnoteRef/></w:r>{}</w:p></w:footnote>"
    notes = note.format(3, run.format("The Example, 2020")) + note.format(7, run.format("A letter"))
    old = zipfile.ZipFile(io.BytesIO(with_body(body)))
    parts = {name: old.read(name) for name in old.namelist()}
    relations = "word/_rels/document.xml.rels"
    link = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    parts[relations] = parts[relations].replace(b"</Relationships>", link.encode())
    types = "[Content_Types].xml"
    override = '<Override PartName="/word/footnotes.xml" ContentType="application/xml"/></Types>'
    parts[types] = parts[types].replace(b"</Types>", override.encode())
    parts["word/footnotes.xml"] = f"<w:footnotes {space}>{notes}</w:footnotes>".encode()
    article = only(read({"a.docx": zipped(parts)}))
    assert article.text == ("It closed.[1]\n\nIt opened.[2]\n\n[1] A letter\n[2] The Example, 2020")
    assert [note.source.of(article.text) for note in article.footnotes] == [
        "A letter",
        "The Example, 2020",
    ]
    assert [[mark.of(article.text) for mark in note.marks] for note in article.footnotes] == [
        ["[1]"],
        ["[2]"],
    ]
