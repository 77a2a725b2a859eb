"""A build that is killed leaves an index that opens, as it was before or as it would be after."""

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from retriever import IndexBusyError, IndexMissingError, Progress
from retriever.indexing.doctor import examine
from tests.building import BRIDGE, HARBOUR, build_with, opened, write_articles
from tests.conftest import ROOT
from tests.faults.conftest import FULL, times
from tests.hashing_encoder import HashingEncoder

# A build has about 350 operations on files; dying later than the last is finishing.
OPERATIONS = 600
# Publishing makes about 170 calls into the system.
CALLS = 2_000


@pytest.fixture
def corpora(tmp_path: Path) -> tuple[Path, Path]:
    """Return two corpora with one article in common and one that differs."""
    common = {f"common {n}": f"{HARBOUR} This is article {n}." for n in range(10)}
    for name, text in (("a", HARBOUR), ("b", BRIDGE)):
        write_articles(tmp_path / name / "articles.jsonl", {**common, "own": text})
    return tmp_path / "a", tmp_path / "b"


class Builder:
    """The process that forks builds and lets them die."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        """Give orders to ``process``, see :mod:`tests.faults.dying_builder`."""
        self._process = process

    def order(self, words: str) -> str:
        """Give an order and return what became of it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{words}\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()


@contextmanager
def builder(index: Path, corpora: tuple[Path, Path]) -> Iterator[Builder]:
    command = [sys.executable, "-m", "tests.faults.dying_builder", str(index), *map(str, corpora)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        yield Builder(process)


def check_whole(index: Path, corpora: tuple[Path, Path]) -> None:
    """Check that the index is exactly that of one corpus, and that the doctor finds it sound."""
    with opened(index) as generation:  # checks every file
        own = {str(corpora[0]): HARBOUR, str(corpora[1]): BRIDGE}[generation.manifest.corpus]
        assert generation.store.article("own").text == own
        assert generation.store.count_articles() == 11
        assert ("tunnel" in generation.lexical) == (own == BRIDGE)
    found = examine(index, lambda _: HashingEncoder())
    assert [f for f in found if "is left of a build that died" not in f.problem] == []


def check_tidy(index: Path, corpora: tuple[Path, Path]) -> None:
    """Check that the next build works and leaves nothing behind of those that died."""
    write_articles(corpora[0] / "articles.jsonl", {"last": BRIDGE})
    build_with(HashingEncoder(), corpora[0], index)
    names = sorted(path.name for path in (index / "generations").iterdir())
    assert len(names) <= 2
    assert not any(name.startswith("building-") for name in names)
    assert not (index / "CURRENT.new").exists()


@pytest.mark.slow
def test_killed_before_each_operation_on_a_file(
    tmp_path: Path, corpora: tuple[Path, Path], tell: Callable[[str], None]
) -> None:
    """Every operation is met when the counts are full, every fifth otherwise."""
    index, died, published = tmp_path / "index", 0, False
    with builder(index, corpora) as building:
        for count in range(1, OPERATIONS, 1 if FULL else 5):
            ended = building.order(f"at {count}")
            try:
                check_whole(index, corpora)
                published = True
            except IndexMissingError:
                assert (published, ended) == (False, "died")  # only until the first is published
            if ended == "finished":
                break
            died += 1
    assert times(20, 100) < died < OPERATIONS - 1
    check_tidy(index, corpora)
    tell(
        f"builds killed, one before each {'' if FULL else '5th '}operation on a file: {died}, "
        "index whole after each"
    )


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_killed_between_every_two_calls_into_the_system_of_publishing(
    tmp_path: Path, corpora: tuple[Path, Path], tell: Callable[[str], None]
) -> None:
    """Every call is met when the counts are full, every seventeenth otherwise."""
    index, died, old, new = tmp_path / "index", 0, 0, 0
    build_with(HashingEncoder(), corpora[0], index)
    with builder(index, corpora) as building:
        for count in range(1, CALLS, 1 if FULL else 17):
            before = (index / "CURRENT").read_text()
            ended = building.order(f"publishing {count}")
            check_whole(index, corpora)
            if ended == "finished":
                break
            died += 1
            old += before == (index / "CURRENT").read_text()
            new += before != (index / "CURRENT").read_text()
        else:
            pytest.fail("publishing makes more calls than were tried")
    assert old >= times(3, 50)
    assert new >= times(1, 10)
    check_tidy(index, corpora)
    tell(
        f"builds killed while publishing, one before each {'' if FULL else '17th '}call into the "
        f"system: {died}; {old} left the old generation, {new} the new one, each whole"
    )


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_killed_at_random_moments(
    tmp_path: Path,
    corpora: tuple[Path, Path],
    chance: random.Random,
    tell: Callable[[str], None],
) -> None:
    index, rounds = tmp_path / "index", times(20, 200)
    build_with(HashingEncoder(), corpora[0], index)
    with builder(index, corpora) as building:
        for _ in range(rounds):
            assert building.order(f"after {chance.uniform(0, 0.4)}") == "died"
            check_whole(index, corpora)
    check_tidy(index, corpora)
    tell(f"builds killed at random moments, every third of them full: {rounds}, all survived")


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_killed_again_and_again_a_build_goes_on_where_it_was(
    tmp_path: Path,
    corpora: tuple[Path, Path],
    chance: random.Random,
    tell: Callable[[str], None],
) -> None:
    """Each kill loses at most the portion that was being encoded: 8 passages.

    Builds are given longer and longer: what follows encoding begins anew each time, and takes the
    longer the busier the machine is.
    """
    index, killed = tmp_path / "index", 0
    texts = {f"{n}": f"Ship {n} has left the harbour of Ostby." for n in range(times(200, 2_000))}
    corpus = write_articles(tmp_path / "many" / "articles.jsonl", texts).parent
    with builder(index, (corpus, corpora[1])) as building:
        while building.order(f"slowly {chance.uniform(0.2, 0.6) * 1.02**killed}") == "died":
            killed += 1
            assert killed < 300
    encoded = sum(int(line) for line in (tmp_path / "encoded").read_text().split())
    assert killed > 0
    assert encoded <= len(texts) + 8 * killed
    with opened(index) as generation:
        assert len(generation.store) == len(texts)
    assert examine(index, lambda _: HashingEncoder()) == []
    assert [path.name for path in (index / "generations").iterdir()] == ["000001"]
    assert not (index / "checkpoints").exists()
    tell(
        f"a build killed {killed} times until it was done: {encoded:,} passages encoded for "
        f"{len(texts):,}"
    )


@pytest.mark.slow
def test_an_operation_that_fails_once_is_one_clear_line(
    tmp_path: Path, corpora: tuple[Path, Path], tell: Callable[[str], None]
) -> None:
    """The disk is full for a moment at each operation in turn: nothing else is raised."""
    index, refused = tmp_path / "index", 0
    build_with(HashingEncoder(), corpora[0], index)
    with builder(index, corpora) as building:
        for count in range(1, OPERATIONS, 1 if FULL else 9):
            before = (index / "CURRENT").read_text()
            ended = building.order(f"fail {count}")
            assert ended in {"refused", "finished"}, f"operation {count}"
            check_whole(index, corpora)
            names = {path.name for path in (index / "generations").iterdir()}
            assert not any(name.startswith("building-") for name in names)
            if ended == "refused":
                refused += 1
                assert (index / "CURRENT").read_text() == before
    assert refused > times(3, 20)
    check_tidy(index, corpora)
    tell(f"builds with one failing operation on a file: {refused} refused with one line, tidy")


def test_a_second_build_in_the_middle_of_the_first_is_refused(
    tmp_path: Path, corpora: tuple[Path, Path]
) -> None:
    index, refused = tmp_path / "index", []

    def intrude(step: Progress) -> None:
        with pytest.raises(IndexBusyError, match=r"process \d+ is building") as raised:
            build_with(HashingEncoder(), corpora[1], index)
        refused.append((step.stage, str(raised.value)))

    build_with(HashingEncoder(), corpora[0], index, progress=intrude)
    assert len(refused) > 3
    check_whole(index, corpora)
