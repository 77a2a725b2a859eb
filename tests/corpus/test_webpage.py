"""Saved pages: the article's own words and nothing else."""

from pathlib import Path

import pytest

from retriever.corpus import survey
from retriever.corpus.formats.webpage import reader as webpage
from retriever.corpus.reading import read_here
from retriever.records import Article, Failure, Published
from tests.corpus.conftest import Read, ReadPage
from tests.corpus.pages import BODY, PAIRS, PARAGRAPHS

GOLDEN = Path(__file__).parent / "golden"


def test_golden_page_is_read_word_for_word(read: Read) -> None:
    (article,) = read({"news/storm.html": (GOLDEN / "storm.html").read_bytes()})
    assert isinstance(article, Article)
    assert article.text == (GOLDEN / "storm.txt").read_text().rstrip("\n")
    assert [span.of(article.text) for span in article.headings] == [
        "Eleven ships wait outside",
        "What comes next",
    ]
    assert (article.id, article.path) == ("news/storm.html", "news/storm.html")
    assert article.title == "Storm closes the harbour for a third day"
    assert article.authors == ("Jane Doe", "John A. O’Neill")
    assert article.author == "Jane Doe, John A. O’Neill"
    assert article.publisher == "The Coast Courier"
    assert article.url == "https://coast.example/2023/06/25/storm-harbour?ref=canonical"
    assert article.language == "en"
    assert article.published == Published(
        value="2023-06-25", precision="day", source="json-ld datePublished, day of the address"
    )
    assert article.updated == Published(
        value="2023-06-27", precision="day", source="json-ld dateModified"
    )
    assert article.warnings == ()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"<html><body></body></html>", "shows no text of an article"),
        (b"<p>Access denied.</p>", "shows no text of an article"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "holds binary data, not text"),
        (
            b"<html><frameset cols='20%,*'><frame src=a.html><frame src=b.html></frameset></html>",
            "is a frameset: the text is in the pages that it shows, save those",
        ),
        (
            b"<html><body><form><h1>Log in</h1><input name=u><input type=password></form></body>",
            "asks to log in and shows no article",
        ),
        (
            b"<html><body><ul>" + b"<li><a href=x>A headline of the day</a></li>" * 30 + b"</ul>",
            "is a list of links and shows no article",
        ),
        (b"<p>x" + b"<div>" * 100_000 + b"y", "nests its elements more than 256 deep"),
        (
            b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nHello.",
            "is a mail message without a web page in it",
        ),
    ],
)
def test_page_without_an_article_is_a_failure(read: Read, content: bytes, reason: str) -> None:
    assert read({"a.html": content}) == [Failure(path="a.html", reason=reason)]


def test_page_over_the_limit_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webpage, "LARGEST_PAGE", 10)
    (tmp_path / "a.html").write_text("<p>Eleven</p>")
    (source,) = survey(tmp_path).sources
    (item,) = read_here(source)
    assert isinstance(item, Failure)
    assert item.reason == "is larger than 10 bytes; save the page without its pictures"


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.xhtml", "a.shtml"])
def test_every_ending_of_pages_is_read(read_page: ReadPage, name: str) -> None:
    assert read_page(name=name).text.startswith("The harbour was closed")


@pytest.mark.parametrize(
    "furniture",
    [
        "<p><a href=/x>Another story of ours that you may want to read as well</a></p>",
        "<p>Read more: <a href=/x>Another story of ours that you may want to read</a></p>",
        "<p>Follow us on Facebook and Twitter for more stories like this one.</p>",
        "<p>Lesen Sie auch</p>",
        "<figure><figcaption>The harbour from the north. Photo: A. Person</figcaption></figure>",
        "<aside><p>A pull quote that stands beside the text and says nothing new.</p></aside>",
        "<div class='newsletter-signup'><p>Our letter has everything each morning.</p></div>",
        "<p style='display: none'>A hidden paragraph that no reader of it has ever seen.</p>",
        "<noscript><p>Please turn on JavaScript to see this page as it was meant.</p></noscript>",
        "<p>© 2023 The Example. Not to be copied without permission.</p>",
    ],
)
def test_what_stands_among_the_paragraphs_and_is_no_text(
    read_page: ReadPage, furniture: str
) -> None:
    paragraphs = [f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS]
    article = read_page(body="".join([*paragraphs[:3], furniture, *paragraphs[3:], furniture]))
    assert article.text.split("\n\n") == [*PARAGRAPHS]


