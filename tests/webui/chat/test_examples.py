"""Example questions: made from the articles, the same every time, answered by what they ask for."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from retriever import Answer, Index, Outcome, QuestionError, Span, build, open_index
from tests.loops import in_a_loop
from tests.makers import make_answer, make_quote
from tests.webui.corpora import Altered, records
from webui.chat.candidates import ExampleCandidate, ExampleKind, candidates
from webui.chat.examples import example_questions, holds_what_is_asked
from webui.chat.remembered_examples import RememberedExamples

Make = Callable[..., Any]
SECONDS = 60


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


def questions(article: Any) -> list[str]:
    """Return what an article should answer."""
    return [one.question for one in candidates(article)]


def test_examples_name_what_the_articles_name(make_article: Make) -> None:
    """Examples name what the articles name."""
    text = (
        "Last week Jane Doe said the Grand Canal Bridge would open. Doe smiled.\n"
        "The Grand Canal Bridge is new. It was the Ministry of Foreign Affairs that paid."
    )
    assert questions(make_article(text)) == ["What did Jane Doe say about the Grand Canal Bridge?"]


def test_examples_ask_what_somebody_said_and_nothing_of_half_a_name(make_article: Make) -> None:
    """A speaker needs no second name beside; what only describes the next word is no subject."""
    text = (
        "The House Democratic caucus met. The House Democratic caucus left. Jane Doe was there.\n"
        "Nothing came of it, Doe said. Mount Vey smoked. They climbed Mount Vey."
    )
    assert questions(make_article(text)) == [
        "What did Jane Doe say?",
        "What is said about Mount Vey?",
    ]


@pytest.mark.parametrize(
    ("sentence", "kind", "question", "answer"),
    [
        (
            "At least 12 people were killed in Port Vey, officials said.",
            ExampleKind.NUMBER,
            "How many people were killed in Port Vey?",
            "12",
        ),
        (
            "The blast killed more than 40 people in the Old Harbour on Sunday.",
            ExampleKind.NUMBER,
            "How many people were killed in the Old Harbour?",
            "40",
        ),
        (
            "Vey Airways has about 1,200 workers.",
            ExampleKind.NUMBER,
            "How many workers does Vey Airways have?",
            "1,200",
        ),
        (
            "Jane Doe won the Harbour Prize, the city says.",
            ExampleKind.DOER,
            "Who won the Harbour Prize?",
            "Jane Doe",
        ),
        (
            "The bridge that Jane Doe drew was late. Jane Doe was elected mayor on March 3, 2021.",
            ExampleKind.TIME,
            "When was Jane Doe elected?",
            "March 3, 2021",
        ),
        ("Jane Doe died on Friday.", ExampleKind.TIME, "When did Jane Doe die?", "Friday"),
        (
            "Jane Doe was born to a fisherman in Port Vey.",
            ExampleKind.PLACE,
            "Where was Jane Doe born?",
            "Port Vey",
        ),
        ("Jane Doe, 47, left.", ExampleKind.AGE, "How old is Jane Doe?", "47"),
        (
            "Jane Doe, a fisher of eels from the north, left. Doe said it rained.",
            ExampleKind.PERSON,
            "Who is Jane Doe?",
            "a fisher of eels from the north",
        ),
    ],
)
def test_each_form_of_sentence_makes_its_question(
    make_article: Make, sentence: str, kind: ExampleKind, question: str, answer: str
) -> None:
    """It knows which words of the article answer it."""
    article = make_article(f"It rained.\n{sentence}")
    (made,) = (one for one in candidates(article) if one.kind is kind)
    assert made.question == question
    assert made.answer is not None
    assert made.answer.of(article.text) == answer
    assert made.sentence is not None
    assert made.answer.is_part_of(made.sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Los Vey, a town in the north, is quiet.",  # a town does not speak
        "Jane Doe attended Harbour Day celebrations.",  # half a name
        "Jane Doe opened a bridge in 1990.",  # she did not open
        "At least 12 people were killed.",  # where and when?
        "Doe was elected in 2021.",  # which Doe?
        "Vey Airways has 40 percent of it.",
    ],
)
def test_no_question_is_made_of_what_does_not_answer_it(make_article: Make, sentence: str) -> None:
    """Each of these was asked wrongly by an earlier draft of the forms, or could be."""
    assert [one for one in candidates(make_article(sentence)) if one.answer] == []


def test_the_seeds_offer_several(seeds_library: Index) -> None:
    """The seeds offer several."""
    for article in seeds_library.articles():
        made = candidates(article)
        assert made == candidates(article)
        asked = [one.question for one in made]
        assert len(set(asked)) == len(asked) >= 2
        for one in made:
            assert one.question.endswith("?")
            assert "\n" not in one.question


def test_only_what_is_answered_is_offered(seeds_library: Index) -> None:
    """Each was asked before, and is answered again."""
    listening: Any = Listening(seeds_library)
    offered = example_questions(listening)
    assert 1 <= len(offered) <= 4
    assert all(seeds_library.ask(question).outcome is Outcome.ANSWERED for question in offered)
    assert len(example_questions(seeds_library, limit=1)) == 1
    assert {*offered} <= {*listening.asked}
    assert example_questions(seeds_library, seconds=0) == ()


@pytest.mark.model
def test_the_seeds_examples_are_answered_by_what_they_ask_for(seeds_index: Index) -> None:
    """With the encoder and the reader that answer on the page."""
    offered = example_questions(seeds_index)
    assert len(offered) == 4
    for question in offered:
        answer = seeds_index.ask(question)
        assert answer.outcome is Outcome.ANSWERED, question
        assert answer.confidence >= 0.9 or answer.quotes[0].answering, question


NEWS = {
    "fire": "Twelve people were hurt in Port Vey on Monday, the fire service said. A boiler had"
    " burst below the fish market of Port Vey. At least 12 people were injured in Port Vey last"
    " year too. Chief Anna Holm said the market would stay shut.",
    "prize": "Ines Calder won the Harbour Prize, the jury said. Ines Calder was born in Port Lunde,"
    " a fishing town. The jury praised her study of eels.",
    "mayor": "Tomas Brandt was elected mayor of Lunde on March 3, 2021. Tomas Brandt, 47, is a"
    " former captain. Brandt said the Old Bridge would be painted green.",
    "line": "Vey Airways has about 1,200 workers. Vey Airways flies to nine towns. Its director,"
    " Marta Sand, a former pilot of seaplanes, said no town would be dropped.",
}


@pytest.mark.model
def test_a_small_corpus_offers_different_kinds_and_none_is_refused(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Who, when, how many, what somebody said: as many kinds as there are examples."""
    folder = tmp_path_factory.mktemp("kinds")
    rows = records(*({"id": name, "title": name, "text": text} for name, text in NEWS.items()))
    (folder / "corpus").mkdir()
    for name, lines in rows.items():
        (folder / "corpus" / name).write_text(lines)
    build(folder / "corpus", index=folder / "index")
    index = open_index(folder / "index")
    offered = example_questions(index)
    made = {one.question: one.kind for article in index.articles() for one in candidates(article)}
    assert len(offered) == 4
    assert len({made[question] for question in offered}) >= 3, offered
    for question in offered:
        answer = index.ask(question)
        assert answer.outcome is Outcome.ANSWERED, question


