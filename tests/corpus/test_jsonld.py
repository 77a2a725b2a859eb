"""JSON-LD as pages really write it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring

from retriever.corpus.formats.webpage.jsonld import ArticleData, read_jsonld

NODE = {
    "@type": "NewsArticle",
    "headline": "Storm &amp; harbour",
    "datePublished": "2023-06-25",
    "author": {"@type": "Person", "name": " Jane  Doe "},
    "publisher": {"name": "The Example"},
    "mainEntityOfPage": {"@id": "https://news.example/a"},
    "inLanguage": "en",
}
READ = ArticleData(
    headline="Storm & harbour",
    published="2023-06-25",
    authors=("Jane Doe",),
    publisher="The Example",
    url="https://news.example/a",
    language="en",
)


def read(*scripts: str) -> ArticleData:
    """Return what is read from a page with these scripts."""
    markup = "".join(f'<script type="application/ld+json">{text}</script>' for text in scripts)
    return read_jsonld(document_fromstring(f"<html><body>{markup}<p>Text.</p></body></html>"))


@pytest.mark.parametrize(
    "value",
    [
        NODE,
        [NODE],
        [{"@type": "WebSite", "name": "No"}, NODE],
        {"@graph": [{"@type": "WebPage", "headline": "No"}, NODE]},
        {"@type": "WebPage", "mainEntity": NODE},
        {**NODE, "@type": ["Thing", "NewsArticle"]},
        {**NODE, "@type": "BlogPosting"},
        {**NODE, "@type": "LiveBlogPosting"},
        {**NODE, "headline": {"@value": "Storm & harbour", "@language": "en"}},
    ],
)
def test_article_is_found_wherever_it_stands(value: object) -> None:
    assert read(json.dumps(value)) == READ


def test_page_counts_where_there_is_no_article() -> None:
    assert read(json.dumps({**NODE, "@type": "WebPage"})) == READ
    assert read(json.dumps({**NODE, "@type": "Product"})) == ArticleData()


def test_article_of_a_later_script_comes_before_a_page() -> None:
    assert read('{"@type": "WebPage", "headline": "No"}', json.dumps(NODE)) == READ


@pytest.mark.parametrize(
    "text",
    [
        f"<!-- {json.dumps(NODE)} -->",
        f"//<![CDATA[\n{json.dumps(NODE)}\n//]]>",
        f"{json.dumps(NODE)};",
        json.dumps(NODE).replace("}}", "},}"),
        json.dumps(NODE).replace(" Jane ", " Jane\n\t"),
    ],
)
def test_careless_json_is_mended(text: str) -> None:
    assert read(text) == READ


def test_plain_fields_of_broken_json_are_still_read() -> None:
    data = read('{"headline": "A \\"b\\" c", "datePublished": "2023-06-25", "text": "said "no"."}')
    assert (data.headline, data.published) == ('A "b" c', "2023-06-25")


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Jane Doe", ("Jane Doe",)),
        (["Jane Doe", {"name": "John Roe"}], ("Jane Doe", "John Roe")),
        ({"name": ["Jane Doe", "John Roe"]}, ("Jane Doe", "John Roe")),
        ({"@id": "#j"}, ("Jane Doe",)),
        ({"@id": "#nobody"}, ()),
        ({"name": None}, ()),
        (7, ()),
        (None, ()),
    ],
)
def test_authors_by_name_object_or_reference(author: object, names: tuple[str, ...]) -> None:
    person = {"@type": "Person", "@id": "#j", "name": "Jane Doe"}
    assert read(json.dumps({"@graph": [{**NODE, "author": author}, person]})).authors == names


@pytest.mark.parametrize("text", ["", "null", "7", '"text"', "[" * 100_000, "{" * 100_000, "]"])
def test_scripts_without_an_article_give_nothing(text: str) -> None:
    assert read(text) == ArticleData()


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*NODE, "@graph", "@id", "@value", "name", "articleBody"]), inner
        )
    ),
    max_leaves=20,
)


@given(values, st.sampled_from(["Article", "NewsArticle", "WebPage"]))
def test_any_value_in_any_place_is_read_as_text_or_not_at_all(value: object, kind: str) -> None:
    data = read(json.dumps([value, {**NODE, "author": value, "headline": value, "@type": kind}]))
    assert all(name == " ".join(name.split()) != "" for name in data.authors)
    assert data.headline == " ".join(data.headline.split())
