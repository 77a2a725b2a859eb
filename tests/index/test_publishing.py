"""Publishing, rolling back, one writer at a time, and a folder that was tampered with."""

import subprocess
import sys
from pathlib import Path

import pytest

from retriever.errors import (
    IndexBusyError,
    IndexDamagedError,
    IndexMissingError,
    IndexUnusableError,
)
from retriever.index import publishing as generations
from retriever.index.manifest import MANIFEST

HOLD = """
import sys, time
from pathlib import Path
from retriever.index.publishing import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def publish(index: Path) -> Path:
    """Publish a generation that holds one small file."""
    with generations.writing(index), generations.new_generation(index) as folder:
        number = generations.next_number(index)
        (folder / "content").write_text(str(number), encoding="ascii")
        (folder / MANIFEST).write_text("{}", encoding="ascii")
        return generations.publish(index, folder, number)


def names(index: Path) -> list[str]:
    return sorted(path.name for path in (index / "generations").iterdir())


def test_a_published_generation_is_current_and_complete(tmp_path: Path) -> None:
    folder = publish(tmp_path)
    assert generations.current_generation(tmp_path) == folder
    assert folder.name == "000001"
    assert (folder / "content").read_text() == "1"
    assert sorted(path.name for path in tmp_path.iterdir()) in (
        ["CURRENT", "generations"],
        ["CURRENT", "generations", "writer.lock"],
    )


def test_one_generation_is_kept_for_rollback(tmp_path: Path) -> None:
    for _ in range(4):
        publish(tmp_path)
    assert names(tmp_path) == ["000003", "000004"]


def test_rollback_then_build_again(tmp_path: Path) -> None:
    publish(tmp_path)
    publish(tmp_path)
    assert generations.roll_back(tmp_path).name == "000001"
    assert generations.current_generation(tmp_path).name == "000001"
    with pytest.raises(IndexMissingError, match="nothing to roll back to"):
        generations.roll_back(tmp_path)
    # The number of the one rolled back from is not given again: a reader may still hold it.
    assert publish(tmp_path).name == "000003"
    assert names(tmp_path) == ["000001", "000003"]
    assert generations.roll_back(tmp_path).name == "000001"


def test_leftovers_of_a_killed_build_are_removed_by_the_next(tmp_path: Path) -> None:
    publish(tmp_path)
    half = tmp_path / "generations" / "building-123-456"
    (half / "lexical").mkdir(parents=True)
    (half / "lexical" / "data").write_bytes(b"x")
    (tmp_path / "CURRENT.new").write_text("half")
    # Killed after its folder got the final name, before it became current.
    (tmp_path / "generations" / "000002").mkdir()
    (tmp_path / "generations" / "000002" / MANIFEST).write_text("{}")
    assert generations.current_generation(tmp_path).name == "000001"
    publish(tmp_path)
    assert names(tmp_path) == ["000001", "000003"]
    assert not (tmp_path / "CURRENT.new").exists()


def test_a_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    publish(tmp_path)

    def fail() -> None:
        with generations.writing(tmp_path), generations.new_generation(tmp_path) as folder:
            (folder / "content").write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert names(tmp_path) == ["000001"]
    assert not (tmp_path / "writer").exists()


def test_a_publishing_that_fails_gives_its_space_back(tmp_path: Path) -> None:
    publish(tmp_path)
    (tmp_path / "CURRENT.new").mkdir()  # cannot be written to as a file, nor removed as one
    with (
        pytest.raises(IndexUnusableError, match="cannot write the index"),
        generations.writing(tmp_path),
    ):
        pytest.fail("leftovers that cannot be removed stop a build at once")
    (tmp_path / "CURRENT.new").rmdir()

    def fail() -> None:
        with generations.writing(tmp_path), generations.new_generation(tmp_path) as folder:
            (tmp_path / "CURRENT.new").mkdir()
            generations.publish(tmp_path, folder, 2)

    with pytest.raises(IndexUnusableError, match="an index in use is unharmed"):
        fail()
    assert names(tmp_path) == ["000001"]
    assert generations.current_generation(tmp_path).name == "000001"


def test_a_second_writer_is_told_the_process_of_the_first(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(IndexBusyError, match=f"process {holder.pid} is building"),
            generations.writing(tmp_path),
        ):
            pytest.fail("two processes write at once")
        with pytest.raises(IndexBusyError):
            generations.roll_back(tmp_path)
        holder.kill()  # SIGKILL: nothing of its own can clean up
        holder.wait()
        assert (tmp_path / "writer").read_text() == f"{holder.pid}\n"
        publish(tmp_path)  # the lock died with its process
    assert names(tmp_path) == ["000001"]


def test_a_second_writer_in_the_same_process_is_refused(tmp_path: Path) -> None:
    with generations.writing(tmp_path), pytest.raises(IndexBusyError):
        publish(tmp_path)


def test_no_index_is_one_clear_line(tmp_path: Path) -> None:
    for index in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexMissingError, match=f"no index in {index}; build one with"):
            generations.current_generation(index)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"000002\n",
        b"../000001",
        b"000001/../000001",
        b"/etc",
        b"\xff",
        b"000001\n000001\n",
        b"0" * 10_000_000,
        b"building-1-1",
        b"1",
        "٠٠٠٠٠١".encode(),
    ],
    ids=lambda content: repr(content[:20]),
)
def test_a_damaged_current_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    publish(tmp_path)
    (tmp_path / "generations" / "building-1-1").mkdir()
    (tmp_path / "CURRENT").write_bytes(content)
    with pytest.raises(IndexDamagedError) as raised:
        generations.current_generation(tmp_path)
    assert "CURRENT" in str(raised.value)
    assert "\n" not in str(raised.value)
    publish(tmp_path)  # a build mends it
    assert generations.current_generation(tmp_path).name == "000002"


def test_current_may_be_a_folder_or_the_index_a_file(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").mkdir()
    with pytest.raises(IndexDamagedError):
        generations.current_generation(tmp_path)
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(IndexDamagedError):
        generations.current_generation(file)
    with (
        pytest.raises(IndexUnusableError, match=r"cannot write the index in .*file"),
        generations.writing(file),
    ):
        pytest.fail("a file is no folder")


@pytest.mark.parametrize(
    "name", ["generations", "writer", "writer.lock", "CURRENT", "CURRENT.new", "checkpoints"]
)
def test_nothing_is_written_or_removed_where_a_link_leads(tmp_path: Path, name: str) -> None:
    """An index from elsewhere had two folders of its user removed, and a file overwritten."""
    index, theirs = tmp_path / "index", tmp_path / "theirs"
    publish(index)
    (theirs / "000001").mkdir(parents=True)
    (theirs / "building-1-1").mkdir()
    (theirs / "000001" / "diary").write_text("Mine.")
    target = theirs if name in {"generations", "checkpoints"} else theirs / "000001" / "diary"
    if (index / name).is_dir():
        (index / name).rename(index / "away")
    (index / name).unlink(missing_ok=True)
    (index / name).symlink_to(target)
    with (
        pytest.raises(IndexUnusableError, match=f"{name} is a link; an index has none"),
        generations.writing(index),
    ):
        pytest.fail("a link was written through")
    assert (theirs / "000001" / "diary").read_text() == "Mine."
    assert (theirs / "building-1-1").is_dir()


def test_a_link_among_the_generations_is_refused_as_well(tmp_path: Path) -> None:
    publish(tmp_path / "index")
    (tmp_path / "theirs").mkdir()
    (tmp_path / "index" / "generations" / "000009").symlink_to(tmp_path / "theirs")
    with pytest.raises(IndexUnusableError, match="000009 is a link"):
        publish(tmp_path / "index")


def test_a_folder_that_is_no_generation_is_not_removed(tmp_path: Path) -> None:
    publish(tmp_path)
    diary = tmp_path / "generations" / "000000" / "diary"
    diary.parent.mkdir()
    diary.write_text("Mine.")
    for _ in range(3):
        publish(tmp_path)
    assert diary.read_text() == "Mine."


def test_the_folder_of_an_index_may_itself_be_reached_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "index").symlink_to(tmp_path / "disk")
    assert publish(tmp_path / "index").is_dir()
