"""The lexical channel against the formula, written out."""

import math
import re
from collections.abc import Callable
from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.errors import IndexDamagedError
from retriever.index.lexical import K1, SCORES, TEXT_LENGTHS, B, LexicalIndex
from retriever.index.postings import COUNTS, ROWS, STARTS
from retriever.index.vocabulary import BORDERS, LENGTHS, LETTERS
from retriever.records.arrays import AnyArray
from tests.building import lexical_index, write_lexical_index

Texts = list[list[str]]
TEXTS: Texts = ["storm harbour crane".split(), "storm storm ship".split(), [], ["bridge"]]

texts = st.lists(st.lists(st.sampled_from("abcdef"), max_size=12), min_size=1, max_size=12)


def bm25(texts: Texts, terms: list[str], row: int) -> float:
    """Robertson and Zaragoza's BM25 with Lucene's inverse document frequency."""
    lengths = [max(1, len(text)) for text in texts]  # a text without a word counts as one word
    mean = sum(lengths) / len(lengths)
    total = 0.0
    for term in terms:
        frequency = sum(term in text for text in texts)
        if frequency == 0:
            continue
        rarity = math.log(1 + (len(texts) - frequency + 0.5) / (frequency + 0.5))
        count = texts[row].count(term)
        total += rarity * count / (count + K1 * (1 - B + B * lengths[row] / mean))
    return total


@given(texts=texts, terms=st.lists(st.sampled_from("abcdefgh"), max_size=5))
def test_scores_follow_the_formula(texts: Texts, terms: list[str]) -> None:
    index = lexical_index(texts)
    expected = [bm25(texts, terms, row) for row in range(len(texts))]
    np.testing.assert_allclose(index.scores(terms, [1.0] * len(terms)), expected, atol=1e-5)


@given(texts=texts, terms=st.lists(st.sampled_from("abcdefgh"), max_size=5), data=st.data())
def test_emphasis_multiplies_a_term(texts: Texts, terms: list[str], data: st.DataObject) -> None:
    emphasis = data.draw(
        st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), min_size=len(terms), max_size=len(terms))
    )
    expected = [
        sum(own * bm25(texts, [term], row) for term, own in zip(terms, emphasis, strict=True))
        for row in range(len(texts))
    ]
    np.testing.assert_allclose(lexical_index(texts).scores(terms, emphasis), expected, atol=1e-5)


@given(texts=texts, terms=st.lists(st.sampled_from("abcdefgh"), max_size=5, unique=True))
def test_no_text_reaches_the_bound(texts: Texts, terms: list[str]) -> None:
    index, emphasis = lexical_index(texts), [1.5] * len(terms)
    scores, bound = index.scores(terms, emphasis), index.bound(terms, emphasis)
    assert np.all(scores >= 0)
    assert np.all((scores < bound) | (scores == 0))


def test_words_and_their_frequencies_are_known() -> None:
    index = lexical_index(TEXTS)
    assert len(index.scores([], [])) == 4
    assert [index.document_frequency(term) for term in ("storm", "crane", "whale", "")] == [
        2,
        1,
        0,
        0,
    ]
    assert ["storm" in index, "whale" in index, "" in index] == [True, False, False]
    assert index.rarity("whale") > index.rarity("crane") > index.rarity("storm") > 0


@pytest.mark.parametrize("texts", [[[]], [[], []]])
def test_a_corpus_without_a_word_is_indexed(texts: Texts) -> None:
    index = lexical_index(texts)
    assert len(index.scores([], [])) == len(texts)
    np.testing.assert_array_equal(index.scores(["storm"], [1.0]), np.zeros(len(texts)))


