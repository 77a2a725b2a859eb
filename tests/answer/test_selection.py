"""Which sentences are quoted, with which neighbour, how many of them, and in what order."""

import json
import re
from itertools import combinations

import pytest

from retriever import Index, Outcome, build, open_index

pytestmark = pytest.mark.model

ARTICLES = {
    "ferry": (
        "The ferry Marit ran aground off Sund on Tuesday morning. She was carrying 212"
        " passengers. Coast guard boats took all of them ashore.\n\n"
        "The captain of the ferry took over the ship in May. Jonas Vik had sailed on tankers"
        " before. His crew praised him."
    ),
    "strike": (
        "For the latest news of the dock strike in Hamn, click here.\n\n"
        "Dockers in Hamn stopped work on Friday over their pay for nights.\n\n"
        "Read more: The latest news of the dock strike in Hamn\n\n"
        "(Reporting by Jo Reyes in Hamn; Editing by Al Okafor)"
    ),
    "rates": (
        "The central bank of Nordland raised its rate on Thursday.\n\n"
        "Related: what the rate of the central bank means for you\n\n"
        "Analyst Ola Berg said the rise in the bank's rate came a year too late to stop prices."
        " Weather was mild in the capital.\n\n"
        "Builders will suffer from the bank's rate first, warned analyst Siri Dahl. Shops were"
        " open.\n\n"
        "“I see two more rises this autumn,” said analyst Per Moe of the bank's decision."
    ),
    "pact": "Ostland has dropped its support for the fishing pact after a week of protests.",
    "pact-abroad": "Ostland has thrown its support behind the fishing pact after days of protests.",
    "pact-copied": "Ostland has dropped its support for the fishing pact after a week of protests.",
    "lighthouse": "The lighthouse of Hamn was shut for repairs: an autumn storm broke a pane.",
    "lighthouse-far": (
        "Keepers shut the Hamn beacon because an autumn storm had broken a pane of the lamp room."
    ),
    "mill": (
        "Ada Reyes founded the mill of Ellery in 1901. The money for founding the mill came from an"
        " aunt who had owned a mill herself. In the autumn of 1923 fire broke out in the loft and"
        " the roof fell in. Today a school stands there."
    ),
    "harvest": "Apples were picked early this year. Growers blame a warm spring in the valley.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Return an index of the articles above."""
    folder = tmp_path_factory.mktemp("choosing")
    lines = (json.dumps({"id": key, "text": text}) for key, text in ARTICLES.items())
    (folder / "corpus.jsonl").write_text("\n".join(lines))
    build(folder / "corpus.jsonl", index=folder / "index")
    return open_index(folder / "index")


def test_a_sentence_that_refers_back_is_quoted_with_the_one_before(index: Index) -> None:
    quote = index.ask("How many passengers was the ferry carrying?").quotes[0]
    assert quote.text == (
        "The ferry Marit ran aground off Sund on Tuesday morning. She was carrying 212 passengers."
    )


def test_links_and_credits_are_never_quoted(index: Index) -> None:
    quotes = index.ask("What happened in the dock strike in Hamn?").quotes
    assert any("stopped work" in quote.text for quote in quotes)
    for quote in quotes:
        assert not re.search("click here|Read more|Editing by", quote.text)


def test_a_sentence_that_repeats_the_question_brings_its_answer(index: Index) -> None:
    texts = [quote.text for quote in index.ask("Who was the captain of the ferry?").quotes]
    assert any("The captain of the ferry" in text and "Jonas Vik" in text for text in texts)


def test_what_several_said_is_quoted_one_by_one_the_best_first(index: Index) -> None:
    answer = index.ask("What did analysts say about the bank's rate rise?")
    assert answer.outcome is Outcome.ANSWERED
    assert len(answer.quotes) == 3
    assert [quote.score for quote in answer.quotes] == sorted(
        (quote.score for quote in answer.quotes), reverse=True
    )
    speakers = {quote.speaker.of(quote.article.text) for quote in answer.quotes if quote.speaker}
    assert speakers == {"Analyst Ola Berg", "analyst Siri Dahl", "analyst Per Moe"}


def test_a_source_that_says_the_opposite_in_nearly_the_same_words_is_shown(index: Index) -> None:
    quotes = index.ask("Does Ostland support the fishing pact?").quotes
    assert {quote.article.id for quote in quotes} >= {"pact-abroad"}
    (dropped,) = (quote for quote in quotes if "dropped" in quote.text)
    printed = {dropped.article.id, *dropped.also_in}
    assert printed == {"pact", "pact-copied"}


def test_another_article_s_version_is_shown_beside_the_only_one_quoted(index: Index) -> None:
    quotes = index.ask("When was the lighthouse of Hamn shut for repairs?").quotes
    assert [quote.article.id for quote in quotes] == ["lighthouse", "lighthouse-far"]


def test_a_follow_up_is_answered_and_not_the_question_before(index: Index) -> None:
    before = {"role": "user", "content": "Who founded the mill of Ellery?"}
    answer = index.ask("Was it damaged by fire?", history=[before])
    assert "fire broke out" in answer.quotes[0].text


def test_a_date_needs_one_quote(index: Index) -> None:
    answer = index.ask("When did the central bank of Nordland raise its rate?")
    assert [quote.text for quote in answer.quotes] == [
        "The central bank of Nordland raised its rate on Thursday."
    ]


@pytest.mark.parametrize(
    "question",
    [
        "What happened to the ferry Marit?",
        "What did analysts say about the rate?",
        "Who took the passengers of the ferry ashore?",
        "What is known about the captain of the ferry?",
    ],
)
def test_no_two_quotes_overlap_and_no_teaser_is_joined(index: Index, question: str) -> None:
    answer = index.ask(question)
    shown = (*answer.quotes, *answer.closest)
    assert shown
    for one, other in combinations(shown, 2):
        assert (
            one.article.id != other.article.id or one.end <= other.start or other.end <= one.start
        )
    assert not any("Related" in quote.text and "\n" in quote.text for quote in shown)
