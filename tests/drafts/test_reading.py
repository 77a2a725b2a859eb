"""The text of a draft, whatever its file is; and what cannot be read, in one line."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from retriever import DraftError, read_draft
from retriever.drafts.reading import LARGEST_DRAFT, decode_draft

WORDS = "The mayor said: “Nobody was hurt.” It was «a blow» to all of us, and to the whole town."


def word_document(text: str) -> bytes:
    document = docx.Document()
    document.add_heading("A storm", 0)
    document.add_paragraph(text)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("draft.txt", WORDS.encode()),
        ("draft.md", WORDS.encode("utf-16")),
        ("draft.TXT", WORDS.encode("cp1252")),
        ("draft.docx", word_document(WORDS)),
        ("draft.html", f"<html><body><h1>A storm</h1><p>{WORDS}</p></body></html>".encode()),
    ],
)
def test_the_words_of_a_draft_are_read(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    assert WORDS in read_draft(tmp_path / name)


def test_plain_text_keeps_its_places(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"By Ada Reyes\r\n2 June 2023\r\n\r\n  Text.\r\n")
    assert read_draft(tmp_path / "a.txt") == "By Ada Reyes\n2 June 2023\n\n  Text.\n"


def test_an_upload_is_read_by_the_name_that_it_had(tmp_path: Path) -> None:
    (tmp_path / "0f3a").write_bytes(word_document(WORDS))
    assert WORDS in read_draft(tmp_path / "0f3a", name="draft.docx")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("draft.txt", b"", "is empty"),
        ("draft.exe", b"MZ", "is not one of"),
        ("draft.zip", b"PK\x03\x04", "is not one of"),
        ("draft.docx", b"no archive", "draft.docx"),
        ("draft.txt", b"%PDF-1.7", "binary"),
        ("a\nb.txt", b"\x00\x01\x02" * 50, "a b.txt"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(
    name: str, data: bytes, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(data)
    with pytest.raises(DraftError, match=reason) as raised:
        read_draft(tmp_path / "file", name=name)
    assert "\n" not in str(raised.value)


def test_what_is_too_large_or_missing_is_told(tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(LARGEST_DRAFT + 1)
    with pytest.raises(DraftError, match="is larger than"):
        read_draft(tmp_path / "large.txt")
    with pytest.raises(DraftError, match="No such file"):
        read_draft(tmp_path / "none.txt")
    with pytest.raises(DraftError, match="larger"):
        decode_draft(b"x" * (LARGEST_DRAFT + 1))


def test_a_document_that_expands_without_end_costs_its_check_only(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * 500_000_000)
    with pytest.raises(DraftError, match=r"bomb\.docx"):
        read_draft(tmp_path / "bomb.docx")
