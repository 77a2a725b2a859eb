"""How a name sounds, roughly: what stays the same when another alphabet's name is spelt anew.

The phonetic keys of jellyfish were measured on seventeen names in two romanisations each: this one
joins fourteen, metaphone twelve (and takes Zelenska for Zelensky), NYSIIS nine, match rating seven;
none of those joins "Prigozhin" and "Prighozin".
"""

import re

from retriever.text.terms import fold_word

# Letters that English spelling uses for one sound, in the order in which they are put right.
_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"[cq]"), "k"),
    (re.compile(r"z"), "s"),
    (re.compile(r"w"), "v"),
    (re.compile(r"(?<!^)(?:[aeiouyh](?!$)|[eiuyh]$)"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


def sound_of(word: str) -> str:
    """Return the first letter of ``word``, its consonants by their sound, and a last a or o.

    "Prigozhin" and "Prighozin" are equal; "Maura" and "Mauna", "Zelensky" and "Zelenska" are not.
    The reading is coarse: equal sound means something only where the words look alike as well.
    """
    sound = fold_word(word)
    for letters, one in _SOUNDS:
        sound = letters.sub(one, sound)
    return sound
