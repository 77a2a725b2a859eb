"""Mentions are counted exactly: as by reading every article."""

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retriever.errors import IndexDamagedError, QuestionError
from retriever.index.generation import Generation
from retriever.index.word_forms import WORD_FORMS, load_word_forms
from retriever.mentions.finding import find_mentions
from retriever.mentions.parsing import parse_expression
from retriever.mentions.searching import sentences_of
from retriever.records import Filters, Mentions
from retriever.records.arrays import RowNumbers
from tests.building import build_with, opened, write_articles
from tests.hashing_encoder import HashingEncoder
from tests.mentions.naive import ReadArticle, mentions_in, read_article

PUBLISHERS = ("The Harbour Post", "Daily Meridian", None)
# Words that are told apart, or are not: by case, accents, endings, figures, scripts without blanks.
WORDS = (
    "Xi",
    "xi",
    "Jinping",
    "Xi's",
    "Xi’s",
    "Orbán",
    "Orban",
    "US",
    "us",
    "report",
    "reports",
    "reported",
    "Reporting",
    "the",
    "and",
    "O'Neill",
    "3.5km",
    "1,204",
    "1204",
    "2023",
    "straße",
    "strasse",
    "ﬁnal",
    "final",
    "北京",
    "北京大学",
    "東京で",
    "Appleは",
    "Franco-German",
    "km²",
    "e\u0301te\u0301",
    "été",
    "co\xadoperate",
    "_under_",
)
BETWEEN = (" ", " ", " ", " ", ", ", ". ", ".\n\n", " — ", "'", " “", "。", "")
ASKED = (
    *(word for word in WORDS if word not in {"_under_", ""}),
    "Xi Jinping",
    "report*",
    "北京大",
    "=US",
    "=us",
    "=Xi",
    "=Orbán",
    "title:Xi",
    'title:"report reports"',
    "title:=US",
    'publisher:"The Harbour Post"',
    "author:Berg",
    '"report the"',
    '"and US"',
)


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    folder = tmp_path_factory.mktemp("mentions")
    chance = random.Random(7)
    rows = [
        {
            "id": f"a{number}",
            "title": written(chance, 3),
            "author": chance.choice(["Ann Berg", "Bo Lund", None]),
            "publisher": chance.choice(PUBLISHERS),
            "published": chance.choice(["2023-06-25", "2023-06", "2023", "2022-12-31", None]),
            "text": f"{written(chance, chance.randint(3, 60))}.",
        }
        for number in range(150)
    ]
    corpus = write_articles(folder / "corpus" / "rows.jsonl", rows).parent
    build_with(HashingEncoder(), corpus, folder / "index")
    with opened(folder / "index") as found:
        yield found


def written(chance: random.Random, count: int) -> str:
    return "".join(f"{chance.choice(WORDS)}{chance.choice(BETWEEN)}" for _ in range(count))


class Scanned:
    """All articles, read; no dataclass, whose every word hypothesis would print."""

    def __init__(self, articles: list[ReadArticle]) -> None:
        """Take the articles, in the order of their rows."""
        self.articles = articles


@pytest.fixture(scope="module")
def scanned(generation: Generation) -> Scanned:
    return Scanned(
        [
            read_article(article, sentences_of(generation, row))
            for row, article in enumerate(generation.store.articles())
        ]
    )


def combined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from(["AND", "OR", "NOT", "AND NOT"])
    return st.builds("({} {} {})".format, parts, operators, parts) | st.builds(
        "NOT {}".format, parts
    )


plain_words = st.sampled_from([one for one in ASKED if ":" not in one])
near_words = st.builds(
    "({} {} {})".format,
    plain_words,
    st.sampled_from(["NEAR", "NEAR/0", "NEAR/2", "NEAR/5"]),
    plain_words | st.builds("({} OR {})".format, plain_words, plain_words),
)
expressions = st.recursive(st.sampled_from(ASKED) | near_words, combined, max_leaves=4)


def found(generation: Generation, expression: str, **page: int) -> Mentions:
    given_page = {"offset": 0, "limit": 1_000} | page
    return find_mentions(expression, generation, filters=Filters(), **given_page)


@given(expression=expressions)
@settings(max_examples=100)
def test_all_counts_are_those_of_a_scan_of_every_article(
    generation: Generation, scanned: Scanned, expression: str
) -> None:
    tree = parse_expression(expression)
    expected = {
        read.article.id: spans
        for read in scanned.articles
        if (spans := mentions_in(tree, read)) is not None
    }
    mentions = found(generation, expression)
    assert mentions.articles == len(expected)
    assert mentions.mentions == sum(max(1, len(spans)) for spans in expected.values())
    assert mentions.withheld == 0
    listed: dict[str, list[tuple[int, int]]] = {}
    for one in mentions.listed:
        own = listed.setdefault(one.article.id, [])
        own += [(one.words[0].start, one.words[-1].end)] if one.words else []
    if mentions.mentions <= 1_000:
        assert listed == expected
    by_publisher = Counter(
        read.article.publisher for read in scanned.articles if read.article.id in expected
    )
    assert {one.value: one.articles for one in mentions.by_publisher} == by_publisher
    assert sum(one.mentions for one in mentions.by_month) == mentions.mentions
    assert sum(one.articles for one in mentions.by_month) == mentions.articles


