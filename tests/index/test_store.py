"""The article store gives back what it was given, whatever that was."""

import gc
import sqlite3
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.errors import IndexDamagedError, QuestionError
from retriever.index.store import STORE, SeenFile, Store
from retriever.indexing.segmentation import IndexedPassage
from retriever.indexing.store_writer import StoreWriter
from retriever.records import Article, Failure, Footnote, Passage, Published, Span
from tests.indexing.altering import alter
from tests.makers import make_article

# The readers replace lone surrogates; anything else may come.
texts = st.text(st.characters(codec="utf-8"), max_size=60)
spans = st.tuples(st.integers(0, 30), st.integers(1, 30)).map(
    lambda pair: Span(start=pair[0], end=pair[0] + pair[1])
)
footnotes = st.builds(
    Footnote, label=texts, marks=st.lists(spans, max_size=2).map(tuple), entry=spans, source=spans
)
published = st.builds(
    Published,
    value=st.just("2023-06"),
    precision=st.sampled_from(["year", "month", "day"]),
    source=texts,
)


@st.composite
def stored_articles(draw: st.DrawFn, article_id: str) -> Article:
    return make_article(
        draw(
            texts | st.sampled_from(["a\x00b", "\u202eשלום", "e\u0301\u0327", "\ufdd0", "x" * 5000])
        ),
        id=article_id,
        path="p",
        title=draw(st.none() | texts),
        author=draw(st.none() | texts),
        publisher=draw(st.none() | texts),
        published=draw(st.none() | published),
        url=draw(st.none() | texts),
        language=draw(st.none() | st.just("de")),
        headings=tuple(draw(st.lists(spans, max_size=2))),
        footnotes=tuple(draw(st.lists(footnotes, max_size=2))),
        updated=draw(st.none() | published),
        authors=tuple(draw(st.lists(texts, max_size=2))),
        warnings=tuple(draw(st.lists(texts, max_size=2))),
    )


def passages(article: Article, heading: str | None = None) -> list[IndexedPassage]:
    """Return the article cut into passages of ten characters."""
    starts = range(0, len(article.text), 10)
    return [
        IndexedPassage(
            passage=Passage(
                article=article,
                start=start,
                end=min(start + 10, len(article.text)),
                ordinal=ordinal,
                heading=heading,
            ),
            sentences=(),
            key=ordinal.to_bytes(16, "big"),
        )
        for ordinal, start in enumerate(starts)
    ]


def fill(folder: Path, articles: list[Article], heading: str | None = None) -> Store:
    """Write articles to a store, one source file each, and open it."""
    with StoreWriter(folder) as writer:
        for number, article in enumerate(articles):
            writer.add_article(
                article,
                stated_id=f"stated {article.id}",
                source=f"file {number}",
                passages=passages(article, heading),
            )
            entry = SeenFile(path=f"file {number}", stamp="1", sha256="2")
            writer.add_source(entry, [Failure(path=f"file {number}", reason="line 3 is empty")])
    return Store(folder)


@given(data=st.data(), ids=st.lists(texts, min_size=1, max_size=4, unique=True))
def test_articles_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, ids: list[str]
) -> None:
    articles = [data.draw(stored_articles(article_id)) for article_id in ids]
    store = fill(tmp_path_factory.mktemp("store"), articles)
    assert list(store.articles()) == articles
    assert store.count_articles() == len(articles)
    for number, article in enumerate(articles):
        assert store.article(article.id) == article
        assert store.text_of(article.id) == article.text
        assert [*store.articles_of(f"file {number}")] == [(number, f"stated {article.id}", article)]
    store.close()


def test_a_huge_article_comes_back(tmp_path: Path) -> None:
    article = make_article("A storm closed the harbour. \x00 İ " * 100_000)
    with StoreWriter(tmp_path) as writer:
        writer.add_article(article, stated_id="a", source="f", passages=passages(article)[:3])
    store = Store(tmp_path)
    assert store.article(article.id) == article
    store.close()


@pytest.mark.parametrize("heading", [None, "A heading"])
def test_passages_come_back_in_rows_over_all_articles(tmp_path: Path, heading: str | None) -> None:
    articles = [make_article("x" * length, id=str(length)) for length in (25, 5, 31)]
    store = fill(tmp_path, articles, heading)
    expected = [indexed.passage for article in articles for indexed in passages(article, heading)]
    assert [store.passage(row) for row in range(len(store))] == expected
    assert list(store.passages()) == expected
    assert [store.passage_rows(row) for row in range(3)] == [range(3), range(3, 4), range(4, 8)]
    assert store.passage_article.tolist() == [0, 0, 0, 1, 2, 2, 2, 2]
    assert store.passage_keys()[4:6] == [bytes(16), (1).to_bytes(16, "big")]
    store.close()


