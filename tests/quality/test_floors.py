"""No figure may fall below what was reached before, over articles written for the purpose."""

from pathlib import Path

import pytest

from tests.quality.floors import BOUNDS, Figures, allowance, broken, digest, measure, read_floors

# The first test builds the index and asks all questions, 30 s on two quiet cores.
pytestmark = [pytest.mark.model, pytest.mark.slow, pytest.mark.timeout(900)]
RECALL = "passage_evidence_recall.1"


@pytest.fixture(scope="session")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """Return what the present code reaches."""
    return measure(tmp_path_factory.mktemp("quality") / "index")


def test_no_figure_is_below_its_floor(figures: Figures) -> None:
    assert broken(read_floors()[1], figures) == []


def test_every_quote_is_verbatim(figures: Figures) -> None:
    assert figures["verbatim_failures"] == 0


def test_fused_is_not_below_the_better_channel(figures: Figures) -> None:
    better = max(figures[f"channels.{channel}.{RECALL}"] for channel in ("dense", "lexical"))

    assert figures[f"channels.fused.{RECALL}"] >= better - one_question(figures)


def test_the_final_ranking_is_not_below_fused(figures: Figures) -> None:
    assert figures[RECALL] >= figures[f"channels.fused.{RECALL}"] - one_question(figures)


def test_the_data_set_is_the_one_that_was_measured() -> None:
    assert read_floors()[0] == digest(), "run: python -m tests.quality.update"


def one_question(figures: Figures) -> float:
    """Return the share that one question has, with room for the last bit of the sums."""
    return allowance(BOUNDS[0], figures) + 1e-9


def test_the_digest_covers_every_file(tmp_path: Path) -> None:
    seen = set()
    for name, text in (("a", "1"), ("a", "2"), ("b", "2")):
        (tmp_path / name).write_text(text)
        seen.add(digest(tmp_path))

    assert len(seen) == 3
