"""Questions for mentions are answered with the exact count, and what stands nowhere is said so."""

import pytest

from retriever import Index, Outcome, build, open_index
from retriever.records import ListingKind
from tests.building import write_articles

pytestmark = pytest.mark.model

TEXTS = {
    "a": "The WHO warned of a storm in Ostby. Who heard it is not known.",
    "b": "Black and White met in Ostby. Those who came stayed.",
    "c": "Mr. White left for Sorne. The harbour master of Sorne was late.",
    "d": "Mr. Black went to Sorne. White was there already, and Black knew.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("mentioned")
    rows = [
        {"id": key, "text": text, "publisher": "Post" if key < "c" else "Courier"}
        for key, text in TEXTS.items()
    ]
    build(write_articles(folder / "corpus" / "rows.jsonl", rows).parent, index=folder / "index")
    return open_index(folder / "index", reader="none")


@pytest.mark.parametrize(
    ("question", "searched", "mentions", "articles"),
    [
        ("How many articles mention Ostby?", "Ostby", 2, 2),
        ("How many articles mention WHO?", "=WHO", 1, 1),
        ("How often is the harbour master mentioned?", "harbour master", 1, 1),
        ("Which articles mention Black and White?", "Black and White", 1, 1),
        ("Which articles mention Black and Sorne?", "Black AND Sorne", 3, 1),
        ("Which articles mention Ostby or Sorne?", "Ostby OR Sorne", 5, 4),
        ('all mentions of "Mr. White"', '"Mr. White"', 1, 1),
        ("How many articles by the Courier mention White?", "White", 2, 2),
    ],
)
def test_mentions_are_counted(
    index: Index, question: str, searched: str, mentions: int, articles: int
) -> None:
    answer = index.ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert answer.listing is not None
    found = (answer.search_text, answer.listing.total, answer.listing.articles)
    assert found == (searched, mentions, articles)
    assert answer.listing.kind is ListingKind.MENTIONS
    same = index.mentions(searched, filters=answer.filters)
    assert (same.mentions, same.articles) == (mentions, articles)
    for quote in answer.quotes:
        assert quote.fitting
        assert quote.answering is None  # the answer is the count, not the words asked about
        assert TEXTS[quote.article.id][quote.start : quote.end] == quote.text


def test_words_that_stand_nowhere_are_said_to_stand_nowhere(index: Index) -> None:
    answer = index.ask("How many articles mention the zeppelin?")
    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.listing is not None
    assert (answer.listing.total, answer.quotes, answer.closest) == (0, (), ())


def test_a_question_about_people_in_a_report_is_an_ordinary_one(index: Index) -> None:
    answer = index.ask("How many people were mentioned in the report?")
    assert answer.listing is None
