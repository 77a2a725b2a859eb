"""Feeds and newsroom XML beyond the golden article: summaries, entities, faults of form."""

import pytest

from retriever.records import Article, Failure
from tests.corpus.conftest import Read

RSS = '<rss version="2.0"><channel><title>The Example</title>{}</channel></rss>'


def only(items: list[Article | Failure]) -> Article:
    """Return the one article."""
    (article,) = items
    assert isinstance(article, Article), article
    return article


def test_summary_is_read_and_said_to_be_one(read: Read) -> None:
    entry = "<item><title>T</title><description>A &amp;amp; B.</description></item>"
    article = only(read({"a.rss": RSS.format(entry)}))
    assert article.text == "A & B."
    assert article.warnings == ("the feed holds a summary only",)
    assert (article.id, article.publisher) == ("a.rss#1", "The Example")


def test_entries_without_text_are_named_and_the_others_read(read: Read) -> None:
    entries = "<item><title>T</title></item><item><description>One.</description></item>"
    items = read({"a.rss": RSS.format(entries)})
    assert [getattr(item, "reason", None) or getattr(item, "text", None) for item in items] == [
        "entry 1 holds no text of an article",
        "One.",
    ]


def test_repeated_guids_are_told_apart(read: Read) -> None:
    entry = "<item><guid>x</guid><description>One.</description></item>"
    items = read({"a.rss": RSS.format(entry * 2)})
    assert [item.id for item in items if isinstance(item, Article)] == ["x", "x@a.rss#2"]


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("<author>jane@x.example (Jane Doe)</author>", "Jane Doe"),
        ("<author>jane@x.example</author>", None),
        ('<creator xmlns="http://purl.org/dc/elements/1.1/">By Jane Doe</creator>', "Jane Doe"),
    ],
)
def test_authors_of_feeds(read: Read, author: str, name: str | None) -> None:
    entry = f"<item>{author}<description>One.</description></item>"
    assert only(read({"a.rss": RSS.format(entry)})).author == name


def test_small_faults_of_form_are_forgiven(read: Read) -> None:
    entry = "<item><description>Fish & chips&nbsp;cost &unknown; more</description></item>"
    article = only(read({"a.xml": "\n <?xml version='1.0'?>" + RSS.format(entry) + "junk"}))
    assert article.text == "Fish & chips cost &unknown; more"


@pytest.mark.parametrize("name", ["b", "a-b", "a.b", "é", "z" * 99])
def test_what_nobody_declared_is_text_as_it_stands(read: Read, name: str) -> None:
    """A file that names a DTD, which is not loaded, may name anything that could be in it."""
    page = f'<div xmlns="http://www.w3.org/1999/xhtml"><p>Fish &{name}; more.</p></div>'
    entry = f"<entry><title>T</title><content type='xhtml'>{page}</content></entry>"
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'
    for head in ("", "<!DOCTYPE feed SYSTEM 'feed.dtd'>"):
        assert only(read({"a.atom": head + feed})).text == f"Fish &{name}; more."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252", "iso-8859-1"])
def test_declared_encodings_are_read(read: Read, encoding: str) -> None:
    entry = "<item><description>“Åse Lund” closed the café.</description></item>"
    entry = entry.replace("“", '"').replace("”", '"') if encoding.startswith("iso") else entry
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + RSS.format(entry)
    assert only(read({"a.rss": text.encode(encoding)})).text.endswith("closed the café.")


def test_encoding_other_than_declared_is_found(read: Read) -> None:
    entry = "<item><description>Åse Lund closed the café in the old town.</description></item>"
    text = '<?xml version="1.0" encoding="utf-8"?>' + RSS.format(entry)
    assert "café" in only(read({"a.rss": text.encode("cp1252")})).text


