"""The words of an index by their looks, against comparing each with each."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from retriever.index.vocabulary import SHORTEST_RESPELT, Vocabulary

words = st.text(alphabet="abc", min_size=1, max_size=9)


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
    found = list(Vocabulary(sorted(terms)).near(term, edits=edits))
    assert dict(found) == expected
    assert len(found) == len(expected)


def test_numbers_and_short_words_are_near_to_nothing() -> None:
    vocabulary = Vocabulary(["12345", "b52xx", "cran", "crane's", "crane"])
    assert list(vocabulary.near("crame", edits=2)) == [("crane", 1)]
    assert list(vocabulary.near("12346", edits=2)) == []
