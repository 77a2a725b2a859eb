"""From questions asked of a small index to the report, with every figure worked out by hand."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from retriever.errors import DatasetError, QuestionError
from retriever.evaluation.datasets import Dataset, read_dataset
from retriever.evaluation.observing import Observation, gold_of, observe
from retriever.evaluation.report import Report, summarise
from retriever.records import Answer
from tests.evaluation.conftest import HARBOUR, ROWS, write_rows
from tests.evaluation.small_index import SmallIndex, make_article

RANKING = {"passage_evidence_recall", "article_recall", "mrr@10", "ndcg@10"}
KEYS = RANKING | {
    "queries",
    "quote_evidence_recall",
    "quote_evidence_precision",
    "answer_in_quotes",
    "abstention",
    "verbatim_failures",
    "latency_ms",
    "channels",
}


def observations(index: SmallIndex, data: Dataset) -> list[Observation]:
    """Ask the index every question of the data set."""
    return [observe(index, query, gold_of(data, query)) for query in data.queries]


@pytest.fixture
def report(folder: Path, town: SmallIndex) -> Report:
    """Return the report of the tiny data set."""
    return summarise("town", "passage", observations(town, read_dataset(folder)))


def leaves(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the dotted names and values of nested mappings."""
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def test_json_has_the_documented_keys(report: Report) -> None:
    """The names that outside checks read, in each channel too."""
    written: dict[str, Any] = report.to_dict()
    assert written.keys() >= KEYS
    assert set(written["passage_evidence_recall"]) == {"1", "3", "5", "10"}
    assert set(written["article_recall"]) == {"1", "3", "5", "10"}
    assert set(written["abstention"]) == {
        "auroc",
        "answered_when_unanswerable",
        "refused_when_answerable",
        "answered_at_tenth_refused",
    }
    assert set(written["latency_ms"]) == {"p50", "p95"}
    assert set(written["channels"]) == {"dense", "lexical", "fused"}
    assert all(set(channel) == RANKING for channel in written["channels"].values())


def test_figures_by_hand(report: Report) -> None:
    """Both answers are first, both are quoted, and the third question is refused.

    q1 shares "the", "harbour" and "opened" with its evidence; q2 shares "will", "repairs" and
    "cost". q3 shares "the" with one paragraph of each article, too little for an answer.
    """
    written: dict[str, Any] = report.to_dict()
    assert (written["queries"], written["answerable"], written["unanswerable"]) == (3, 2, 1)
    assert written["passage_evidence_recall"] == {"1": 1, "3": 1, "5": 1, "10": 1}
    assert written["mrr@10"] == 1
    assert written["ndcg@10"] == 1
    assert written["channels"]["dense"]["article_recall"]["10"] == 0
    assert written["channels"]["dense"]["mrr@10"] == 0
    assert written["quote_evidence_recall"] == 1
    assert written["quote_evidence_precision"] == 1
    assert written["answer_in_quotes"] == 1
    assert written["abstention"] == {
        "auroc": 1,
        "answered_when_unanswerable": 0,
        "refused_when_answerable": 0,
        "answered_at_tenth_refused": 0,
    }
    assert written["answering_words_f1"] == 0  # this index has no reader
    assert written["verbatim_failures"] == 0
    assert 0 <= written["latency_ms"]["p50"] <= written["latency_ms"]["p95"]


def test_intervals_have_the_shape_of_the_figures(report: Report) -> None:
    """For each figure its two bounds, and the figure between them."""
    written: dict[str, Any] = report.to_dict()
    values = dict(leaves(written))
    for name, (low, high) in leaves(written["intervals"]):
        assert low <= values[name] <= high


def test_the_history_is_handed_on(folder: Path, town: SmallIndex) -> None:
    """The second question has one earlier turn, in asking and in every ranking."""
    data = read_dataset(folder)
    observe(town, data.queries[1], gold_of(data, data.queries[1]))
    assert set(town.turns) == {1}


