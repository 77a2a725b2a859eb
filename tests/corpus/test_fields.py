"""Records by the names that programs give their fields, in JSON and JSON Lines."""

import json

import pytest

from retriever.corpus.article.names import people_in
from retriever.corpus.formats.json.fields import article_of_record
from retriever.records import Article, Failure
from tests.corpus.conftest import Read


def only(items: list[Article | Failure]) -> Article:
    """Return the one article."""
    (article,) = items
    assert isinstance(article, Article), article
    return article


NINJS = {
    "uri": "urn:newsml:localhost:2023:storm",
    "type": "text",
    "headline": "Storm closes the harbour",
    "byline": "By Jane Doe and John Roe",
    "firstcreated": "2023-06-25T08:00:00+00:00",
    "versioncreated": "2023-06-26T08:00:00+00:00",
    "language": "en",
    "source": "The Example",
    "body_html": "<p>The harbour was closed.</p><p>Nobody was hurt.</p>",
    "associations": {"featuremedia": {"type": "picture", "headline": "A crane"}},
}


def test_ninjs(read: Read) -> None:
    article = only(read({"a.json": json.dumps(NINJS)}))
    assert article.id == "urn:newsml:localhost:2023:storm"
    assert article.text == "The harbour was closed.\n\nNobody was hurt."
    assert article.authors == ("Jane Doe", "John Roe")
    assert article.publisher == "The Example"
    assert article.published is not None
    assert article.updated is not None
    assert (article.published.value, article.updated.value) == ("2023-06-25", "2023-06-26")
    assert article.updated.source == "record field versioncreated"


def test_json_ld_graph(read: Read) -> None:
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "The Example"},
            {
                "@type": "NewsArticle",
                "headline": "Storm",
                "author": [{"@type": "Person", "name": "Jane Doe"}],
                "datePublished": "2023-06-25",
                "publisher": {"@type": "Organization", "name": "The Example"},
                "mainEntityOfPage": "https://news.example/storm",
                "articleBody": "The harbour was closed.",
            },
        ],
    }
    article = only(read({"a.json": json.dumps(graph)}))
    assert (article.id, article.title, article.author) == ("a.json", "Storm", "Jane Doe")
    assert (article.publisher, article.url) == ("The Example", "https://news.example/storm")


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (
            {"response": {"status": "ok", "results": [{"webTitle": "S", "body": "One."}]}},
            "Guardian",
        ),
        ({"version": "https://jsonfeed.org/version/1.1", "items": [{"content_text": "One."}]}, ""),
        ([{"content": {"rendered": "One."}, "title": {"rendered": "S"}}], "WordPress"),
        ([{"text": "One."}], "list"),
        ({"data": {"articles": [{"content": "One."}]}}, "nested"),
        ({"text": "One."}, "single"),
    ],
)
def test_records_are_found_where_programs_put_them(read: Read, content: object, place: str) -> None:
    article = only(read({"a.json": json.dumps(content)}))
    assert (article.text, article.id) == ("One.", "a.json"), place


def test_bad_records_of_a_list_are_named_and_the_others_read(read: Read) -> None:
    records = [{"text": "One."}, 5, {"title": "no text"}, {"id": "x", "text": "Two."}]
    items = read({"a.json": json.dumps(records)})
    assert [getattr(item, "id", None) or getattr(item, "reason", "") for item in items] == [
        "a.json#1",
        "record 2 is not a JSON object with the fields of an article",
        'record 3 has no field "text" that holds text',
        "x",
    ]


def test_plain_text_of_any_field_is_stored_as_it_stands(read: Read) -> None:
    text = "\ufeff One  line.\r\n Advertisement\n2 < 3"
    article = only(read({"a.jsonl": json.dumps({"content": text})}))
    assert article.text == text
    assert only(read({"a.jsonl": json.dumps({"text": "<p>As it stands</p>"})})).text.startswith(
        "<p>"
    )


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2023-06-25T23:30:00-05:00", "2023-06-25"),
        ("Sun, 25 Jun 2023 10:00:00 GMT", "2023-06-25"),
        ("20230625T100000Z", "2023-06-25"),
        (1687687200, "2023-06-25"),
        (1687687200123, "2023-06-25"),
        ("June 25, 2023", "2023-06-25"),
        ("3/4/2023", None),
        ("2999-01-01", None),
        (99999999999999999999, None),
    ],
)
def test_dates_as_programs_write_them(read: Read, stated: object, day: str | None) -> None:
    article = only(read({"a.jsonl": json.dumps({"text": "One.", "pubDate": stated})}))
    assert (article.published.value if article.published else None) == day
    assert bool(article.warnings) is (day is None)


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ("By Jane Doe and John Roe", ("Jane Doe", "John Roe")),
        ("Doe, Jane", ("Doe, Jane",)),
        ("Jane Doe; John Roe & Ann Poe", ("Jane Doe", "John Roe", "Ann Poe")),
        ("Byron Smith", ("Byron Smith",)),
        (" ", ()),
    ],
)
def test_names_of_a_byline(stated: str, names: tuple[str, ...]) -> None:
    assert people_in(stated) == names


def test_publisher_that_is_an_address_is_its_site(read: Read) -> None:
    record = {"text": "One.", "source": "https://news.example/storm"}
    article = only(read({"a.jsonl": json.dumps(record)}))
    assert (article.publisher, article.url) == ("news.example", "https://news.example/storm")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"{", "is not JSON"),
        (b"[]", "holds no record"),
        (b'{"a": [1]}', "holds no record"),
        (b"[" * 100_000, "is nested too deeply"),
        (b"\x00\x01" * 600, "holds binary data"),
    ],
)
def test_json_without_articles_is_a_failure(read: Read, content: bytes, reason: str) -> None:
    (failure,) = read({"a.json": content})
    assert isinstance(failure, Failure)
    assert failure.reason.startswith(reason)


@pytest.mark.parametrize(
    ("field", "stored", "text", "missing"),
    [
        ("content", "The ferry sank off… [+1204 chars]", "The ferry sank off…", "1204"),
        ("content", "The ferry sank off... [3,024 chars]", "The ferry sank off...", "3,024"),
        ("body", "<p>The ferry</p><p>sank… [+12 chars]", "The ferry\n\nsank…", "12"),
        ("content", "It sank\r\n [12 more characters] ", "It sank", "12"),
        ("text", "As it stands… [+88 chars]", "As it stands… [+88 chars]", "88"),
    ],
)
def test_texts_that_are_cut_off_say_so(field: str, stored: str, text: str, missing: str) -> None:
    article = article_of_record({field: stored}, path="a.json", place="a")
    assert article.text == text
    assert article.warnings == (
        f"its text is cut off: {missing} more characters are not in the file",
    )


@pytest.mark.parametrize("end", ["It has [12] chars", "[+ chars]", "He typed 40 chars.", "End [3]"])
def test_other_brackets_are_words(end: str) -> None:
    article = article_of_record({"content": end}, path="a.json", place="a")
    assert (article.text, article.warnings) == (end, ())
