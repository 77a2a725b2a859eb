"""What a sentence must hold to fit a kind of question."""

import pytest

from retriever.query.analysis import AnswerType
from retriever.ranking.measures import holds_answer_type


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
