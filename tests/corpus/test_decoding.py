"""Encodings found, binary data refused."""

import codecs
import json
import random
import unicodedata
import zlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from retriever.corpus.decoding import decode, decode_markup
from retriever.errors import UnreadableError
from retriever.records import Article
from tests.corpus.conftest import Read

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


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Mañana habrá más lluvia, según él.", "cp1252"),
        ("¿Qué pasó con el niño?", "cp1252"),
        ("As eleições são amanhã, já não há dúvida.", "cp1252"),
        ("Où est-il allé, cet été ? À Nîmes, peut-être.", "cp1252"),
        ("Größere Schäden gab es nicht.", "iso-8859-1"),
        ("Å, så grønt øen er. Værsgo.", "cp1252"),
        ("La città è più bella, perché no?", "cp1252"),
        ("Það er nú þá, sagði hún við mig í gær.", "cp1252"),
        ("Yağmur yağıyor, dedi başkan.", "cp1254"),
        ("Čeština je těžká, řekl.", "cp1250"),
        ("Hajó süllyedt el, mondta a főnök.", "cp1250"),
        ("Łódź i Gdańsk są daleko od siebie.", "cp1250"),
        ("Dělníci řekli, že přístav je zavřený.", "iso-8859-2"),
        ("Rīgā ir auksts, teica mērs.", "cp1257"),
        ("Порт закрыт.", "cp1251"),
        ("Το λιμάνι έκλεισε.", "cp1253"),
    ],
)
def test_short_texts_are_told_by_the_letters_of_their_language(text: str, encoding: str) -> None:
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
    with pytest.raises(UnreadableError, match="binary data"):
        decode(data)


POLISH = "Żołnierze wrócili do domów po dziewięciu miesiącach służby za granicą.\n" * 20


@pytest.mark.parametrize("foreign", [b"\xe9", b"\x96", b"\xff", b"\xc5"])
def test_few_foreign_bytes_in_utf8_are_replaced(foreign: bytes) -> None:
    lines = POLISH.encode().splitlines(keepends=True)
    data = b"".join([*lines[:9], b"caf", foreign, b" of 1999\n", *lines[9:]])
    assert decode(data) == decode_markup(data)
    assert decode(data) == data.decode("utf-8", "replace")
    assert decode(data).count("\ufffd") == 1


def test_text_cut_off_inside_a_character_is_read() -> None:
    data = ENGLISH.rstrip("\n").encode() + "—".encode()
    assert decode(data[:-1]) == ENGLISH.rstrip("\n") + "\ufffd"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf16_cut_off_inside_a_character_is_read(encoding: str) -> None:
    data = ENGLISH.encode(encoding)
    assert decode(data[:-1]) == ENGLISH[:-1] + "\ufffd"


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_utf16_that_lost_a_byte_midway_is_not_guessed_at(mark: bytes) -> None:
    data = (ENGLISH * 40).encode("utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be")
    with pytest.raises(UnreadableError, match="begins as UTF-16 and does not go on so"):
        decode(mark + data[:1001] + data[1002:])


def test_characters_whose_own_bytes_are_zero_do_not_look_like_a_lost_byte() -> None:
    text = "😀 Ā " * 50 + ENGLISH
    assert decode(text.encode("utf-16")) == text


def test_two_encodings_in_one_file_are_not_guessed_at() -> None:
    data = POLISH.encode() + POLISH[: len(POLISH) // 2].encode("iso-8859-2")
    with pytest.raises(UnreadableError, match=r"mixes UTF-8 .* in 90 places; save it as UTF-8"):
        decode(data)


@given(text=st.text(), encoding=st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_a_mark_is_believed_where_the_rest_agrees(text: str, encoding: str) -> None:
    assume(sum(unicodedata.category(character) == "Cc" for character in text) == 0)
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.json", "a.rss", "a.nitf"])
def test_article_with_damaged_characters_says_so(read: Read, name: str) -> None:
    text = POLISH.strip().replace("\n", " ")
    markup = f"<p>{text}</p>"
    content = {
        "a.html": markup,
        "a.json": json.dumps({"text": text}, ensure_ascii=False),
        "a.rss": f"<rss><channel><item><description>{text}</description></item></channel></rss>",
        "a.nitf": f"<nitf><body><body.content>{markup}</body.content></body></nitf>",
    }.get(name, text)
    (whole,) = read({name: content})
    (damaged,) = read({name: content.encode().replace("miesiącach".encode(), b"miesi\xb1cach", 3)})
    assert isinstance(whole, Article)
    assert isinstance(damaged, Article)
    warning = "its source is damaged: \ufffd stands in 3 places"
    assert damaged.warnings == (*whole.warnings, warning)
    assert damaged.text == whole.text.replace("miesiącach", "miesi\ufffdcach", 3)
