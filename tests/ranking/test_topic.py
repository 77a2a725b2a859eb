"""The topic of a conversation: of passages that answer alike, the one on the topic goes first."""

import pytest

from retriever import build
from retriever.encoders.registry import load_encoder
from retriever.index.generation import Generation
from retriever.index.publishing import current_generation
from retriever.query.question import Question, read_question
from retriever.ranking.searcher import Searcher
from tests.building import write_articles

pytestmark = pytest.mark.model

TEXT = "Storm Edda tore the crane from its rails in March. It was repaired within six weeks."
ARTICLES = [
    {"id": "harbour", "title": "The harbour of Ostby", "text": TEXT},
    {"id": "quarry", "title": "The slate quarries of Lune", "text": TEXT},
]
# It brings a name, so that it stands alone.
QUESTION = "What did Storm Edda tear from its rails?"


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("topic")
    build(write_articles(folder / "corpus.jsonl", ARTICLES), index=folder / "index")
    generation = Generation(current_generation(folder / "index"))
    return Searcher(generation=generation, encoder=load_encoder())


def asked_behind(before: str) -> Question:
    return read_question(QUESTION, history=[{"role": "user", "content": before}])


@pytest.mark.parametrize(
    ("before", "first"),
    [
        ("Which ships call at the harbour?", "harbour"),
        ("Who works in the slate quarries?", "quarry"),
    ],
)
def test_of_passages_that_answer_alike_the_one_on_the_topic_is_first(
    searcher: Searcher, before: str, first: str
) -> None:
    question = asked_behind(before)
    assert not searcher.retrieve(question).query.carried
    assert searcher.search(question)[0].passage.article.id == first


def test_a_question_without_a_conversation_has_no_topic(searcher: Searcher) -> None:
    found = searcher.retrieve(read_question(QUESTION))
    assert found.query.whole_vector is None
    assert not found.scored.features["topic_cosine"].any()


def test_what_was_taken_back_is_no_topic(searcher: Searcher) -> None:
    asked = read_question(
        QUESTION,
        history=[{"role": "user", "content": "Which ships call at the harbour?"}],
        without=frozenset({"harbour"}),
    )
    assert searcher.retrieve(asked).query.whole_vector is None
