"""Question kinds, and what a sentence must hold to fit one."""

import pytest

from retriever.query.answer_types import (
    AnswerType,
    answer_type_of,
    holds_answer_type,
    is_finished,
)

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


@pytest.mark.parametrize(
    ("sentence", "kind", "share"),
    [
        ("It was signed by Jiang Zemin.", AnswerType.NAME, 1.0),
        ("It was signed by Qin.", AnswerType.NAME, 0.0),
        ("It ended in 1996.", AnswerType.TIME, 1.0),
        ("They may march on.", AnswerType.TIME, 0.0),
        ("It ended in May.", AnswerType.TIME, 1.0),
        ("Some 1,204 voted.", AnswerType.AMOUNT, 1.0),
        ("Two voted.", AnswerType.AMOUNT, 1.0),
        ("Nobody voted.", AnswerType.AMOUNT, 0.0),
        ("Nobody voted.", AnswerType.ANYTHING, 0.5),
        ("Nobody voted, the mayor said.", AnswerType.STATEMENT, 1.0),
        ("“Nobody voted.”", AnswerType.STATEMENT, 1.0),
        ("Nobody voted.", AnswerType.STATEMENT, 0.0),
    ],
)
def test_a_sentence_holds_what_is_wanted(sentence: str, kind: AnswerType, share: float) -> None:
    assert holds_answer_type(sentence, kind, frozenset({"qin"})) == share


@pytest.mark.parametrize(
    ("sentence", "finished"),
    [
        ("It ended.", True),
        ("“It ended.”", True),
        ("Had it ended? [12]", True),
        ("He called it “over”", True),
        ("結束了。", True),
        ("Related: what it means for you", False),
        ("[Audio: a building collapses]", False),
    ],
)
def test_captions_and_teasers_are_not_finished(sentence: str, *, finished: bool) -> None:
    assert is_finished(sentence) is finished
