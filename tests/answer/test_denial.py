"""Questions for what is not so, and sentences that deny."""

import pytest

from retriever.answer.denial import asks_for_a_denial, denies

NEGATED = [
    "Who did not sign the treaty?",
    "What doesn't the law cover?",
    "Which countries weren't invited?",
    "In which year was the award not given?",
    "How many members have never voted?",
]
AFFIRMED = [
    "Who signed the treaty?",
    "Why did he not sign?",
    "Did he not sign?",
    "Who was the man that did not sign?",
    "What is not only red but also blue?",
    "The treaty was not signed.",
]


@pytest.mark.parametrize("question", NEGATED)
def test_a_question_may_ask_for_what_is_not_so(question: str) -> None:
    assert asks_for_a_denial(question)


@pytest.mark.parametrize("question", AFFIRMED)
def test_other_questions_ask_for_no_denial(question: str) -> None:
    assert not asks_for_a_denial(question)


@pytest.mark.parametrize(
    ("text", "denying"),
    [
        ("Norway did not sign.", True),
        ("Norway refused to sign.", True),
        ("All but Norway signed.", True),
        ("Nobody came.", True),
        ("It isn’t there.", True),
        ("Sweden signed.", False),
        ("The knot was tied.", False),
    ],
)
def test_a_sentence_denies_by_a_word(text: str, denying: object) -> None:
    assert denies(text) is denying
