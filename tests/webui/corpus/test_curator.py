"""Adding files, rebuilding with progress, stopping, and checking: with a real build."""

import json
import time
from pathlib import Path

import pytest

from retriever import SettingsError, build, open_index
from webui.corpus.curator import Curator, Work


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a folder with one article."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text("The ferry to Aldra was cancelled on Monday.\n")
    return folder


def until_done(curator: Curator) -> list[Work]:
    """Return every state that the work was seen in, until it ended."""
    seen = [curator.work]
    deadline = time.monotonic() + 120
    while curator.work.running and time.monotonic() < deadline:
        if curator.work != seen[-1]:
            seen.append(curator.work)
        time.sleep(0.01)
    return [*seen, curator.work]


@pytest.mark.model
@pytest.mark.slow
def test_what_is_added_answers_after_a_rebuild_and_not_before(corpus: Path, tmp_path: Path) -> None:
    build(corpus, index=tmp_path / "index")
    index = open_index(tmp_path / "index")
    curator = Curator(tmp_path / "index", index.corpus)
    added = tmp_path / "upload"
    added.write_text("The museum in Lunde found a chart from 1742 in its cellar.\n")
    assert curator.add([("two.txt", added)]).said.startswith("Added 1 ")
    assert index.coverage.articles == 1

    curator.rebuild()
    assert curator.rebuild().running
    done = until_done(curator)[-1]
    assert done.said.startswith("Rebuilt: 2 articles, 1 passage encoded"), done
    assert not done.problem
    assert index.ask("What did the museum in Lunde find?").quotes[0].article.id == "two.txt"
    assert curator.examine().findings == ()


@pytest.mark.model
@pytest.mark.slow
def test_a_rebuild_that_is_stopped_leaves_the_index_as_it_was(corpus: Path, tmp_path: Path) -> None:
    build(corpus, index=tmp_path / "index")
    rows = ({"id": str(n), "text": f"Report {n} of the harbour. " * 40} for n in range(400))
    (corpus / "more.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    curator = Curator(tmp_path / "index", corpus)
    curator.rebuild()
    assert curator.cancel().said == "Stopped. The articles answer as before."
    time.sleep(0.5)
    assert curator.work.said == "Stopped. The articles answer as before."
    assert open_index(tmp_path / "index").coverage.articles == 1


@pytest.mark.model
@pytest.mark.slow
def test_a_rebuild_right_after_one_that_was_stopped_is_the_one_that_is_told_of(
    corpus: Path, tmp_path: Path
) -> None:
    curator = Curator(tmp_path / "index", corpus)
    for _ in range(3):
        curator.rebuild()
        curator.cancel()
    curator.rebuild()
    seen = until_done(curator)
    assert all(work.running for work in seen[:-1])
    assert not seen[-1].problem, seen[-1].said
    assert open_index(tmp_path / "index").coverage.articles == 1


def test_a_build_that_fails_says_why(tmp_path: Path) -> None:
    curator = Curator(tmp_path / "index", tmp_path / "gone")
    curator.rebuild()
    done = until_done(curator)[-1]
    assert done.problem
    assert "gone" in done.said


def upload(tmp_path: Path, words: str) -> Path:
    """Return a file as it was uploaded."""
    file = tmp_path / "upload"
    file.write_text(words)
    return file


def test_nothing_in_the_corpus_is_replaced_unless_it_is_asked(corpus: Path, tmp_path: Path) -> None:
    curator = Curator(tmp_path / "index", corpus)
    curator.add([("../one.txt", upload(tmp_path, "first"))])
    said = curator.add([("../one.txt", upload(tmp_path, "second"))]).said
    assert said == (
        "Added 1 to the corpus. Kept beside others of the same name: one-3.txt; replace those if"
        " corrected. Rebuild to have them answer."
    )
    told = curator.add([("one.txt", upload(tmp_path, "third"))], replace=True).said
    assert told == "Replaced one.txt. Rebuild to have them answer."
    assert {file.name: file.read_text() for file in corpus.iterdir()} == {
        "one.txt": "third",
        "one-2.txt": "first",
        "one-3.txt": "second",
    }
    single = Curator(tmp_path / "index", corpus / "one.txt")
    with pytest.raises(SettingsError, match="single file"):
        single.add([])


def test_the_same_file_again_adds_nothing_and_says_so(corpus: Path, tmp_path: Path) -> None:
    curator = Curator(tmp_path / "index", corpus)
    same = (corpus / "one.txt").read_text()
    for name in ("one.txt", "other.txt"):
        told = curator.add([(name, upload(tmp_path, same))]).said
        assert told == "In the corpus already, not added again: one.txt."
    assert [file.name for file in corpus.iterdir()] == ["one.txt"]


def test_what_a_check_found_goes_with_the_generation_that_was_checked(
    corpus: Path, tmp_path: Path
) -> None:
    """Whoever made the next one; a second check tells anew."""
    numbers = [1]
    curator = Curator(tmp_path / "index", corpus, generation=lambda: numbers[-1])
    assert curator.examine().findings  # there is no index
    assert curator.work.findings
    numbers.append(2)
    assert curator.work == Work()
    assert curator.examine().findings
    assert curator.work.findings


def test_what_is_not_read_is_refused_by_name(corpus: Path, tmp_path: Path) -> None:
    curator = Curator(tmp_path / "index", corpus)
    told = curator.add([("photo.png", upload(tmp_path, "x"))])
    assert told.said.startswith("Not added, of no kind that is read: photo.png. Read are .txt, ")
    assert told.problem
    both = [("photo.png", upload(tmp_path, "x"))]
    other = tmp_path / "other"
    other.write_text("A story.")
    told = curator.add([*both, ("story.txt", other)])
    assert told.said.startswith("Added 1 to the corpus. Not added, of no kind that is read: photo")
    assert not told.problem
    assert sorted(file.name for file in corpus.iterdir()) == ["one.txt", "story.txt"]
