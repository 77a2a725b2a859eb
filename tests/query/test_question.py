"""The question at the door: trimmed, bounded, and its history in one shape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.errors import QuestionError
from retriever.query.question import MAX_CHARACTERS, checked_history, checked_question
from retriever.records import Message
from retriever.text.content_words import content_words


def test_white_space_and_control_characters_become_single_spaces() -> None:
    assert checked_question("  Who\x00 met\n\tQin\u202e Gang? ") == "Who met Qin Gang?"


def test_accents_typed_apart_do_not_end_a_word() -> None:
    question = checked_question("Who is Jose\u0301?")
    assert question == "Who is José?"
    assert content_words(question) == ["José"]


@pytest.mark.parametrize("unseen", ["\xad", "\u200b", "\u2060", "\ufeff"])
def test_what_has_no_width_parts_no_word(unseen: str) -> None:
    question = checked_question(f"Wert{unseen}papier\x00index")
    assert question == "Wertpapier index"


def test_letters_may_be_joined_or_parted_without_a_width() -> None:
    assert content_words(checked_question("می\u200cخواهم हिन्दी")) == ["می\u200cخواهم", "हिन्दी"]


def test_a_question_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(QuestionError, match="100,000 characters"):
        checked_question("a" * 100_000)


@given(st.text(max_size=MAX_CHARACTERS))
def test_checking_is_idempotent(question: str) -> None:
    once = checked_question(question)
    assert checked_question(once) == once


def test_messages_and_mappings_are_taken_alike() -> None:
    message = Message(role="user", content="Who is Ding?")
    assert checked_history([message, {"role": "user", "content": "Who is Ding?"}]) == (
        message,
        message,
    )


@pytest.mark.parametrize(
    "history",
    ["hello", {"role": "user"}, [{"role": "system", "content": "x"}], [{"role": "user"}], [3]],
)
def test_an_unusable_history_is_refused(history: object) -> None:
    with pytest.raises(QuestionError, match="history"):
        checked_history(history)  # type: ignore[arg-type]  # that is the test
