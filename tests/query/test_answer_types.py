"""Question kinds, and what a sentence must hold to fit one."""

import pytest

from retriever.query.answer_types import Wanted, holds_wanted, is_finished, wanted_by

KINDS = {
    "Who met Qin Gang?": Wanted.NAME,
    "In which city was it signed?": Wanted.NAME,
    "When was the treaty signed?": Wanted.TIME,
    "What year did it end?": Wanted.TIME,
    "How many fighters were killed?": Wanted.AMOUNT,
    "What percentage voted?": Wanted.AMOUNT,
    "What did analysts say about rates?": Wanted.STATEMENT,
    "What was the reaction to the deal?": Wanted.STATEMENT,
    "How many did he say were killed?": Wanted.AMOUNT,
    "Who said that it failed?": Wanted.NAME,
    "Why did it fail?": Wanted.ANYTHING,
    "Did it fail?": Wanted.ANYTHING,
}


@pytest.mark.parametrize("question", KINDS)
def test_the_kind_is_read_from_the_question_words(question: str) -> None:
    assert wanted_by(question) is KINDS[question]


@pytest.mark.parametrize(
    ("sentence", "kind", "share"),
    [
        ("It was signed by Jiang Zemin.", Wanted.NAME, 1.0),
        ("It was signed by Qin.", Wanted.NAME, 0.0),
        ("It ended in 1996.", Wanted.TIME, 1.0),
        ("They may march on.", Wanted.TIME, 0.0),
        ("It ended in May.", Wanted.TIME, 1.0),
        ("Some 1,204 voted.", Wanted.AMOUNT, 1.0),
        ("Two voted.", Wanted.AMOUNT, 1.0),
        ("Nobody voted.", Wanted.AMOUNT, 0.0),
        ("Nobody voted.", Wanted.ANYTHING, 0.5),
        ("Nobody voted, the mayor said.", Wanted.STATEMENT, 1.0),
        ("“Nobody voted.”", Wanted.STATEMENT, 1.0),
        ("Nobody voted.", Wanted.STATEMENT, 0.0),
    ],
)
def test_a_sentence_holds_what_is_wanted(sentence: str, kind: Wanted, share: float) -> None:
    assert holds_wanted(sentence, kind, frozenset({"qin"})) == share


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
