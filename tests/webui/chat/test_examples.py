"""Example questions: made from the articles, the same every time, answered."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from retriever import Outcome
from webui.chat.examples import candidates, example_questions, remembered

Make = Callable[..., Any]
SEEDS = Path(__file__).parents[3] / "seeds"


@pytest.fixture
def seeds(make_article: Make) -> list[Any]:
    """Return the seed files as articles, uncleaned."""
    return [
        make_article(path.read_text(encoding="utf-8"), id=path.name, path=path.name)
        for path in sorted(SEEDS.glob("*.txt"))
    ]


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


def test_the_seeds_offer_several(seeds: list[Any]) -> None:
    """The seeds offer several."""
    for article in seeds:
        made = candidates(article)
        assert made == candidates(article)
        assert len(set(made)) == len(made) >= 2
        for question in made:
            assert question.endswith("?")
            assert "\n" not in question


def test_only_what_is_answered_is_offered(seeds: list[Any], make_library: Make) -> None:
    """Only what is answered is offered."""
    library = make_library(*seeds)
    offered = example_questions(library)
    assert 1 <= len(offered) <= 4
    assert all(library.ask(question).outcome is Outcome.ANSWERED for question in offered)
    assert len(example_questions(library, limit=1)) == 1


def test_a_corpus_without_names_offers_nothing(make_article: Make, make_library: Make) -> None:
    """A corpus without names offers nothing."""
    for text in ("nothing here is named.", "这里没有名字。", "", "A B C D. \n\n"):
        assert example_questions(make_library(make_article(text))) == ()
    assert example_questions(make_library()) == ()


def test_examples_are_made_once_for_an_index(seeds: list[Any], make_library: Make) -> None:
    """Examples are made once for an index."""
    library = make_library(*seeds)
    asked: list[str] = []
    ask = library.ask

    def listening(question: str) -> Any:
        asked.append(question)
        return ask(question)

    library.ask = listening
    examples = remembered(library)
    assert examples() == examples()
    assert len(asked) == len(set(asked))
