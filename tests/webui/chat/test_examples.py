"""Example questions: made from the articles, the same every time, answered."""

from collections.abc import Callable
from typing import Any

import pytest

from retriever import Answer, Index, Outcome
from tests.webui.corpora import Altered
from webui.app import once_a_generation
from webui.chat.examples import candidates, example_questions

Make = Callable[..., Any]


class Listening(Altered):
    """Remembers what it was asked."""

    def __init__(self, index: Index) -> None:
        """Answer as the index does."""
        super().__init__(index)
        self.asked: list[str] = []

    def ask(self, question: str) -> Answer:
        """Answer and remember."""
        self.asked.append(question)
        answer: Answer = self._index.ask(question)
        return answer


def test_examples_name_what_the_articles_name(make_article: Make) -> None:
    """Examples name what the articles name."""
    text = (
        "Last week Jane Doe said the Grand Canal Bridge would open. Doe smiled.\n"
        "The Grand Canal Bridge is new. It was the Ministry of Foreign Affairs that paid."
    )
    assert candidates(make_article(text)) == ["What did Jane Doe say about the Grand Canal Bridge?"]


def test_examples_ask_what_somebody_said_and_nothing_of_half_a_name(make_article: Make) -> None:
    """A speaker needs no second name beside; what only describes the next word is no subject."""
    text = (
        "The House Democratic caucus met. The House Democratic caucus left. Jane Doe was there.\n"
        "Nothing came of it, Doe said. Mount Vey smoked. They climbed Mount Vey."
    )
    assert candidates(make_article(text)) == [
        "What did Jane Doe say?",
        "What is said about Mount Vey?",
    ]


def test_the_seeds_offer_several(seeds_library: Index) -> None:
    """The seeds offer several."""
    for article in seeds_library.articles():
        made = candidates(article)
        assert made == candidates(article)
        assert len(set(made)) == len(made) >= 2
        for question in made:
            assert question.endswith("?")
            assert "\n" not in question


def test_only_what_is_answered_is_offered(seeds_library: Index) -> None:
    """Each was asked before, and is answered again."""
    listening: Any = Listening(seeds_library)
    offered = example_questions(listening)
    assert 1 <= len(offered) <= 4
    assert all(seeds_library.ask(question).outcome is Outcome.ANSWERED for question in offered)
    assert len(example_questions(seeds_library, limit=1)) == 1
    assert {*offered} <= {*listening.asked}


@pytest.mark.parametrize("text", ["nothing here is named.", "这里没有名字。", "A B C D. \n\n"])
def test_a_corpus_without_names_offers_nothing(text: str, make_library: Make) -> None:
    """A corpus without names offers nothing."""
    assert example_questions(make_library({"a.txt": text})) == ()


def test_examples_are_made_once_for_an_index(seeds_library: Index) -> None:
    """Examples are made once for an index."""
    library: Any = Listening(seeds_library)
    examples = once_a_generation(library, example_questions)
    assert examples() == examples()
    assert len(library.asked) == len(set(library.asked))
