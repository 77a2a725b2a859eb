"""PDF: lines become paragraphs again, pages are kept, and the file's own word is weighed."""

import io
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate
from reportlab.platypus import Paragraph as Typeset

from retriever.corpus import survey
from retriever.corpus.formats.pdf import reader as pdf_reader
from retriever.corpus.reading import read_here
from retriever.records import Article, Failure
from tests.corpus.conftest import Read
from tests.corpus.documents import GOLDEN
from tests.corpus.typesetting import pdf

STORY = (
    "The harbour of Ostby was closed on Monday after a storm had torn",
    "its old crane from the rails. Nobody was hurt, but the ferry will",
    "not run before the end of the month.",
)


def drawn(draw: Callable[[Canvas], object], pages: int = 1, **settings: object) -> bytes:
    """Return a PDF of which ``draw`` fills each page."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, **settings)
    for _ in range(pages):
        canvas.setFont("Times-Roman", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def write(canvas: Canvas, lines: Sequence[str] = STORY, x: float = 72, y: float = 700) -> None:
    """Write lines below each other."""
    for number, line in enumerate(lines):
        canvas.drawString(x, y - 13 * number, line)


def one(items: list[Article | Failure]) -> Article:
    """Return the one article."""
    (article,) = items
    assert isinstance(article, Article), article
    return article


def reason(items: list[Article | Failure]) -> str:
    """Return why there is none."""
    (failure,) = items
    assert isinstance(failure, Failure), failure
    return failure.reason


def test_pages_are_spans_that_cover_the_text(read: Read) -> None:
    article = one(read({"a.pdf": pdf()}))
    assert len(article.pages) == 2
    assert (article.pages[0].start, article.pages[-1].end) == (0, len(article.text))
    assert article.pages[0].end == article.pages[1].start
    assert article.page_at(article.text.index("Nobody was hurt")) == 1
    assert article.page_at(article.text.index("Fishermen asked")) == 2


def test_page_turns_inside_a_paragraph(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        first = canvas.getPageNumber() == 1
        write(canvas, STORY[:2] if first else STORY[2:], y=100 if first else 760)

    article = one(read({"a.pdf": drawn(draw, pages=2)}))
    assert article.text == " ".join(STORY)
    assert article.pages[1].start == article.text.index("not run")


def test_page_without_text_is_an_empty_span(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        if canvas.getPageNumber() == 1:
            write(canvas)
        elif canvas.getPageNumber() == 3:
            write(canvas, ["Another story begins here."])

    article = one(read({"a.pdf": drawn(draw, pages=3)}))
    assert [page.start == page.end for page in article.pages] == [False, True, False]
    assert article.page_at(len(article.text) - 1) == 3


def test_hyphen_of_the_word_stays_and_that_of_the_line_goes(read: Read) -> None:
    lines = (
        "A well-known engineer said that the har-",
        "bour was safe, and this well-",
        "known man was believed by the Anglo-",
        "American council in the years 2019-",
        "2020, in a report on the harbour.",
    )
    assert one(read({"a.pdf": drawn(lambda canvas: write(canvas, lines))})).text == (
        "A well-known engineer said that the harbour was safe, and this well-known man was believed"
        " by the Anglo-American council in the years 2019-2020, in a report on the harbour."
    )


def test_running_heads_go_and_repeated_sentences_stay(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        number = canvas.getPageNumber()
        canvas.drawString(72, 810, f"The Example, Issue 7, page {number + 11} of 30")
        canvas.drawString(72, 740, f"Chapter {number * 3}")
        canvas.drawString(300, 30, f"- {number} -")
        write(canvas, [f"Page {number} tells of its own ships.", "We said it again."], y=600)

    text = one(read({"a.pdf": drawn(draw, pages=4)})).text
    assert "The Example" not in text
    assert "- 2 -" not in text
    assert all(f"Chapter {n}" in text for n in (6, 9, 12))
    assert text.count("We said it again.") == 4
    assert "Page 3 tells of its own ships." in text


def test_columns_are_read_one_after_the_other_though_drawn_line_by_line(read: Read) -> None:
    left = [f"The left column says in line {n} what" for n in range(8)]
    right = [f"The right column says in line {n} what" for n in range(8)]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 22)
        canvas.drawString(72, 760, "A headline across both of the columns")
        canvas.setFont("Times-Roman", 11)
        for n in range(8):
            canvas.drawString(72, 700 - 13 * n, left[n])
            canvas.drawString(320, 700 - 13 * n, right[n])

    article = one(read({"a.pdf": drawn(draw)}))
    assert article.title == "A headline across both of the columns"
    assert article.text.index(left[7]) < article.text.index(right[0])


def test_drop_cap_begins_its_word(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 36)
        canvas.drawString(72, 677, "T")
        canvas.setFont("Times-Roman", 11)
        write(canvas, [STORY[0][1:], STORY[1]], x=98)
        write(canvas, STORY[2:], y=674)

    assert one(read({"a.pdf": drawn(draw)})).text.startswith("The harbour of Ostby")


def test_stamp_along_the_margin_is_left_out(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas)
        canvas.rotate(90)
        canvas.drawString(100, -20, "Downloaded by a reader")

    assert one(read({"a.pdf": drawn(draw)})).text == " ".join(STORY)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_turned_pages_are_read_upright(read: Read, quarters: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(90 * quarters)
        write(canvas, x=-200, y=50)

    assert one(read({"a.pdf": drawn(draw)})).text == " ".join(STORY)


def test_date_of_the_file_is_the_last_resort_and_says_so(read: Read) -> None:
    article = one(read({"a.pdf": drawn(write)}))
    assert article.published is not None
    assert article.published.source == "pdf CreationDate"
    assert article.warnings == (
        "dated by when its file was made, which may not be when it was published",
    )


@pytest.mark.parametrize("creator", ["Mozilla Firefox 120", "Chromium", "PDFCreator Print"])
def test_date_of_a_printed_page_is_not_used(read: Read, creator: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCreator(creator)
        write(canvas)

    article = one(read({"a.pdf": drawn(draw)}))
    assert article.published is None


def test_names_that_programs_give_are_no_title_and_no_author(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle("Microsoft Word - storm.doc")
        canvas.setAuthor("Microsoft Office User")
        write(canvas)

    article = one(read({"a.pdf": drawn(draw)}))
    assert (article.title, article.author) == (None, None)


def test_xmp_is_read(read: Read) -> None:
    packet = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">
<dc:title><rdf:Alt><rdf:li>Storm closes the harbour</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Jane Doe</rdf:li><rdf:li>John Roe</rdf:li></rdf:Seq></dc:creator>
<prism:publicationDate>2023-06-25</prism:publicationDate>
</rdf:Description><rdf:Description prism:publicationName="The Example"
 xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"/></rdf:RDF></x:xmpmeta>"""
    article = one(read({"a.pdf": drawn(write) + b"\n%" + packet}))
    assert article.title == "Storm closes the harbour"
    assert article.authors == ("Jane Doe", "John Roe")
    assert article.publisher == "The Example"
    assert article.published is not None
    assert article.published.source == "pdf xmp publicationdate"


