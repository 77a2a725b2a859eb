"""Which article of a cluster is quoted, and what a quote tells of the others."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from retriever import Filters, Index, QuestionError, Quote, open_index
from retriever.records import Print, is_first, prints_in_words
from tests.building import build_with, write_articles
from tests.hashing_encoder import HashingEncoder
from tests.indexing.test_clustering import WIRE, Record, record
from tests.text import news_cases as news

QUESTION = "Which company did not answer questions?"
SAID = "The company that runs the terminal, Norlast, did not answer questions."


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[Iterable[Record]], Index]:
    """Return what builds an index of articles and opens it."""

    def build(records: Iterable[Record]) -> Index:
        write_articles(tmp_path / "corpus" / "a.jsonl", records)
        build_with(HashingEncoder(), tmp_path / "corpus", tmp_path / "index")
        return open_index(tmp_path / "index", reader="none", load=lambda _: HashingEncoder())

    return build


def test_what_was_printed_first_is_quoted_and_names_the_reprints(
    opened: Callable[[Iterable[Record]], Index],
) -> None:
    answer = opened(WIRE).ask(QUESTION)
    first = (answer.quotes or answer.closest)[0]
    assert first.text == SAID
    assert first.article.id == "wire"
    assert first.also_in == ("daily", "noted")  # the short one has been cut before it
    assert [one.publisher for one in first.prints] == ["Daily", "Lund News"]
    shown = first.to_dict()
    assert shown["prints"] == [
        {"id": "daily", "title": "Crane falls", "publisher": "Daily", "published": "2022-11-04"},
        {"id": "noted", "title": None, "publisher": "Lund News", "published": None},
    ]
    quoted = [quote.article.id for quote in (*answer.quotes, *answer.closest)]
    assert not {"daily", "short", "noted"} & set(quoted)


def test_a_reprint_answers_where_the_first_is_filtered_out_and_names_it(
    opened: Callable[[Iterable[Record]], Index],
) -> None:
    answer = opened(WIRE).ask(QUESTION, filters=Filters(publisher="Daily"))
    first = (answer.quotes or answer.closest)[0]
    assert first.article.id == "daily"
    assert first.also_in == ("wire", "noted")


VERSIONS = (
    record("old", news.CRANE, "Nordwire", "2022-11-03", title="Crane closes port"),
    record(
        "new",
        news.CRANE_REVISED,
        "Nordwire",
        "2022-11-03",
        title="Crane closes port",
        updated="2022-11-05",
    ),
    record("ferry", news.FERRY, "Nordwire", "2022-11-03", title="Crews vote"),
)


def test_the_newest_version_answers_and_names_the_one_before(
    opened: Callable[[Iterable[Record]], Index],
) -> None:
    index = opened(VERSIONS)
    first = _best(index, "What would repairs cost by a first estimate of the port authority?")
    assert first.article.id == "new"
    assert "3.5 million crowns" in first.text
    (older,) = first.versions
    assert (older.id, older.later, older.same_words, older.dated) == (
        "old",
        False,
        False,
        "2022-11-03",
    )
    assert older.in_words() == "an earlier version, 3 November 2022, does not have these words"
    said = _best(index, QUESTION)
    assert (said.article.id, said.also_in, said.versions[0].same_words) == ("new", (), True)


def test_what_only_an_older_version_says_still_answers(
    opened: Callable[[Iterable[Record]], Index],
) -> None:
    gone = "A diver from Lund saw a second crack in the quay wall at dawn."
    told = {**VERSIONS[0], "text": f"{news.CRANE}\n\n{gone}"}
    first = _best(opened([told, *VERSIONS[1:]]), "Who saw a second crack in the quay wall at dawn?")
    assert (first.article.id, first.text) == ("old", gone)
    assert first.versions[0].in_words() == (
        "a later version, 5 November 2022, does not have these words"
    )


def test_the_cluster_of_an_article(opened: Callable[[Iterable[Record]], Index]) -> None:
    index = opened([*WIRE, {**VERSIONS[1], "title": "Crane closes port"}])
    found = index.cluster("daily")
    assert (found.article.id, found.origin.id) == ("daily", "wire")
    assert [one.id for one in found.reprints] == ["new", "short", "noted"]
    assert [one.id for one in found.versions] == ["daily"]
    assert [one.id for one in index.cluster("wire").versions] == ["wire", "new"]
    alone = index.cluster("ferry")
    assert (alone.origin.id, alone.reprints, len(alone.versions)) == ("ferry", (), 1)
    assert index.coverage.origins == 3
    whole = index.article_with_cluster("new")
    assert whole["text"] == news.CRANE_REVISED
    with pytest.raises(QuestionError, match="no article with the id 'gone'"):
        index.cluster("gone")


def test_search_puts_the_first_print_and_its_newest_version_first(
    opened: Callable[[Iterable[Record]], Index],
) -> None:
    hits = opened([VERSIONS[0], WIRE[0], {**VERSIONS[1], "text": f"{news.CRANE} No ship waits."}])
    found = [hit.passage.article.id for hit in hits.search(QUESTION)]
    assert found.index("new") < min(found.index("old"), found.index("daily"))


def test_who_printed_it_in_words() -> None:
    own = Print(id="a", publisher="AP", published="2022-11-03")
    others = [
        Print(id="b", publisher="CNN", published="2022-11-04"),
        Print(id="c", title="A storm"),
    ]
    assert prints_in_words(own, others) == (
        "first published by AP, 3 November 2022; also in 2 other articles: CNN, 4 November 2022; "
        "A storm, undated"
    )
    assert prints_in_words(others[0], [own]) == "also in 1 other article: AP, 3 November 2022"
    assert prints_in_words(own, []) == ""
    assert not is_first(others[1], [own])
    assert prints_in_words(own, others * 4).endswith("; and 2 more")


def _best(index: Index, question: str) -> Quote:
    answer = index.ask(question)
    return (answer.quotes or answer.closest)[0]
