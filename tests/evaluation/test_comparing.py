"""Two saved reports: their differences, which of them are clear, and what is no report."""

import json
from pathlib import Path
from typing import Any

import pytest

from retriever.errors import DatasetError
from retriever.evaluation.__main__ import main
from retriever.evaluation.comparing import compare, comparison_lines


def saved(folder: Path, name: str, **fields: Any) -> Path:
    """Save a report with a few figures."""
    report = {
        "dataset": "town",
        "queries": 3,
        "mrr@10": 0.5,
        "abstention": {"auroc": None},
        "latency_ms": {"p50": 20.0},
        "intervals": {"mrr@10": [0.4, 0.6], "abstention": {"auroc": None}},
    }
    path = folder / name
    path.write_text(json.dumps(report | fields), encoding="utf-8")
    return path


def test_differences_by_name(tmp_path: Path) -> None:
    """What rose, what is missing on one side, and what only the second report has."""
    before = saved(tmp_path, "before.json")
    after = saved(
        tmp_path,
        "after.json",
        **{"mrr@10": 0.75, "abstention": {"auroc": 0.9}, "extra": 1},
        intervals={"mrr@10": [0.65, 0.85]},
    )
    found = {difference.name: difference for difference in compare(before, after)}
    assert list(found) == ["mrr@10", "abstention.auroc", "latency_ms.p50", "extra"]
    assert found["mrr@10"].change == 0.25
    assert found["mrr@10"].beyond_noise
    assert found["abstention.auroc"].change is None
    assert not found["abstention.auroc"].beyond_noise
    assert found["latency_ms.p50"].change == 0
    assert (found["extra"].before, found["extra"].after) == (None, 1)


def test_overlapping_intervals_are_noise(tmp_path: Path) -> None:
    """A rise within both intervals is not marked."""
    before = saved(tmp_path, "before.json")
    after = saved(tmp_path, "after.json", **{"mrr@10": 0.55}, intervals={"mrr@10": [0.45, 0.65]})
    assert not any(difference.beyond_noise for difference in compare(before, after))


def test_the_table_marks_what_is_clear(tmp_path: Path) -> None:
    """One line a figure under a heading."""
    before = saved(tmp_path, "before.json")
    after = saved(tmp_path, "after.json", **{"mrr@10": 0.75}, intervals={"mrr@10": [0.65, 0.85]})
    heading, *rows = comparison_lines(compare(before, after))
    assert heading.split() == ["before", "after", "change"]
    assert rows[0].split() == ["mrr@10", "0.500", "0.750", "+0.250", "*"]
    assert rows[1].split() == ["abstention.auroc", "-", "-", "-"]


@pytest.mark.parametrize("fields", [{"dataset": "sea"}, {"queries": 4}])
def test_other_questions_cannot_be_compared(tmp_path: Path, fields: dict[str, object]) -> None:
    """Runs of another data set, or of a part of it."""
    before, after = saved(tmp_path, "before.json"), saved(tmp_path, "after.json", **fields)
    with pytest.raises(DatasetError, match="compare runs over the same questions"):
        compare(before, after)


@pytest.mark.parametrize("content", ["", "[]", "{}", "\x00"], ids=["empty", "list", "bare", "nul"])
def test_what_is_no_report(tmp_path: Path, content: str) -> None:
    """The file is named."""
    other = tmp_path / "other.json"
    other.write_text(content, encoding="utf-8")
    with pytest.raises(DatasetError, match=r"other\.json"):
        compare(saved(tmp_path, "before.json"), other)


def test_a_missing_report_is_named(tmp_path: Path) -> None:
    """One line, for a file that is not there."""
    with pytest.raises(DatasetError, match=r"nowhere\.json cannot be read"):
        compare(tmp_path / "nowhere.json", saved(tmp_path, "after.json"))


def test_the_command_prints_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And ends with 0."""
    report = str(saved(tmp_path, "same.json"))
    assert main([report, report]) == 0
    assert "mrr@10" in capsys.readouterr().out


def test_the_command_says_what_is_no_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line on standard error, exit status 2."""
    missing = str(tmp_path / "nowhere.json")
    assert main([missing, missing]) == 2
    said = capsys.readouterr().err
    assert said.startswith("quotidian: ")
    assert said.count("\n") == 1
