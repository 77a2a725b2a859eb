"""From bytes to text: finding the encoding, or that it is not text at all."""

import codecs
import re

from charset_normalizer import from_bytes

from retriever.corpus.alphabets import code_page_by_letters
from retriever.errors import UnreadableError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FILE_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"SQLite format 3\x00",
)
_BINARY = "holds binary data, not text"
_SAMPLE = 200_000  # bytes that encoding detection looks at: it is slow, and more tells no more
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HEAD = 8_192  # bytes of a page in which it may state its encoding; browsers look at fewer
_ENCODING = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE
)
_TAGS_AND_LINES = re.compile(rb"[<>\n]+")
_AS_BROWSERS_DO = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
}
"""The encodings that pages mean when they state a narrower one (WHATWG Encoding Standard)."""
_SEVEN_BIT = ("iso2022", "hz")
_NEVER = ("utf-7", "utf-16", "utf-32", "punycode", "idna", "unicode_escape", "raw_unicode_escape")
"""No page is written in these: those in UTF-16 are told by their bytes."""
_MOST_DAMAGED = 0.01
"""Share of the characters that may be replaced in text that is beyond doubt in an encoding."""
_MOST_MISREAD = 0.001
_MOST_CONTROL = 0.02
_FEWEST_NULS = 0.1
_PARTS = 16  # of a text, in which its zero bytes are looked at
_SHORTEST_PART = 64  # bytes
_MOST_ACCENTED = 0.08
_WESTERN_MARKS = frozenset("‘’‚“”„–—…«»•£€¥©®™°·½¼¾§\xa0\xad")


def decode(data: bytes) -> str:
    """Return the text that ``data`` holds.

    A byte order mark decides; then UTF-16 without one, which shows in its zero bytes; then UTF-8;
    then what charset-normalizer finds most likely. Byte order marks are not part of the text. Where
    a few bytes are no characters of the encoding, U+FFFD stands for them.

    :raises UnreadableError: when it is binary, or too damaged to tell what stood there.
    """
    text = _by_mark(data)
    if text is None and data.startswith(_FILE_MAGIC):
        raise UnreadableError(_BINARY)
    text = _utf16(data) if text is None else text
    text = _utf8(data) if text is None else text
    return _guessed(data, data[:_SAMPLE]) if text is None else _checked_for_binary(text)


def decode_markup(data: bytes, *, declared: str | None = None) -> str:
    """Return the text of a page of markup.

    ``declared`` is the encoding that came with the data, else the one that the markup states is
    taken. Neither is believed against the bytes: a byte order mark, UTF-16 seen in its zero bytes
    and valid UTF-8 come first, and a western encoding is not believed for text that is not western.

    :raises UnreadableError: as :func:`decode` does.
    """
    codec = _codec_named(declared) or _codec_named(_stated_encoding(data))
    if data.startswith((*(mark for mark, _ in _BOMS), *_FILE_MAGIC)) or _utf16(data) is not None:
        return decode(data)
    text = None if (codec or "").startswith(_SEVEN_BIT) else _utf8(data)
    if text is not None:
        return _checked_for_binary(text)
    parts = (part for part in _TAGS_AND_LINES.split(data) if not part.isascii())
    sample = b"\n".join(parts)[:_SAMPLE]
    if codec and not (codec == "cp1252" and not _is_western(sample)):
        text = data.decode(codec, "replace")
        if _is_hardly_damaged(text, sample):
            return _checked_for_binary(text)
    return _guessed(data, sample or data[:_SAMPLE])


def _by_mark(data: bytes) -> str | None:
    """Return what the byte order mark says the data is, ``None`` if it has none."""
    marked = [(mark, encoding) for mark, encoding in _BOMS if data.startswith(mark)]
    for mark, encoding in marked:
        rest = data[len(mark) :]
        text = _decode_strictly(rest, encoding)
        if text is None:
            text = rest.decode(encoding, "replace")
            if text.count("\ufffd") > _most_damaged(text):
                continue
        if not encoding.startswith("utf-16") or not _is_shifted(data):
            return text
    if marked:
        name = marked[-1][1][:6].upper()
        message = f"is damaged: it begins as {name} and does not go on so; save it as UTF-8"
        raise UnreadableError(message)
    return None


