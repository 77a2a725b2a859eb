"""Examples of a small folder of rows: repeatable, balanced, and apart from what is held out."""

import gzip
import json
from pathlib import Path

import pytest

from retriever.training.examples import Example, make_examples
from retriever.training.sources import PassageContext, Source
from tests.training.rows_by_hand import kinds_by_letters

TOWNS = "Norvik Sandby Elverum Tarnby Ostvik Lundby Vestby Holmvik Karlby Stenvik".split()
SOURCE = Source(name="towns", share=2, repository="ours", licence="ours")
SENTENCES = Source(
    name="towns", share=2, repository="ours", licence="ours", context=PassageContext.NEIGHBOURS
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one file of 150 rows about 150 passages."""
    with gzip.open(tmp_path / "towns.jsonl.gz", "wt", encoding="utf-8") as file:
        for number in range(150):
            town, other = TOWNS[number % 10], TOWNS[(number + 3) % 10]
            passage = (
                f"The harbour of {town} number {number} opened in {1800 + number}."
                f" A crane stood in {other} for {number} years. Rain fell on both of them."
            )
            row = {
                "source": "towns",
                "question": f"When did the harbour of {town} number {number} open?",
                "passage": passage,
                "answers": [
                    {"text": str(1800 + number), "start": passage.index(str(1800 + number))}
                ],
                "answerable": True,
            }
            file.write(f"{json.dumps(row)}\n")
    return tmp_path


def made(folder: Path, source: Source, *, seed: int = 0, kept: bool = False) -> list[Example]:
    return list(make_examples(folder, [source], kinds_by_letters(), seed=seed, kept=kept))


@pytest.mark.parametrize("source", [SOURCE, SENTENCES])
def test_the_same_seed_makes_the_same_examples(folder: Path, source: Source) -> None:
    assert made(folder, source) == made(folder, source)
    assert made(folder, source) != made(folder, source, seed=1)


@pytest.mark.parametrize("source", [SOURCE, SENTENCES])
def test_about_half_are_answerable_and_point_at_a_year(folder: Path, source: Source) -> None:
    rows = [one.row for one in made(folder, source)]
    share = sum(row.answerable for row in rows) / len(rows)
    assert 0.5 <= share <= 0.65
    pointed = [one.of(row.passage) for row in rows for one in row.answers]
    assert pointed
    assert all(year.isdigit() and len(year) == 4 for year in pointed)


def test_every_kind_of_near_miss_is_made(folder: Path) -> None:
    kinds = {one.kind for one in made(folder, SOURCE)}
    assert kinds >= {"given", "changed alike", "cut", "retrieved", "question changed"}


def test_held_out_passages_are_not_learned_from(folder: Path) -> None:
    kept = {one.row.question for one in made(folder, SOURCE, kept=True) if one.kind == "given"}
    learned = {one.row.question for one in made(folder, SOURCE) if one.kind == "given"}
    assert kept
    assert not kept & learned