@pytest.mark.parametrize(
    "expression",
    [
        '"xi jinping" AND publisher:{}',
        'publisher:{} AND NOT "xi jinping"',
        '("xi jinping" OR "said xi") AND author:nobody AND publisher:{}',
    ],
)
def test_only_texts_of_articles_that_all_else_leaves_are_read(
    generation: Generation, monkeypatch: pytest.MonkeyPatch, expression: str
) -> None:
    publishers = [article.publisher for article in generation.store.articles()]
    publisher = Counter(filter(None, publishers)).most_common()[-1][0]
    read: set[int] = set()
    bodies = generation.store.bodies

    def noted(rows: RowNumbers) -> Iterator[tuple[int, str]]:
        read.update(rows.tolist())
        return bodies(rows)

    monkeypatch.setattr(generation.store, "bodies", noted)
    found(generation, expression.format(publisher), limit=0)
    assert read <= {row for row, name in enumerate(publishers) if name == publisher}


@given(expression=expressions, limit=st.integers(1, 50))
@settings(max_examples=15)
def test_pages_joined_are_all_mentions(generation: Generation, expression: str, limit: int) -> None:
    whole = found(generation, expression)
    total = min(whole.mentions, 1_000)
    pages = [
        found(generation, expression, offset=at, limit=limit).listed
        for at in range(0, total, limit)
    ]
    assert [one for page in pages for one in page][:total] == list(whole.listed)


@given(expression=expressions)
@settings(max_examples=20)
def test_each_mention_stands_whole_in_its_article(generation: Generation, expression: str) -> None:
    mentions = found(generation, expression, limit=50)
    spans = {
        article.id: {*sentences_of(generation, row)}
        for row, article in enumerate(generation.store.articles())
    }
    dates = [
        one.article.published.value[:4] if one.article.published else "" for one in mentions.listed
    ]
    assert dates == sorted(dates, reverse=True)
    for one in mentions.listed:
        assert one.text == one.article.text[one.start : one.end]
        assert all(one.start <= word.start and word.end <= one.end for word in one.words)
        own = [span for span in spans[one.article.id] if one.start <= span.start < one.end]
        assert min(span.start for span in own) == one.start
        assert max(span.end for span in own) == one.end


def test_filters_and_months_say_the_same(generation: Generation) -> None:
    june = Filters(after="2023-06", before="2023-06")
    whole = found(generation, "Xi")
    month = next(one for one in whole.by_month if one.value == "2023-06")
    of_month = find_mentions("Xi", generation, filters=june, offset=0, limit=0)
    assert (of_month.articles, of_month.mentions) == (month.articles, month.mentions)
    assert [one.value for one in whole.by_month] == ["2022-12", "2023", "2023-06", None]


def test_an_index_without_its_counts_is_damaged(tmp_path: Path) -> None:
    records = [{"text": "Xi met the council of Ostby on Monday, and nobody else was there."}]
    build_with(HashingEncoder(), write_articles(tmp_path / "a.jsonl", records), tmp_path / "index")
    with opened(tmp_path / "index") as whole:
        folder = whole.folder
        assert whole.word_forms.counts(whole.word_forms.numbers_of("xi")).tolist() == [1]
    shutil.rmtree(folder / WORD_FORMS)
    with pytest.raises(IndexDamagedError):
        load_word_forms(folder, articles=1)


@pytest.mark.parametrize(("offset", "limit"), [(-1, 5), (0, -1), (0, 10_001)])
def test_a_page_that_is_none_is_refused(generation: Generation, offset: int, limit: int) -> None:
    with pytest.raises(QuestionError, match="page"):
        found(generation, "Xi", offset=offset, limit=limit)


def test_a_build_after_a_change_counts_as_one_from_nothing(tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus" / "rows.jsonl", tmp_path / "index"
    texts = {f"a{n}": f"Xi Jinping met envoy {n}. The US reported it." for n in range(20)}
    build_with(HashingEncoder(), write_articles(corpus, texts).parent, index)
    changed = {**texts, "a3": "Nobody came. The report was late."} | {"new": "Xi left."}
    del changed["a5"]
    build_with(HashingEncoder(), write_articles(corpus, changed).parent, index)
    build_with(HashingEncoder(), corpus.parent, tmp_path / "anew")
    with opened(index) as now, opened(tmp_path / "anew") as anew:
        assert now.manifest.generation == 2
        for path in sorted((now.folder / WORD_FORMS).iterdir()):
            assert path.read_bytes() == (anew.folder / WORD_FORMS / path.name).read_bytes()
        assert found(now, "Xi").articles == 19
