"""Saved pages: the article's own words and nothing else, and what the page says about itself."""

from collections.abc import Callable
from pathlib import Path

import pytest

from retriever.corpus import find_sources
from retriever.corpus.formats.webpage import reader as webpage
from retriever.corpus.reading import read_here
from retriever.records import Article, Failure, Published
from tests.corpus.conftest import Read

GOLDEN = Path(__file__).parent / "golden"
PARAGRAPHS = (
    "The harbour was closed on Monday after the worst storm that anyone remembers, and ships wait.",
    "Nobody was hurt, said the mayor, but the north pier is broken in two places, perhaps three.",
    "Eleven ships wait in the roads, two of them with live cattle aboard, and the wind rises.",
    "The town hall put the damage at four million crowns, three more than after the last storm.",
    "The wind is to turn on Tuesday night, according to the weather service of the province.",
)
PAIRS = [*enumerate(PARAGRAPHS, start=10)]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
ReadPage = Callable[..., Article]


@pytest.fixture
def read_page(read: Read) -> ReadPage:
    """Return a function that reads a page of a head and a body, by default five paragraphs."""

    def read_markup(head: str = "", body: str = BODY, name: str = "a.html") -> Article:
        page = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
        (article,) = read({name: page})
        assert isinstance(article, Article), article
        return article

    return read_markup


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
    (source,) = find_sources(tmp_path)
    (item,) = read_here(source)
    assert isinstance(item, Failure)
    assert item.reason == "is larger than 10 bytes; save the page without its pictures"


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.xhtml", "a.shtml"])
def test_every_ending_of_pages_is_read(read_page: ReadPage, name: str) -> None:
    assert read_page(name=name).text.startswith("The harbour was closed")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Storm closes the harbour - The Example</title>", "Storm closes the harbour"),
        ("<title>The Example | Storm closes the harbour</title>", "Storm closes the harbour"),
        ("<title>Storm - not the last one - hits the coast</title>", None),
        ("<meta property=og:title content='Storm closes the harbour'>", "Storm closes the harbour"),
    ],
)
def test_title_is_told_from_the_name_of_the_site(
    read_page: ReadPage, head: str, title: str | None
) -> None:
    site = "<meta property=og:site_name content='The Example'>"
    assert read_page(site + head).title == (title or "Storm - not the last one - hits the coast")


def test_title_is_the_heading_that_the_page_shows(read_page: ReadPage) -> None:
    head = "<title>Storm closes harbour for days | The Example</title>"
    article = read_page(head, f"<h1>Storm closes the harbour for days</h1>{BODY}")
    assert article.title == "Storm closes the harbour for days"
    assert article.text.startswith("The harbour was closed")


@pytest.mark.parametrize(
    ("head", "body", "authors"),
    [
        ("<meta name=author content='Jane Doe and John Roe'>", "", ("Jane Doe", "John Roe")),
        ("<meta name=author content='By Jane Doe; John Roe'>", "", ("Jane Doe", "John Roe")),
        ("<meta name=author content='https://facebook.com/jane'>", "", ()),
        ("<meta property=article:author content='Doe &amp; Roe'>", "", ("Doe", "Roe")),
        ("", "<p class=byline>By Jane Doe</p>", ("Jane Doe",)),
        ("", "<a rel=author href=/j>Jane Doe</a>", ("Jane Doe",)),
        ("", "<p>By Jane Doe</p>", ("Jane Doe",)),
        ("", "<div id=comments><p class=author>fisher_77</p></div>", ()),
        ("", "", ()),
    ],
)
def test_authors(read_page: ReadPage, head: str, body: str, authors: tuple[str, ...]) -> None:
    article = read_page(head, body + BODY)
    assert article.authors == authors
    assert article.author == (", ".join(authors) or None)
    assert "Doe" not in article.text


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("<link rel=canonical href='https://news.example/a'>", "https://news.example/a"),
        ("<link rel=canonical href='javascript:alert(1)'>", None),
        ("<link rel=canonical href='file:///etc/passwd'>", None),
        ("<link rel=canonical href='/only/a/path'>", None),
        ("<link rel=canonical href='http://[broken'>", None),
        (
            "<link rel=canonical href='https://news.example/'>"
            "<meta property=og:url content='https://news.example/a'>",
            "https://news.example/a",
        ),
        ("<!-- saved from url=(0022)https://news.example/a -->", "https://news.example/a"),
        (
            "<!--\n Page saved with SingleFile \n url: https://news.example/a \n saved: x\n-->",
            "https://news.example/a",
        ),
        (
            "<!-- Mirrored from news.example/a by HTTrack Website Copier -->",
            "http://news.example/a",
        ),
    ],
)
def test_address_is_of_the_web(read_page: ReadPage, head: str, url: str | None) -> None:
    article = read_page(head)
    assert article.url == url
    assert article.publisher == ("news.example" if url else None)


@pytest.mark.parametrize(
    ("markup", "language"),
    [("de-AT", "de"), ("PT_br", "pt"), ("", None), ("not a language", None)],
)
def test_language(read: Read, markup: str, language: str | None) -> None:
    (article,) = read({"a.html": f'<html lang="{markup}"><body>{BODY}</body></html>'})
    assert isinstance(article, Article)
    assert article.language == language


