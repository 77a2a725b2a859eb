"""How far a quote goes: what it brings with it, what it leaves out, and where it ends."""

import json
from itertools import combinations

import pytest

from retriever import Index, build, open_index
from tests.benchmarks.quote_sizes import adjacent_pairs, crosses_without_need

pytestmark = pytest.mark.model

ARTICLES = {
    "quarry": (
        "Edda Lunt opened the slate quarry of Brannmoor in 1911 with forty men.\n\n"
        "She sold it to a bank in Oslo for nine thousand crowns.\n\n"
        "The village of Brannmoor grew around a chapel of grey stone."
    ),
    "strike": (
        "Dockers in Varnhamn walked out on Friday over the new rota.\n\n"
        "Rolf Amsel, who leads their union, told a crowd in Varnhamn what comes next.\n\n"
        "“No docker will load a ship in Varnhamn before the rota is torn up.”\n\n"
        "Rain fell in the afternoon."
    ),
    "poster": (
        "An old poster hangs in the museum of Tolley.\n\n"
        "“Every herring that is thrown back feeds a gull.”\n\n"
        "That was how Ines Morrow, a fishmonger, opposed the quota on herring."
    ),
    "bridge": (
        "The council of Aldby will close the iron bridge for repairs from June to October.\n\n"
        "Buses to the coast run every hour, and the library keeps its summer hours."
    ),
    "bees": (
        "Beekeepers in Lower Farne lost a third of their hives last winter. They blame a mite that"
        " came with queens from abroad. The mite weakens the bees until the cold kills them."
    ),
    "grant": (
        "The Farne Trust has given the beekeepers of Lower Farne a grant of 40,000 crowns. The"
        " money comes from a lottery."
    ),
    "orchard": "Pears were late in Upper Farne, and the cider makers bought apples abroad.",
}
QUESTIONS = (
    "Who sold the quarry of Brannmoor?",
    "What did Rolf Amsel say about the rota?",
    "Who opposed the quota on herring?",
    "When is the iron bridge of Aldby closed?",
    "Why did the beekeepers of Lower Farne lose hives?",
    "How much did the Farne Trust give?",
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Return an index of the articles above."""
    folder = tmp_path_factory.mktemp("extent")
    lines = (json.dumps({"id": key, "text": text}) for key, text in ARTICLES.items())
    (folder / "corpus.jsonl").write_text("\n".join(lines))
    build(folder / "corpus.jsonl", index=folder / "index")
    return open_index(folder / "index")


def test_a_pronoun_brings_the_sentence_with_its_name_over_a_paragraph(index: Index) -> None:
    texts = [quote.text for quote in index.ask("How much did the bank in Oslo pay?").quotes]
    (sold,) = (text for text in texts if "nine thousand" in text)
    assert sold.startswith("Edda Lunt")
    assert "chapel" not in sold


def test_a_quotation_brings_the_sentence_that_says_whose_it_is(index: Index) -> None:
    behind = index.ask("Does a herring that is thrown back feed a gull?").quotes[0]
    assert behind.text.startswith("“Every herring")
    assert "Ines Morrow" in behind.text
    assert "old poster" not in behind.text


def test_a_paragraph_about_something_else_is_left_out(index: Index) -> None:
    quotes = index.ask("When is the iron bridge of Aldby closed?").quotes
    assert [quote.text for quote in quotes] == [
        "The council of Aldby will close the iron bridge for repairs from June to October."
    ]


def test_sentences_that_follow_each_other_are_one_quote(index: Index) -> None:
    quotes = index.ask("Why did the beekeepers of Lower Farne lose hives?").quotes
    (first,) = (quote for quote in quotes if quote.article.id == "bees")
    assert "a mite that came" in first.text


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_quote_goes_on_another_or_over_a_paragraph_without_need(
    index: Index, question: str
) -> None:
    answer = index.ask(question)
    shown = (*answer.quotes, *answer.closest)
    assert shown
    assert not [*adjacent_pairs(shown)]
    assert not any(map(crosses_without_need, shown))
    assert all(
        one.article.id != other.article.id or one.end <= other.start or other.end <= one.start
        for one, other in combinations(shown, 2)
    )
