"""The script that scores the reading of pages."""

import gzip
import json
import shutil
from pathlib import Path

import pytest

from retriever.corpus.formats.webpage.body import RULES
from tests.benchmarks import page_rules, webpages
from tests.corpus.sites.news import news_pages

GOLDEN = Path(__file__).parent / "golden"


def test_scores_of_words() -> None:
    assert webpages.score("a b c d e", "a b c d e") == (1.0, 1.0, 1.0)
    assert webpages.score("a b c d e", "a b c d") == pytest.approx((1.0, 0.5, 2 / 3))
    assert webpages.score("a b c d", "w x y z") == (0.0, 0.0, 0.0)
    assert webpages.score("a b c d", "") == (0.0, 0.0, 0.0)


def test_golden_page_scores_full_marks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "storm.html.gz").write_bytes(gzip.compress((GOLDEN / "storm.html").read_bytes()))
    shutil.copy(GOLDEN / "storm.html", tmp_path)
    gold = {
        "text": (GOLDEN / "storm.txt").read_text(),
        "title": "Storm closes the harbour for a third day",
        "author": "Jane Doe, John A. O'Neill",
        "date": "2023-06-24",
        "must_have": ["Maria Lind"],
        "must_not_have": ["cookies"],
    }
    lines = [json.dumps({**gold, "file": name}) for name in ("storm.html", "storm.html.gz")]
    (tmp_path / "gold.jsonl").write_text("\n".join(lines))
    webpages.main(tmp_path, losses=True)
    said = {line.split("  ")[0]: line.split() for line in capsys.readouterr().out.splitlines()}
    assert said["this program"][2:5] == ["1.0000", "1.0000", "1.0000"]
    assert said["title"][1:5] == ["2", "2", "0", "0"]
    assert said["date"][1:5] == ["2", "0", "2", "2"]
    assert said["must_have"][1:4] == ["2", "of", "2"]
    assert said["must_not_have"][1:4] == ["0", "of", "2"]


def test_rules_that_do_not_pay_are_left_out(tmp_path: Path) -> None:
    sites = [*news_pages()][:8]
    for number, site in enumerate(sites):
        (tmp_path / f"{number}.html").write_text(site.markup)
    lines = [json.dumps({"file": f"{n}.html", "text": one.text}) for n, one in enumerate(sites)]
    (tmp_path / "gold.jsonl").write_text("\n".join(lines))
    cases = [*page_rules.cases_of(tmp_path)]
    kept = page_rules.choose_rules([cases])
    assert 0 < len(kept) < len(RULES)
    assert set(kept) <= set(RULES)
    assert page_rules.mean(cases, kept) >= page_rules.mean(cases, RULES)
    assert page_rules.mean(cases, kept) > page_rules.mean(cases, ())
