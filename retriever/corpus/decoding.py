"""From bytes to text: finding the encoding, or that it is not text at all."""

import codecs
import re

from charset_normalizer import from_bytes

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
_SAMPLE = 200_000  # bytes that encoding detection looks at: it is slow, and more tells no more
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROL = 0.02
_FEWEST_NULS = 0.1
_MOST_ACCENTED = 0.08
_WESTERN_MARKS = frozenset("‘’‚“”„–—…«»•£€¥©®™°·½¼¾§\xa0\xad")


def decode(data: bytes) -> str | None:
    """Return the text that ``data`` holds, ``None`` if it is binary.

    A byte order mark decides; then UTF-16 without one, which shows in its zero bytes; then UTF-8;
    then what charset-normalizer finds most likely. Byte order marks are not part of the text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = _strictly(data[len(mark) :], encoding)
            if text is not None:
                return _if_text(text)
    if data.startswith(_FILE_MAGIC):
        return None
    for text in (_utf16(data), _strictly(data, "utf-8")):
        if text is not None:
            return _if_text(text)
    return _guessed(data)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _if_text(text: str) -> str | None:
    """Return the text unless too much of it is control characters."""
    return text if len(_CONTROL.findall(text)) <= len(text) * _MOST_CONTROL else None


def _utf16(data: bytes) -> str | None:
    """Return UTF-16 text without a byte order mark, told by which byte of the pairs is zero."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or max(even, odd) < len(sample) // 2 * _FEWEST_NULS or not even + odd:
        return None
    text = _strictly(data, "utf-16-be" if even > odd else "utf-16-le")
    return text if text is not None and _if_text(text) is not None else None


def _guessed(data: bytes) -> str | None:
    """Return what an eight-bit or East Asian encoding makes of the data."""
    sample = data[:_SAMPLE]
    if len(_CONTROL_BYTES.findall(sample)) > len(sample) * _MOST_CONTROL:
        return None
    found = from_bytes(sample).best()
    if found is None:
        return None
    encoding = "cp1252" if _is_western(sample) else found.encoding
    return _if_text(data.decode(encoding, "replace"))


def _is_western(sample: bytes) -> bool:
    r"""Return whether the sample reads as English or French in the code page of Windows.

    Such texts have so few other letters than a to z that they fit many code pages alike, and
    detection picks among those at random: "na\u00efve" came out as "na\u010fve".
    """
    text = _strictly(sample, "cp1252")
    if text is None:
        return False
    others = [char for char in text if char > "\x7f"]
    letters = [char for char in others if char not in _WESTERN_MARKS]
    return all(map(str.isalpha, letters)) and len(letters) <= len(text) * _MOST_ACCENTED
