"""The floor of refusal, measured on a corpus large enough and the prior on one that is not."""

import json
from pathlib import Path

import pytest

from retriever import build
from retriever.answer.calibration import LEAST_QUESTIONS, LOWEST, calibrate, pseudo_questions
from retriever.encoders.registry import load_encoder
from retriever.index.generation import Generation
from retriever.index.publishing import current_generation
from retriever.query import formulation
from retriever.ranking.searcher import Searcher
from retriever.text.terms import terms

pytestmark = pytest.mark.model
TOWNS = "Arvik Belmora Cresta Dunholm Eskil Farrow Galdan Hesper Istra Jorvel".split()
TRADES = "glass copper timber salt wool".split()


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    """Return an index of fifty short articles on one subject."""
    folder = tmp_path_factory.mktemp("market")
    lines = []
    for n, town in enumerate(TOWNS):
        for m, trade in enumerate(TRADES):
            text = (
                f"Merchants in the old harbour of {town} sold {trade} worth {200 + 7 * n + m}"
                f" crowns on market day. The mayor of {town} praised the {trade} guild for its"
                f" patience during the long winter of {1900 + 3 * n + m} and promised new roads."
            )
            lines.append(json.dumps({"id": f"{town}-{trade}", "text": text}))
    (folder / "corpus.jsonl").write_text("\n".join(lines))
    build(folder / "corpus.jsonl", index=folder / "index")
    return Generation(current_generation(folder / "index"))


def test_a_corpus_is_calibrated_on_questions_made_from_it(market: Generation) -> None:
    calibration = market.manifest.calibration
    assert calibration.questions >= LEAST_QUESTIONS
    assert calibration.floor >= LOWEST
    assert 0 <= calibration.answered_wrongly <= 1
    assert 0 <= calibration.refused_wrongly <= 1


def test_a_question_lacks_its_answer_and_is_made_of_its_sentence(market: Generation) -> None:
    questions = pseudo_questions(market)
    assert questions == pseudo_questions(market)
    for question in questions:
        passage = market.store.passage(market.sentences.passage(question.sentence))
        sentence = market.sentences.span(question.sentence).of(passage.article.text)
        assert question.answer in sentence
        assert set(terms(question.text)) <= set(terms(sentence))


def test_a_sentence_is_cut_into_words_once(market: Generation) -> None:
    """Every question is asked twice and reaches hundreds of sentences: most were read before."""
    formulation._terms_of.cache_clear()
    calibrate(Searcher(generation=market, encoder=load_encoder()))
    read = formulation._terms_of.cache_info()
    assert read.misses <= len(market.sentences) + market.manifest.articles
    assert read.hits > 10 * read.misses


def test_a_small_corpus_says_that_it_was_not_measured(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("The bridge opened on Monday. It cost nothing.")
    build(tmp_path / "story.txt", index=tmp_path / "index")
    manifest = Generation(current_generation(tmp_path / "index")).manifest
    assert manifest.calibration.questions == 0
    assert manifest.calibration.floor >= LOWEST
