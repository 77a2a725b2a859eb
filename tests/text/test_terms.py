"""Index terms: what is folded together, what is kept apart, and where each term stands."""

from hypothesis import given
from hypothesis import strategies as st

from retriever.text.terms import fold_word, term_spans, terms, words


def test_case_accents_and_possessives_fold_together() -> None:
    assert terms("Putin’s PUTIN pútin") == ["putin"] * 3


def test_numbers_keep_their_points_and_lose_their_commas() -> None:
    assert terms("1,204 votes, 3.5 million, in 2023.") == [
        "1204",
        "vote",
        "3.5",
        "million",
        "2023",
    ]


def test_question_words_are_no_terms_but_words() -> None:
    assert terms("Who is it that he did not see?") == ["see"]
    assert words("Who is it?") == ["who", "is", "it"]


def test_both_halves_of_a_hyphenated_word_are_found() -> None:
    assert terms("Franco-German") == ["franco", "german"]


def test_composed_and_decomposed_letters_are_one_term() -> None:
    assert terms("Café") == terms("Cafe\u0301") == ["cafe"]


def test_a_span_points_at_the_word_as_it_was_typed() -> None:
    text = "In İstanbul, Cafe\u0301s"
    assert [text[start:end] for _, start, end in term_spans(text)] == ["İstanbul", "Cafe\u0301s"]


@given(st.text(max_size=200))
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    reached = 0
    for term, start, end in term_spans(text):
        assert reached <= start < end <= len(text)
        assert term
        reached = end


@given(st.text(max_size=100))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_word(fold_word(text)) == fold_word(text)
