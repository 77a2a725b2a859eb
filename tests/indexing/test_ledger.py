"""The ledger: every file of the corpus, with what came of it."""

from pathlib import Path

from retriever import LedgerEntry
from retriever.indexing.ledger import ledger_of
from tests.building import BRIDGE, HARBOUR, build_with, opened, write_articles
from tests.hashing_encoder import HashingEncoder


def ledger(index: Path) -> dict[str, LedgerEntry]:
    """Return the stored ledger by path."""
    with opened(index) as generation:
        return {entry.path: entry for entry in ledger_of(generation.store)}


def fill(corpus: Path) -> None:
    """Write a corpus that holds every kind of file."""
    write_articles(corpus / "a.jsonl", {"harbour": HARBOUR, "bridge": BRIDGE})
    write_articles(corpus / "b.jsonl", {"copy": HARBOUR})
    (corpus / "broken.jsonl").write_text('{"text": "One line that is whole."}\n{\nno\n')
    write_articles(corpus / "copies.jsonl", {"one": HARBOUR, "two": BRIDGE})
    (corpus / "empty.txt").write_text("")
    (corpus / "story.txt").write_text("A whale was seen off Ostby. It went north.")
    (corpus / "story.txt.meta.toml").write_text("no = ")
    (corpus / "README.md").write_text("About these articles.")


def test_every_file_is_listed_with_what_came_of_it(tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    fill(corpus)
    report = build_with(HashingEncoder(), corpus, index)
    found = ledger(index)
    assert [*found.values()] == [*report.ledger] == sorted(report.ledger, key=lambda e: e.path)
    assert {path: entry.state for path, entry in found.items()} == {
        "README.md": "skipped",
        "a.jsonl": "article",
        "b.jsonl": "duplicate",
        "broken.jsonl": "article",
        "copies.jsonl": "duplicate",
        "empty.txt": "failed",
        "story.txt": "article",
        "story.txt.meta.toml": "failed",
    }
    assert found["a.jsonl"] == LedgerEntry(
        path="a.jsonl", state="article", articles=("harbour", "bridge")
    )
    assert found["b.jsonl"].reason == "has the text of harbour"
    assert found["copies.jsonl"].reason == "has the text of harbour (and 1 more)"
    assert found["copies.jsonl"].articles == ("one", "two")
    assert "line 2 is not JSON" in str(found["broken.jsonl"].reason)
    assert str(found["broken.jsonl"].reason).endswith("(and 1 more)")
    assert found["empty.txt"].reason == "is empty"
    assert "story.txt.meta.toml: is not valid TOML" in str(found["story.txt"].reason)


def test_a_copy_is_searched_and_outlives_the_first(tmp_path: Path) -> None:
    corpus, index, encoder = tmp_path / "corpus", tmp_path / "index", HashingEncoder()
    fill(corpus)
    build_with(encoder, corpus, index)
    with opened(index) as generation:
        assert generation.store.article("copy").text == HARBOUR
    encoder.read = 0
    (corpus / "a.jsonl").unlink()
    report = build_with(encoder, corpus, index)
    assert encoder.read == 0
    states = {entry.path: entry.state for entry in report.ledger}
    assert (states["b.jsonl"], states["copies.jsonl"]) == ("article", "article")


def test_what_is_skipped_is_told_as_it_is_now(tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    fill(corpus)
    build_with(HashingEncoder(), corpus, index)
    (corpus / ".DS_Store").touch()
    again = build_with(HashingEncoder(), corpus, index)
    assert again.generation == 1  # nothing that is searched changed
    assert ".DS_Store" in {entry.path for entry in again.ledger}
    assert ".DS_Store" not in ledger(index)
