"""What a saved page says about its article: title, authors, address, language, dates."""

import pytest

from retriever.records import Article
from tests.corpus.conftest import Read, ReadPage
from tests.corpus.pages import BODY


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


def test_a_month_ends_with_its_last_day(read_page: ReadPage) -> None:
    assert read_page(META % "2023-07-01" + LINK % "2023/06").warnings == ()
    assert read_page(META % "2023-07-02" + LINK % "2023/06").warnings


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
