"""Index terms: what is folded together, what is kept apart, and where each term stands."""

import unicodedata

import pytest
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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wert\xadpapier\xadindex", ["wertpapierindex"]),
        ("zero\u200bwidth and w\u2060ide", ["zerowidth", "wide"]),
        ("می\u200cخواهم", ["میخواهم"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("مُحَمَّد", ["محمد"]),
        ("東京の港。", ["東京", "港", "東", "京"]),
        ("クレーン", ["クレ", "レー", "ーン"]),
        ("か\u3099ん and がん", ["がん", "がん"]),
        ("항구가 닫혔다", ["항구", "구가", "닫혔", "혔다"]),
        ("2024年iPhone港", ["2024", "年", "iphon", "港"]),
        ("ท่าเรือ", ["ท่า", "าเ", "เรื", "รือ"]),
    ],
)
def test_words_of_other_scripts(text: str, found: list[str]) -> None:
    assert terms(text) == terms(unicodedata.normalize("NFC", text))
    assert terms(text) == found


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("国際標準化", "港は、国際標準化に関する動向を調べる。"),
        ("港", "航运公司说港口关闭了。"),
        ("ท่าเรือ", "เมื่อวานนี้ปิดท่าเรือแล้ว"),
        ("항구", "어제 항구가 닫혔다."),
        ("ក្រុង", "ទីក្រុងភ្នំពេញ"),
        ("हिन्दी", "वह हिन्दी बोलता है।"),
        ("soft", "A so\xadft word."),
    ],
)
def test_words_are_found_where_no_blank_parts_them(asked: str, text: str) -> None:
    assert {*terms(asked)} <= {*terms(text)}


@pytest.mark.parametrize("other", ["国内", "標識", "際国"])
def test_characters_of_another_word_are_not_that_word(other: str) -> None:
    assert not {*terms(other)} <= {*terms("国際標準化の内に知識を求める。")}


def test_pairs_stand_where_their_words_stand() -> None:
    text = "The 港湾局 of 港."
    assert [(term, text[start:end]) for term, start, end in term_spans(text)] == [
        ("港湾", "港"),
        ("湾局", "湾局"),
        ("港", "港"),
    ]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("2019²", ["2019"]),
        ("10⁶", ["10"]),
        ("1204¹²", ["1204"]),
        ("harbour³", ["harbour"]),
        ("km²", ["km2"]),
        ("H₂O", ["h2o"]),
        ("m³", ["m3"]),
        ("²", ["2"]),
        ("Zürich¹", ["zurich"]),
    ],
)
def test_the_number_of_a_note_and_an_exponent_are_no_part_of_a_number(
    text: str, folded: list[str]
) -> None:
    assert words(text) == folded