@pytest.mark.parametrize(
    ("head", "value", "source"),
    [
        (
            "<meta property=article:published_time content='2023-06-25T22:00:00-05:00'>",
            "2023-06-25",
            "meta article:published_time",
        ),
        ("<meta name=pubdate content='20230625'>", "2023-06-25", "meta pubdate"),
        ("<meta name=date content='25/06/2023'>", "2023-06-25", "meta date"),
        ("<link rel=canonical href='https://a.example/2023/06/25/b'>", "2023-06-25", "address"),
        ("<link rel=canonical href='https://a.example/2023/06/b'>", "2023-06", "address"),
        ("<link rel=canonical href='https://a.example/2023/06/7-ways'>", "2023-06", "address"),
        (
            "<link rel=canonical href='https://a.example/b-2023-06-25.html'>",
            "2023-06-25",
            "address",
        ),
        ("<link rel=canonical href='https://a.example/n/20230625b'>", "2023-06-25", "address"),
        (
            "<link rel=canonical href='https://a.example/2023/06/25/b'>"
            "<meta property=article:published_time content='2023-06-26T01:30:00Z'>",
            "2023-06-25",
            "meta article:published_time, day of the address",
        ),
        (
            "<link rel=canonical href='https://a.example/2023/06/25/b'>"
            "<meta property=article:published_time content='2023-06-26T01:30:00+02:00'>",
            "2023-06-26",
            "meta article:published_time",
        ),
    ],
)
def test_publication_date_names_its_field(
    read_page: ReadPage, head: str, value: str, source: str
) -> None:
    published = read_page(head).published
    assert published
    assert (published.value, published.source) == (value, source)


@pytest.mark.parametrize("path", ["2023-10-best", "2023/99/1", "id/120230625", ""])
def test_other_figures_in_an_address_are_no_date(read_page: ReadPage, path: str) -> None:
    article = read_page(f"<link rel=canonical href='https://a.example/{path}'>")
    assert article.published is None


def test_marked_date_in_the_text(read_page: ReadPage) -> None:
    body = f"<time itemprop=datePublished datetime=2023-06-25>Sunday</time>{BODY}"
    published = read_page(body=body).published
    assert published
    assert (published.value, published.source) == ("2023-06-25", "itemprop datePublished")


@pytest.mark.parametrize(
    ("stated", "warning"),
    [
        ("2999-01-01", "meta article:published_time lies in the future: 2999-01-01"),
        ("1970-01-01T00:00:00Z", "is a placeholder, not a date: 1970-01-01"),
        ("2023-02-30", "states a day that is in no calendar: 2023-02-30"),
        ("3/4/2023", "states a day that can be read in two ways: 3/4/2023"),
    ],
)
def test_date_that_cannot_be_true_is_not_used(
    read_page: ReadPage, stated: str, warning: str
) -> None:
    article = read_page(f"<meta property=article:published_time content='{stated}'>")
    assert article.published is None
    assert len(article.warnings) == 1
    assert article.warnings[0].endswith(warning)


def test_the_next_field_is_used_where_one_cannot_be_true(read_page: ReadPage) -> None:
    article = read_page(
        "<meta property=article:published_time content='2999-01-01'>"
        "<meta name=pubdate content='2023-06-25'>"
    )
    assert article.published
    assert article.published.source == "meta pubdate"
    assert article.warnings == ("meta article:published_time lies in the future: 2999-01-01",)


def test_date_read_from_the_text_is_called_a_guess(read_page: ReadPage) -> None:
    article = read_page(body=f"<div class=info>Posted on 25 June 2023 by us</div>{BODY}")
    assert article.published
    assert article.published.source == "text of the page"
    assert "is read from the text" in article.warnings[0]


LD = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "%s"}</script>'
META = "<meta property=article:published_time content='%s'>"
LINK = "<link rel=canonical href='https://coast.example/%s/storm'>"


@pytest.mark.parametrize(
    ("head", "body", "other"),
    [
        (LD % "2023-06-25" + META % "2023-06-28", BODY, "2023-06-28 (meta article:published_time)"),
        (META % "2023-06-25" + LINK % "2023/06/28", BODY, "2023-06-28 (address)"),
        (META % "2023-06-25" + LINK % "2022/06", BODY, "2022-06 (address)"),
        (META % "2023-06-25", f"<p>June 28, 2023</p>{BODY}", "2023-06-28 (text: date line)"),
    ],
)
def test_dates_that_contradict_each_other_are_warned_of(
    read_page: ReadPage, head: str, body: str, other: str
) -> None:
    article = read_page(head, body=body)
    assert article.published
    assert article.published.value == "2023-06-25"
    first = f"2023-06-25 ({article.published.source})"
    assert article.warnings == (f"the page states two dates: {first} and {other}",)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (LD % "2023-06-25" + META % "2023-06-26", BODY),  # another zone
        (META % "2023-06-25" + LINK % "2023/06", BODY),
        (META % "2023-06-30T23:00:00Z" + LINK % "2023/07", BODY),
        (META % "2023-06-25", f"{BODY}<time class=published>2023-07-09</time>"),  # a comment
    ],
)
def test_dates_that_agree_are_not_warned_of(read_page: ReadPage, head: str, body: str) -> None:
    assert read_page(head, body=body).warnings == ()


def test_update_before_the_publication_is_left_out(read_page: ReadPage) -> None:
    published = "<meta property=article:published_time content='2023-06-25'>"
    assert (
        read_page(f"{published}<meta property=og:updated_time content=2023-06-24>").updated is None
    )
    assert read_page(f"{published}<meta property=og:updated_time content=2023-06-26>").updated


def test_sidecar_overrides_the_page(read: Read) -> None:
    sidecar = 'author = "Ann Other"\npublished = 2020-01-01\n'
    (article,) = read(
        {"a.html": f"<meta name=author content=Jane>{BODY}", "a.html.meta.toml": sidecar}
    )
    assert isinstance(article, Article)
    assert (article.author, article.authors) == ("Ann Other", ("Ann Other",))
    assert article.published
    assert article.published.source == "sidecar"


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
