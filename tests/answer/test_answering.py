"""Answers on the seed articles: verbatim, whole, and never a heading or a footnote entry."""

import pytest

from retriever import Index, Outcome
from retriever.text.sentences import sentence_spans

pytestmark = pytest.mark.model
QUESTIONS = [
    "What is said about parallels in the Taiwan Strait?",
    "Who did Andrey Rudenko meet in Beijing?",
    "Is there an irreconcilable conflict?",
    "What did TASS report about common interests?",
    "Will China send military aid?",
    "What is the population of Reykjavik?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_quotes_are_whole_sentences_of_the_stored_text(seeds_index: Index, question: str) -> None:
    answer = seeds_index.ask(question)
    assert answer.withheld == 0
    for quote in (*answer.quotes, *answer.closest):
        stored = seeds_index.article(quote.article.id)
        assert stored.text[quote.start : quote.end] == quote.text
        borders = sentence_spans(stored.text)
        assert quote.start in {span.start for span in borders}
        assert quote.end in {span.end for span in borders}
        apart = (*stored.headings, *(note.entry for note in stored.footnotes))
        assert not any(quote.start < span.end and span.start < quote.end for span in apart)


def test_quotes_and_outcome_agree(seeds_index: Index) -> None:
    for question in QUESTIONS:
        answer = seeds_index.ask(question)
        assert (answer.outcome is Outcome.ANSWERED) == bool(answer.quotes)
        assert not (answer.quotes and answer.closest)


def test_a_quote_shows_the_source_behind_the_source(seeds_index: Index) -> None:
    answer = seeds_index.ask("What did the Chinese Foreign Ministry spokesperson say on June 25?")
    notes = {note.label for quote in answer.quotes for note in quote.footnotes}
    sources = {
        note.source.of(quote.article.text) for quote in answer.quotes for note in quote.footnotes
    }
    assert {"1", "2"} <= notes  # [2] is "Ibid"
    assert any("CNN" in source for source in sources)
    assert not any(source.startswith("Ibid") for source in sources)
