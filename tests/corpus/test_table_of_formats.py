"""The table of formats in ``retriever/corpus/README.md``: an input for each thing that it names."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from retriever.records import Article
from tests.corpus.conftest import Read
from tests.corpus.documents import epub, zipped
from tests.corpus.test_archives import zipped_long_ago
from tests.corpus.test_pdf import STORY, drawn, write
from tests.corpus.test_pdf_visibility import HEIGHT, HIDDEN, WIDTH, in_colour, invisible, picture
from tests.corpus.test_word import saved, with_body
from tests.corpus.test_word_marks import mark, par, row, run, with_notes

PAGE = Path(__file__).parents[2] / "retriever" / "corpus" / "README.md"
HEADING = "## What is kept, what is lost, what is warned of"
Content = str | bytes


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A file, what its text ``holds`` and ``lacks``, and what is ``told`` of it."""

    name: str
    content: Content
    holds: str = "sank"
    lacks: str = "\0"
    told: str = ""


def table() -> dict[str, dict[str, list[str]]]:
    """Return the things in each cell: by format, then by what heads the column."""
    lines = PAGE.read_text(encoding="utf-8").partition(HEADING)[2].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    heads, _, *rest = rows[: next((n for n, one in enumerate(rows) if len(one) != 4), len(rows))]
    return {
        cells[0]: {
            head: [thing.strip() for thing in cell.split(";")]
            for head, cell in zip(heads[1:], cells[1:], strict=True)
        }
        for cells in rest
    }


def page(body: str, head: str = "") -> str:
    """Return a web page of three paragraphs and a part that is tried."""
    told = "".join(
        f"<p>The ferry sank in the storm off Ostby on day {n}, they said.</p>" for n in "123"
    )
    article = f"<article>{told}{body}<p>Nobody was hurt, the master of the port said.</p></article>"
    return f"<html><head>{head}</head><body>{article}</body></html>"


def paged(draw: Callable[[Canvas], object], pages: int = 1) -> bytes:
    """Return a PDF with the story on each page and something else."""

    def both(canvas: Canvas) -> None:
        write(canvas, (*STORY[:2], f"not run before day {canvas.getPageNumber()}. It sank."))
        draw(canvas)

    return drawn(both, pages=pages)


def tilted(canvas: Canvas) -> None:
    """Stamp the page."""
    canvas.translate(200, 400)
    canvas.rotate(45)
    canvas.drawString(0, 0, "DRAFT")


def headed(canvas: Canvas) -> None:
    """Set what every page has."""
    canvas.drawString(72, 815, "The Ostby Post")
    canvas.drawString(300, 20, str(canvas.getPageNumber()))


def white_on_dark(canvas: Canvas) -> None:
    """Write in white on black."""
    canvas.rect(60, 590, 400, 30, fill=1)
    in_colour(canvas, HIDDEN, grey=1)


def scanned(canvas: Canvas, words: str = "It sank.") -> None:
    """Draw a picture with invisible words over it, if any."""
    canvas.drawImage(picture(), 0, 0, WIDTH, HEIGHT)
    if words:
        invisible(canvas, words, y=700)


def scan_between(canvas: Canvas) -> None:
    """Write, but draw a picture on the second page."""
    if canvas.getPageNumber() == 2:
        scanned(canvas, "")
    else:
        write(canvas, [f"Page {canvas.getPageNumber()} tells how it sank."])


def dated_file(canvas: Canvas) -> None:
    """Write in a program of which the day of making counts."""
    canvas.setCreator("Adobe InDesign")
    write(canvas, ["It sank."])


def boxed(words: str) -> str:
    """Return a text box of Word."""
    return f"<w:p><w:r><w:pict><w:txbxContent>{par(words)}</w:txbxContent></w:pict></w:r></w:p>"


def with_feet(document: Any) -> None:
    """Write a page with a head and a foot."""
    document.add_paragraph("It sank.")
    document.sections[0].header.paragraphs[0].text = "The Ostby Post"
    document.sections[0].footer.paragraphs[0].text = "Page 7"


def with_comment(document: Any) -> None:
    """Write words with a comment on them."""
    added = document.add_paragraph("It sank.")
    document.add_comment(added.runs, text="Is that so?", author="Jo", initials="J")


def dated_document(document: Any) -> None:
    """Write a document that says when it was made."""
    from datetime import UTC, datetime

    document.add_paragraph("It sank.")
    document.core_properties.created = datetime(2023, 6, 25, tzinfo=UTC)


