"""Which words of a question name the articles that it is put to, and which only look so."""

import time
from collections.abc import Iterator
from datetime import date

import pytest

from retriever.index.store import Store
from retriever.query.question import read_question
from retriever.query.source_words import read_source_words
from retriever.records import Filters
from tests.building import build_with, opened, write_articles
from tests.hashing_encoder import HashingEncoder

TODAY = date(2024, 3, 5)
SOURCES = [
    ("CNN", "Jane Doe"),
    ("The Morning Herald", "By Ola Brandt and Mireille Kovac"),
    ("USA TODAY", "Heidi M. Prandl, USA TODAY"),
    ("The Week", "Business staff"),
    ("www.harbourpost.com", "Sir Tom Quill"),
    ("TIME", None),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("sources")
    records = [
        {"id": f"a{n}", "text": f"The harbour was shut on day {n}.", "publisher": p, "author": a}
        for n, (p, a) in enumerate(SOURCES)
    ]
    corpus = write_articles(folder / "corpus" / "a.jsonl", records)
    build_with(HashingEncoder(), corpus.parent, folder / "index")
    with opened(folder / "index") as generation:
        yield generation.store


def read(text: str, store: Store, **given: object) -> tuple[dict[str, str], str] | None:
    question = read_question(text, today=TODAY, **given)  # type: ignore[arg-type]  # by name
    found = read_source_words(question, store)
    return (found.filters.to_dict(), found.rest) if found else None


AUTHORS = [
    ("articles by Jane Doe on the ferry", "Jane Doe", "articles on the ferry"),
    ("articles by jane doe", "Jane Doe", "articles"),
    ("Show me the stories written by Ola Brandt", "Ola Brandt", "Show me the stories"),
    ("What has Mireille Kovac written about the strike?", "Mireille Kovac", "the strike"),
    ("What did Jane Doe write about the ferry?", "Jane Doe", "the ferry"),
    (
        "Which articles did Ola Brandt write about the moon?",
        "Ola Brandt",
        "Which articles about the moon?",
    ),
    ("Jane Doe's latest articles", "Jane Doe", "latest articles"),
    ("Heidi Prandl’s reporting on inflation", "Heidi M. Prandl", "reporting on inflation"),
    ("reports about the harbour by Kovac", "Kovac", "reports about the harbour"),
    ("What was written by Ola Brandt about the queen?", "Ola Brandt", "the queen"),
    ("Has Jane Doe written about the ferry?", "Jane Doe", "the ferry"),
    ("anything by Jane Doe on the ferry?", "Jane Doe", "anything on the ferry"),
    ("Which articles were written by Jane Doe?", "Jane Doe", "Which articles?"),
]
PUBLISHERS = [
    ("What did CNN say about Ukraine?", "CNN", "Ukraine"),
    ("CNN on Ukraine", "CNN", "Ukraine"),
    ("cnn.com on Ukraine", "CNN", "Ukraine"),
    (
        "According to the Morning Herald, how many were hurt?",
        "The Morning Herald",
        "how many were hurt?",
    ),
    ("Who was hurt, according to morning herald?", "The Morning Herald", "Who was hurt?"),
    ("What is USA TODAY reporting on inflation?", "USA TODAY", "inflation"),
    (
        "latest news from Harbour Post about the strike",
        None,
        "",
    ),
    (
        "latest news from harbourpost.com about the strike",
        "www.harbourpost.com",
        "latest news about the strike",
    ),
    ("Morning Herald coverage of the strike", "The Morning Herald", "coverage of the strike"),
    ("Did CNN report on the earthquake?", "CNN", "the earthquake"),
    ("The Week on the budget", "The Week", "the budget"),
    ("CNN's report on Ukraine", "CNN", "Ukraine"),
    ("What does TIME magazine say about the fire?", "TIME", "the fire"),
    ("Tell me what CNN says about Ukraine", "CNN", "Ukraine"),
    ("What do CNN’s articles say about Ukraine?", "CNN", "Ukraine"),
    ("What was reported in TIME about the fire?", "TIME", "the fire"),
]
DATES = [
    ("articles from June 2023", ("2023-06", "2023-06"), "articles"),
    ("articles published on 9 November 2022", ("2022-11-09", "2022-11-09"), "articles"),
    ("news of November 9, 2022", ("2022-11-09", "2022-11-09"), "news"),
    ("stories about the ferry from June 2023", ("2023-06", "2023-06"), "stories about the ferry"),
    ("articles since June 2023 about the ferry", ("2023-06", None), "articles about the ferry"),
    ("articles after 2020", ("2021-01-01", None), "articles"),
    ("headlines before March 2021", (None, "2021-02-28"), "headlines"),
    ("summarise today's news", ("2024-03-05", "2024-03-05"), "summarise news"),
    ("yesterday’s headlines", ("2024-03-04", "2024-03-04"), "headlines"),
    ("What is in the news today?", ("2024-03-05", "2024-03-05"), "What is in the news?"),
    ("reports dated 2022-11-09", ("2022-11-09", "2022-11-09"), "reports"),
]
LOOK_ALIKE = [
    "What did CNN's owner do?",
    "Who bought the harbour from CNN?",
    "What did Jane Doe say about the ferry?",
    "According to Jane Doe, what happened?",
    "According to CNN anchor Rolf Tapper, what happened?",
    "What did CNN say about its layoffs?",
    "Who owns The Morning Herald?",
    "When was CNN founded?",
    "What happened in the week of the crash?",
    "articles from time to time",
    "Who hosted the debate on CNN?",
    "Why was Jane Doe fired from CNN?",
    "What did a CNN poll find?",
    "What happened on 9 November 2022?",
    "How many people died in June 2023?",
    "What did CNN and the Morning Herald say about Ukraine?",
    "Who stood by Jane Doe's side?",
    "What is the price of USA TODAY?",
    "Which articles of the constitution of 1787 were amended?",
    "What did the report of 2022 find?",
    "What did Mr Business want?",
    "last week's news",
    "the news of the week",
    "Did Jane Doe report on her own boss?",
    "Who was hit by Quill on Monday?",
]


@pytest.mark.parametrize(("question", "author", "rest"), AUTHORS)
def test_an_author_is_read(question: str, author: str, rest: str, store: Store) -> None:
    assert read(question, store) == ({"author": author}, rest)


@pytest.mark.parametrize(("question", "publisher", "rest"), PUBLISHERS)
def test_a_publisher_is_read(question: str, publisher: str | None, rest: str, store: Store) -> None:
    """A domain is read as one word only where it is typed as one."""
    assert read(question, store) == (({"publisher": publisher}, rest) if publisher else None)


@pytest.mark.parametrize(("question", "window", "rest"), DATES)
def test_a_date_of_publication_is_read(
    question: str, window: tuple[str | None, str | None], rest: str, store: Store
) -> None:
    expected = Filters(after=window[0], before=window[1]).to_dict()
    assert read(question, store) == (expected, rest)


@pytest.mark.parametrize("question", LOOK_ALIKE)
def test_what_only_names_a_source_is_no_filter(question: str, store: Store) -> None:
    assert read(question, store) is None


def test_several_are_read_together(store: Store) -> None:
    assert read("CNN articles by Jane Doe from June 2023 on Ukraine", store) == (
        {"publisher": "CNN", "author": "Jane Doe", "after": "2023-06", "before": "2023-06"},
        "articles on Ukraine",
    )


def test_a_date_behind_a_subject_is_of_the_articles(store: Store) -> None:
    both = {"publisher": "CNN", "after": "2023-06", "before": "2023-06"}
    assert read("What did CNN say about Ukraine in June 2023?", store) == (both, "Ukraine")
    assert read("What did CNN write in June 2023?", store) is None
    assert read("According to CNN, what happened in June 2023?", store) == (
        {"publisher": "CNN"},
        "what happened in June 2023?",
    )


def test_what_was_chosen_or_taken_back_is_not_read(store: Store) -> None:
    asked = "What did CNN say about Ukraine?"
    assert read(asked, store, filters=Filters(publisher="TIME")) is None
    assert read(asked, store, without=["CNN"]) is None
    dated = "articles from June 2023"
    assert read(dated, store, filters=Filters(after="2022")) is None
    assert read(dated, store, without=["2023-06"]) is None


@pytest.mark.parametrize("words", ["CNN ", "articles by CNN and ", "articles 2023 ", "Jane Doe "])
def test_a_text_full_of_names_takes_no_long_time(words: str, store: Store) -> None:
    """Every name would be tried with every form: 7 s for the longest question."""
    started = time.process_time()
    read((words * 4_000)[:3_999], store)
    assert time.process_time() - started < 2.0
