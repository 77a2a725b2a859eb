"""Articles of the time that a question is about come first: today, unless it names another."""

from datetime import date

import pytest

from retriever import Index, build, open_index
from retriever.query.analysis import time_window
from tests.building import write_articles

TODAY = date(2023, 7, 1)


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("Who resigned this week?", (TODAY, TODAY)),
        ("Did 2500 people vote?", (TODAY, TODAY)),
        ("What did Reyes say in June 2022?", (date(2022, 6, 1), date(2022, 6, 30))),
        ("Who met on Feb. 29, 2024?", (date(2024, 2, 29), date(2024, 2, 29))),
        ("Who met in Sept 2020?", (date(2020, 9, 1), date(2020, 9, 30))),
        ("Who won in 2001?", None),
        ("What changed in the 1990s?", None),
        ("Who met on June 31, 2022?", None),
        ("Who met in augu\u017ft 2022?", None),
        ("Who met in June 0000?", (TODAY, TODAY)),
        ("Who met in December 9999?", (TODAY, TODAY)),
        ("Who met on 29 February 2024?", (date(2024, 2, 29), date(2024, 2, 29))),
        ("Who met on 2024-02-29?", (date(2024, 2, 29), date(2024, 2, 29))),
        ("What changed from May 2020 to May 2021?", None),
    ],
)
def test_the_time_is_read_from_the_question(question: str, days: tuple[date, date] | None) -> None:
    assert time_window(question, TODAY) == days


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Return an index with the same report from three months."""
    folder = tmp_path_factory.mktemp("timely")
    months = ("2021-03", "2022-06", "2023-06")
    corpus = write_articles(
        folder / "corpus.jsonl",
        [
            {
                "id": month,
                "published": f"{month}-20",
                "text": f"Minister Ada Reyes spoke about prices, for the {n}th time in this hall.",
            }
            for n, month in enumerate(months, 4)
        ],
    )
    build(corpus, index=folder / "index")
    return open_index(folder / "index")


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What did Reyes say about prices in June 2022?", "2022-06"),
        ("What did Reyes say about prices in March 2021?", "2021-03"),
        ("What did Reyes say about prices?", "2023-06"),
    ],
)
def test_the_article_of_that_time_comes_first(index: Index, question: str, first: str) -> None:
    assert index.search(question, today=TODAY)[0].passage.article.id == first
