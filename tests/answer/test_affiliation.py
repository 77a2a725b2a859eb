"""Questions for the body that somebody works or speaks for, and the sentences that tell it."""

import pytest

from retriever import Index, Outcome
from retriever.answer.affiliation import asked_affiliation

TOLD = [
    (
        "Where does Jo Reyes work?",
        "“No,” said Jo Reyes, a fellow at the Basin Institute in Tamsin.",
    ),
    ("Who does Jo Reyes work for?", "Reyes, 44, an analyst with Harker & Vane, rates it a hold."),
    ("Who does Reyes represent?", "Northline spokeswoman Jo Reyes would not say when."),
    ("Which newspaper does Jo Reyes work for?", "Jo Reyes of the Ostrey Observer was there."),
    ("What company does Reyes speak for?", "A spokeswoman, Jo Reyes, said the company was sorry."),
    ("Where is Jo Reyes employed?", "The director of the Corbel Museum, Jo Reyes, resigned."),
    (
        "Which university is Jo Reyes from?",
        "Jo Reyes, a lecturer at Port Halden University, agreed.",
    ),
    ("Who speaks for Northline?", "Northline spokeswoman Jo Reyes would not say when."),
    ("Who speaks for the Northline Wire?", "Jo Reyes, a spokesman for the Northline Wire, left."),
]
NOT_TOLD = [
    ("Where does Jo Reyes work?", "In Tamsin Jo Reyes said that she would not work again."),
    ("Where does Jo Reyes work?", "Jo Reyes, a tall woman, met Okafor of the Observer on Monday."),
    ("Where does Jo Reyes work?", "Thinkers such as Jo Reyes of Ostrey had said so before."),
    ("Which university is Jo Reyes from?", "Jo Reyes, a clerk at the Harbour Office, agreed."),
    ("Who speaks for Northline?", "Northline said that nobody had spoken to Jo Reyes."),
]


@pytest.mark.parametrize(("question", "text"), TOLD)
def test_knows_the_ways_in_which_news_tells_it(question: str, text: str) -> None:
    asked = asked_affiliation(question)
    assert asked is not None
    assert asked.is_told_in(text)


@pytest.mark.parametrize(("question", "text"), NOT_TOLD)
def test_a_name_beside_a_body_does_not_tell_it(question: str, text: str) -> None:
    asked = asked_affiliation(question)
    assert asked is not None
    assert not asked.is_told_in(text)


@pytest.mark.parametrize(
    "question",
    ["Where does Jo Reyes live?", "Who works for Jo Reyes?", "How does it work?", "Where is it?"],
)
def test_other_questions_ask_for_none(question: str) -> None:
    assert asked_affiliation(question) is None


@pytest.mark.model
def test_it_is_answered_though_hardly_a_word_is_shared(seeds_index: Index) -> None:
    found = seeds_index.ask("Where does Tzu-yun Su work?")
    assert found.outcome is Outcome.ANSWERED
    assert "a research fellow at the Institute" in found.quotes[0].text
