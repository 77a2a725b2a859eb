"""What can answer a question on the seeds: the date, the sum, the words of the one who is named."""

import pytest

from retriever import Index, Outcome

pytestmark = pytest.mark.model
REFUSED = [
    "How much oil does China buy from Russia?",
    "How old is Qin Gang?",
    "How much did the assault rifles cost?",
    "How much money does China give Russia?",
    "What did Blinken tell Xi Jinping?",
    "What did Joe Biden say about Xi?",
    "What did Angela Merkel say about Wagner?",
    "What did Zelensky say about the mutiny?",
    "When did Emmanuel Macron meet Putin?",
    "What did Su say about Finland?",
]
# The words that the first quote holds.
ANSWERED = {
    "What did Su say about Taiwan?": "Su said",
    "What did Ding say about military aid?": "too dear to pay",
    "What did Ma Zhaoxu tell Rudenko?": "Ma also told Rudenko",
    "What did Peskov say about Prigozhin?": "Dmitry Peskov",
    "How many years has Putin ruled Russia?": "23-year rule",
    "When was the Treaty of Good Neighborhood signed?": "2001",
    "When did Jiang Zemin visit Moscow?": "1991",
    "What did analysts say about the mutiny?": "analysts",
}


@pytest.mark.parametrize("question", REFUSED)
def test_what_nothing_can_answer_is_refused(seeds_index: Index, question: str) -> None:
    found = seeds_index.ask(question)
    assert found.outcome is Outcome.NOT_FOUND
    assert found.closest


@pytest.mark.parametrize("question", ANSWERED)
def test_what_holds_what_is_sought_is_quoted_first(seeds_index: Index, question: str) -> None:
    found = seeds_index.ask(question)
    assert found.outcome is Outcome.ANSWERED
    assert ANSWERED[question] in found.quotes[0].text
