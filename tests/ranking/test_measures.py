"""What a sentence must hold to fit a kind of question."""

import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from retriever.query.analysis import answer_type_of
from retriever.query.formulation import Query
from retriever.query.question import Question
from retriever.query.sought import sought_in
from retriever.ranking.measures import PHRASE, holds_answer_type
from retriever.ranking.searcher import Searcher
from retriever.text.terms import terms
from tests.building import build_with, opened, write_articles
from tests.hashing_encoder import HashingEncoder


@pytest.mark.parametrize(
    ("sentence", "question", "share"),
    [
        ("It was signed by Jiang Zemin.", "Who signed it?", 1.0),
        ("It was signed by Qin.", "Who signed it?", 0.0),
        ("It ended in 1996.", "When did it end?", 1.0),
        ("They may march on.", "When did it end?", 0.0),
        ("It ended in May.", "When did it end?", 1.0),
        ("It ended after the war.", "When did it end?", 0.5),
        ("Some 1,204 voted.", "How many voted?", 1.0),
        ("Two voted.", "How many voted?", 1.0),
        ("Two days later they voted.", "How many voted?", 0.0),
        ("Nobody came.", "What did it cost?", 0.0),
        ("It was 12 crowns.", "What did it cost?", 1.0),
        ("Some 12 came.", "What did it cost?", 0.0),
        ("It failed because of rain.", "Why did it fail?", 1.0),
        ("Nobody voted.", "Why did it fail?", 0.5),
        ("It was signed in Rome.", "Where was it signed?", 1.0),
        ("Many came, the mayor said.", "What did the mayor say?", 1.0),
        ("“Many came.”", "What did the mayor say?", 1.0),
        ("Many came.", "What did the mayor say?", 0.0),
    ],
)
def test_a_sentence_holds_what_is_wanted(sentence: str, question: str, share: float) -> None:
    kind, sought = answer_type_of(question), sought_in(question)
    assert holds_answer_type(sentence, kind, frozenset({"qin"}), sought) == share


def test_word_pairs_are_those_of_every_sentence(tmp_path: Path) -> None:
    """Sentences without two neighbours of the question are not gone over: they have none."""
    texts = {
        "harbour": "The harbour crane fell. A crane of the harbour fell. It hit the crane.",
        "storm": "Storm hit ships. Ships, said the master of the crane, were hit. Nobody was hurt.",
    }
    encoder = HashingEncoder()
    corpus = write_articles(tmp_path / "corpus.jsonl", texts)
    build_with(encoder, corpus, tmp_path / "index")
    with opened(tmp_path / "index") as generation:
        searcher = Searcher(generation=generation, encoder=encoder)
        found = searcher.retrieve(Question(text="Did the harbour crane hit storm ships?"))
        sentences = [generation.sentence_text(row) for row in found.scored.rows.tolist()]
    expected = [pairs_by_definition(found.query, terms(sentence)) for sentence in sentences]
    assert sorted(expected)[0] == 0 < sorted(expected)[-1]
    np.testing.assert_allclose(found.scored.features["word_pairs"], expected, atol=1e-6)


def pairs_by_definition(query: Query, sentence: list[str]) -> float:
    """Return the share of neighbouring words of the question that stand together."""
    weights = query.weights.tolist()
    pairs = [*zip(pairwise(query.terms), map(sum, pairwise(weights)), strict=True)]
    near = [
        weight
        / min(
            (
                distance
                for one, own in enumerate(sentence)
                for other, its in enumerate(sentence)
                if (own, its) == pair
                and (distance := other - one if other > one else one - other + 1) <= PHRASE
            ),
            default=math.inf,
        )
        for pair, weight in pairs
    ]
    return sum(near) / sum(weight for _, weight in pairs)