BOMB = (
    '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declared", [BOMB, OUTSIDE])
def test_entities_are_not_expanded(read: Read, declared: str) -> None:
    entry = RSS.format("<item><description>&a;&c;</description></item>")
    (failure,) = read({"a.rss": declared + entry})
    assert isinstance(failure, Failure)
    assert failure.reason.startswith("declares entities")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<urlset/>", "is XML of a kind that is not read: <urlset>"),
        ("no xml", "is not XML"),
        ("<rss><channel/></rss>", "is a feed without entries"),
        ("<rss>" * 100_000, "is nested or repeated"),
        ("<nitf/>", "holds no text of an article"),
        ('<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>', "holds no item with text"),
    ],
)
def test_xml_without_articles_is_a_failure(read: Read, content: str, reason: str) -> None:
    (failure,) = read({"a.xml": content})
    assert isinstance(failure, Failure)
    assert failure.reason.startswith(reason)


ESCAPED = "&lt;![CDATA[{}]]&gt;"
TWICE = "&amp;lt;![CDATA[{}]]&amp;gt;"


@pytest.mark.parametrize(
    ("description", "text"),
    [
        (ESCAPED.format("The ferry sank off Ostby."), "The ferry sank off Ostby."),
        (
            ESCAPED.format("&lt;p&gt;It sank.&lt;/p&gt;&lt;p&gt;All swam.&lt;/p&gt;"),
            "It sank.\n\nA",
        ),
        (TWICE.format("&amp;lt;p&amp;gt;It sank &amp;amp;amp; rose."), "It sank & rose."),
        (f"<![CDATA[{ESCAPED.format('It sank.')}]]>".replace("]]&gt;", "]]&gt;"), "It sank."),
        (ESCAPED.format("One.") + " " + ESCAPED.format("Two."), "One. Two."),
        ("How &lt;![CDATA[ marks text.", "How <![CDATA[ marks text."),
    ],
)
def test_escaped_marks_of_cdata_are_no_words(read: Read, description: str, text: str) -> None:
    entry = f"<item><title>{ESCAPED.format('A ferry')}</title><description>{description}"
    article = only(read({"a.rss": RSS.format(f"{entry}</description></item>")}))
    assert article.text.startswith(text)
    assert "]]" not in article.text
    assert article.title == "A ferry"


MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'
CAPTION = "A gull on a bollard, seen last summer, long before any of what is told here."


@pytest.mark.parametrize(
    "media",
    [
        f"<media:description {MEDIA}>{CAPTION}</media:description>",
        f"<media:content {MEDIA} medium='image'><media:text>{CAPTION}</media:text></media:content>",
        f"<description xmlns='http://search.yahoo.com/mrss'>{CAPTION}</description>",
        f"<media:group {MEDIA}><media:description>{CAPTION}</media:description></media:group>",
    ],
)
def test_words_about_a_picture_are_no_article(read: Read, media: str) -> None:
    entry = f"<item><description>It sank.</description>{media}</item>"
    assert only(read({"a.rss": RSS.format(entry)})).text == "It sank."
    (failure,) = read({"a.rss": RSS.format(f"<item><title>T</title>{media}</item>")})
    assert isinstance(failure, Failure)
    assert failure.reason == "entry 1 holds no text of an article"


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("The &lt;p&gt; tag explained", "The <p> tag explained"),
        ("Ferries &lt;3 Ostby", "Ferries <3 Ostby"),
        ("Is 3 &lt; 4 &gt; 2?", "Is 3 < 4 > 2?"),
        ("&lt;b&gt;Ferry&lt;/b&gt; sinks", "Ferry sinks"),
        ("Ferry&lt;br/&gt;sinks", "Ferry sinks"),
    ],
)
def test_titles_with_angle_brackets(read: Read, stated: str, title: str) -> None:
    entry = f"<item><title>{stated}</title><description>It sank.</description></item>"
    assert only(read({"a.rss": RSS.format(entry)})).title == title


@pytest.mark.parametrize("end", ["The ferry [&amp;hellip;]", "The ferry […]", "A [...] Read more"])
def test_a_text_that_breaks_off_is_warned_of(read: Read, end: str) -> None:
    content = '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    article = only(read({"a.rss": RSS.format(f"<item>{content}{end}</content:encoded></item>")}))
    assert article.warnings == ("its text is cut off: it ends in […]",)