def rss(entry: str) -> str:
    """Return a feed of one entry."""
    return f"<rss version='2.0'><channel><title>F</title><item>{entry}</item></channel></rss>"


def nitf(body: str, head: str = "") -> str:
    """Return a file of NITF."""
    return f"<nitf><head>{head}</head><body><body.content>{body}</body.content></body></nitf>"


def locked() -> bytes:
    """Return an archive that says that its second member is encrypted."""
    packed = bytearray(zipped({"a.txt": b"It sank.", "b.txt": b"It rose."}))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.rfind(sign) + place] |= 1
    return bytes(packed)


TEXT, DOC = partial(Cell, name="a.txt"), partial(Cell, name="a.docx")
WEB, MD, PDF = partial(Cell, name="a.html"), partial(Cell, name="a.md"), partial(Cell, name="a.pdf")
BOOK, JSON = partial(Cell, name="a.epub"), partial(Cell, name="a.json")
FEED, NEWS, ZIP = (partial(Cell, name=name) for name in ("a.rss", "a.nitf", "a.zip"))
LONG = "The ferry to Aldra sank on Monday off the coast of Ostby in a storm."
DEL = "<w:del w:id='1'><w:r><w:delText>rose</w:delText></w:r></w:del>"
RAISED = "<w:vertAlign w:val='superscript'/>"
MEDIA = "xmlns:media='http://search.yahoo.com/mrss/'"

