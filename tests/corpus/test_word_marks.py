"""Word documents: notes, tables in tables, ruby, and what stands higher, lower or not at all."""

import io
import zipfile

import pytest

from retriever.records import Article
from tests.corpus.conftest import Read
from tests.corpus.documents import zipped
from tests.corpus.test_word import only, with_body

RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
OFFICE = "http://schemas.openxmlformats.org"
WORD = f"{OFFICE}/wordprocessingml/2006/main"
MATH = f"xmlns:m='{OFFICE}/officeDocument/2006/math'"


def run(words: str, properties: str = "") -> str:
    """Return a run of text."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>"


def row(*cells: str) -> str:
    """Return a row of a table."""
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def par(*words: str) -> str:
    """Return a paragraph."""
    return f"<w:p>{''.join(RUN.format(one) for one in words)}</w:p>"


DEEP = f"<w:tbl>{row(par('deep'))}</w:tbl>"


def with_notes(body: str, kind: str, notes: dict[int, str]) -> dict[str, bytes]:
    """Return the parts of a document whose notes, of this kind, are these."""
    old = zipfile.ZipFile(io.BytesIO(with_body(body)))
    parts = {name: old.read(name) for name in old.namelist()}
    relations, types = "word/_rels/document.xml.rels", "[Content_Types].xml"
    name = f"{kind}s"
    link = (
        f'<Relationship Id="r{name}" Type="{OFFICE}/officeDocument/2006/relationships/{name}"'
        f' Target="{name}.xml"/></Relationships>'
    )
    override = f'<Override PartName="/word/{name}.xml" ContentType="application/xml"/></Types>'
    parts[relations] = parts[relations].replace(b"</Relationships>", link.encode())
    parts[types] = parts[types].replace(b"</Types>", override.encode())
    inner = "".join(
        f"<w:{kind} w:id='{number}'>{par(words)}</w:{kind}>" for number, words in notes.items()
    )
    parts[f"word/{name}.xml"] = f"<w:{name} xmlns:w='{WORD}'>{inner}</w:{name}>".encode()
    return parts


def mark(kind: str, number: int) -> str:
    """Return the mark of a note."""
    return f"<w:r><w:{kind}Reference w:id='{number}'/></w:r>"


def read_with_notes(read: Read, body: str, kind: str, notes: dict[int, str]) -> Article:
    """Return the article of a document with notes."""
    return only(read({"a.docx": zipped(with_notes(body, kind, notes))}))


def test_endnotes_end_the_text_as_footnotes_do(read: Read) -> None:
    body = f"<w:p>{RUN.format('The ferry sank.')}{mark('endnote', 4)}</w:p>{par('Nobody died.')}"
    article = read_with_notes(read, body, "endnote", {1: "Unused", 4: "Log, 2 May 1999"})
    assert article.text == "The ferry sank.[1]\n\nNobody died.\n\n[1] Log, 2 May 1999"
    assert [note.entry.of(article.text) for note in article.footnotes] == ["Log, 2 May 1999"]


def test_notes_of_both_kinds_are_counted_together(read: Read) -> None:
    body = "".join(
        f"<w:p>{RUN.format(words)}{mark(kind, 2)}</w:p>"
        for words, kind in (("It sank.", "endnote"), ("It rose.", "footnote"))
    )
    parts = with_notes(body, "endnote", {2: "A letter"})
    with_both = with_notes(body, "footnote", {2: "A log"})
    relations, types = "word/_rels/document.xml.rels", "[Content_Types].xml"
    for name, end in ((relations, b"</Relationships>"), (types, b"</Types>")):
        added = with_both[name].rpartition(b"<")[0].rpartition(b"<")[2]
        parts[name] = parts[name].replace(end, b"<" + added + end)
    parts["word/footnotes.xml"] = with_both["word/footnotes.xml"]
    article = only(read({"a.docx": zipped(parts)}))
    assert article.text == "It sank.[1]\n\nIt rose.[2]\n\n[1] A letter\n[2] A log"


def test_a_mark_that_was_deleted_has_no_note(read: Read) -> None:
    body = (
        f"<w:p>{RUN.format('It sank.')}<w:del w:id='9'>{mark('endnote', 1)}</w:del>"
        f"{mark('endnote', 2)}</w:p>"
    )
    article = read_with_notes(read, body, "endnote", {1: "Taken back", 2: "A log"})
    assert article.text == "It sank.[1]\n\n[1] A log"


@pytest.mark.parametrize(
    ("table", "text"),
    [
        (
            row(par("Pier"), f"<w:tbl>{row(par('Crab'), par('Salt'))}</w:tbl>{par('')}"),
            "Pier Crab Salt",
        ),
        (
            row(f"{par('Fees')}<w:tbl>{row(par('a'), par('b'))}{row(par('c'), par('d'))}</w:tbl>")
            + row(par("Total")),
            "Fees a b c d\nTotal",
        ),
        (
            row(f"<w:tbl>{row(DEEP)}</w:tbl>") + row(par("x")),
            "deep\nx",
        ),
        (
            f"<w:sdt><w:sdtContent>{row(par('kept'), par('whole'))}</w:sdtContent></w:sdt>",
            "kept whole",
        ),
    ],
)
def test_cells_of_tables_in_tables_stand_once(read: Read, table: str, text: str) -> None:
    article = only(read({"a.docx": with_body(f"<w:tbl>{table}</w:tbl>")}))
    assert article.text == text


@pytest.mark.parametrize(
    ("base", "reading", "rest"),
    [("京都", "きょうと", "の雨。"), ("漢字", "かんじ", "。"), ("北京", "Běijīng", "下雪。")],
)
def test_readings_of_characters_are_no_text(read: Read, base: str, reading: str, rest: str) -> None:
    ruby = (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{RUN.format(reading)}</w:rt>"
        f"<w:rubyBase>{RUN.format(base)}</w:rubyBase></w:ruby></w:r>"
    )
    article = only(read({"a.docx": with_body(f"<w:p>{ruby}{RUN.format(rest)}</w:p>")}))
    assert article.text == base + rest


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (
            run("5 km") + run("2", "<w:vertAlign w:val='superscript'/>") + run(" of sea"),
            "5 km² of sea",
        ),
        (run("CO") + run("2", "<w:vertAlign w:val='subscript'/>") + run(" fell"), "CO₂ fell"),
        (run("in 1999") + run("12", "<w:vertAlign w:val='superscript'/>"), "in 1999¹²"),
        (
            run("the 5") + run("th", "<w:vertAlign w:val='superscript'/>") + run(" day"),
            "the 5th day",
        ),
        (run("base") + run("line", "<w:vertAlign w:val='baseline'/>"), "baseline"),
        (
            f"<m:oMath {MATH}><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>-3</m:t>"
            "</m:r></m:sup></m:sSup></m:oMath>" + run(" grams"),
            "10⁻³ grams",
        ),
        (
            f"<m:oMath {MATH}><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t>"
            "</m:r></m:den></m:f></m:oMath>" + run(" of it"),
            "3/4 of it",
        ),
        (run("It costs ") + run("7 ", "<w:strike/>") + run("9"), "It costs 9"),
        (run("It costs ") + run("7 ", "<w:dstrike w:val='true'/>") + run("9"), "It costs 9"),
        (run("Seen.") + run(" Not seen.", "<w:vanish/>"), "Seen."),
        (
            run("Seen.") + run(" Seen.", "<w:vanish w:val='0'/><w:strike w:val='false'/>"),
            "Seen. Seen.",
        ),
    ],
)
def test_what_stands_higher_lower_or_not_at_all(read: Read, runs: str, text: str) -> None:
    article = only(read({"a.docx": with_body(f"<w:p>{runs}</w:p>")}))
    assert article.text == text


def test_a_quotation_set_out_large_is_kept_once(read: Read) -> None:
    said = "“We will not give up one stone of this harbour,” Mayor Lund told the council."
    body = par(f"{said} She left.") + par("Nobody objected.") + par(said) + par("Nobody objected.")
    article = only(read({"a.docx": with_body(body)}))
    assert article.text == f"{said} She left.\n\nNobody objected.\n\nNobody objected."
