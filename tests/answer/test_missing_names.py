"""Names that no article holds, on the articles of the seeds."""

from dataclasses import replace

import pytest

from retriever import Index
from retriever.answer.missing_names import missing_names
from retriever.query.analysis import analyse
from retriever.query.formulation import formulate
from retriever.query.question import read_question

pytestmark = pytest.mark.model
MISSING = {
    "What did Angela Merkel say about Wagner?": ("Merkel",),
    "Who won the Champions League?": ("League",),
    "What is the capital of Australia?": ("Australia",),
    "When did Emmanuel Macron meet Putin?": ("Macron",),
    "Where was Boris Johnson?": ("Johnson",),
    "Who is Mao Tzu?": ("Tzu",),  # half of a given name, "Tzu-yun"
    "Who is Tzu-yun?": (),
    "What did NATO say?": (),  # an abbreviation: its long form may be there
    "What did the Belgian government say?": (),  # as may the country
    "Who is Quin Gang?": (),  # one of whose names is there
    "Who is Xueliang Dimg?": (),  # nearly Xueliang Ding
    "Merkel said what?": (),  # a first word has a capital anyway
    "What Is The Name Of The Treaty With Sweden?": (),  # a headline's capitals
    "What did Xi Jinping say in Sept?": (),
    "What about prigoshin and berlin?": (),
}


@pytest.mark.parametrize("question", MISSING)
def test_a_name_is_missing_where_it_is_surely_one(seeds_index: Index, question: str) -> None:
    searcher = seeds_index._ready()
    asked = analyse(read_question(question))
    query = formulate(asked, searcher.generation, searcher.encoder)
    assert missing_names(replace(query, spelt=question), searcher.generation) == MISSING[question]
