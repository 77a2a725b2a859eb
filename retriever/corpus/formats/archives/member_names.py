"""The names of members of old zip archives, in the code page of the machine that packed them.

A zip says whether its names are UTF-8, and where it does not, says nothing: Windows writes them in
the code page of its country. Names are short, and libraries that detect encodings need text: of
44 names in ten encodings charset-normalizer 3.5 told ten. All names of one archive are
looked at together, and the code page is taken that makes the commonest letters of them.
"""

import re
import unicodedata
from collections.abc import Sequence

_OF_ZIP = "cp437"  # as zipfile decodes what is not said to be UTF-8
# Where two make equally common letters, the one before.
_CODE_PAGES = tuple("cp437 cp850 cp1252 cp852 cp866 cp1251 cp949 gb18030 cp932 big5hkscs".split())
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fc]")
_WIDE = re.compile(r"[\u3400-\u9fff\uac00-\ud7a3]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_CYRILLIC = re.compile(r"[\u0400-\u045f]")
_FORM = re.compile(r"[\u2010-\u2026\u3001-\u3015\uff01-\uff5e]")
"""Punctuation, and figures as wide as ideographs."""
_DAILY = {
    "cp932": ("euc_jp", range(0xB0, 0xD0)),
    "gb18030": ("gb2312", range(0xB0, 0xD8)),
    "big5hkscs": ("big5", range(0xA4, 0xC7)),
}
"""The standard that puts the ideographs of daily use first, and the first of their two bytes."""
_VOWELS = frozenset(
    "\u1161\u1162\u1165\u1166\u1167\u1169\u116a\u116c\u116d\u116e\u1175\u1173\u1172"
)
_FINALS = frozenset("\u11a8\u11ab\u11af\u11b7\u11b8\u11ba\u11bc")
_IN_LATIN_WORD = 0.7  # so much less common than elsewhere
_USUAL_CYRILLIC = frozenset("оеаинтсрвлкмдпугзыь")
_RARER = frozenset("õòìùðþýåÕÒÌÙÐÞÝÅ")  # of the accented letters of the languages of Europe


def decoded_names(names: Sequence[str]) -> list[str]:
    """Return the names as they were written, from those that zipfile decoded as code page 437."""
    raw = [_raw(name) for name in names]
    joined = b"\n".join(one for one in raw if one is not None and not one.isascii())
    if not joined:
        return list(names)
    encoding = _likeliest(joined)
    return [
        name if one is None else one.decode(encoding, "replace")
        for name, one in zip(names, raw, strict=True)
    ]


def _raw(name: str) -> bytes | None:
    """Return the bytes of a name, ``None`` where zipfile did not decode it as code page 437."""
    try:
        return name.encode(_OF_ZIP)
    except UnicodeEncodeError:
        return None


def _likeliest(names: bytes) -> str:
    """Return the encoding in which names make the commonest letters."""
    best, most = _OF_ZIP, float("-inf")
    for encoding in ("utf-8", *_CODE_PAGES):
        try:
            text = names.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8":  # made by chance so rarely that nothing else is
            return encoding
        score = _commonness(text, encoding)
        if score > most:
            best, most = encoding, score
    return best


def _commonness(text: str, encoding: str) -> float:
    """Return how common the letters outside ASCII are, the mean of about -1 to 1."""
    found = [
        _common_letter(text, place, encoding) for place, char in enumerate(text) if char > "\x7f"
    ]
    return sum(found) / max(1, len(found))


def _common_letter(text: str, place: int, encoding: str) -> float:
    """Return how likely a letter is where it stands, if the text is in this encoding."""
    char, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    is_in_word = any(one.isascii() and one.isalpha() for one in (before, after))
    if _KANA.match(char):
        return 1.0
    if _WIDE.match(char):
        return _commonness_of_wide(char, encoding) * (_IN_LATIN_WORD if is_in_word else 1.0)
    if _CYRILLIC.match(char):
        weight = 0.8 if char.lower() in _USUAL_CYRILLIC else 0.6
        return weight * (not is_in_word and _is_cased_as_words(char, before, after))
    if char.isalpha() and unicodedata.name(char, "").startswith("LATIN"):
        weight = 0.6 if char in _RARER else 0.7
        return weight * (is_in_word and _is_cased_as_words(char, before, after))
    return 0.5 if _FORM.match(char) else -0.5


def _commonness_of_wide(char: str, encoding: str) -> float:
    """Return whether an ideograph or syllable is of those that its standard has for daily use."""
    if _HANGUL.match(char):
        jamo = unicodedata.normalize("NFD", char)
        is_usual = jamo[1] in _VOWELS and (len(jamo) == 2 or jamo[2] in _FINALS)
        return 0.95 if is_usual else 0.2
    if encoding not in _DAILY:
        return 0.1
    standard, leads = _DAILY[encoding]
    try:
        return 0.9 if char.encode(standard)[0] in leads else 0.3
    except UnicodeEncodeError:
        return 0.0


def _is_cased_as_words(char: str, before: str, after: str) -> bool:
    """Return whether a capital begins a word, or stands among others."""
    return char.islower() or not before.isalpha() or (before.isupper() and not after.islower())