def test_nothing_to_measure_is_null(folder: Path, town: SmallIndex) -> None:
    """Without unanswerable questions, evidence and answers there is no figure, and no error."""
    row = {**ROWS["queries.jsonl"][0], "answers": []}
    write_rows(folder / "queries.jsonl", [row])
    write_rows(folder / "evidence.jsonl", [])
    report = summarise("town", "article", observations(town, read_dataset(folder)))
    written: dict[str, Any] = report.to_dict()
    measured = {name for name, value in leaves(written) if value is not None}
    assert measured == {
        "dataset",
        "queries",
        "answerable",
        "unanswerable",
        "evidence_level",
        "abstention.refused_when_answerable",
        "intervals.abstention.refused_when_answerable",
        "verbatim_failures",
        "latency_ms.p50",
        "latency_ms.p95",
    }
    assert any(line.split() == ["abstention,", "AUROC", "-"] for line in report.lines())


def test_articles_stand_in_for_spans(folder: Path, town: SmallIndex) -> None:
    """Where all evidence is by article, passages count by article and quotes are not judged."""
    spans = [{**row, "article_level": True} for row in ROWS["evidence.jsonl"]]
    write_rows(folder / "evidence.jsonl", spans)
    report = summarise("town", "article", observations(town, read_dataset(folder)))
    assert report.final.passage_evidence_recall == report.final.article_recall
    assert report.final.passage_evidence_recall[1] is not None
    assert report.quote_evidence_recall is None
    assert report.quote_evidence_precision is None


def test_one_question_by_article_among_spans(folder: Path, town: SmallIndex) -> None:
    """Such a question counts for articles, not for passages."""
    rows = [dict(row) for row in ROWS["evidence.jsonl"]]
    rows[0]["article_level"] = True
    write_rows(folder / "evidence.jsonl", rows)
    data = read_dataset(folder)
    first, second, _ = observations(town, data)
    assert not first.gold.measurable
    assert first.final.article == 1
    assert second.gold.measurable


def test_grades_go_before_evidence(folder: Path, town: SmallIndex) -> None:
    """With ``qrels.tsv`` an article graded 0 is no find, whatever else points to it."""
    (folder / "qrels.tsv").write_text("q1\tharbour\t0\nq1\tbridge\t1\n", encoding="utf-8")
    first, second, _ = observations(town, read_dataset(folder))
    assert first.gold.articles == {"bridge"}
    assert first.final.articles[0] == "harbour"
    assert first.final.article == 2
    assert second.gold.articles == {"bridge"}


def test_a_quote_that_left_its_text_is_counted(folder: Path) -> None:
    """The stored article is asked again; text that moved, or went, is a failure each."""
    data = read_dataset(folder)
    query = data.queries[0]
    moved = MovedIndex([make_article("harbour", HARBOUR)])
    assert observe(moved, query, gold_of(data, query)).verbatim_failures == 1
    gone = GoneIndex([make_article("harbour", HARBOUR)])
    assert observe(gone, query, gold_of(data, query)).verbatim_failures == 1
    withholding = WithholdingIndex([make_article("harbour", HARBOUR)])
    assert observe(withholding, query, gold_of(data, query)).verbatim_failures == 2


def test_a_question_that_cannot_be_asked_is_named(folder: Path) -> None:
    """The error says which question of the data set it was."""
    data = read_dataset(folder)
    with pytest.raises(DatasetError, match="'q1' cannot be asked: too long"):
        observe(RefusingIndex([]), data.queries[0], gold_of(data, data.queries[0]))


class MovedIndex(SmallIndex):
    """Stores an article one character further on than it quoted."""

    def article(self, article_id: str) -> Any:
        """Return the article with a space before it."""
        stored = super().article(article_id)
        return replace(stored, text=f" {stored.text}")


class GoneIndex(SmallIndex):
    """Has lost its articles since it quoted them."""

    def article(self, article_id: str) -> Any:
        """Raise, as for an id that was never there."""
        raise QuestionError(article_id)


class WithholdingIndex(SmallIndex):
    """Found two of its quotes changed and kept them back."""

    def ask(self, question: str, **options: Any) -> Answer:
        """Return the answer with two quotes withheld."""
        return replace(super().ask(question, **options), withheld=2)


class RefusingIndex(SmallIndex):
    """Takes no question."""

    def ask(self, question: str, **_: Any) -> Answer:
        """Raise, as for a question that is too long."""
        message = f"too long: {question}"
        raise QuestionError(message)
