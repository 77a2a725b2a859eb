"""Which code page a text is in, told by its letters: those of one language's alphabet, or none.

Detection counts what follows what, for which short texts have too little: "ñandú" came out as
"ńandú" (cp1250), and no language writes "ń" beside "ú". So the first of these code pages is taken
in which all letters beyond a to z are of one alphabet, and stand where that language has them.
"""

import re
from itertools import pairwise

_WESTERN = """
    àâæçèéêëîïôùûüœÿ áéíñóúü áâãàçéêíóôõú àèéìîòóù äöüßé åäöé æøåéóò éëïóèêáí
    àçèéíïòóúü
"""
"""French, Spanish, Portuguese, Italian, German, Swedish, Danish, Dutch, Catalan."""
_TURKISH = "çğıöşü"
_ICELANDIC = "áéíóúýþæöð"
_CENTRAL = "ąćęłńóśźżé áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž áéíóöőúüű ăâîşţé čćšžđé"
"""Polish, Czech, Slovak, Hungarian, Romanian, Croatian."""
_BALTIC = "ąčęėįšųūžé āčēģīķļņšūžé äöüõšžé"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяё абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’"
_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"

_CODE_PAGES = tuple(
    (encoding, tuple(map(frozenset, alphabets.split())))
    for encoding, alphabets in (
        ("cp1252", _WESTERN),
        ("cp1254", _TURKISH),
        ("cp1252", _ICELANDIC),
        ("cp1250", _CENTRAL),
        ("iso-8859-2", _CENTRAL),
        ("cp1257", _BALTIC),
        ("cp1251", _CYRILLIC),
        ("cp1253", _GREEK),
    )
)
_LATIN = frozenset({"cp1252", "cp1254", "cp1250", "iso-8859-2", "cp1257"})
_MARKS = frozenset("‘’‚“”„–—…«»\u2039\u203a•€£©®™°·§\xa0\xad№")
_NO_LETTER_HERE = re.compile(
    r"ñ(?![aeiouáéíóúü])|õ(?!e)|ã(?![oe]|s?\b)|ç(?![aouáâãõóôúà]|s?\b)|(?<!\bo)ù(?=\w)|ì(?=\w)"
    r"|æ(?![^aeiouyæøåáéíóúö\W])|[àâãáéèêëíîïóôõúûüöä]{3}|\w[¿¡]|[¿¡](?!\w)"
)
"""Where no language of western Europe has these letters, and others have theirs in their place."""
_MOST_ACCENTED = 0.35  # of the letters of a text in Latin letters
_MIXED = re.compile(r"[a-zA-Z][^\W\d_a-zA-Z]|[^\W\d_a-zA-Z][a-zA-Z]")


def code_page_by_letters(data: bytes) -> str | None:
    """Return the code page in which the letters of ``data`` are those of one language.

    ``None`` where they are in none; the first where several say the same.
    """
    for encoding, alphabets in _CODE_PAGES:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        folded = text.replace("İ", "i").lower()
        letters = {char for char in folded if char > "\x7f"} - _MARKS
        if encoding == "cp1252":
            letters -= {"¿", "¡"}
        if any(letters <= alphabet for alphabet in alphabets) and _reads_well(
            text, folded, encoding
        ):
            return encoding
    return None


def _reads_well(text: str, folded: str, encoding: str) -> bool:
    """Return whether letters stand where the languages of a code page have them."""
    letters = [char for char in text if char.isalpha()]
    accented = sum(char > "\x7f" for char in letters)
    if encoding in _LATIN:
        is_odd = encoding == "cp1252" and _NO_LETTER_HERE.search(folded)
        return accented <= 1 + _MOST_ACCENTED * len(letters) and not is_odd
    is_swapped = any(one.islower() and other.isupper() for one, other in pairwise(text))
    capitals = sum(map(str.isupper, letters))
    return capitals <= len(letters) / 2 and not (_MIXED.search(text) or is_swapped)
