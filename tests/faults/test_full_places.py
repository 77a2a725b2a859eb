"""Full disks beside the index: the folder for temporary files, and where judgements are kept."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from retriever import Index, SettingsError
from tests.building import HARBOUR, build_with
from tests.corpus.documents import zipped
from tests.faults.conftest import times
from tests.faults.test_disk import disk
from tests.hashing_encoder import HashingEncoder
from tests.webui.corpora import index_of
from webui.chat.feedback import JUDGEMENTS, Feedback
from webui.programs.endpoints import CuratorActions

__all__ = ["disk"]
MEMBERS = 4


@pytest.fixture
def library(tmp_path: Path) -> Index:
    """Return a small index."""
    return index_of({"story.txt": f"{HARBOUR} It was over by noon."}, tmp_path)


def fill(disk: Path, left: int) -> Path:
    """Leave so many bytes on a disk; return what takes the others."""
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - left)))
    return ballast


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_a_full_folder_for_temporary_files_is_no_fault_of_an_archive(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tell: Callable[[str], None]
) -> None:
    rounds, corpus = times(3, 20), tmp_path / "corpus"
    corpus.mkdir()
    for number in range(rounds):
        texts = {f"{n}.txt": f"{HARBOUR} Ship {n}.".encode() * 400 for n in range(MEMBERS)}
        (corpus / "a.zip").write_bytes(zipped(texts))
        ballast = fill(disk, 8_192 * number)
        index = tmp_path / f"index-{number}"
        (corpus / "b.txt").write_text(f"The bridge was open in year {number}.")
        with monkeypatch.context() as patched:
            patched.setattr(tempfile, "tempdir", str(disk))
            first = build_with(HashingEncoder(), corpus, index)
        assert all("damaged" not in failure.reason for failure in first.failed)
        assert first.failed or first.articles == MEMBERS + 1
        ballast.unlink()
        again = build_with(HashingEncoder(), corpus, index)
        assert (again.articles, again.failed) == (MEMBERS + 1, ())
        assert [path.name for path in disk.iterdir()] == []
    tell(f"full folders for temporary files: {rounds}, every archive read when there was room")


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_a_full_disk_loses_no_judgement_and_says_so(
    disk: Path, library: Index, tell: Callable[[str], None]
) -> None:
    rounds, kept, refused = times(4, 20), 0, 0
    feedback = Feedback(disk / "feedback", library)
    judging = CuratorActions(None, feedback, lambda _: True)
    for number in range(rounds):
        judgement = {
            "asked": {"question": f"What happened in year {number}? {'x' * 3_000}"},
            "key": "story.txt:0-41",
            "verdict": "right",
        }
        ballast = fill(disk, 4_096 * (number % 4))
        try:
            judging.judge(judgement)
            kept += 1
        except SettingsError as error:
            refused += "No space left on device" in str(error)
        ballast.unlink()
        judging.judge({**judgement, "verdict": "wrong"})
        kept += 1
        lines = (disk / "feedback" / JUDGEMENTS).read_text().splitlines()
        assert sum('"verdict": "wrong"' in line for line in lines) == number + 1
    assert refused > 0
    assert kept + refused == 2 * rounds
    tell(f"full disks under judgements: {refused} refused in one line, {kept} kept, none lost")
