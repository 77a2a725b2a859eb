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


@pytest.mark.parametrize(
    "ending", [b'{"query": "cut sho', b"\xff\xfe", b"[]\n", b"{}\n", b"[" * 5000]
)
def test_a_line_that_is_none_costs_itself_only(
    ending: bytes, feedback: Feedback, tmp_path: Path, library: Any, caplog: Any
) -> None:
    """A process that was killed leaves half a line behind."""
    feedback.judge(RIGHT)
    file = tmp_path / "feedback" / "judgements.jsonl"
    file.write_bytes(file.read_bytes() + ending)
    later = Feedback(tmp_path / "feedback", library)
    later.judge({**RIGHT, "key": "article.txt:0-10"})
    assert len(lines(tmp_path / "feedback", "evidence.jsonl")) == 2
    assert "1 lines of" in caplog.text
    assert "are no judgements" in caplog.text


def test_what_others_wrote_meanwhile_is_read_and_what_was_read_is_not_read_again(
    feedback: Feedback, tmp_path: Path, library: Any
) -> None:
    feedback.judge(RIGHT)
    Feedback(tmp_path / "feedback", library).judge({**RIGHT, "key": "article.txt:0-10"})
    feedback.judge({**RIGHT, "key": "b.txt:31-48"})
    assert len(lines(tmp_path / "feedback", "evidence.jsonl")) == 3
    (tmp_path / "feedback" / "judgements.jsonl").write_bytes(b"")
    feedback.judge(RIGHT)
    assert len(lines(tmp_path / "feedback", "evidence.jsonl")) == 1


@pytest.mark.parametrize(
    "judgement",
    [
        {**RIGHT, "asked": {"question": "x" * 4_001}},
        {**RIGHT, "earlier": [{"question": "x" * 4_001}]},
        {**RIGHT, "key": "long.txt:0-10001"},
    ],
)
def test_nothing_long_is_kept(
    judgement: object, tmp_path: Path, library: Any, make_article: Any
) -> None:
    long = make_article("It is so. " * 2_000, id="long.txt")
    feedback = Feedback(tmp_path / "feedback", with_articles(library, long))
    with pytest.raises(QuestionError, match="characters"):
        feedback.judge(judgement)


def test_no_more_is_kept_than_may_be(
    feedback: Feedback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feedback.judge(RIGHT)
    before = (tmp_path / "feedback" / "judgements.jsonl").read_bytes()
    monkeypatch.setattr("webui.chat.feedback.MOST_BYTES", len(before) + 10)
    assert "move it elsewhere" in judge_with(feedback)(RIGHT)["problem"]
    assert (tmp_path / "feedback" / "judgements.jsonl").read_bytes() == before
