"""The manifest says what a generation holds, and notices every change of it."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.errors import IndexDamagedError, IndexStaleError
from retriever.index import manifest
from retriever.index.manifest import (
    FORMAT,
    MANIFEST,
    Calibration,
    Manifest,
    _rendered_manifest,
    check_files,
    checksums,
    read_manifest,
)

MADE = Manifest(
    format=FORMAT,
    generation=3,
    built="2026-11-22T05:00:00+00:00",
    corpus="/srv/Ostby’s “articles”",
    encoder="all-MiniLM-L6-v2",
    fingerprint="0123456789abcdef",
    reading=1,
    splitting="1/250/160",
    words="1/en-0",
    clustering="1/4/affine32/128",
    redone={"everything": "there was no index"},
    articles=2,
    passages=14,
    files={"articles.sqlite": "00", "lexical/data.npy": "11"},
    calibration=Calibration(floor=1.7, answered_wrongly=0.04, refused_wrongly=0.02, questions=150),
)


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    MADE.write(tmp_path)
    assert read_manifest(tmp_path) == MADE


@given(data=st.data())
def test_any_altered_byte_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("manifest")
    MADE.write(folder)
    content = bytearray((folder / MANIFEST).read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    (folder / MANIFEST).write_bytes(content)
    with pytest.raises((IndexDamagedError, IndexStaleError)) as raised:
        read_manifest(folder)
    assert str(folder) in str(raised.value)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"null",
        f'{{"format": {FORMAT}}}'.encode(),
        b"[" * 100_000,
        b"\xff\xfe",
        b" " * 2_000_000,
    ],
    ids=lambda content: repr(content[:14]),
)
def test_a_malformed_manifest_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / MANIFEST).write_bytes(content)
    with pytest.raises(IndexDamagedError, match=r"quotidian build --full$"):
        read_manifest(tmp_path)


def test_a_missing_manifest_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError, match="missing or malformed"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("field", ["generation", "files", "encoder"])
def test_a_value_of_the_wrong_kind_is_damage_even_when_its_sum_is_right(
    tmp_path: Path, field: str
) -> None:
    replace(MADE, **{field: None}).write(tmp_path)  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(IndexDamagedError):
        read_manifest(tmp_path)


@pytest.mark.parametrize("written", [1, 99, "two"])
def test_another_format_is_stale(tmp_path: Path, written: object) -> None:
    (tmp_path / MANIFEST).write_text(json.dumps({"format": written, "new": "field"}))
    with pytest.raises(IndexStaleError, match=f"has format {written}, this program reads {FORMAT}"):
        read_manifest(tmp_path)


def test_missing_surplus_and_altered_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "lexical").mkdir()
    for name in ("a", "lexical/b"):
        (tmp_path / name).write_bytes(name.encode())
    made = replace(MADE, files=checksums(tmp_path))
    made.write(tmp_path)
    check_files(tmp_path, made)
    (tmp_path / "lexical" / "b").write_bytes(b"B")
    with pytest.raises(IndexDamagedError, match="lexical/b is missing or was altered"):
        check_files(tmp_path, made)
    (tmp_path / "lexical" / "b").write_bytes(b"lexical/b")
    (tmp_path / "c").touch()
    with pytest.raises(IndexDamagedError, match="/c is missing or was altered"):
        check_files(tmp_path, made)
    (tmp_path / "c").unlink()
    (tmp_path / "a").unlink()
    with pytest.raises(IndexDamagedError, match="/a is missing or was altered"):
        check_files(tmp_path, made)


def test_of_a_large_file_parts_are_compared_and_all_if_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "LARGE", 1 << 20)
    content = bytearray(24 << 20)
    path = tmp_path / "a"
    path.write_bytes(content)
    (tmp_path / "b").write_bytes(b"small")
    made = replace(MADE, files=checksums(tmp_path))
    for thorough in (False, True):
        check_files(tmp_path, made, thorough=thorough)
    content[1 << 17] = 1  # between the first part and the second
    path.write_bytes(content)
    check_files(tmp_path, made, thorough=False)
    for altered in (content, content[:-1], content + b"1", b"small", b"1" + content[1:]):
        path.write_bytes(altered)
        with pytest.raises(IndexDamagedError, match="/a is missing or was altered"):
            check_files(tmp_path, made, thorough=len(altered) == len(content) and altered[0] == 0)
    path.write_bytes(bytes(24 << 20))
    (tmp_path / "b").write_bytes(b"smell")
    with pytest.raises(IndexDamagedError, match="/b is missing or was altered"):
        check_files(tmp_path, made, thorough=False)


@pytest.mark.parametrize(
    "calibration",
    [
        {"floor": float("nan")},
        {"floor": 1e300},
        {"profile": {"vague": 0.5, "specific": 0.5}},
        {"profile": {"vague": 0.6, "specific": 0.5}},
        {"profile": {"vague": float("nan"), "specific": 0.5}},
    ],
    ids=str,
)
def test_a_calibration_that_makes_no_scale_is_damage(
    tmp_path: Path, calibration: dict[str, object]
) -> None:
    record = asdict(MADE)
    record["calibration"] |= calibration
    (tmp_path / "manifest.json").write_text(_rendered_manifest(record))
    with pytest.raises(IndexDamagedError):
        read_manifest(tmp_path)