def _is_shifted(data: bytes) -> bool:
    """Return whether UTF-16 lost or gained a byte midway: its zero bytes change sides there."""
    size = max(_SHORTEST_PART, len(data) // _PARTS // 2 * 2)
    sides = set()
    for start in range(0, len(data), size):
        part = data[start : start + size]
        more = part[::2].count(0) - part[1::2].count(0)
        if abs(more) > len(part) // 2 * _FEWEST_NULS:
            sides.add(more > 0)
    return len(sides) > 1


def _utf8(data: bytes) -> str | None:
    """Return UTF-8 text, U+FFFD for what is damaged; ``None`` if it is another encoding.

    Bytes above 127 make characters of UTF-8 by chance so rarely that they tell its text where they
    do so more often than not.
    """
    text = _decode_strictly(data, "utf-8")
    if text is not None:
        return text
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    if len(text) - len(text.encode("ascii", "ignore")) < 2 * damaged:
        return None
    if damaged > _most_damaged(text):
        message = f"mixes UTF-8 with another encoding in {damaged:,} places; save it as UTF-8"
        raise UnreadableError(message)
    return text


def _most_damaged(text: str) -> float:
    return max(1, _MOST_DAMAGED * len(text))


def _is_hardly_damaged(text: str, sample: bytes) -> bool:
    """Return whether so few bytes were no characters that the encoding can still be right."""
    damaged = text.count("\ufffd")
    others = sum(character > "\x7f" for character in text) - damaged
    return damaged <= 1 + len(sample) * _MOST_MISREAD and damaged <= others


def _stated_encoding(data: bytes) -> str | None:
    """Return the name of the encoding that the head of a page states."""
    match = _ENCODING.search(data[:_HEAD])
    return match[1].decode("ascii") if match else None


def _codec_named(name: str | None) -> str | None:
    """Return Python's name for the encoding that browsers use under a name."""
    if not name:
        return None
    label = name.strip().lower()
    try:
        codec = codecs.lookup(_AS_BROWSERS_DO.get(label, label)).name
        "".encode(codec)  # some codecs are no encodings of text
    except (LookupError, ValueError):
        return None
    return None if codec.startswith(_NEVER) else codec


def _decode_strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked_for_binary(text: str) -> str:
    """Return the text.

    :raises UnreadableError: when too much of it is control characters.
    """
    if len(_CONTROL.findall(text)) > len(text) * _MOST_CONTROL:
        raise UnreadableError(_BINARY)
    return text


def _utf16(data: bytes) -> str | None:
    """Return UTF-16 text without a byte order mark, told by which byte of the pairs is zero."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < max(1, len(sample) // 2 * _FEWEST_NULS) or _is_shifted(sample):
        return None
    text = data.decode("utf-16-be" if even > odd else "utf-16-le", "replace")
    is_text = len(_CONTROL.findall(text)) <= len(text) * _MOST_CONTROL
    return text if is_text and text.count("\ufffd") <= _most_damaged(text) else None


def _guessed(data: bytes, sample: bytes) -> str:
    """Return what an eight-bit or East Asian encoding makes of the data, told by a sample."""
    if len(_CONTROL_BYTES.findall(sample)) > len(sample) * _MOST_CONTROL:
        raise UnreadableError(_BINARY)
    encoding = code_page_by_letters(sample)
    if encoding is None:
        found = from_bytes(sample).best()
        if found is None:
            raise UnreadableError("is text in an encoding that cannot be told; save it as UTF-8")
        encoding = "cp1252" if _is_western(sample) else found.encoding
    return _checked_for_binary(data.decode(encoding, "replace"))


def _is_western(sample: bytes) -> bool:
    r"""Return whether the sample reads as English or French in the code page of Windows.

    Such texts have so few other letters than a to z that they fit many code pages alike, and
    detection picks among those at random: "na\u00efve" came out as "na\u010fve".
    """
    text = _decode_strictly(sample, "cp1252")
    if text is None:
        return False
    others = [char for char in text if char > "\x7f"]
    letters = [char for char in others if char not in _WESTERN_MARKS]
    return all(map(str.isalpha, letters)) and len(letters) <= len(text) * _MOST_ACCENTED
