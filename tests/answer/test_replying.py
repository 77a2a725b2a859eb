"""Questions that name their source, and questions about the articles themselves."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from retriever import Answer, Index, Outcome
from retriever.encoders.registry import load_encoder
from retriever.records import Filters, ListingKind
from retriever.settings import BUNDLED_ENCODER
from tests.building import build_with, write_articles

pytestmark = pytest.mark.model

ARTICLES: list[dict[str, object]] = [
    {
        "id": "ferry-herald",
        "title": "Ferry strikes the breakwater",
        "publisher": "The Herald",
        "author": "Jane Doe",
        "published": "2024-01-10",
        "text": "The ferry Astrid struck the breakwater of Ostby harbour in fog on Tuesday. Thirty"
        " passengers were hurt, said harbour master Anton Gubin. Gubin closed the harbour.",
    },
    {
        "id": "ferry-wire",
        "title": "Ferry in collision",
        "publisher": "Coast Wire",
        "author": "Ola Brandt, Coast Wire",
        "published": "2024-01-12",
        "text": "Sign up for our newsletter to read about ferries. The ferry that struck the"
        " breakwater of Ostby will be repaired for two million crowns. Forty passengers were hurt.",
    },
    {
        "id": "strike",
        "title": "Teachers strike",
        "publisher": "Coast Wire",
        "author": "Jane Doe",
        "published": "2024-02-01",
        "text": "Teachers in Marlstone went on strike on Thursday over pay and hours. Union leader"
        " Maria Sand spoke to the crowd. Sand asked the minister to resign. The Herald was there.",
    },
    {
        "id": "garden",
        "title": "A garden by the sea",
        "publisher": "The Herald",
        "text": "Nobody knows who planted the garden by the sea in the winter of the great storm."
        " Maria Sand waters it on Sundays. "
        + "The roses and the beans grow well in the sandy ground behind the wall. " * 16
        + "The Coast Wire has an office above its gate.",
    },
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("replying")
    encoder = load_encoder(BUNDLED_ENCODER)
    corpus = write_articles(folder / "corpus" / "a.jsonl", ARTICLES)
    build_with(encoder, corpus.parent, folder / "index", name=BUNDLED_ENCODER)
    return Index(folder / "index", load=lambda _: encoder)


@pytest.mark.parametrize(
    ("question", "filters", "searched"),
    [
        ("Who was hurt in the harbour?", Filters(), 4),
        ("Who was hurt in the harbour?", Filters(publisher="coast wire"), 2),
        ("Who was hurt in the harbour?", Filters(after="2024-01-11", author="Doe"), 1),
        ("What did the Coast Wire report about the ferry?", Filters(), 2),
        ("Which articles are there?", Filters(before="2023"), 0),
    ],
)
def test_an_answer_tells_how_many_articles_might_have_given_it(
    index: Index, question: str, filters: Filters, searched: int
) -> None:
    """Those that pass the filters that were chosen, and those that were read."""
    given = index.ask(question, filters=filters)
    assert given.searched == given.to_dict()["searched"] == searched
    narrowed = given.scope is not None
    assert narrowed == bool(given.filters.to_dict())
    assert not narrowed or str(given.scope).endswith(f", {searched} of 4 articles")


def quoted(answer: Answer) -> list[str]:
    return [quote.article.id for quote in answer.quotes]


def listed(answer: Answer) -> list[tuple[str, int]]:
    assert answer.listing is not None
    return [(entry.name, entry.articles) for entry in answer.listing.entries]


def test_a_question_to_one_publisher_is_answered_by_it_alone(index: Index) -> None:
    asked = "According to the Herald, how many passengers were hurt?"
    answer = index.ask(asked)
    assert quoted(answer) == ["ferry-herald"]
    assert (answer.filters, answer.read_filters) == (
        Filters(publisher="The Herald"),
        ("publisher",),
    )
    assert (answer.question, answer.search_text) == (asked, "how many passengers were hurt?")
    other = index.ask("How many passengers were hurt, according to Coast Wire?")
    assert quoted(other) == ["ferry-wire"]
    assert "Forty" in other.quotes[0].text


def test_a_subject_gets_the_beginnings_of_the_sources_articles_on_it(index: Index) -> None:
    for asked in ("Coast Wire on the ferry", "What did the Coast Wire say about the ferry?"):
        answer = index.ask(asked)
        assert quoted(answer) == ["ferry-wire"]
        assert answer.quotes[0].text.startswith("The ferry that struck")  # not the newsletter


def test_a_filter_taken_back_lets_all_answer(index: Index) -> None:
    asked = "According to the Herald, how many passengers were hurt?"
    answer = index.ask(asked, without=["The Herald"])
    assert answer.filters == Filters()
    assert answer.read_filters == ()


def test_chosen_filters_stay_beside_those_that_are_read(index: Index) -> None:
    answer = index.ask("articles by Jane Doe", filters=Filters(publisher="Coast Wire"))
    assert quoted(answer) == ["strike"]
    assert answer.filters == Filters(publisher="Coast Wire", author="Jane Doe")
    assert answer.read_filters == ("author",)


def test_where_only_others_answer_they_do_and_it_is_said(index: Index) -> None:
    answer = index.ask("According to the Herald, where did the teachers go on strike?")
    assert answer.outcome is Outcome.ANSWERED
    assert set(quoted(answer)) == {"strike"}
    assert (answer.filters, answer.read_filters) == (Filters(), ())
    assert answer.widened == Filters(publisher="The Herald")


def test_where_nobody_answers_the_source_stays(index: Index) -> None:
    answer = index.ask("According to the Herald, what is the capital of Mongolia?")
    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.filters == Filters(publisher="The Herald")
    assert answer.widened == Filters()


def test_an_authors_articles_are_listed_with_how_they_begin(index: Index) -> None:
    answer = index.ask("articles by Jane Doe")
    assert sorted(quoted(answer)) == ["ferry-herald", "strike"]
    assert sorted(listed(answer)) == [("Ferry strikes the breakwater", 1), ("Teachers strike", 1)]


@pytest.mark.parametrize(
    "asked", ["latest news about the ferry", "What is the latest on the ferry?"]
)
def test_the_latest_come_first(asked: str, index: Index) -> None:
    answer = index.ask(asked)
    assert quoted(answer) == ["ferry-wire", "ferry-herald"]
    assert answer.listing is not None
    assert answer.listing.latest


@pytest.mark.parametrize(
    "asked", ["What are the articles about?", "Summarise the articles", "list the articles"]
)
def test_all_articles_are_told_of(asked: str, index: Index) -> None:
    answer = index.ask(asked)
    assert set(quoted(answer)) == {str(article["id"]) for article in ARTICLES}
    assert len(listed(answer)) == len(ARTICLES)
    assert answer.search_text == asked


def test_people_have_the_number_of_their_articles_and_a_place(index: Index) -> None:
    answer = index.ask("Who is mentioned in the articles?")
    assert listed(answer) == [("Maria Sand", 2), ("Anton Gubin", 1)]
    assert answer.listing is not None
    for entry in answer.listing.entries:
        text = index.article(entry.article).text
        assert text[entry.start : entry.end] == entry.name
    assert all(quote.text for quote in answer.quotes)


def test_authors_and_publishers_are_counted(index: Index) -> None:
    authors = index.ask("Which authors are there?")
    assert listed(authors) == [("Jane Doe", 2), ("Ola Brandt", 1)]
    publishers = index.ask("Which publishers are there?")
    assert listed(publishers) == [("Coast Wire", 2), ("The Herald", 2)]
    assert listed(index.ask("Which newspapers reported on the ferry?")) == [
        ("Coast Wire", 1),
        ("The Herald", 1),
    ]


def test_today_is_read_and_let_go_where_nothing_is_of_today(index: Index) -> None:
    today = index.ask("Summarise today's news", today=date(2024, 2, 1))
    assert quoted(today) == ["strike"]
    later = index.ask("Summarise today's news", today=date(2024, 3, 1))
    assert later.widened == Filters(after="2024-03-01", before="2024-03-01")
    assert quoted(later)[0] == "strike"


def test_what_the_articles_say_is_listed_where_no_sentence_answers(index: Index) -> None:
    answer = index.ask("What do the articles say about Marlstone?")
    assert "strike" in quoted(answer)
    assert "Marlstone" in answer.quotes[0].text


def test_a_topic_that_no_article_holds_is_asked_as_a_question(index: Index) -> None:
    answer = index.ask("Any news about Mongolia?")
    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.listing is None


def test_words_here_and_there_are_no_news_of_a_topic(index: Index) -> None:
    """One article has both words, far apart in no one sentence; another neither."""
    answer = index.ask("latest news about the winter office")
    assert answer.listing is None
    assert quoted(index.ask("latest news about the great storm")) == ["garden"]


def test_what_happened_on_a_day_its_articles_tell_where_no_sentence_does(index: Index) -> None:
    told = index.ask("What happened on 1 February 2024?")
    assert quoted(told) == ["strike"]
    assert told.filters == Filters(after="2024-02-01", before="2024-02-01")
    assert set(told.read_filters) == {"after", "before"}
    assert quoted(index.ask("What did the Coast Wire report in January 2024?")) == ["ferry-wire"]
    assert index.ask("What happened on 1 March 2019?").outcome is Outcome.NOT_FOUND


def test_quotes_stand_where_they_say(index: Index) -> None:
    for asked in ("list the people", "news", "Which authors are there?", "articles on the ferry"):
        for quote in index.ask(asked).quotes:
            stored = index.article(quote.article.id)
            assert stored.text[quote.start : quote.end] == quote.text


@pytest.fixture
def nameless(tmp_path: Path) -> Callable[[str], Answer]:
    encoder = load_encoder(BUNDLED_ENCODER)
    write_articles(tmp_path / "corpus" / "a.jsonl", {"a": "the tide came in over the sand again."})
    build_with(encoder, tmp_path / "corpus", tmp_path / "index", name=BUNDLED_ENCODER)
    return Index(tmp_path / "index", load=lambda _: encoder).ask


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("list the people", ListingKind.PEOPLE),
        ("list the authors", ListingKind.AUTHORS),
        ("list the publishers", ListingKind.PUBLISHERS),
    ],
)
def test_an_empty_list_is_no_answer(
    asked: str, kind: ListingKind, nameless: Callable[[str], Answer]
) -> None:
    answer = nameless(asked)
    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.listing is not None
    assert (answer.listing.kind, answer.listing.entries) == (kind, ())