@given(texts=st.lists(st.lists(st.text(min_size=1, max_size=5), max_size=4), min_size=1))
def test_scores_are_those_of_bm25s_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, texts: Texts
) -> None:
    """From its own index of the same texts, and from the files that were written."""
    folder = tmp_path_factory.mktemp("bm25s") / "lexical"
    # Without a word it fails; the term that then stands for one is no word of any question.
    own = bm25s.BM25(k1=K1, b=B, method="lucene")
    own.index([text or [""] for text in texts], show_progress=False)
    made = write_lexical_index(folder, texts)
    read = bm25s.BM25(k1=K1, b=B, method="lucene")
    read.load_scores(folder, num_docs=len(texts), mmap=True)
    read.nonoccurrence_array = None  # which only load() sets, from files that Lucene's has not
    for term in {term for text in texts for term in text}:
        found = made.scores([term], [1.0])
        np.testing.assert_array_equal(found, own.get_scores([term]))
        number = made.vocabulary.number(term)
        np.testing.assert_array_equal(found, read.get_scores_from_ids([number]))


@pytest.mark.parametrize("outside", [4, -1])
def test_a_row_that_is_not_there_is_damage_where_it_is_asked_for(
    tmp_path: Path, outside: int
) -> None:
    write_lexical_index(tmp_path / "lexical", TEXTS)
    path = tmp_path / "lexical" / ROWS
    np.save(path, np.full_like(np.load(path), outside))
    index = LexicalIndex.load(tmp_path / "lexical", count=4)
    with pytest.raises(IndexDamagedError, match=re.escape(ROWS)):
        index.scores(["storm"], [1.0])
    with pytest.raises(IndexDamagedError, match=re.escape(ROWS)):
        index.rows_of("storm")


def test_a_score_that_is_no_number_is_damage(tmp_path: Path) -> None:
    write_lexical_index(tmp_path / "lexical", TEXTS)
    path = tmp_path / "lexical" / SCORES
    np.save(path, np.full_like(np.load(path), np.nan))
    index = LexicalIndex.load(tmp_path / "lexical", count=4)
    with pytest.raises(IndexDamagedError, match=re.escape(SCORES)):
        index.scores(["storm"], [1.0])


def test_equality_is_by_content() -> None:
    assert lexical_index(TEXTS) == lexical_index(TEXTS)
    assert lexical_index(TEXTS) != lexical_index(TEXTS[::-1])
    assert lexical_index(TEXTS) != "storm"


def test_another_count_is_damage(tmp_path: Path) -> None:
    write_lexical_index(tmp_path / "lexical", TEXTS)
    with pytest.raises(IndexDamagedError, match="does not hold 5 passages"):
        LexicalIndex.load(tmp_path / "lexical", count=5)


NAMES = (SCORES, TEXT_LENGTHS, STARTS, ROWS, COUNTS, LETTERS, BORDERS, LENGTHS)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "content", [None, b"", b"[]", b"{}", b"null", b"\x93NUMPY\x01\x00", b"PK\3\4"]
)
def test_a_damaged_file_is_one_clear_line(tmp_path: Path, name: str, content: bytes | None) -> None:
    write_lexical_index(tmp_path / "lexical", TEXTS)
    if content is None:
        (tmp_path / "lexical" / name).unlink()
    else:
        (tmp_path / "lexical" / name).write_bytes(content)
    with pytest.raises(IndexDamagedError) as raised:
        LexicalIndex.load(tmp_path / "lexical", count=4)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", [STARTS, BORDERS, LENGTHS])
@pytest.mark.parametrize(
    "change", [lambda numbers: numbers[::-1], lambda numbers: numbers + 1], ids=["turned", "raised"]
)
def test_places_that_do_not_fit_are_damage(
    tmp_path: Path, name: str, change: Callable[[AnyArray], AnyArray]
) -> None:
    write_lexical_index(tmp_path / "lexical", TEXTS)
    path = tmp_path / "lexical" / name
    np.save(path, change(np.load(path)))
    with pytest.raises(IndexDamagedError):
        LexicalIndex.load(tmp_path / "lexical", count=4)
