"""The words of an index by their looks, against comparing each with each."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from retriever.index.vocabulary import SHORTEST_RESPELT, Vocabulary
from tests.building import lexical_index

words = st.text(alphabet="abc", min_size=1, max_size=9)


def vocabulary_of(terms: Iterable[str]) -> Vocabulary:
    """Return the vocabulary of an index with these terms."""
    return lexical_index([[term] for term in terms] or [[]]).vocabulary


@given(terms=st.sets(st.text(min_size=1, max_size=6), max_size=20), other=st.text(max_size=6))
def test_every_term_has_its_number_and_no_other_has(terms: set[str], other: str) -> None:
    vocabulary = vocabulary_of(terms)
    assert [*vocabulary] == sorted(terms, key=lambda term: (len(term), term))
    assert [vocabulary.number(term) for term in vocabulary] == [*range(len(terms))]
    assert (vocabulary.number(other) is None) == (other not in terms)


@given(terms=st.sets(words, max_size=30), term=words, edits=st.integers(0, 2))
def test_near_terms_are_those_a_full_comparison_finds(
    terms: set[str], term: str, edits: int
) -> None:
    expected = {
        other: OSA.distance(term, other)
        for other in terms
        if len(other) >= SHORTEST_RESPELT
        and other[0] == term[0]
        and 0 < OSA.distance(term, other) <= edits
    }
    found = list(vocabulary_of(terms).near(term, edits=edits))
    assert dict(found) == expected
    assert len(found) == len(expected)
    assert found == sorted(found, key=lambda one: (len(one[0]), one[0]))


def test_numbers_and_short_words_are_near_to_nothing() -> None:
    vocabulary = vocabulary_of(["12345", "b52xx", "cran", "crane's", "crane"])
    assert list(vocabulary.near("crame", edits=2)) == [("crane", 1)]
    assert list(vocabulary.near("12346", edits=2)) == []
