"""Near misses made of a question alone."""

import random

import pytest

from retriever.training.altered_questions import exchanged, negated, side_by_side
from tests.training.rows_by_hand import row


def test_two_names_are_exchanged() -> None:
    changed = exchanged(row("When did the harbour of Norvik overtake Sandby?", "1912"))
    assert changed is not None
    assert changed.question == "When did the harbour of Sandby overtake Norvik?"
    assert not changed.answerable


@pytest.mark.parametrize(
    "question",
    ["What joins Norvik and Sandby?", "What opened in Norvik?", "What is in Sandby, Norvik?"],
)
def test_names_side_by_side_and_lone_names_are_not(question: str) -> None:
    assert exchanged(row(question, "1912")) is None


def test_a_question_is_negated_once() -> None:
    changed = negated(row("When was it opened?", "1912"), random.Random(0))
    assert changed is not None
    assert changed.question in {
        "When was not it opened?",
        "When wasn't it opened?",
        "When was never it opened?",
    }
    assert negated(changed, random.Random(0)) is None


def test_what_stands_side_by_side() -> None:
    assert side_by_side("Ada", "Olav", "Olav and Ada came.")
    assert not side_by_side("Ada", "Olav", "Olav saw that Ada came.")
    assert not side_by_side("Ada", "Olav", "Olav came.")
