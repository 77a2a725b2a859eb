"""Judgements become a data set that ``quotidian evaluate`` reads."""

import json
from pathlib import Path
from typing import Any

import pytest

from retriever import QuestionError
from retriever.evaluation.datasets import check_evidence, read_dataset
from tests.webui.corpora import with_articles
from webui.chat.feedback import Feedback, judge_with

RIGHT = {"asked": {"question": "Who?"}, "key": "b.txt:0-30", "verdict": "right"}


@pytest.fixture
def feedback(tmp_path: Path, library: Any) -> Feedback:
    """Return an empty one."""
    return Feedback(tmp_path / "feedback", library)


def lines(folder: Path, name: str) -> list[dict[str, Any]]:
    """Return the rows of a file."""
    return [json.loads(line) for line in (folder / name).read_text().splitlines()]


def test_a_quote_judged_right_is_evidence(feedback: Feedback, tmp_path: Path) -> None:
    assert feedback.judge({**RIGHT, "earlier": [{"question": "Before?"}]}) == "right"
    dataset = read_dataset(tmp_path / "feedback")
    check_evidence(dataset)
    (query,) = dataset.queries
    assert (query.text, [turn.content for turn in query.history]) == ("Who?", ["Before?"])
    (evidence,) = dataset.evidence[query.id]
    assert (evidence.article, evidence.quote) == ("b.txt", "Nothing is known of this text.")


def test_the_last_word_on_a_quote_counts(feedback: Feedback, tmp_path: Path) -> None:
    folder = tmp_path / "feedback"
    feedback.judge(RIGHT)
    feedback.judge({**RIGHT, "key": "b.txt:31-48", "verdict": "wrong"})
    assert [row["quote"] for row in lines(folder, "wrong.jsonl")] == ["It says little."]
    feedback.judge({**RIGHT, "verdict": "neither"})
    assert lines(folder, "evidence.jsonl") == lines(folder, "queries.jsonl") == []
    feedback.judge({**RIGHT, "asked": {"question": "Who?", "filters": {"after": "2020"}}})
    assert len(lines(folder, "judgements.jsonl")) == 4
    assert len(lines(folder, "evidence.jsonl")) == 1


def test_a_quote_that_no_longer_stands_is_left_out(
    feedback: Feedback, tmp_path: Path, library: Any, make_article: Any
) -> None:
    feedback.judge(RIGHT)
    changed = make_article("Everything is known now, and more than that.", id="b.txt")
    later = Feedback(tmp_path / "feedback", with_articles(library, changed))
    later.judge({**RIGHT, "key": "article.txt:0-10"})
    evidence = lines(tmp_path / "feedback", "evidence.jsonl")
    assert [row["article_id"] for row in evidence] == ["article.txt"]


@pytest.mark.parametrize(
    "judgement",
    [
        None,
        {},
        {**RIGHT, "verdict": "maybe"},
        {**RIGHT, "key": "b.txt:9-9"},
        {**RIGHT, "key": "../x:0-1"},
        {**RIGHT, "asked": 7},
        {**RIGHT, "earlier": 7},
    ],
)
def test_what_is_no_judgement_is_refused_and_nothing_stored(
    feedback: Feedback, tmp_path: Path, judgement: object
) -> None:
    with pytest.raises(QuestionError):
        feedback.judge(judgement)
    assert set(judge_with(feedback)(judgement)) == {"problem"}
    assert not (tmp_path / "feedback").exists()


def test_without_a_folder_the_page_says_that_nothing_is_kept() -> None:
    assert judge_with(None)(RIGHT) == {"problem": "This server keeps no judgements."}
