"""A small corpus in three files, and its index."""

from pathlib import Path

import pytest

from retriever import BuildReport
from tests.building import BRIDGE, HARBOUR, LONG, build_with, write_articles
from tests.hashing_encoder import HashingEncoder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a corpus of three files: two of one article each, one of two."""
    folder = tmp_path / "corpus"
    write_articles(folder / "a.jsonl", {"harbour": HARBOUR})
    write_articles(folder / "b.jsonl", {"bridge": BRIDGE})
    write_articles(folder / "c.jsonl", {"long": LONG, "short": "One line only."})
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Return where the index goes."""
    return tmp_path / "index"


@pytest.fixture
def built(corpus: Path, index: Path, hashing_encoder: HashingEncoder) -> BuildReport:
    """Build the corpus for the first time, and forget how much was encoded for it."""
    report = build_with(hashing_encoder, corpus, index)
    hashing_encoder.read = 0
    return report
