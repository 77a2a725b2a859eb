"""PDF: what nobody sees who looks at a page is not read, and what is a picture is told."""

import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from retriever.records import Article
from tests.corpus.conftest import Read
from tests.corpus.test_pdf import STORY, drawn, one, reason, write

PLAIN = " ".join(STORY)
HIDDEN = "The mayor took the money in secret and told nobody of it."
WIDTH, HEIGHT = A4


def picture(shade: int = 230) -> ImageReader:
    """Return a picture, as a scanner makes one of a page."""
    image = Image.new("L", (300, 420), shade)
    ImageDraw.Draw(image).rectangle((40, 40, 260, 60), fill=60)
    return ImageReader(image)


def invisible(canvas: Canvas, words: str, x: float = 72, y: float = 600) -> None:
    """Write words that are not drawn."""
    canvas.saveState()
    text = canvas.beginText(x, y)
    text.setFont("Times-Roman", 11)
    text.setTextRenderMode(3)
    text.textOut(words)
    canvas.drawText(text)
    canvas.restoreState()


def in_colour(canvas: Canvas, words: str, *, grey: float, y: float = 600) -> None:
    """Write words in a shade of grey."""
    canvas.saveState()
    canvas.setFillGray(grey)
    canvas.drawString(72, y, words)
    canvas.restoreState()


def on_light_box(canvas: Canvas) -> None:
    """Write in white on a box that is hardly darker."""
    canvas.setFillGray(0.98)
    canvas.rect(60, 590, 400, 30, stroke=0, fill=1)
    in_colour(canvas, HIDDEN, grey=1)


def transparent(canvas: Canvas) -> None:
    """Write in a colour that hardly covers."""
    canvas.setFillAlpha(0.01)
    canvas.drawString(72, 600, HIDDEN)


def on_dark_box(canvas: Canvas) -> None:
    """Write in white on black."""
    canvas.rect(60, 590, 400, 30, fill=1)
    in_colour(canvas, HIDDEN, grey=1)


def on_dark_picture(canvas: Canvas) -> None:
    """Write in white on a picture."""
    canvas.drawImage(picture(40), 60, 590, 400, 30)
    in_colour(canvas, HIDDEN, grey=1)


def askew(canvas: Canvas) -> None:
    """Write the story on a page that lies askew."""
    canvas.rotate(3)
    write(canvas)


def with_story(draw: Callable[[Canvas], object]) -> Callable[[Canvas], None]:
    """Return what draws the story and something else."""

    def both(canvas: Canvas) -> None:
        write(canvas)
        draw(canvas)

    return both


@pytest.mark.parametrize(
    "draw",
    [
        lambda canvas: in_colour(canvas, HIDDEN, grey=1),
        lambda canvas: in_colour(canvas, HIDDEN, grey=0.97),
        lambda canvas: invisible(canvas, HIDDEN),
        on_light_box,
        transparent,
    ],
    ids=["white", "nearly white", "invisible", "on a light box", "transparent"],
)
def test_text_that_nobody_sees_is_left_out_and_warned_of(
    read: Read, draw: Callable[[Canvas], object]
) -> None:
    article = one(read({"a.pdf": drawn(with_story(draw))}))
    assert article.text == PLAIN
    assert "text that nobody sees is left out on 1 of 1 pages" in article.warnings


def test_words_hidden_inside_a_line_are_left_out(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 600, "It was ")
        x = 72 + canvas.stringWidth("It was ", "Times-Roman", 11)
        invisible(canvas, "not ", x=x)
        x += canvas.stringWidth("not ", "Times-Roman", 11)
        canvas.drawString(x, 600, "closed.")

    article = one(read({"a.pdf": drawn(draw)}))
    assert article.text == "It was closed."


@pytest.mark.parametrize(
    "draw",
    [
        on_dark_box,
        on_dark_picture,
        lambda canvas: in_colour(canvas, HIDDEN, grey=0.5),
        lambda canvas: in_colour(canvas, HIDDEN, grey=0.8),
    ],
    ids=["on a dark box", "on a dark picture", "grey", "light grey"],
)
def test_light_text_that_is_seen_is_read(read: Read, draw: Callable[[Canvas], object]) -> None:
    article = one(read({"a.pdf": drawn(with_story(draw))}))
    assert HIDDEN in article.text.replace("\n\n", " ")
    assert not [warning for warning in article.warnings if "nobody sees" in warning]


@pytest.mark.parametrize("where", [(-300, 700), (72, 900), (700, 500), (72, -40)])
def test_text_outside_the_page_is_left_out(read: Read, where: tuple[int, int]) -> None:
    article = one(read({"a.pdf": drawn(with_story(lambda c: c.drawString(*where, "slug 04/03")))}))
    assert article.text == PLAIN


def test_text_outside_what_is_shown_of_a_page_is_left_out(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((50, 50, WIDTH - 50, HEIGHT - 100))
        write(canvas)
        canvas.drawString(72, HEIGHT - 40, "printed on 4 March by the layout program")

    assert one(read({"a.pdf": drawn(draw)})).text == PLAIN


@pytest.mark.parametrize("angle", [30, 45, 60, 135, -45])
def test_stamps_across_the_page_are_no_text(read: Read, angle: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(200, 500)
        canvas.rotate(angle)
        canvas.setFont("Helvetica", 40)
        canvas.drawString(0, 0, "DRAFT COPY")

    assert one(read({"a.pdf": drawn(with_story(draw))})).text == PLAIN


def test_a_page_that_lies_askew_is_read(read: Read) -> None:
    assert one(read({"a.pdf": drawn(askew)})).text == PLAIN


def test_text_recognised_from_a_picture_is_read_and_said_to_be(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(picture(), 0, 0, WIDTH, HEIGHT)
        for number, line in enumerate(STORY):
            invisible(canvas, line, y=700 - 13 * number)

    article = one(read({"a.pdf": drawn(draw, pages=2)}))
    assert article.text.startswith(PLAIN)
    assert "its text was recognised from pictures (OCR) on 2 of 2 pages" in article.warnings


def test_scans_without_text_say_what_they_are(read: Read) -> None:
    scan = drawn(lambda canvas: canvas.drawImage(picture(), 0, 0, WIDTH, HEIGHT), pages=3)
    why = reason(read({"a.pdf": scan}))
    assert why.startswith("holds no text: 3 of its 3 pages are pictures, as a scanner makes them")
    assert "ocrmypdf" in why


def test_pages_that_are_pictures_among_others_are_told(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        if canvas.getPageNumber() == 2:
            canvas.drawImage(picture(), 0, 0, WIDTH, HEIGHT)
        else:
            write(canvas)

    article = one(read({"a.pdf": drawn(draw, pages=3)}))
    warning = "pictures without text, which are not read, are 1 of 3 pages"
    assert warning in article.warnings
    assert isinstance(article, Article)


def test_white_text_in_a_part_that_is_drawn_elsewhere_is_judged_where_it_stands(
    read: Read,
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("part")
        canvas.setFont("Times-Roman", 11)
        canvas.setFillGray(1)
        canvas.drawString(10, 10, HIDDEN)
        canvas.endForm()
        write(canvas)
        canvas.setFillGray(0)
        canvas.rect(60, 390, 400, 30, fill=1)
        canvas.translate(60, 390)
        canvas.doForm("part")

    stream = io.BytesIO(drawn(draw))
    assert HIDDEN in one(read({"a.pdf": stream.getvalue()})).text
