"""What a sentence must hold to fit a kind of question."""

import pytest

from retriever.query.analysis import answer_type_of
from retriever.query.sought import sought_in
from retriever.ranking.measures import holds_answer_type


@pytest.mark.parametrize(
    ("sentence", "question", "share"),
    [
        ("It was signed by Jiang Zemin.", "Who signed it?", 1.0),
        ("It was signed by Qin.", "Who signed it?", 0.0),
        ("It ended in 1996.", "When did it end?", 1.0),
        ("They may march on.", "When did it end?", 0.0),
        ("It ended in May.", "When did it end?", 1.0),
        ("It ended after the war.", "When did it end?", 0.5),
        ("Some 1,204 voted.", "How many voted?", 1.0),
        ("Two voted.", "How many voted?", 1.0),
        ("Two days later they voted.", "How many voted?", 0.0),
        ("Nobody came.", "What did it cost?", 0.0),
        ("It was 12 crowns.", "What did it cost?", 1.0),
        ("Some 12 came.", "What did it cost?", 0.0),
        ("It failed because of rain.", "Why did it fail?", 1.0),
        ("Nobody voted.", "Why did it fail?", 0.5),
        ("It was signed in Rome.", "Where was it signed?", 1.0),
        ("Many came, the mayor said.", "What did the mayor say?", 1.0),
        ("“Many came.”", "What did the mayor say?", 1.0),
        ("Many came.", "What did the mayor say?", 0.0),
    ],
)
def test_a_sentence_holds_what_is_wanted(sentence: str, question: str, share: float) -> None:
    kind, sought = answer_type_of(question), sought_in(question)
    assert holds_answer_type(sentence, kind, frozenset({"qin"}), sought) == share
