"""Text to index terms: the words that the lexical channel counts and the answer stage compares.

Words are folded (case and accents), possessives dropped, and stemmed by Snowball's stemmer of their
language (https://snowballstem.org). Numbers keep their inner points ("3.5") and lose their commas
("1,204" is "1204"); a hyphenated word gives both halves ("Franco-German"), so that a name is
found whichever way it was written. Of scripts that write no blanks between words the pairs of
characters are terms (:mod:`retriever.text.unspaced`). Soft hyphens and characters without a width
are no part of a word.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

import Stemmer

from retriever.text.lexicon import ENGLISH, Lexicon
from retriever.text.unspaced import UNSPACED, single_characters, term_places

LAYOUT = "\xad\u200b-\u200d\u2060\ufeff"
"""What says how a word may be broken or joined, for a class of characters in a pattern."""
# Accents and vowel signs of all scripts, but those that only change how a sign is drawn.
_MARKS = "".join(
    chr(code)
    for code in chain(range(0x300, 0x1E00), range(0x302A, 0x309B), range(0xA66F, 0xAC00))
    if unicodedata.category(chr(code))[0] == "M"
)
# Vowels of Indian and voiced sounds of Japanese scripts are no accents.
_ACCENTS = "".join(
    char
    for char in _MARKS + "".join(map(chr, range(0x20D0, 0x20F1))) + "\ufb1e"
    if unicodedata.combining(char) and not ("\u0900" <= char < "\u1ab0" or char in "\u3099\u309a")
)
_DROPPED = re.compile(f"[{_ACCENTS}{LAYOUT}]+")
WORD_CHARACTERS = rf"\w{_MARKS}{LAYOUT}"
"""What a word may hold, for a class of characters in a pattern."""
# A number with its separators, or a run of letters, digits and marks that may hold an apostrophe.
# "[^\W_]" is any letter or digit of any script.
_RUN = rf"[^\W_](?:[^\W_]|[{_MARKS}{LAYOUT}])*"
WORD = re.compile(rf"\d+(?:[.,]\d+)+|{_RUN}(?:['’]{_RUN})*")
# Raised digits are an exponent or the number of a note, and no part of a number or of a whole word;
# of units they are: "km²".
_RAISED = re.compile(r"(?<=\d)[⁰¹²³⁴-⁹]+|(?<=[^\W\d]{4})[⁰¹²³⁴-⁹]+\Z")
_JAMO = re.compile("[\u1100-\u11ff]")  # of syllables, which would begin like others
_stemming = threading.local()


def terms(text: str, lexicon: Lexicon = ENGLISH) -> list[str]:
    """Return the index terms of ``text`` in order, stop words left out.

    Ideographs that stand together are also terms one by one, behind the pairs of their word.
    """
    found = WORD.findall(text)
    if text.isascii() or not UNSPACED.search(text):
        return [term for word in found if (term := _term(word, lexicon))]
    return [term for word in found for term in _terms_of(word, lexicon)]


def term_spans(text: str, lexicon: Lexicon = ENGLISH) -> list[tuple[str, int, int]]:
    """Return each index term of ``text`` with where its word stands: ``(term, start, end)``."""
    return [
        (term, match.start() + start, match.start() + end)
        for match in WORD.finditer(text)
        for term, start, end in _placed_terms(match.group(), lexicon)
    ]


def words(text: str) -> list[str]:
    """Return the folded words of ``text`` in order, stop words included, possessive s dropped."""
    return [bare_word(word) for word in WORD.findall(text)]


def fold_word(text: str) -> str:
    """Return ``text`` without case, accents, compatibility forms, layout and numbers of notes.

    Its length may change.
    """
    if text.isascii():
        return text.lower()
    # Decomposing first: it can bring out capitals (of mathematical letters), and folding case can
    # compose ("İ").
    plain = _RAISED.sub("", text)
    once = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
    return (
        unicodedata.normalize("NFC", bare) if _JAMO.search(bare := _DROPPED.sub("", once)) else bare
    )


def _terms_of(word: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield the terms of a word of any script."""
    yield from (term for term, _, _ in _placed_terms(word, lexicon))
    yield from single_characters(word)


def _placed_terms(word: str, lexicon: Lexicon) -> Iterator[tuple[str, int, int]]:
    """Yield the terms of a word with where in it they stand."""
    if word.isascii() or not UNSPACED.search(word):
        if term := _term(word, lexicon):
            yield term, 0, len(word)
        return
    for pair, start, end in term_places(word):
        if term := _term(word[start:end], lexicon) if pair is None else pair:
            yield term, start, end


def bare_word(word: str) -> str:
    """Return a word of :data:`WORD` folded, without a possessive s and the commas of a number."""
    folded = fold_word(word).replace("’", "'").removesuffix("'s")
    return folded.replace(",", "") if folded[:1].isdigit() else folded


@lru_cache(maxsize=200_000)
def _term(word: str, lexicon: Lexicon) -> str:
    """Return the index term of a word as it is written; empty for a stop word."""
    bare = bare_word(word)
    if bare in lexicon.stop_words:
        return ""
    if lexicon.stemmer is None:
        return bare
    stemmer = getattr(_stemming, lexicon.stemmer, None)
    if stemmer is None:  # one per thread: the C object is not safe to share
        stemmer = Stemmer.Stemmer(lexicon.stemmer)
        setattr(_stemming, lexicon.stemmer, stemmer)
    stem: str = stemmer.stemWord(bare)
    return stem