def test_locked_document_is_a_failure(read: Read) -> None:
    assert reason(read({"a.pdf": drawn(write, encrypt="secret")})) == "is locked with a password"


def test_document_locked_for_printing_only_is_read(read: Read) -> None:
    owner = StandardEncryption(userPassword="", ownerPassword="secret", canPrint=0)
    assert one(read({"a.pdf": drawn(write, encrypt=owner)})).text == " ".join(STORY)


def test_scanned_pages_are_a_failure(read: Read) -> None:
    items = read({"a.pdf": drawn(lambda canvas: canvas.rect(50, 50, 400, 600, fill=1), pages=2)})
    assert "recognised (OCR)" in reason(items)


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_truncated_document_is_a_failure_or_what_is_left(read: Read, share: float) -> None:
    whole = pdf()
    (item,) = read({"a.pdf": whole[: int(len(whole) * share)]})
    if isinstance(item, Failure):
        assert item.reason in {"is not a whole PDF document"} or "pages" in item.reason
    else:
        assert set(item.text.split()) <= set(GOLDEN.split()) | {"—"}


def test_too_many_pages_are_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "MOST_PAGES", 2)
    (tmp_path / "a.pdf").write_bytes(drawn(write, pages=3))
    (source,) = survey(tmp_path).sources
    assert "from 1 to 2 are read" in reason(list(read_here(source)))


WORDS = (
    "the harbour of Ostby was closed on Monday after a storm had torn its old crane from the rails"
    " and repairs will cost two million crowns according to engineers who found cracks in a pier"
).split()


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize(("indent", "space"), [(12, 0), (0, 8)])
@pytest.mark.parametrize("size", [8.5, 11])
@pytest.mark.parametrize("alignment", [TA_LEFT, TA_JUSTIFY])
def test_pages_of_columns(
    tmp_path: Path, columns: int, indent: int, space: int, size: float, alignment: int
) -> None:
    chance = random.Random(f"{columns} {indent} {size} {alignment}")
    paragraphs = [
        " ".join(
            " ".join(chance.choices(WORDS, k=chance.randint(6, 20))).capitalize() + "."
            for _ in range(chance.randint(2, 6))
        )
        for _ in range(40)
    ]
    style = ParagraphStyle(
        "body",
        fontName="Times-Roman",
        fontSize=size,
        leading=1.2 * size,
        alignment=alignment,
        firstLineIndent=indent,
        spaceAfter=space,
    )
    width = (480 - 17 * (columns - 1)) / columns
    frames = [
        Frame(57 + n * (width + 17), 57, width, 708, leftPadding=0, rightPadding=0)
        for n in range(columns)
    ]
    document = BaseDocTemplate(str(tmp_path / "a.pdf"), pagesize=A4)
    document.addPageTemplates(
        PageTemplate(
            frames=frames, onPage=lambda canvas, _: canvas.drawString(57, 800, "The Example Review")
        )
    )
    document.build([Typeset(paragraph, style) for paragraph in paragraphs])
    (source,) = survey(tmp_path).sources
    article = one(list(read_here(source)))
    assert article.text.split() == " ".join(paragraphs).split()
    # Where a paragraph ends with its line at the foot of a column, nothing tells that it does.
    whole = set(article.text.split("\n\n")) & set(paragraphs)
    assert len(whole) >= 0.8 * len(paragraphs)


def test_a_caption_printed_on_two_pages_is_kept_once(read: Read) -> None:
    caption = "The old crane of Ostby lies in the water behind the ferry, on Monday morning."

    def draw(canvas: Canvas) -> None:
        number = canvas.getPageNumber()
        write(
            canvas, STORY if number == 1 else [f"Page {number} tells what came of it after that."]
        )
        canvas.drawString(72, 500 - 40 * number, caption)

    article = one(read({"a.pdf": drawn(draw, pages=2)}))
    assert article.text.count(caption) == 1
    assert len(article.pages) == 2
