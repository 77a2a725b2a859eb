"""Adding files to a corpus: nothing twice, nothing in another's place unless it is asked."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retriever import AddedFiles, CorpusError, SettingsError, add_to_corpus, addable_endings
from retriever.corpus.adding import file_name
from retriever.corpus.formats.endings import ARCHIVES, BY_ENDING, is_read
from tests.attacks import ATTACKS


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a folder with one article, in a folder of its own."""
    (tmp_path / "corpus" / "old").mkdir(parents=True)
    (tmp_path / "corpus" / "old" / "story.txt").write_text("It sank.")
    return tmp_path / "corpus"


def put(corpus: Path, name: str, words: str, *, replace: bool = False) -> dict[str, object]:
    """Add a file with these words, and return what came of it without what is empty."""
    source = corpus.parent / "source"
    source.write_text(words)
    came = add_to_corpus(corpus, [(name, source)], replace=replace)
    assert source.read_text() == words
    return {kind: names for kind, names in came.to_dict().items() if names}


def test_bytes_that_the_corpus_holds_are_not_added_again(corpus: Path) -> None:
    assert put(corpus, "story.txt", "It sank.") == {"present": ["old/story.txt"]}
    assert put(corpus, "story.txt", "It rose.") == {"added": ["story.txt"]}
    assert put(corpus, "copy.txt", "It rose.", replace=True) == {"present": ["story.txt"]}
    assert put(corpus, "story.txt", "It fled.") == {"beside": ["story-2.txt"]}
    assert put(corpus, "story.txt", "It died.", replace=True) == {"replaced": ["story.txt"]}
    found = {path.name: path.read_text() for path in corpus.glob("*.txt")}
    assert found == {"story.txt": "It died.", "story-2.txt": "It fled."}


def test_the_same_file_twice_in_one_go_is_added_once(corpus: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("Twice.")
    came = add_to_corpus(corpus, [("a.txt", source), ("b.txt", source)])
    assert (came.added, came.present) == (("a.txt",), ("a.txt",))


def test_a_folder_of_that_name_is_not_replaced(corpus: Path) -> None:
    (corpus / "old.txt").mkdir()
    assert put(corpus, "old.txt", "x", replace=True) == {"beside": ["old-2.txt"]}
    assert (corpus / "old" / "story.txt").read_text() == "It sank."


def test_those_who_add_the_same_name_at_once_all_find_their_files_there(
    corpus: Path, tmp_path: Path
) -> None:
    sources = [tmp_path / f"upload-{number}" for number in range(8)]
    for number, source in enumerate(sources):
        source.write_text(f"The {number}th.")

    def add(source: Path) -> AddedFiles:
        return add_to_corpus(corpus, [("story.txt", source)])

    with ThreadPoolExecutor(len(sources)) as pool:
        came = [*pool.map(add, sources)]
    told = [name for one in came for name in (*one.added, *one.beside)]
    assert len({*told}) == len(sources)
    for name, source in zip(told, sources, strict=True):
        assert (corpus / name).read_text() == source.read_text()


def test_what_is_known_of_an_article_is_not_changed_by_a_new_file(corpus: Path) -> None:
    put(corpus, "report.txt", "It sank.  Twice.")
    with pytest.raises(SettingsError, match=r"report.txt.meta.toml would change.*report.txt;"):
        put(corpus, "report.txt.meta.toml", 'author = "Nobody"')
    assert put(corpus, "new.txt.meta.toml", 'author = "Ann Berg"') == {
        "added": ["new.txt.meta.toml"]
    }
    assert put(corpus, "report.txt.meta.toml", 'author = "Ann"', replace=True) == {
        "added": ["report.txt.meta.toml"]
    }


@pytest.mark.parametrize("name", ["photo.png", "old", "a.exe", "a.png.gz", "a.gz", "a.txt.zst"])
def test_what_is_of_no_kind_that_is_read_is_refused(corpus: Path, name: str) -> None:
    """The rest is added; nothing of it comes into the corpus, replaced or not."""
    before = sorted(corpus.rglob("*"))
    assert put(corpus, name, "x") == {"refused": [name]}
    assert put(corpus, name, "x", replace=True) == {"refused": [name]}
    assert sorted(corpus.rglob("*")) == before
    for number, kind in enumerate((".TXT", ".jsonl.gz", ".html.xz", ".tar.gz", ".tgz")):
        assert put(corpus, f"a{kind}", f"{number}") == {"added": [f"a{kind}"]}


def test_the_endings_that_are_told_are_those_of_the_readers() -> None:
    told = addable_endings()
    for ending in told.plain:
        assert is_read(f"a{ending}") or ending == ".meta.toml"
        assert all(is_read(f"A{ending.upper()}{packed}") for packed in told.compressed) or (
            ending == ".meta.toml"
        )
    assert not any(is_read(f"a{packed}") for packed in told.compressed)
    assert {*BY_ENDING, *ARCHIVES} <= {*told.plain, *told.compressed}


def test_what_cannot_be_added_is_named(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"No such file.*gone\.txt"):
        add_to_corpus(corpus, [("a.txt", tmp_path / "gone.txt")])
    with pytest.raises(SettingsError, match="single file"):
        add_to_corpus(corpus / "old" / "story.txt", [])


@given(st.text() | st.sampled_from(ATTACKS))
@example("\u1680")
@example("a\u2028b\u3000.txt")
def test_any_file_name_becomes_one_inside_the_folder_or_none(name: str) -> None:
    try:
        safe = file_name(name)
    except SettingsError:
        return
    assert Path("/corpus", safe).resolve().parent == Path("/corpus")
    assert safe.isprintable()
    assert not safe.startswith(".")
    assert len(safe.encode("utf-8", "replace")) <= 120
