"""Folding and its way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.records import Span
from retriever.text.folding import fold
from tests.strategies import any_texts


@given(any_texts, st.data())
def test_every_folded_slice_leads_back_to_what_it_was_folded_from(
    text: str, data: st.DataObject
) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    span = folded.original(start, end)
    assert 0 <= span.start <= span.end <= len(text)
    assert folded.text[start:end] in fold(span.of(text)).text


@given(any_texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once
    assert len(fold(text).origins) == len(once)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u0130stanbul", "istanbul"),
        ("STRASSE stra\u00dfe", "strasse strasse"),
        ("\ufb01nal", "final"),
        ("Caf\u00e9 Cafe\u0301", "cafe cafe"),
        ("“It’s” – so", '"it\'s" - so'),
        ("\u03a3\u03c2", "\u03c3\u03c3"),
    ],
)
def test_forms_of_one_word_fold_alike(text: str, expected: str) -> None:
    assert fold(text).text == expected


def test_place_in_the_original_takes_the_marks_along() -> None:
    text = "\u0130n Cafe\u0301 here"
    folded = fold(text)
    start = folded.text.index("cafe")
    assert folded.original(start, start + 4).of(text) == "Cafe\u0301"
    assert folded.original(3, 3) == Span(start=3, end=3)
