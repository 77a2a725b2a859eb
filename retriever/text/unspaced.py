"""Terms of scripts that write no blanks between words: Chinese, Japanese, Korean, Thai and others.

Where a word ends only a dictionary tells; what search engines do without one is to count the pairs
of neighbouring characters (Lucene's CJKAnalyzer; McNamee and Mayfield 2004,
doi:10.1023/B:INRT.0000009441.78971.be). A question's word is found wherever it stands, whatever
stands around it. Korean has blanks, but particles cling to its words, so it is read the same way.
"""

import re
import unicodedata
from collections.abc import Iterator

_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HIRAGANA = "\u3041-\u3096\u309d-\u309f"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_HANGUL = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7fb"
_SOUTH_EAST_ASIAN = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
_ANY = f"{_HAN}{_HIRAGANA}{_KATAKANA}{_HANGUL}{_SOUTH_EAST_ASIAN}"
_LAYOUT = "\xad\u200b-\u200d\u2060\ufeff"

UNSPACED = re.compile(f"[{_ANY}]")
"""A character of these scripts."""

# A script's characters in a row; `other` are letters and figures of the scripts with blanks.
_RUN = re.compile(
    rf"(?P<han>[{_HAN}{_LAYOUT}]+)|(?P<hiragana>[{_HIRAGANA}\u3099\u309a{_LAYOUT}]+)"
    rf"|(?P<unit>[{_KATAKANA}\u3099\u309a{_LAYOUT}]+|[{_HANGUL}{_LAYOUT}]+"
    rf"|[{_SOUTH_EAST_ASIAN}{_LAYOUT}]+)|(?P<other>[^{_ANY}]+)"
)
# A character with the marks that belong to it, one syllable of Hangul whether composed or not.
_CHARACTER = re.compile(
    rf"(?:[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?|.)"
    rf"(?:[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e"
    rf"\u17b4-\u17d3\u17dd\u3099\u309a\uff9e\uff9f{_LAYOUT}])*",
    re.DOTALL,
)
_DROPPED = re.compile(f"[{_LAYOUT}]")


def term_places(word: str) -> Iterator[tuple[str | None, int, int]]:
    """Yield the terms in a run of letters with their places, in order and disjoint.

    ``None`` stands for a part in a script with blanks. Of several characters in one script each
    pair of neighbours is a term, placed where its first one stands; the last pair has both. A
    single one is a term unless it is hiragana, which alone is a particle.
    """
    for run in _RUN.finditer(word):
        if run.lastgroup == "other":
            yield None, run.start(), run.end()
            continue
        found = [*_CHARACTER.finditer(word, run.start(), run.end())]
        characters = [_folded(one.group()) for one in found]
        if len(found) == 1 and run.lastgroup != "hiragana" and characters[0]:
            yield characters[0], found[0].start(), found[0].end()
        for place in range(len(found) - 1):
            is_last = place == len(found) - 2
            end = found[place + is_last].end()
            yield characters[place] + characters[place + 1], found[place].start(), end


def single_characters(word: str) -> Iterator[str]:
    """Yield the ideographs that stand beside others: each may be a word that is asked for alone."""
    for run in _RUN.finditer(word):
        if run.lastgroup == "han" and len(bare := _folded(run.group())) > 1:
            yield from bare


def character_places(word: str) -> Iterator[tuple[str | None, int, int]]:
    """Yield the characters of a run of letters, folded, with their places; ``None`` as above."""
    for run in _RUN.finditer(word):
        if run.lastgroup == "other":
            yield None, run.start(), run.end()
            continue
        for found in _CHARACTER.finditer(word, run.start(), run.end()):
            if folded := _folded(found.group()):
                yield folded, found.start(), found.end()


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", _DROPPED.sub("", text))
