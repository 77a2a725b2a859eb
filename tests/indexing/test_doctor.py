"""The doctor finds what is wrong, and nothing where nothing is."""

import os
import random
import re
import shlex
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from retriever import build
from retriever.encoders.registry import load_encoder
from retriever.index.generation import LEXICAL
from retriever.index.manifest import checksums, read_manifest
from retriever.index.publishing import current_generation
from retriever.index.sentence_vectors import SENTENCE_VECTORS as CODES
from retriever.index.vectors import VECTORS
from retriever.indexing import doctor
from retriever.indexing.doctor import Finding, examine
from tests.building import BRIDGE, HARBOUR, build_with, write_articles, write_lexical_index
from tests.hashing_encoder import HashingEncoder
from tests.indexing.altering import alter

FOOTED = "The ship came in.[1] It left again.\n\n[1] The Ostby Gazette, 3 May 1912."


@pytest.fixture(scope="module")
def made(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of three articles, one of them with a footnote; not to be altered."""
    folder = tmp_path_factory.mktemp("doctor")
    write_articles(folder / "corpus" / "a.jsonl", {"harbour": HARBOUR, "bridge": BRIDGE * 2})
    (folder / "corpus" / "footed.txt").write_text(FOOTED, encoding="utf-8")
    encoder = load_encoder(str(tiny_model))
    build_with(encoder, folder / "corpus", folder / "index", name=str(tiny_model))
    return folder / "index"


@pytest.fixture
def index(made: Path, tmp_path: Path) -> Path:
    """Return a copy of the index that a test may damage."""
    return Path(shutil.copytree(made, tmp_path / "index"))


def only(findings: list[Finding]) -> str:
    """Return the problem of the only finding, which must name a command that mends it."""
    (finding,) = findings
    assert re.fullmatch(r"quotidian build \S+ --index \S+ --full", finding.command)
    assert "\n" not in finding.problem
    return finding.problem


def test_a_sound_index_has_no_findings(made: Path) -> None:
    before = checksums(made)
    assert examine(made) == []
    assert checksums(made) == before


def test_no_index_is_a_finding(tmp_path: Path) -> None:
    (finding,) = examine(tmp_path)
    assert "no index in" in finding.problem
    assert finding.command == f"quotidian build CORPUS --index {tmp_path}"


def test_any_flipped_bit_of_any_file_is_found_and_the_file_named(index: Path) -> None:
    folder, chance = current_generation(index), random.Random(4)
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    assert len(files) > 10
    for path in files:
        content = path.read_bytes()
        for _ in range(5):
            damaged = bytearray(content)
            damaged[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            path.write_bytes(damaged)
            assert path.name in only(examine(index)), path
        path.write_bytes(content)
    assert examine(index) == []


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "folder", "link to nowhere"])
def test_a_lost_file_is_found_and_named(index: Path, damage: str) -> None:
    for path in sorted(current_generation(index).rglob("*.*")):
        content = path.read_bytes()
        path.unlink()
        if damage == "folder":
            path.mkdir()
        if damage == "link to nowhere":
            path.symlink_to("nowhere")
        if damage in {"empty", "cut"}:
            path.write_bytes(content[: len(content) // 2 if damage == "cut" else 0])
        assert path.name in only(examine(index))
        path.rmdir() if damage == "folder" else path.unlink(missing_ok=True)
        path.write_bytes(content)


def tampered(index: Path, change: Callable[[Path], object]) -> list[str]:
    """Change files and make the checksums fit again; return what the doctor then finds."""
    folder = current_generation(index)
    change(folder)
    replace(read_manifest(folder), files=checksums(folder)).write(folder)
    return [finding.problem for finding in examine(index)]


def rescaled(factor: float) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        matrix = np.load(folder / VECTORS)
        matrix[1] *= np.float32(factor)
        np.save(folder / VECTORS, matrix)

    return change


@pytest.mark.parametrize("factor", [float("nan"), float("inf")])
def test_a_vector_that_is_no_number_is_found(index: Path, factor: float) -> None:
    (problem,) = tampered(index, rescaled(factor))
    assert "vectors.npy holds what is no number" in problem


@pytest.mark.parametrize(("factor", "shown"), [(0.5, "0.500"), (0, "0.000")])
def test_a_vector_of_another_length_is_found(
    index: Path, factor: float, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "MEASURED_AT_ONCE", 1)
    problems = tampered(index, rescaled(factor))
    assert f"the vector of passage row 1 has length {shown} instead of 1" in problems


def test_vectors_of_other_passages_are_found(index: Path) -> None:
    def shift(folder: Path) -> None:
        np.save(folder / VECTORS, np.roll(np.load(folder / VECTORS), 1, axis=0))

    assert any("row 0 is not that of its text" in problem for problem in tampered(index, shift))


def test_sentence_vectors_of_other_words_are_found(index: Path) -> None:
    def shift(folder: Path) -> None:
        np.save(folder / CODES, np.roll(np.load(folder / CODES), 1, axis=0))

    assert any("have vectors of other words" in problem for problem in tampered(index, shift))


def test_other_words_are_found(index: Path) -> None:
    def swap(folder: Path) -> None:
        count = read_manifest(folder).passages
        shutil.rmtree(folder / LEXICAL)
        write_lexical_index(folder / LEXICAL, [["whale"]] * count)

    assert tampered(index, swap) == [
        "the words of the passages are not those of the stored articles"
    ]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE passage SET start = start + 1 WHERE row = 0", "does not follow the text"),
        ('UPDATE passage SET "end" = 99999 WHERE row = 0', "not where they belong"),
        ("UPDATE passage SET key = zeroblob(16)", "not where they belong"),
        ("UPDATE article SET body = body || ' More was said.'", "leave out its end"),
        ("UPDATE article SET body = 'Whale' WHERE row = 0", "not where they belong"),
        ("UPDATE article SET record = '{}'", "cannot be read (article row 0"),
        ("DELETE FROM article WHERE row = 1", "out of order"),
        ("DELETE FROM passage WHERE row = 1", "out of order"),
        (
            "UPDATE article SET record = replace(record, '\"start\": ', '\"start\": 9999')",
            "points outside the article",
        ),
    ],
)
def test_an_altered_store_is_found(index: Path, statement: str, expected: str) -> None:
    problems = tampered(index, lambda folder: alter(folder, statement))
    assert any(expected in problem for problem in problems), problems
    assert all("\n" not in problem for problem in problems)


@pytest.mark.parametrize(
    ("name", "column"), [("passages.npy", 1), ("passages.npy", 4), ("origins.npy", 0)]
)
def test_arrays_that_are_not_those_of_the_tables_are_found(
    index: Path, name: str, column: int
) -> None:
    def change(folder: Path) -> None:
        table = np.load(folder / name)
        table[0, column] ^= 1
        np.save(folder / name, table)

    (problem,) = tampered(index, change)
    assert "say something else" in problem or "do not fit each other" in problem


def test_an_encoder_that_is_gone_is_found_and_the_rest_still_checked(
    index: Path, tmp_path: Path
) -> None:
    def forget(folder: Path) -> None:
        rescaled(0.5)(folder)
        replace(read_manifest(folder), encoder=str(tmp_path / "gone")).write(folder)

    problems = tampered(index, forget)
    assert [problem for problem in problems if "no encoder" in problem] == problems[:1]
    assert any("has length 0.500" in problem for problem in problems)


def test_another_encoder_is_found(index: Path) -> None:
    def change(folder: Path) -> None:
        replace(read_manifest(folder), fingerprint="0" * 32).write(folder)

    assert "the index was built with the encoder" in tampered(index, change)[0]
    assert examine(index)[0].command.endswith(f"corpus --index {index}")  # not everything: --full


def test_the_command_of_a_finding_mends_it(index: Path, tiny_model: Path) -> None:
    assert tampered(index, rescaled(0.5))
    finding = examine(index)[0]
    said = shlex.split(finding.command)
    assert said[:2] == ["quotidian", "build"]
    build(said[2], index=said[4], full=said[5] == "--full", encoder=str(tiny_model))
    assert examine(index) == []


def test_two_rows_that_were_swapped_are_found_among_many(
    tmp_path: Path, hashing_encoder: HashingEncoder
) -> None:
    articles = {
        f"a{n}": f"Ship {n} left port {n + 7}. Its crew of {n * 3} sang." for n in range(90)
    }
    write_articles(tmp_path / "a.jsonl", articles)
    index = tmp_path / "index"
    build_with(hashing_encoder, tmp_path / "a.jsonl", index)
    assert examine(index, lambda _: hashing_encoder) == []
    folder = current_generation(index)
    matrix = np.load(folder / VECTORS)
    matrix[[61, 73]] = matrix[[73, 61]]
    np.save(folder / VECTORS, matrix)
    replace(read_manifest(folder), files=checksums(folder)).write(folder)
    problems = [finding.problem for finding in examine(index, lambda _: hashing_encoder)]
    assert [re.findall(r"row (\d+) is not", problem) for problem in problems] == [["61"], ["73"]]


def test_what_a_dead_build_left_is_found_and_a_living_one_let_be(made: Path, index: Path) -> None:
    generations = index / "generations"
    (generations / f"building-{os.getpid()}-1").mkdir()
    assert examine(index) == []
    (generations / "building-999999999-1").mkdir()
    (finding,) = examine(index)
    assert "is left of a build that died" in finding.problem
    assert finding.command == f"quotidian build {made.parent / 'corpus'} --index {index}"