@pytest.mark.parametrize(
    "layout",
    [
        "<table><tr><td><a href=/>Home</a></td><td>{}</td></tr></table>",
        "<form id=aspnetForm>{}</form>",
        "<div class=sidebar-left><div class=post>{}</div></div>",
        "<pre>{}</pre>",
        "<font size=2><b>{}</b></font>",
    ],
)
def test_article_is_found_in_every_layout(read: Read, layout: str) -> None:
    (article,) = read({"a.html": f"<html><body>{layout.format(BODY)}</body></html>"})
    assert isinstance(article, Article), article
    assert article.text.split("\n\n") == [*PARAGRAPHS]


def test_lead_above_the_body_belongs_to_the_article(read: Read) -> None:
    lead = "<h1>Storm</h1><div class=summary>What the harbour saw on Monday, none has seen before, \
say those who were there and lived to tell.</div><ul><li>Share</li></ul>"
    page = f"<title>Storm</title><body>{lead}<div class=text>{BODY}</div></body>"
    (article,) = read({"a.html": page})
    assert isinstance(article, Article)
    assert article.text.startswith("What the harbour saw on Monday")
    assert article.text.endswith(PARAGRAPHS[-1])


@pytest.mark.parametrize(
    "sentence",
    [
        "High prices contributed to the decline in sales, the bank said.",
        "More than two million people subscribe to the newsletter, the company said.",
        "Topics discussed at the summit included trade and security.",
        "Copyright law was changed last year, and few people noticed it.",
        "Like many others on Twitter, she was surprised to hear of it.",
        "Readers joined in on Facebook, where the mayor had asked for patience.",
        "Advertisements for the app will be shown to every visitor from Monday.",
        "The site runs affiliate links, as the court found in its ruling.",
        "(c) A third point was that the harbour wall had never been inspected.",
    ],
)
def test_sentences_that_speak_of_such_things_stay(read_page: ReadPage, sentence: str) -> None:
    assert read_page(body=f"{BODY}<p>{sentence}</p>").text.endswith(sentence)


@pytest.mark.parametrize(
    "markup",
    [
        "<p id=orgd7109ad>{}</p>",
        "<div class='text has-image'><p>{}</p></div>",
        "<div class=banner><p>{}</p></div>",
    ],
)
def test_names_that_only_seem_to_mean_something_else(read_page: ReadPage, markup: str) -> None:
    sentence = (
        "The wall was built in 1911 and has been repaired nine times since, most recently after the"
        " storm of 2019, when the province paid for the stones, the town for the work, and the"
        " fishermen, who had asked for it for years, for the lamps along the top of it; none of"
        " the three has paid for anything since, according to the accounts of the harbour."
    )
    assert sentence in read_page(body=BODY + markup.format(sentence) + BODY).text


def test_other_articles_end_the_article_and_entries_do_not(read_page: ReadPage) -> None:
    others = "".join(f"<article><p>{p} And more.</p></article>" for p in PARAGRAPHS * 2)
    assert read_page(body=f"{BODY}<h3>You may also like</h3>{others}").text.endswith(PARAGRAPHS[-1])
    entries = "".join(f"<article><h3>{n}:00</h3><p>{p} Yes.</p></article>" for n, p in PAIRS)
    assert read_page(body=BODY + entries).text.endswith("Yes.")


def test_card_that_pops_up_over_a_name_is_left_out(read_page: ReadPage) -> None:
    card = "<span><img src=p.jpg><a href=/r>Jane Roe</a><a href=/1>She left</a></span>"
    body = f"<p>Mayor <a href=/r>Jane Roe</a>{card} said on Monday that nobody was hurt.</p>{BODY}"
    assert read_page(body=body).text.startswith("Mayor Jane Roe said on Monday that nobody was")


def test_words_are_never_run_together_or_parted(read_page: ReadPage) -> None:
    body = f"<p>One<br>two <b>thr</b>ee,\n four&nbsp;<i>five </i> six</p>{BODY}"
    article = read_page(body=f"{BODY}{body}")
    assert "One\ntwo three, four five six\n" in article.text


def test_page_that_shows_little_gives_what_its_json_ld_states(read: Read) -> None:
    text = "The harbour was closed on Monday. " + "Ships wait outside for better weather. " * 20
    data = f'{{"@type": "NewsArticle", "articleBody": "{text.strip()}"}}'
    page = f'<script type="application/ld+json">{data}</script><body><div id=app></div>'
    (article,) = read({"a.html": page})
    assert isinstance(article, Article)
    assert article.text == text.strip()
