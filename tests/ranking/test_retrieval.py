"""Searching a real index: filters, follow-ups, dates and the order of hits."""

import json
from datetime import date
from pathlib import Path

import pytest

from retriever import Filters, Index, QuestionError, build, open_index

pytestmark = pytest.mark.model

ARTICLES: list[dict[str, str | None]] = [
    {
        "id": "harbour-2019",
        "title": "Harbour tunnel approved",
        "author": "Luz Reyes and Tom Ide",
        "publisher": "The Tide",
        "published": "2019-03-02",
        "text": "The council of Port Ellery approved the harbour tunnel on Friday. Mayor Ines"
        " Okafor said the tunnel would cost 40 million crowns.",
    },
    {
        "id": "harbour-2023",
        "title": "Harbour tunnel opens",
        "publisher": "Ellery Post",
        "published": "2023-06",
        "text": "The harbour tunnel in Port Ellery opened this week. Engineer Tomas Reyl called the"
        " tunnel the longest of the coast.",
    },
    {
        "id": "orchard",
        "title": "Orchard blight",
        "publisher": None,
        "published": None,
        "text": "Blight has destroyed a third of the orchards in the Valdane valley. Growers expect"
        " no cider this year.",
    },
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Return an index of three short articles."""
    folder = tmp_path_factory.mktemp("dated")
    lines = (json.dumps({"author": None, "url": None} | article) for article in ARTICLES)
    (folder / "corpus.jsonl").write_text("\n".join(lines))
    build(folder / "corpus.jsonl", index=folder / "index")
    return open_index(folder / "index")


def _found(index: Index, question: str, **filters: str) -> list[str]:
    hits = index.search(question, filters=Filters(**filters))
    return [hit.passage.article.id for hit in hits]


def test_hits_are_numbered_from_one_by_falling_score(index: Index) -> None:
    hits = index.search("Who approved the harbour tunnel?")
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert hits[0].passage.article.id == "harbour-2019"
    scores = [hit.scores.reranked or 0.0 for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_each_score_keeps_to_its_range(index: Index) -> None:
    for question in ("Who approved the harbour tunnel?", "orchards", "Is it so?", "zebra"):
        for hit in index.search(question):
            scores = hit.scores
            assert -1 <= scores.cosine <= 1
            assert scores.bm25 >= 0
            assert -1 <= scores.fused <= 1
            assert scores.reranked is not None
            assert scores.reader is None or 0 <= scores.reader <= 1
        for hit in index.search_channel(question, channel="lexical"):
            assert hit.scores.reranked is None


def test_k_bounds_the_hits(index: Index) -> None:
    assert len(index.search("tunnel", k=1)) == 1
    assert index.search("tunnel", k=0) == []
    assert index.search("   ") == []


def test_a_publisher_filter_ignores_case(index: Index) -> None:
    assert _found(index, "tunnel", publisher="the tide") == ["harbour-2019"]
    assert _found(index, "tunnel", publisher="Nobody") == []


def test_an_author_filter_takes_part_of_the_byline(index: Index) -> None:
    assert _found(index, "tunnel", author="reyes") == ["harbour-2019"]
    assert _found(index, "tunnel", author="?") == []  # no word of it is missing, nor is there one
    assert _found(index, "tunnel", author="Luz Reyes") == ["harbour-2019"]
    assert _found(index, "tunnel", author="Luz Okafor") == []


def test_a_language_filter_leaves_unknown_languages_out(index: Index) -> None:
    assert _found(index, "tunnel", language="en") == []


def test_date_filters_are_inclusive_and_leave_undated_out(index: Index) -> None:
    assert _found(index, "tunnel", after="2019-03-02", before="2019-03-02") == ["harbour-2019"]
    assert _found(index, "tunnel", after="2020") == ["harbour-2023"]
    assert _found(index, "tunnel", before="2022") == ["harbour-2019"]


def test_a_month_passes_only_when_all_of_it_lies_in_the_window(index: Index) -> None:
    assert _found(index, "tunnel", after="2023-06-15") == []
    assert _found(index, "tunnel", before="2023-06-29", after="2020") == []
    assert _found(index, "tunnel", after="2023-06", before="2023-06-30") == ["harbour-2023"]
    assert _found(index, "tunnel", after="2023-06", before="2023-06") == ["harbour-2023"]


@pytest.mark.parametrize("wrong", ["June", "2023-13", "2023-02-30", "23-01-01", ""])
def test_an_unusable_date_is_refused(index: Index, wrong: str) -> None:
    if wrong:
        with pytest.raises(QuestionError, match="2023-06-25"):
            index.search("tunnel", filters=Filters(after=wrong))
    else:
        assert index.search("tunnel", filters=Filters(after=wrong))


def test_a_follow_up_carries_its_subject_over(index: Index) -> None:
    history = [{"role": "user", "content": "Who is Ines Okafor, mayor of Port Ellery?"}]
    answer = index.ask("How much did she say it would cost?", history=history)
    assert "Ines Okafor" in answer.carried
    assert any("40 million" in quote.text for quote in answer.quotes)


def test_what_was_taken_back_is_neither_carried_over_nor_respelt(index: Index) -> None:
    history = [{"role": "user", "content": "Who is Ines Okafor, mayor of Port Ellery?"}]
    question = "How much did she say it would cost?"
    assert index.ask(question, history=history, without=["Ines Okafor"]).carried == (
        "mayor",
        "Port Ellery",
    )
    everything = ["Ines Okafor", "mayor", "port ellery"]
    alone = index.ask(question, history=history, without=everything)
    assert alone.search_text == question
    assert alone == index.ask(question)
    assert index.ask("Who is Ines Okaffor?").respelt == {"Okaffor": "Okafor"}
    assert index.ask("Who is Ines Okaffor?", without=["Okaffor"]).respelt == {}


def test_a_misspelt_question_word_asks_for_the_same_thing(tmp_path: Path) -> None:
    (tmp_path / "vote.txt").write_text(
        "The percentage of voters who stayed at home in Ostby was 41. Percentage points do not tell"
        " who they were, said Mayor Ada Reyes. Reyes called the percentage of voters in Lune a"
        " shame. Bo Ek counted the votes of Ostby by hand."
    )
    build(tmp_path / "vote.txt", index=tmp_path / "index")
    opened = open_index(tmp_path / "index")
    right, wrong = (
        opened.ask(f"What {word} of voters in Ostby stayed at home?")
        for word in ("percentage", "percentge")
    )
    assert wrong.respelt == {"percentge": "percentage"}
    assert [quote.text for quote in right.quotes] == [quote.text for quote in wrong.quotes]


def test_what_is_taken_back_must_be_several_words(index: Index) -> None:
    with pytest.raises(QuestionError, match="list of words"):
        index.ask("Who is Ines Okafor?", without="Okafor")


def test_an_answer_names_its_filters(index: Index) -> None:
    filters = Filters(publisher="The Tide", after="2019")
    answer = index.ask("Who approved the harbour tunnel?", filters=filters)
    assert answer.filters == filters
    assert answer.to_dict()["filters"] == {"publisher": "The Tide", "after": "2019"}


def test_a_question_that_stands_alone_carries_nothing(index: Index) -> None:
    history = [{"role": "user", "content": "What destroyed the orchards in the Valdane valley?"}]
    answer = index.ask("Which council approved the harbour tunnel in Port Ellery?", history=history)
    assert answer.carried == ()
    assert answer.search_text == answer.question


def test_the_present_is_relative_to_the_day_of_the_question(index: Index) -> None:
    question = "What is new about the harbour tunnel in Port Ellery?"
    then = index.search(question, today=date(2019, 3, 4))
    later = index.search(question, today=date(2023, 6, 20))
    score = {hit.passage.article.id: hit.scores.reranked or 0.0 for hit in then}
    score_later = {hit.passage.article.id: hit.scores.reranked or 0.0 for hit in later}
    assert score["harbour-2019"] > score_later["harbour-2019"]
    assert score["harbour-2023"] < score_later["harbour-2023"]


def test_channels_are_ranked_by_their_own_score(index: Index) -> None:
    dense = index.search_channel("blight in orchards", channel="dense")
    assert [hit.scores.cosine for hit in dense] == sorted(
        (hit.scores.cosine for hit in dense), reverse=True
    )
    lexical = index.search_channel("blight in orchards", channel="lexical")
    assert [hit.passage.article.id for hit in lexical] == ["orchard"]


def test_an_index_that_vanishes_keeps_answering(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("The bridge opened on Monday.")
    build(tmp_path / "story.txt", index=tmp_path / "index")
    opened = open_index(tmp_path / "index")
    (tmp_path / "index" / "CURRENT").unlink()
    assert opened.search("When did the bridge open?")