def test_the_ledger_and_the_failures_come_back(tmp_path: Path) -> None:
    store = fill(tmp_path, [make_article("a", id="a"), make_article("b", id="b")])
    assert store.seen() == {
        path: SeenFile(path=path, stamp="1", sha256="2") for path in ("file 0", "file 1")
    }
    assert store.failures("file 1") == (Failure(path="file 1", reason="line 3 is empty"),)
    assert len(store.failures()) == 2
    store.close()


@pytest.mark.parametrize("article_id", ["", "nowhere", "\ud800", "a\x00", "' OR 1=1 --"])
def test_an_unknown_article_is_said_to_be_unknown(tmp_path: Path, article_id: str) -> None:
    store = fill(tmp_path, [make_article("a", id="a")])
    with pytest.raises(QuestionError, match="no article with the id"):
        store.article(article_id)
    store.close()


def test_nothing_is_kept_of_a_block_that_failed(tmp_path: Path) -> None:
    def fail() -> None:
        with StoreWriter(tmp_path) as writer:
            writer.add_source(SeenFile(path="f", stamp="", sha256=""), [])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    with sqlite3.connect(tmp_path / STORE) as base:
        assert base.execute("SELECT count(*) FROM source").fetchone() == (0,)
    base.close()


def test_threads_read_at_once(tmp_path: Path) -> None:
    articles = [make_article(f"text {number}", id=str(number)) for number in range(50)]
    store = fill(tmp_path, articles)

    def same(_: int) -> bool:
        found = [store.article(article.id) for article in articles]
        return found == articles and store.text_of("7") == "text 7"

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(same, range(100)))
    store.close()


def test_a_store_no_longer_used_lets_its_file_go(tmp_path: Path) -> None:
    gc.disable()  # by counting references alone, not whenever the collector comes round
    try:
        store = fill(tmp_path, [make_article("a", id="a")])
        assert store.article("a").text == "a"
        gone = weakref.ref(store)
        del store
        assert gone() is None
        links = [path.resolve() for path in Path("/proc/self/fd").iterdir() if path.exists()]
        assert tmp_path / STORE not in links
    finally:
        gc.enable()


@pytest.mark.parametrize("damage", ["missing", "empty", "noise", "folder", "no tables", "words"])
def test_a_damaged_store_is_one_clear_line(tmp_path: Path, damage: str) -> None:
    fill(tmp_path, [make_article("a", id="a")]).close()
    path = tmp_path / STORE
    if damage == "words":
        base = sqlite3.connect(path)
        base.execute("UPDATE passage SET start = 'one'")
        base.commit()
        base.close()
    else:
        path.unlink()
    if damage in {"empty", "noise"}:
        path.write_bytes(b"" if damage == "empty" else b"noise" * 500)
    if damage == "folder":
        path.mkdir()
    if damage == "no tables":
        sqlite3.connect(path).close()
    with pytest.raises(IndexDamagedError) as raised:
        Store(tmp_path, thorough=True)
    assert STORE in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "record", ["", "[]", "{}", "7", '{"title": 1}', "[" * 100_000], ids=lambda text: text[:12]
)
def test_a_damaged_record_is_one_clear_line(tmp_path: Path, record: str) -> None:
    fill(tmp_path, [make_article("a", id="a")]).close()
    alter(tmp_path, "UPDATE article SET record = ?", record)
    store = Store(tmp_path)
    with pytest.raises(IndexDamagedError, match="article row 0"):
        store.article("a")
    store.close()


@pytest.mark.parametrize("column", ["id", "body", "record"])
def test_an_article_that_was_altered_is_never_given(tmp_path: Path, column: str) -> None:
    fill(tmp_path, [make_article("a", id="a", title="a")]).close()
    base = sqlite3.connect(tmp_path / STORE)
    base.execute(f"UPDATE article SET {column} = replace({column}, 'a', 'b')")  # noqa: S608
    base.commit()
    base.close()
    store = Store(tmp_path)
    with pytest.raises(IndexDamagedError, match="article row 0"):
        [*store.articles()]
    store.close()


def test_an_article_is_found_by_its_text(tmp_path: Path) -> None:
    first, copy = make_article("a", id="1"), make_article("a", id="2")
    store = fill(tmp_path, [first, copy])
    assert store.with_text(first.sha256) == first
    assert store.with_text("0" * 64) is None
    store.close()
