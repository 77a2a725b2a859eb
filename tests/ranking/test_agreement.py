"""Answers that several articles give: the passage that another article agrees with gains."""

from dataclasses import replace

import numpy as np
import pytest

from retriever import build
from retriever.encoders.registry import load_encoder
from retriever.index.generation import Generation
from retriever.index.publishing import current_generation
from retriever.query.question import read_question
from retriever.ranking.agreement import AGREED, lift_agreed
from retriever.ranking.searcher import Retrieved, Searcher
from retriever.reader.bundled import BundledReader
from tests.building import write_articles

pytestmark = pytest.mark.model

ARTICLES = {
    "altered": "The bridge at Tamsin was opened by Iva Corren on Monday. Boats sounded horns.",
    "told": "The bridge at Tamsin was opened by Rhys Aldane on Monday. Children waved their flags.",
    "again": "A band played at Tamsin on Monday. Rhys Aldane cut the ribbon of the new bridge.",
}
QUESTION = "Who opened the bridge at Tamsin?"


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("agreeing")
    corpus = write_articles(folder / "corpus.jsonl", ARTICLES)
    build(corpus, index=folder / "index")
    generation = Generation(current_generation(folder / "index"))
    return Searcher(generation=generation, encoder=load_encoder(), reader=BundledReader())


def gained(found: Retrieved, searcher: Searcher) -> dict[str, float]:
    """Return by article what its passage gains."""
    lifted = lift_agreed(found.scored, found.query, found.candidates, searcher.generation)
    passages = [searcher.generation.store.passage(row) for row in found.candidates.rows.tolist()]
    gains = (lifted - found.scored.passage_scores).tolist()
    return {one.article.id: gain for one, gain in zip(passages, gains, strict=True)}


def test_an_answer_that_another_article_gives_too_gains(searcher: Searcher) -> None:
    gains = gained(searcher.retrieve(read_question(QUESTION)), searcher)
    assert 0 < gains["told"] <= AGREED
    assert 0 < gains["again"] <= AGREED
    assert gains["altered"] == 0


def test_the_passages_are_found_in_the_order_that_results(searcher: Searcher) -> None:
    hits = searcher.search(read_question(QUESTION))
    found = searcher.retrieve(read_question(QUESTION))
    lifted = lift_agreed(found.scored, found.query, found.candidates, searcher.generation)
    assert [hit.scores.reranked for hit in hits] == pytest.approx(sorted(lifted, reverse=True))
    assert hits[0].passage.article.id == "told"


def test_what_was_not_read_and_what_a_follow_up_points_at_gain_nothing(searcher: Searcher) -> None:
    found = searcher.retrieve(read_question(QUESTION))
    unread = replace(found, scored=replace(found.scored, reading=None))
    assert set(gained(unread, searcher).values()) == {0}
    history = [{"role": "user", "content": "What happened at the bridge of Tamsin?"}]
    leaning = searcher.retrieve(read_question("And who opened it?", history=history))
    assert leaning.query.text != leaning.query.spelt
    assert set(gained(leaning, searcher).values()) == {0}


def test_the_scores_that_were_given_stay(searcher: Searcher) -> None:
    found = searcher.retrieve(read_question(QUESTION))
    before = found.scored.passage_scores.copy()
    lift_agreed(found.scored, found.query, found.candidates, searcher.generation)
    np.testing.assert_array_equal(found.scored.passage_scores, before)