CASES: dict[str, dict[str, Cell]] = {
    "plain text": {
        "every line of the article": TEXT(
            content="It sank.\n\nIt rose.", holds="It sank.\n\nIt rose."
        ),
        "notes, tied to their marks": TEXT(
            content="It sank.[1]\n\n[1] A log", holds="sank.[1]\n\n[1] A"
        ),
        "letters of old code pages": TEXT(content="Häfen in Not".encode("cp1252"), holds="Häfen"),
        'lines such as "Advertisement"': TEXT(content="It sank.\nAdvertisement\n", lacks="Adv"),
        "soft hyphens and characters without a width": TEXT(
            content="It sa\xadn\u200bk.", lacks="\xad"
        ),
        "a line printed before": TEXT(
            content=f"It sank off Ostby.\n\n{LONG}\n\nAll swam.\n\n{LONG}",
            lacks=f"{LONG}\n\nAll swam.\n\n{LONG}",
        ),
        "damaged characters": TEXT(
            content=("Ćma sankę żółć. " * 40).encode() + b"caf\xe9 sank",
            told="its source is damaged",
        ),
    },
    "web page": {
        "paragraphs": WEB(
            content=page("<p>It rose again, they said on the next day.</p>"), holds="It rose"
        ),
        "headings": WEB(content=page("<h2>What came of it</h2>"), holds="What came of it"),
        "items of lists": WEB(
            content=page("<ul><li>One ferry of the line</li><li>Two boats of the port</li></ul>"),
            holds="Two boats",
        ),
        "scripts": WEB(content=page("<script>var rose = 1;</script>"), lacks="rose"),
        "menus": WEB(
            content=page("<nav><a href='/'>Sport</a> <a href='/w'>World</a></nav>"), lacks="Sport"
        ),
        "hidden text": WEB(
            content=page("<p style='display:none'>It rose on Tuesday.</p>"), lacks="rose"
        ),
        "dates that contradict each other": WEB(
            content=page(
                "",
                "<meta property='article:published_time' content='2020-01-05T10:00:00Z'>"
                '<script type=\'application/ld+json\'>{"@type": "NewsArticle", '
                '"datePublished": "2021-03-07T10:00:00Z"}</script>',
            ),
            told="2020-01-05",
        ),
    },
    "Markdown": {
        "words of links": MD(content="It [sank](https://x.example) off Ostby."),
        "rows of tables": MD(content="|a|b|\n|-|-|\n|It|sank|\n", holds="It sank"),
        "program text": MD(content="    if sank:\n        swim()\n", holds="if sank:\n    swim()"),
        "marks of emphasis": MD(content="It **sank** *fast*.", holds="It sank fast.", lacks="*"),
        "addresses of links": MD(
            content="It [sank](https://x.example) off Ostby.", lacks="x.example"
        ),
        "comments in the markup": MD(content="It sank.\n\n<!-- It rose. -->\n", lacks="rose"),
        "a date that is none": MD(content="---\ndate: 2023-02-31\n---\nIt sank.", told="date"),
    },
    "PDF": {
        "paragraphs over lines and pages": PDF(content=drawn(write), holds=" ".join(STORY)),
        "hyphens that words have": PDF(
            content=drawn(partial(write, lines=("It sank on the twenty-", "first of May."))),
            holds="twenty-first",
        ),
        "white text on something dark": PDF(content=paged(white_on_dark), holds=HIDDEN),
        "running heads and page numbers": PDF(
            content=paged(headed, pages=3), lacks="The Ostby Post"
        ),
        "stamps across the page": PDF(content=paged(tilted), lacks="DRAFT"),
        "text outside the page": PDF(
            content=paged(lambda canvas: canvas.drawString(72, 900, "slug")), lacks="slug"
        ),
        "text that nobody sees": PDF(
            content=paged(partial(in_colour, words=HIDDEN, grey=1)),
            lacks=HIDDEN,
            told="nobody sees",
        ),
        "text recognised from pictures (OCR)": PDF(content=drawn(scanned), told="recognised"),
        "pages that are pictures": PDF(content=drawn(scan_between, pages=3), told="1 of 3 pages"),
        "a date that is only that of the file": PDF(
            content=drawn(dated_file), told="file was made"
        ),
    },
    "Word": {
        "raised and lowered figures": DOC(
            content=with_body(f"<w:p>{run('10')}{run('6', RAISED)}</w:p>"),
            holds="10⁶",
        ),
        "footnotes and endnotes": DOC(
            content=zipped(
                with_notes(
                    f"<w:p>{run('It sank.')}{mark('endnote', 2)}</w:p>", "endnote", {2: "A log"}
                )
            ),
            holds="sank.[1]\n\n[1] A log",
        ),
        "rows of tables, once": DOC(
            content=with_body(f"<w:tbl>{row(par('It'), par('sank'))}</w:tbl>"), holds="It sank"
        ),
        "text in boxes": DOC(content=with_body(boxed("It sank."))),
        "words added with changes tracked": DOC(
            content=with_body(f"<w:p><w:ins w:id='1'>{run('It sank.')}</w:ins></w:p>")
        ),
        "deleted and struck-out words": DOC(
            content=with_body(f"<w:p>{run('It sank.')}{DEL}{run('rose', '<w:strike/>')}</w:p>"),
            lacks="rose",
        ),
        "hidden words": DOC(
            content=with_body(f"<w:p>{run('It sank.')}{run('rose', '<w:vanish/>')}</w:p>"),
            lacks="rose",
        ),
        "readings of characters (ruby)": DOC(
            content=with_body(
                f"<w:p><w:r><w:ruby><w:rt>{run('とうきょう')}</w:rt><w:rubyBase>{run('東京')}"
                "</w:rubyBase></w:ruby></w:r></w:p>"
            ),
            holds="東京",
            lacks="と",
        ),
        "heads and feet of pages": DOC(content=saved(with_feet), lacks="Ostby Post"),
        "comments": DOC(content=saved(with_comment), lacks="Is that so?"),
        "a date that is only that of the file": DOC(
            content=saved(dated_document), told="file was made"
        ),
    },
    "EPUB": {
        "each chapter": BOOK(
            content=epub({"a.xhtml": "<p>It sank.</p>", "b.xhtml": "<p>It rose.</p>"})
        ),
        "notes, at the end of their chapter": BOOK(
            content=epub(
                {
                    "a.xhtml": "<p>It sank.<a epub:type='noteref' href='#n'>1</a></p>"
                    "<aside id='n' epub:type='footnote'><p>A log</p></aside><p>End.</p>"
                }
            ),
            holds="sank.[1]\n\nEnd.\n\n[1] A log",
        ),
        "numbers of printed pages": BOOK(
            content=epub({"a.xhtml": "<p>It <span epub:type='pagebreak'>88</span>sank.</p>"}),
            holds="It sank",
        ),
        "cover and contents": BOOK(content=epub({"a.xhtml": "<p>It sank.</p>"}), lacks="A cover"),
        "a chapter that cannot be read": BOOK(
            content=epub({"a.xhtml": "<p>" * 5000, "b.xhtml": "<p>It sank.</p>"}), told="nested"
        ),
    },
    "JSON, JSON Lines": {
        "text, character by character": JSON(
            content='{"text": "It  sank \\n"}', holds="It  sank \n"
        ),
        "paragraphs of HTML": JSON(content='{"body": "<p>It</p><p>sank</p>"}', holds="It\n\nsank"),
        "fields that are no text": JSON(
            content='{"text": "It sank.", "tags": "rose"}', lacks="rose"
        ),
        "the mark of what is cut off": JSON(
            content='{"content": "It sank… [+9 chars]"}', lacks="chars"
        ),
        "text that is cut off": JSON(content='{"content": "It sank… [+9 chars]"}', told="cut off"),
        "a date that can be read in two ways": JSON(
            content='{"text": "It sank.", "date": "3/4/2023"}', told="two ways"
        ),
    },
    "RSS, Atom": {
        "the fullest text of an entry": FEED(
            content=rss(
                "<description>It</description><content:encoded xmlns:content='http://purl.org/rss/1.0/"
                "modules/content/'>It sank off Ostby.</content:encoded>"
            )
        ),
        "angle brackets in titles": FEED(
            content=rss("<title>Ferries &lt;3 Ostby</title><description>It sank.</description>")
        ),
        "what is said of pictures": FEED(
            content=rss(
                f"<description>It sank.</description><media:description {MEDIA}>A gull on a bollard"
                " rose from the quay, long before any of this.</media:description>"
            ),
            lacks="gull",
        ),
        "marks of CDATA": FEED(
            content=rss("<description>&lt;![CDATA[It sank.]]&gt;</description>"), lacks="]]"
        ),
        '"The post … appeared first"': FEED(
            content=rss(
                "<description>&lt;p&gt;It sank.&lt;/p&gt;&lt;p&gt;The post A ferry appeared first"
                " on The Example.&lt;/p&gt;</description>"
            ),
            lacks="appeared",
        ),
        "a summary alone": FEED(content=rss("<description>It sank.</description>"), told="summary"),
        "text that is cut off": FEED(
            content=rss("<description>It sank […]</description>"), told="cut off"
        ),
    },
    "NITF, NewsML": {
        "paragraphs": NEWS(
            content=nitf("<p>It sank.</p><p>It rose.</p>"), holds="sank.\n\nIt rose."
        ),
        "headlines between them": NEWS(content=nitf("<hl2>After it sank</hl2><p>It rose.</p>")),
        "captions of pictures": NEWS(
            content=nitf("<media><media-caption>A gull</media-caption></media><p>It sank.</p>"),
            lacks="gull",
        ),
        "notes to editors in the head": NEWS(
            content=nitf("<p>It sank.</p>", "<docdata><ed-msg info='Hold'/></docdata>"),
            lacks="Hold",
        ),
        "a date that is none": NEWS(
            content=nitf("<p>It sank.</p>", "<docdata><date.issue norm='20239999'/></docdata>"),
            told="date",
        ),
    },
    "archives": {
        "members, in their folders": ZIP(
            content=zipped({"in/a.txt": b"It sank."}), told="a.zip/in/a.txt"
        ),
        "names in old code pages": ZIP(
            content=zipped_long_ago(["報告書.txt"], "cp932"), holds="", told="報告書"
        ),
        "hidden files": ZIP(
            content=zipped({"a.txt": b"It sank.", ".b.txt": b"It rose."}), lacks="rose"
        ),
        "files that are no articles": ZIP(
            content=zipped({"a.txt": b"It sank.", "README.md": b"It rose."}), lacks="rose"
        ),
        "a member that is encrypted": ZIP(content=locked(), told="is encrypted"),
    },
}


@pytest.mark.parametrize("kind", table())
def test_each_thing_in_the_table_has_an_input(kind: str) -> None:
    named = [thing for things in table()[kind].values() for thing in things]
    assert {*named} == {*CASES[kind]}
    assert all(table()[kind].values())


@pytest.mark.parametrize(
    ("kind", "thing"), [(kind, thing) for kind, cells in CASES.items() for thing in cells]
)
def test_a_thing_in_the_table_is_so(read: Read, kind: str, thing: str) -> None:
    cell = CASES[kind][thing]
    items = read({cell.name: cell.content})
    articles = [item for item in items if isinstance(item, Article)]
    text = "\n".join(article.text for article in articles)
    told = [warning for article in articles for warning in (*article.warnings, article.id)]
    told += [item.reason for item in items if not isinstance(item, Article)]
    assert articles, told
    assert cell.holds in text
    assert cell.lacks not in text
    assert any(cell.told in one for one in told), told
