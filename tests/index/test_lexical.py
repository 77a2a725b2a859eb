"""The lexical channel against the formula, written out."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.errors import IndexDamagedError
from retriever.index.lexical import K1, B, LexicalIndex
from tests.building import lexical_index

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
def test_what_was_saved_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, texts: Texts
) -> None:
    folder = tmp_path_factory.mktemp("lexical")
    writable = [[term.encode("utf-8", "replace").decode() for term in text] for text in texts]
    made = lexical_index(writable)
    made.save(folder)
    loaded = LexicalIndex.load(folder, count=len(texts))
    assert loaded == made
    for text in writable:
        np.testing.assert_array_equal(
            loaded.scores(text, [1.0] * len(text)), made.scores(text, [1.0] * len(text))
        )


def test_equality_is_by_content() -> None:
    assert lexical_index(TEXTS) == lexical_index(TEXTS)
    assert lexical_index(TEXTS) != lexical_index(TEXTS[::-1])
    assert lexical_index(TEXTS) != "storm"


def test_another_count_is_damage(tmp_path: Path) -> None:
    lexical_index(TEXTS).save(tmp_path)
    with pytest.raises(IndexDamagedError, match="does not hold 5 passages"):
        LexicalIndex.load(tmp_path, count=5)


NAMES = (
    "data.csc.index.npy",
    "indices.csc.index.npy",
    "indptr.csc.index.npy",
    "params.index.json",
    "vocab.index.json",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "content", [None, b"", b"[]", b"{}", b"null", b"\x93NUMPY\x01\x00", b"PK\3\4"]
)
def test_a_damaged_file_is_one_clear_line(tmp_path: Path, name: str, content: bytes | None) -> None:
    lexical_index(TEXTS).save(tmp_path)
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(IndexDamagedError) as raised:
        LexicalIndex.load(tmp_path, count=4)
    assert "\n" not in str(raised.value)


def test_terms_that_point_outside_are_damage(tmp_path: Path) -> None:
    lexical_index(TEXTS).save(tmp_path)
    path = tmp_path / "vocab.index.json"
    numbers = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**numbers, "storm": 999}), encoding="utf-8")
    with pytest.raises(IndexDamagedError):
        LexicalIndex.load(tmp_path, count=4)
