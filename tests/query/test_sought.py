"""What a question seeks: the form of its answer, and whose words it asks for."""

import pytest

from retriever.query.sought import sought_in
from retriever.text.expressions import Expression

FORMS = {
    "When was the treaty signed?": Expression.TIME,
    "And since when?": Expression.TIME,
    "Tell me when it ended.": Expression.TIME,
    "On which day did it end?": Expression.TIME,
    "What time was it when the ferry hit the pier?": Expression.CLOCK,
    "How many fighters were killed?": Expression.COUNT,
    "How many paid holiday days are there?": Expression.DURATION,
    "How many miles is it to Rome?": Expression.NUMBER,
    "How much oil did they buy?": Expression.COUNT,
    "How much will the dam cost?": Expression.MONEY,
    "What fee did the club pay?": Expression.MONEY,
    "How much did prices rise?": Expression.COUNT,
    "What percentage voted?": Expression.PERCENT,
    "How old is the mayor?": Expression.AGE,
    "How long did it last?": Expression.DURATION,
    "What is the top speed of the train?": Expression.COUNT,
    "How tall is the dam?": Expression.COUNT,
}
FREE = [
    "What happened when the war ended?",
    "When forces are equal, what law holds?",
    "Who was mayor when it burned?",
    "Why did it fail?",
    "What does it mean?",
]
SPEAKERS = {
    "What did Su say about Taiwan?": "Su",
    "What did the prime minister of Ostrey say about herring?": "the prime minister of Ostrey",
    "What has Angela Merkel said about Wagner?": "Angela Merkel",
    "What is Piers Adeyo's opinion of the signal?": "Piers Adeyo",
    "What were the views of Jane Doe on war?": "Jane Doe",
    "What did he say about Taiwan?": None,
    "What did Putin call the uprising?": None,
    "Why did Prigozhin say no?": None,
}


@pytest.mark.parametrize("question", FORMS)
def test_a_question_names_the_form_of_its_answer(question: str) -> None:
    assert sought_in(question).forms[0] is FORMS[question]


@pytest.mark.parametrize("question", FREE)
def test_other_questions_may_be_answered_in_any_form(question: str) -> None:
    assert sought_in(question).forms == ()


@pytest.mark.parametrize("question", SPEAKERS)
def test_a_question_for_what_was_said_names_the_speaker(question: str) -> None:
    assert sought_in(question).speaker == SPEAKERS[question]


def test_where_and_why_say_what_is_likely() -> None:
    assert sought_in("Where was it signed?").likely == (Expression.PLACE,)
    assert sought_in("Why did it fail?").likely == (Expression.REASON,)
