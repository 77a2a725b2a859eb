"""Encodings found, binary data refused."""

import random
import zlib

import pytest

from retriever.corpus.decoding import decode

ENGLISH = "“It’s naïve,” she said – and left the café in Kraków’s old town for good.\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_english_text_in_any_common_encoding(encoding: str) -> None:
    assert decode(ENGLISH.encode(encoding)) == ENGLISH


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Москва объявила о новых мерах сегодня утром, сообщает агентство.", "cp1251"),
        ("東京で今日、新しい展覧会が開かれた。多くの人が訪れた。", "shift_jis"),
        ("中国外交部今天发表声明,表示支持俄罗斯维护国家稳定。", "gb18030"),
    ],
)
def test_other_scripts_in_their_own_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_single_nul_is_still_text() -> None:
    assert decode(b"The text\x00 goes on for a good while, as texts do, with one odd byte.")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(random.Random(1).randbytes(5000), id="random"),
        pytest.param(zlib.compress(ENGLISH.encode() * 50), id="compressed"),
        pytest.param(b"\x00" * 1000, id="zeros"),
        pytest.param(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, id="png"),
        pytest.param(b"PK\x03\x04 word/document.xml", id="docx"),
        pytest.param(b"\x7fELF\x02\x01\x01" + bytes(50), id="program"),
    ],
)
def test_binary_data_is_refused(data: bytes) -> None:
    assert decode(data) is None
