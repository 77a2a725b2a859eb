"""Words of the kind that was asked for: where a quote has them, and no reader says what answers."""

import pytest

from retriever.answer.fitting_words import MOST, fitting_words
from retriever.query.analysis import analyse
from retriever.query.question import read_question
from retriever.records import Quote
from tests.makers import make_article

CASES = {
    "When did the ferry sink?": ("The ferry sank on May 5 off Holm.", ["May 5"]),
    "How much did the bridge cost?": ("It cost $3 million, said Berg.", ["$3 million"]),
    "How many people were hurt?": ("Some 19 people were hurt in 2021.", ["19"]),
    "What percent of voters agreed?": ("About 40 percent agreed.", ["40 percent"]),
    "How old is Berg?": ("Berg, 44, said so.", ["44"]),
    "Who sank the ferry?": ("The ferry sank on May 5 off Holm.", []),
    "When in 2021 did the ferry sink?": ("It sank in 2021.", []),
}


@pytest.mark.parametrize("question", CASES)
def test_words_of_the_kind_that_is_asked_for_are_found_in_the_article(question: str) -> None:
    """Their places are the article's; what the question names itself is none of them."""
    text, expected = CASES[question]
    article = make_article(f"Before. {text}")
    quote = Quote(article=article, start=8, end=len(article.text), score=1)
    found = fitting_words(quote, analyse(read_question(question)))
    assert [span.of(article.text) for span in found] == expected
    assert all(span.is_part_of(quote.span) for span in found)


def test_a_quote_full_of_figures_is_marked_nowhere() -> None:
    text = "It rang " + ", ".join(f"at {hour} people" for hour in range(20, 21 + MOST)) + "."
    quote = Quote(article=make_article(text), start=0, end=len(text), score=1)
    assert fitting_words(quote, analyse(read_question("How many people came?"))) == ()
