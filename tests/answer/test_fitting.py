"""What can answer a question on the seeds: the date, the sum, the words of the one who is named."""

from pathlib import Path

import pytest

from retriever import Index, Outcome, build, open_index

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
    "When did the Wagner Group attack Moscow?",  # "think twice about starting a war"
    "When did Xueliang Ding retire?",  # told VOA on Sunday
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


def test_a_sentence_that_dates_the_event_comes_before_one_that_only_places_it(
    tmp_path: Path,
) -> None:
    """The second shares fewer words with the question, and alone has the year."""
    (tmp_path / "a.txt").write_text(
        "Shortly before Calderra annexed Ostrey, the two governments had signed a long treaty.\n\n"
        "After the Ostrey annexation in May 1931, many traders stopped buying Calderran herring."
    )
    build(tmp_path, index=tmp_path / "index")
    found = open_index(tmp_path / "index").ask("When did Calderra annex Ostrey?")
    assert found.outcome is Outcome.ANSWERED
    assert "May 1931" in found.quotes[0].text