def test_an_answer_has_to_hold_what_is_asked() -> None:
    """In its first quote, at the words that are marked, or surely."""
    text = "At least 12 people were killed in Port Vey."
    quote = make_quote(text)
    asked = ExampleCandidate(
        question="How many people were killed in Port Vey?",
        kind=ExampleKind.NUMBER,
        subject="people",
        article_id="a.txt",
        sentence=Span(start=0, end=len(text)),
        answer=Span(start=9, end=11),
    )
    sure = replace(make_answer(quote), confidence=0.95)
    pointed = replace(quote, answering=Span(start=0, end=11))
    elsewhere = replace(quote, answering=Span(start=34, end=42))
    for held, answer, question in (
        (True, sure, asked),
        (True, replace(sure, confidence=0.6, quotes=(pointed,)), asked),
        (False, replace(sure, confidence=0.6), asked),
        (False, replace(sure, quotes=(elsewhere,)), asked),
        (False, replace(sure, outcome=Outcome.NOT_FOUND), asked),
        (False, sure, replace(asked, article_id="b.txt")),
        (False, replace(sure, quotes=(make_quote(text, start=12),)), asked),
    ):
        assert holds_what_is_asked(answer, question) is held


@pytest.mark.parametrize("text", ["nothing here is named.", "这里没有名字。", "A B C D. \n\n"])
def test_a_corpus_without_names_offers_nothing(text: str, make_library: Make) -> None:
    """A corpus without names offers nothing."""
    assert example_questions(make_library({"a.txt": text})) == ()


def test_examples_are_made_once_for_an_index_and_beside_everything_else(
    seeds_library: Index,
) -> None:
    """Many may wait for them; nobody does before the page is shown."""
    library: Any = Listening(seeds_library)
    examples = RememberedExamples(library)
    assert library.asked == []
    assert examples.ready() is None
    found = examples.begin()
    assert found is examples.begin()
    assert found.result(SECONDS) == examples.ready() == example_questions(seeds_library)
    assert len(library.asked) == len(set(library.asked))


def test_who_goes_away_stops_nobody_elses_examples(seeds_library: Index) -> None:
    """A page that is closed while it waits cancels its own waiting only."""
    examples = RememberedExamples(seeds_library)

    async def leave() -> None:
        waiting = asyncio.wrap_future(examples.begin())
        waiting.cancel()

    in_a_loop(leave)
    assert examples.begin().result(SECONDS)


def test_an_index_that_cannot_be_asked_has_no_examples(seeds_library: Index) -> None:
    """The page is shown without."""

    class Broken(Altered):
        """Answers nothing."""

        def ask(self, question: str) -> Answer:
            """Fail as an index does that was damaged meanwhile."""
            raise QuestionError(json.dumps(question))

    broken: Any = Broken(seeds_library)
    assert RememberedExamples(broken).begin().result(SECONDS) == ()
