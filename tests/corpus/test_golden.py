"""One article in every format: what is stored is what the golden file says, whatever the format."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from retriever.records import Article
from tests.corpus import documents
from tests.corpus.conftest import Read
from tests.corpus.documents import AUTHOR, DATE, GOLDEN, HEADINGS, PUBLISHER, TITLE, URL
from tests.corpus.typesetting import pdf


@dataclass(frozen=True, kw_only=True)
class Case:
    """A file, and what its format can say about the article."""

    make: Callable[[], bytes]
    article_id: str
    date_from: str
    publisher: str | None = PUBLISHER
    url: str | None = URL
    language: str | None = "en"
    updated: str | None = None


CASES = {
    "storm.md": Case(make=documents.markdown, article_id="storm.md", date_from="front matter date"),
    "storm.json": Case(
        make=documents.json_list,
        article_id="storm.json",
        date_from="record field datePublished",
    ),
    "storm.rss": Case(make=documents.rss, article_id="storm.rss#1", date_from="feed pubdate"),
    "storm.atom": Case(
        make=documents.atom,
        article_id="tag:news.example,2023:storm",
        date_from="feed published",
        updated="2023-06-26",
    ),
    "storm.nitf": Case(make=documents.nitf, article_id="storm.nitf", date_from="nitf date.issue"),
    "g2.xml": Case(
        make=documents.newsml_g2,
        article_id="urn:newsml:news.example:20230625:storm",
        date_from="newsml firstcreated",
        updated="2023-06-26",
        url=None,
    ),
    "v1.newsml": Case(
        make=documents.newsml_1,
        article_id="v1.newsml",
        date_from="newsml firstcreated",
        url=None,
        language=None,
    ),
    "storm.docx": Case(
        make=documents.word,
        article_id="storm.docx",
        date_from="text: date line",
        publisher=None,
        url=None,
    ),
    "storm.epub": Case(
        make=documents.epub,
        article_id="storm.epub/OEBPS/text/storm.xhtml",
        date_from="epub dc:date",
        url=None,
    ),
    "storm.pdf": Case(
        make=pdf,
        article_id="storm.pdf",
        date_from="text: date line",
        publisher=None,
        url=None,
        language=None,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_article_is_stored_as_the_golden_file_has_it(read: Read, name: str) -> None:
    case = CASES[name]
    (article,) = read({name: case.make()})
    assert isinstance(article, Article), article
    assert article.text + "\n" == GOLDEN
    assert article.id == case.article_id
    assert article.path == name
    assert tuple(span.of(article.text) for span in article.headings) == HEADINGS
    assert article.title == (f"{PUBLISHER}: {TITLE}" if name.endswith(".epub") else TITLE)
    assert (article.author, article.authors) == (AUTHOR, (AUTHOR,))
    assert article.published is not None
    assert (article.published.value, article.published.source) == (DATE, case.date_from)
    assert (article.updated.value if article.updated else None) == case.updated
    assert (article.publisher, article.url, article.language) == (
        case.publisher,
        case.url,
        case.language,
    )
    assert article.warnings == ()


@pytest.mark.parametrize("ending", [".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz"])
def test_archives_give_what_their_members_give(read: Read, ending: str) -> None:
    members = {f"2023/{name}": case.make() for name, case in CASES.items()}
    if ending == ".zip":
        packed = documents.zipped(members)
    else:
        compression = {".tar": "", ".tgz": "gz"}.get(ending, ending.rpartition(".")[2])
        packed = documents.tarred(members, compression)
    items = read({f"all{ending}": packed})
    articles = {item.id: item for item in items if isinstance(item, Article)}
    assert len(articles) == len(items) == len(CASES)
    for article in articles.values():
        assert article.text + "\n" == GOLDEN
        assert article.path == f"all{ending}"
    assert f"all{ending}/2023/storm.pdf" in articles
    assert f"all{ending}/2023/storm.epub/OEBPS/text/storm.xhtml" in articles
