"""An index of words that is brought up to date is, to the bit, the one made anew."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.index.lexical import LexicalIndex
from retriever.index.manifest import checksums
from retriever.indexing import lexical_writer
from retriever.indexing.lexical_writer import CountedBefore
from tests.building import write_lexical_index

texts = st.lists(st.sampled_from(["a", "b", "bb", "ä", "storm", "sturm", "東京"]), max_size=8)


@given(data=st.data(), first=st.lists(texts, min_size=1, max_size=6))
def test_any_changes_one_after_the_other_give_the_files_of_a_first_build(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, first: list[list[str]]
) -> None:
    """Texts are kept, moved, left out and added: what is kept is not looked at again."""
    folder = tmp_path_factory.mktemp("changes")
    now, index = first, write_lexical_index(folder / "0", first)
    for number in range(1, 4):
        kept = data.draw(st.lists(st.sampled_from(range(len(now))), unique=True))
        added = data.draw(st.lists(texts, min_size=0 if kept else 1, max_size=3))
        places = data.draw(st.permutations(range(len(kept) + len(added))))
        later: list[list[str]] = [[] for _ in places]
        rows = np.full(len(now), -1, dtype=np.int64)
        for old, place in zip(kept, places, strict=False):
            later[place], rows[old] = ["not counted again"], place
        for text, place in zip(added, places[len(kept) :], strict=True):
            later[place] = text
        before = CountedBefore(index=index, rows=rows)
        index = write_lexical_index(folder / str(number), later, before=before)
        for old, place in zip(kept, places, strict=False):
            later[place] = now[old]
        now = later
        write_lexical_index(folder / f"{number} anew", now)
        assert checksums(folder / str(number)) == checksums(folder / f"{number} anew")


@given(
    found=st.lists(texts, min_size=1, max_size=12), run=st.integers(1, 9), merged=st.integers(2, 3)
)
def test_what_is_put_aside_in_between_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, found: list[list[str]], run: int, merged: int
) -> None:
    folder = tmp_path_factory.mktemp("runs")
    write_lexical_index(folder / "whole", found)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(lexical_writer, "RUN", run)
        patched.setattr(lexical_writer, "MERGED_AT_ONCE", merged)
        write_lexical_index(folder / "runs", found)
    assert checksums(folder / "runs") == checksums(folder / "whole")
    assert sorted(path.name for path in folder.iterdir()) == ["runs", "whole"]


def test_what_fails_leaves_nothing_aside(tmp_path: Path) -> None:
    def fail() -> None:
        with lexical_writer.LexicalWriter(tmp_path / "lexical") as writer:
            writer.add(0, ["storm"])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert [*tmp_path.iterdir()] == []


def test_the_writing_can_be_stopped_between_any_two_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lexical_writer, "RUN", 1)
    ticks: list[None] = []

    def stop() -> None:
        ticks.append(None)
        if len(ticks) == 3:
            raise KeyboardInterrupt

    def write() -> None:
        with lexical_writer.LexicalWriter(tmp_path / "lexical") as writer:
            writer.add(0, ["storm", "harbour", "ship", "crane"])
            writer.finish(1, tick=stop)

    with pytest.raises(KeyboardInterrupt):
        write()
    assert len(ticks) == 3


def test_a_count_that_sixteen_bits_do_not_hold_is_kept(tmp_path: Path) -> None:
    write_lexical_index(tmp_path / "lexical", [["storm"] * 70_000, ["storm"]])
    index = LexicalIndex.load(tmp_path / "lexical", count=2)
    assert index.postings.counts.tolist() == [70_000, 1]
