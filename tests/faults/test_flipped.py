"""A bit that flips anywhere in an index: never a wrong quote, never a crash."""

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from retriever import Index, IndexDamagedError, QuotidianError, build, open_index
from retriever.index.manifest import MANIFEST, checksums, read_manifest
from retriever.index.publishing import current_generation
from tests.building import BRIDGE, HARBOUR, LONG, write_articles
from tests.faults.conftest import times

TEXTS = {"harbour": HARBOUR, "bridge": BRIDGE, "long": LONG}
QUESTIONS = ("Who said that nobody was hurt?", "When did the bridge open?", "ship 7 crew")


@pytest.fixture(scope="module")
def made(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("flipped")
    write_articles(folder / "corpus" / "a.jsonl", TEXTS)
    (folder / "corpus" / "b.txt").write_text(
        "Storm\n\nA whale was seen off Ostby.[1]\n\n[1] Radio."
    )
    build(folder / "corpus", index=folder / "index", encoder=str(tiny_model))
    return folder / "index"


@pytest.fixture
def index(made: Path, tmp_path: Path) -> Path:
    """Return a copy of the index that a test may damage."""
    return Path(shutil.copytree(made, tmp_path / "index"))


def files_of(index: Path) -> list[Path]:
    files = [path for path in sorted(current_generation(index).rglob("*")) if path.is_file()]
    assert len(files) > 12
    return files


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Return the bytes with one bit turned over."""
    damaged = bytearray(content)
    damaged[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def check_quotes(opened: Index, texts: dict[str, str]) -> int:
    """Ask; every quote must be words of the article as it was. Return how many there were."""
    count = 0
    for question in QUESTIONS:
        answer = opened.ask(question)
        for quote in (*answer.quotes, *answer.closest):
            assert quote.text in texts[quote.article.id]
            assert quote.text == texts[quote.article.id][quote.start : quote.end]
            count += 1
    return count


def outcome(opened: Index, texts: dict[str, str]) -> tuple[int, str | None]:
    """Return how many quotes were given, or the line that says why none was."""
    try:
        return check_quotes(opened, texts), None
    except QuotidianError as error:
        return 0, str(error)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_a_bit_that_flipped_before_opening_is_found_and_its_file_named(
    index: Path, chance: random.Random, tell: Callable[[str], None]
) -> None:
    rounds, files = times(10, 500), files_of(index)
    for path in files:
        content = path.read_bytes()
        for _ in range(rounds):
            path.write_bytes(flipped(content, chance))
            with pytest.raises(IndexDamagedError) as raised:
                open_index(index)
            assert path.name in str(raised.value)
            assert "\n" not in str(raised.value)
        path.write_bytes(content)
    open_index(index)
    tell(f"bits flipped before opening: {rounds} in each of {len(files)} files, each file named")


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_a_bit_that_flips_under_an_open_index_makes_no_wrong_quote(
    index: Path, chance: random.Random, tell: Callable[[str], None]
) -> None:
    """Files that are mapped or read on demand are read after their checksums were compared."""
    rounds, files = times(3, 100), files_of(index)
    texts = {article.id: article.text for article in open_index(index).articles()}
    quoted = refused = 0
    for path in files:
        content = path.read_bytes()
        for _ in range(rounds):
            opened = open_index(index)
            with path.open("r+b") as file:  # in place, as on a failing disk
                file.write(flipped(content, chance))
            given, line = outcome(opened, texts)
            quoted, refused = quoted + given, refused + bool(line)
            assert path.name in (line or path.name)
            with path.open("r+b") as file:
                file.write(content)
    assert quoted > 0
    tell(
        f"bits flipped under an open index: {rounds} in each of {len(files)} files; {quoted} "
        f"quotes given, all true; {refused} times refused with the file's name"
    )


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_a_bit_that_was_flipped_by_somebody_who_mends_the_checksums_crashes_nothing(
    index: Path, chance: random.Random, tell: Callable[[str], None]
) -> None:
    rounds = times(3, 100)
    files = [path for path in files_of(index) if path.name != MANIFEST]
    texts = {article.id: article.text for article in open_index(index).articles()}
    manifest = read_manifest(current_generation(index))
    answered = refused = 0
    for path in files:
        content = path.read_bytes()
        for _ in range(rounds):
            path.write_bytes(flipped(content, chance))
            replace(manifest, files=checksums(current_generation(index))).write(
                current_generation(index)
            )
            try:
                _, line = outcome(open_index(index), texts)
            except QuotidianError as error:
                line = str(error)
            assert "\n" not in (line or "")
            answered, refused = answered + (line is None), refused + bool(line)
        path.write_bytes(content)
    tell(
        f"bits flipped and the checksums mended: {rounds} in each of {len(files)} files; "
        f"{answered} indexes answered with true quotes, {refused} were refused in one line"
    )
