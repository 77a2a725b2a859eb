"""Kinds of markup that went wrong on pages of others, each in several forms."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import trafilatura

from retriever.corpus import survey
from retriever.corpus.reading import read_here
from retriever.records import Article
from tests.corpus.conftest import Read, ReadPage, ReadPages
from tests.corpus.pages import PARAGRAPHS

TOP = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[:3])
END = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[3:])
ITEMS = ("It was closed in 1911, for a week.", "It was closed in 1968, for a day.")
LIST = "<ul>" + "".join(f"<li>{item}</li>" for item in ITEMS) + "</ul>"
ROWS = "<tr><td>Petrel</td><td>Timber</td><td>9,750</td></tr><tr><td>Ox</td><td>Hay</td><td>8</td>"


def around(middle: str, top: str = TOP) -> str:
    """Return a page without any element of its own for the article."""
    return f"<html><head><title>Storm</title></head><body><h1>Storm</h1>{top}{middle}{END}</body>"


@pytest.mark.parametrize(
    ("middle", "lines"),
    [
        (LIST, ITEMS),
        (LIST.replace("ul", "ol"), ITEMS),
        (f"<p>It was closed before:</p>{LIST}", ("It was closed before:", *ITEMS)),
        ("<dl><dt>Closed in 1911</dt><dd>for a week of storms</dd></dl>", ("Closed in 1911",)),
        (f"<table border=1>{ROWS}</table>", ("Petrel Timber 9,750", "Ox Hay 8")),
        (f"<figure><table>{ROWS}</table></figure>", ("Petrel Timber 9,750", "Ox Hay 8")),
        (
            f"<h2>Ships</h2><div><table>{ROWS}</table></div><p>So much for these ships.</p>",
            ("Ships",),
        ),
        (f"<div class=table-wrap><table><tbody>{ROWS}</table></div>", ("Petrel Timber 9,750",)),
        (
            f"<table>{ROWS}</table>".replace("<td>", "<td><p>").replace("</td>", "</p></td>"),
            ("Petrel Timber 9,750", "Ox Hay 8"),
        ),
    ],
)
def test_lists_and_tables_between_paragraphs(
    read_pages: ReadPages, middle: str, lines: Sequence[str]
) -> None:
    (text,) = read_pages([around(middle)])
    paragraphs = text.split("\n\n")
    start = paragraphs.index(lines[0])
    assert paragraphs[start : start + len(lines)] == [*lines]
    assert paragraphs[:3] + paragraphs[-2:] == [*PARAGRAPHS]


def test_table_below_the_last_paragraph(read_pages: ReadPages) -> None:
    results = f"<figure><table>{ROWS}</table></figure>"
    links = ROWS.replace("<td>", "<td><a href=/x>").replace("</td>", "</a></td>")
    page = around("").replace("</body>", f"{results}<table>{links}</table></body>")
    (text,) = read_pages([page])
    assert text.split("\n\n") == [*PARAGRAPHS, "Petrel Timber 9,750", "Ox Hay 8"]


def test_list_that_ends_the_article(read_pages: ReadPages) -> None:
    for before in ("<p>It was closed before:</p>", "<h2>It was closed before:</h2>"):
        page = around("", top="").replace("</body>", f"{before}{LIST}</body>")
        (text,) = read_pages([page])
        assert text.split("\n\n")[-3:] == ["It was closed before:", *ITEMS]
    (text,) = read_pages([around("").replace("</body>", f"{LIST}</body>")])
    assert text.split("\n\n") == [*PARAGRAPHS, *ITEMS]


@pytest.mark.parametrize(
    "label",
    [
        "<aside><h3>Related</h3><ul><li><a href=/x>Storm warning</a></ul></aside>",
        "<div><h4>You may also like</h4><a href=/x>Storm warning for the coast</a></div>",
        "<p>Read more</p><ul><li><a href=/x>Storm warning</a><li><a href=/y>Snow</a></ul>",
        "<h2>Lesen Sie auch</h2><a href=/x>Sturmwarnung</a>",
    ],
)
@pytest.mark.parametrize("kind", ["<article>{}</article>", "<article><div>{}</div></article>"])
def test_label_of_others_above_the_article(read: Read, label: str, kind: str) -> None:
    deck = "The harbour master asks all ships to stay outside until the wind turns, and it will."
    page = (
        f"<title>Storm</title><body><main><header><h1>Storm</h1><p class=deck>{deck}</p></header>"
        f"{label}{kind.format(TOP + END)}</main>"
    )
    (article,) = read({"a.html": page})
    assert isinstance(article, Article)
    assert article.text.split("\n\n") == [deck, *PARAGRAPHS]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>She said <q>it is shut</q> and left the quay.</p>", "said “it is shut” and left"),
        ("<p>It lost <s>nine</s> <ins>two</ins> of its ships.</p>", "It lost two of its ships."),
        ("<p>It spilled 3 × 10<sup>6</sup> litres of oil.</p>", "3 × 10⁶ litres"),
        ("<p>It fell in 2019<sup><a href=#n>2</a></sup> too.</p>", "in 2019² too."),
        ("<p>It covers 12 km<sup>2</sup>, the 3<sup>rd</sup> time.</p>", "12 km², the 3rd time."),
        ("<p>It holds 40 t of CO<sub>2</sub> in all.</p>", "40 t of CO₂ in all."),
        (
            "<p>They all have solved <math><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mn>4</mn>"
            "</math>.</p>",
            "They all have solved x²=4.",
        ),
        ("<p>On <x-date>3 May</x-date>, it reopened, they said.</p>", "On 3 May, it reopened"),
    ],
)
def test_what_plain_text_cannot_carry(read_page: ReadPage, body: str, text: str) -> None:
    assert text in read_page(body=TOP + body + END).text


@pytest.mark.parametrize(
    "linked",
    [
        "The harbour was last closed for so long in 1911, when the wall was new and had no lamps.",
        "Those who had waited in the town since Friday were told to go home by the ferry.",
        "It all began with a crane that fell.",
    ],
)
def test_paragraph_that_is_a_link(read_page: ReadPage, linked: str) -> None:
    body = f"{TOP}<p><a href=/1911>{linked}</a></p>{END}"
    assert linked in read_page(body=body).text.split("\n\n")


@pytest.mark.parametrize(
    "page",
    [
        "<news-story><template shadowrootmode=open>{}</template></news-story>",
        "<x-a><template shadowrootmode=open><x-b><template shadowrootmode=closed>{}</template>"
        "</x-b></template></x-a>",
        "<x-page><template shadowrootmode=open><nav><a href=/>Home</a></nav><slot></slot>"
        "</template><div>{}</div></x-page>",
        "<x-old><template shadowroot=open>{}</template></x-old>",
    ],
)
def test_article_in_a_shadow_tree(read_pages: ReadPages, page: str) -> None:
    body = page.format(TOP + END)
    (text,) = read_pages([f"<title>Storm</title><body>{body}<footer>Us</footer>"])
    assert text.split("\n\n") == [*PARAGRAPHS]


@pytest.mark.parametrize(
    "comments",
    [
        "<div class=comments><p><time datetime=2018-08-27>8 hours ago</time> First!</p></div>",
        "<section id=disqus_thread><span class=date>27 August 2018</span><p>First!</p></section>",
        "<h3>2 comments</h3><ol><li><time datetime=2018-08-27>27 Aug 2018</time><p>I was there.</p>"
        "<li><time datetime=2018-08-28>28 Aug 2018</time><p>So was I, and it was loud.</p></ol>",
        "<div itemscope itemtype='https://schema.org/Comment'><time itemprop=datePublished"
        " datetime=2018-08-27>8 hours ago</time><p>First!</p></div>",
        "<div class=related-stories><time class=published datetime=2018-08-27>x</time></div>",
        "<div class=reader-feedback><p>Posted on August 27, 2018</p><p>First, I think!</p></div>",
    ],
)
def test_date_of_a_comment_is_not_the_articles(read_page: ReadPage, comments: str) -> None:
    assert read_page(body=TOP + END + comments).published is None
    dated = "<p><time datetime=2017-05-03 class=published>3 May 2017</time></p>"
    published = read_page(body=dated + TOP + END + comments).published
    assert published is not None
    assert published.value == "2017-05-03"


@pytest.mark.parametrize("unseen", ["<dialog open>{}</dialog>", "<menu>{}</menu>"])
def test_text_that_only_the_library_finds_is_taken_with_a_warning(read: Read, unseen: str) -> None:
    page = f"<title>Storm</title><body><h1>Storm</h1>{unseen.format(TOP + END)}</body>"
    (article,) = read({"a.html": page})
    assert isinstance(article, Article)
    assert article.text.split("\n") == [*PARAGRAPHS]
    (warning,) = article.warnings
    assert "were found again on the page, so its text is as trafilatura gives it" in warning


def test_prose_is_taken_where_the_library_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise LookupError

    monkeypatch.setattr(trafilatura, "extract", fail)
    (tmp_path / "a.html").write_text(around(""))
    (article,) = read_here(*survey(tmp_path).sources)
    assert isinstance(article, Article)
    assert article.text.split("\n\n") == [*PARAGRAPHS]
    assert article.warnings == (
        "the page marks no article: its text is the longest run of paragraphs",
    )


def test_copy_of_a_slide_is_hidden_and_a_covered_page_is_not(read_pages: ReadPages) -> None:
    slide = "<div aria-hidden=true>" + "<p>A copy of a slide, for the carousel to turn.</p>" * 3
    page = f"<div aria-hidden=true><h1>Storm</h1>{TOP + END}</div>"
    covered = f"{page}<div role=dialog><p>Our letter.</p></div>"
    pages = [around(f"{slide}</div>"), f"<title>Storm</title><body>{covered}"]
    for text in read_pages(pages):
        assert text.split("\n\n") == [*PARAGRAPHS]


def test_date_beside_the_article_is_not_its_own(read: Read) -> None:
    latest = "<li><a href=/x>Snow</a> <time datetime=2018-08-27>27 August 2018</time></li>"
    for number, tag in enumerate(("<div class=sidebar>{}</div>", "<aside>{}</aside>")):
        page = around("").replace("<h1>", f"{tag.format(latest)}<h1>")
        name = f"{number}.html"
        (article,) = (item for item in read({name: page}) if item.path == name)
        assert isinstance(article, Article)
        assert article.published is None


def test_text_said_again_and_again_is_kept(read_pages: ReadPages) -> None:
    verse = " ".join(PARAGRAPHS)
    (text,) = read_pages([f"<title>Song</title><body><h1>Song</h1>{f'<p>{verse}</p>' * 4}"])
    assert text.split("\n\n") == [verse] * 4


def test_program_with_many_signs_is_no_element_with_many_attributes(read_page: ReadPage) -> None:
    script = f"<script>for(i=0;i<n.length;i++){{{'a=b;' * 3_000}}}</script>"
    assert read_page(body=script + TOP + END).text.split("\n\n") == [*PARAGRAPHS]
