"""The two articles that ship."""

from pathlib import Path

import pytest

from retriever.corpus import survey
from retriever.corpus.formats.plain import read_plain
from retriever.records import Article

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def seeds() -> list[Article]:
    """Return the seed articles as their own files state them, sidecars apart."""
    items = [item for source in survey(SEEDS).sources for item in read_plain(source)]
    return [item for item in items if isinstance(item, Article)]


def test_first_seed(seeds: list[Article]) -> None:
    article = seeds[0]
    assert article.title == "As China Throws Support Behind Russia, Analysts See Deeper Fissures"
    assert [span.of(article.text) for span in article.headings] == [
        "Irreconcilable conflict",
        "No Chinese military aid",
        "Parallels in the Taiwan Strait",
    ]
    assert article.text.count("walk together as they meet in Beijing, June 25, 2023.") == 1
    assert article.published is None
    assert article.author is None
    assert article.footnotes == ()
    for furniture in ("Accessibility links", "Breaking News", article.title):
        assert furniture not in article.text


def test_second_seed(seeds: list[Article]) -> None:
    article = seeds[1]
    assert article.title is None
    assert article.published is None
    assert [span.of(article.text) for span in article.headings] == [
        "Friendly Cooperation or Interest-driven cooperation?"
    ]
    assert [note.label for note in article.footnotes] == list("1234567")
    first, second = article.footnotes[:2]
    assert first.entry.of(article.text).startswith("Nectar Gan, “China throws support")
    assert second.entry.of(article.text) == "Ibid"
    assert second.source == first.entry
    assert all(
        [mark.of(article.text) for mark in note.marks] == [f"[{note.label}]"]
        for note in article.footnotes
    )
