"""Capitals for lower-cased rows: names get them, and no place moves."""

from hypothesis import given
from hypothesis import strategies as st

from retriever.training.truecasing import Truecaser, truecased
from tests.training.rows_by_hand import row

TEXTS = [
    "In the harbour of Norvik a crane was painted. They saw the crane in Norvik.",
    "We met Ada Lund, and Ada Lund painted the crane.",
]


def test_names_are_written_as_other_texts_write_them() -> None:
    assert Truecaser(TEXTS).cased("ada painted the crane in norvik") == (
        "Ada painted the crane in Norvik"
    )


def test_a_word_that_no_text_knows_is_taken_for_a_name() -> None:
    assert Truecaser(TEXTS).cased("the crane in zandvoort") == "The crane in Zandvoort"


@given(st.text())
def test_no_letter_is_added_lost_or_changed_but_in_case(text: str) -> None:
    cased = Truecaser(TEXTS).cased(text)
    assert len(cased) == len(text)
    assert cased.lower() == text.lower()


def test_answers_keep_their_places() -> None:
    lower = row("when did norvik open?", "1912", "the harbour of norvik opened in 1912.")
    (cased,) = truecased([lower], Truecaser(TEXTS))
    assert cased.answers[0].of(cased.passage) == "1912"
    assert "Norvik" in cased.question
