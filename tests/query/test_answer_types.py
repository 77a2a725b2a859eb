"""What kind of thing a question asks for."""

import pytest

from retriever.query.analysis import AnswerType, answer_type_of

KINDS = {
    "Who met Qin Gang?": AnswerType.NAME,
    "In which city was it signed?": AnswerType.NAME,
    "When was the treaty signed?": AnswerType.TIME,
    "What year did it end?": AnswerType.TIME,
    "How many fighters were killed?": AnswerType.AMOUNT,
    "What percentage voted?": AnswerType.AMOUNT,
    "What did analysts say about rates?": AnswerType.STATEMENT,
    "What was the reaction to the deal?": AnswerType.STATEMENT,
    "How many did he say were killed?": AnswerType.AMOUNT,
    "Who said that it failed?": AnswerType.NAME,
    "Why did it fail?": AnswerType.ANYTHING,
    "Did it fail?": AnswerType.ANYTHING,
}


@pytest.mark.parametrize("question", KINDS)
def test_the_kind_is_read_from_the_question_words(question: str) -> None:
    assert answer_type_of(question) is KINDS[question]
