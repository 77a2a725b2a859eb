"""The encoding of a page, whatever the page says of it."""

import pytest

from retriever.corpus.decoding import decode_markup
from retriever.errors import UnreadableError

RUSSIAN = "Москва объявила о новых мерах сегодня утром, сообщает агентство новостей."
JAPANESE = "東京で今日、新しい展覧会が開かれた。多くの人が訪れ、長い列ができた。"
CHINESE = "中国外交部今天发表声明，表示支持维护国家稳定。"
GREEK = "Το λιμάνι έκλεισε τη Δευτέρα μετά τη χειρότερη καταιγίδα των τελευταίων ετών."
FRENCH = "Le port a été fermé lundi après la pire tempête dont on se souvienne à Brest."


def page(text: str, charset: str | None) -> str:
    """Return a page that states an encoding."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    return f"<html><head>{meta if charset else ''}</head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("text", "encoding", "stated"),
    [
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (RUSSIAN, "cp1251", None),
        (RUSSIAN, "cp1251", "iso-8859-1"),  # as servers state that do not know
        (RUSSIAN, "cp1251", "utf-8"),
        (RUSSIAN, "utf-8", "windows-1251"),
        (RUSSIAN, "utf-16-le", None),
        (RUSSIAN, "utf-16", "utf-16"),
        (JAPANESE, "shift_jis", "Shift_JIS"),
        (JAPANESE, "shift_jis", None),
        (JAPANESE, "euc_jp", "euc-jp"),
        (JAPANESE, "iso2022_jp", "iso-2022-jp"),
        (CHINESE, "gb18030", "gb2312"),
        (CHINESE, "utf-8", "gbk"),
        (GREEK, "iso-8859-7", "iso-8859-7"),
        (FRENCH, "cp1252", "iso-8859-1"),
        (FRENCH, "cp1252", None),
        (FRENCH, "utf-8-sig", "iso-8859-1"),
        (FRENCH, "utf-8", "no-such-encoding"),
        (FRENCH, "utf-8", "utf-7"),
        (FRENCH, "utf-8", "rot13"),
    ],
)
def test_text_is_read_whatever_encoding_is_stated(
    text: str, encoding: str, stated: str | None
) -> None:
    markup = page(text, stated)
    assert decode_markup(markup.encode(encoding)) == markup


def test_header_comes_before_the_page() -> None:
    markup = page(RUSSIAN, "windows-1251")
    assert decode_markup(markup.encode("koi8-r"), declared="koi8-r") == markup


@pytest.mark.parametrize("stated", ["utf-8", None])
def test_one_damaged_byte_does_not_change_the_encoding(stated: str | None) -> None:
    data = page(RUSSIAN * 10, stated).encode()
    place = data.index("утром".encode()) + 1
    text = decode_markup(data[:place] + data[place + 1 :])
    assert text
    assert text.count("\ufffd") == 1
    assert "Москва объявила" in text


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"%PDF-1.7\n", b"\x00" * 99]
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="binary data"):
        decode_markup(data)
