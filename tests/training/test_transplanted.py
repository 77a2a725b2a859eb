"""Questions about one thing asked of another: only where nothing in the passage answers them."""

import random

from retriever.training.rows import Row
from retriever.training.transplanted import OtherQuestions
from tests.training.rows_by_hand import HARBOUR, kinds_by_letters, row

LIGHTHOUSE = "The lighthouse of Norby was sold by Ola Berg for ten crowns. A storm broke its lamp."
SOLD = row("Who sold the lighthouse of Norby?", "Ola Berg", LIGHTHOUSE)
OPENED = row("When did the harbour of Norvik open?", "1912")


def put(rows: list[Row], to: Row) -> list[Row]:
    found = (
        OtherQuestions(rows, kinds_by_letters(), random.Random(seed)).put_to(to)
        for seed in range(10)
    )
    return [one for one in found if one]


def test_another_question_is_asked_of_a_name_that_the_passage_holds() -> None:
    made = put([SOLD], OPENED)
    assert made
    for one in made:
        assert one.passage == HARBOUR
        assert one.question.startswith("Who sold the lighthouse of ")
        assert one.question.removeprefix("Who sold the lighthouse of ").rstrip("?") in HARBOUR
        assert not one.answerable
        assert not one.answers


def test_what_a_sentence_may_answer_is_not_asked() -> None:
    built = row("Who painted the crane of Norby?", "Ola Berg", LIGHTHOUSE)
    assert not put([built], OPENED)


def test_the_passages_own_questions_are_not_put_to_it() -> None:
    assert not put([row("Who sold the ferry of Norvik?", "1912")], OPENED)


def test_a_question_without_a_name_or_with_two_is_no_form() -> None:
    none = row("who sold the lighthouse?", "Ola Berg", LIGHTHOUSE)
    two = row("Who sold the lighthouse of Norby to Ola Berg?", "Ola Berg", LIGHTHOUSE)
    assert not put([none, two], OPENED)
