"""Text to index terms: the words that the lexical channel counts and the answer stage compares.

Words are folded (case and accents), possessives dropped, and stemmed by Snowball's stemmer of their
language (https://snowballstem.org). Numbers keep their inner points ("3.5") and lose their commas
("1,204" is "1204"); a hyphenated word gives both halves ("Franco-German"), so that a name is
found whichever way it was written.
"""

import re
import threading
import unicodedata
from functools import lru_cache

import Stemmer

from retriever.text.lexicon import ENGLISH, Lexicon

# A number with its separators, or a run of letters, digits and combining marks that may hold an
# apostrophe. "[^\W_]" is any letter or digit of any script.
_RUN = r"(?:[^\W_]|[\u0300-\u036f])+"
WORD = re.compile(rf"\d+(?:[.,]\d+)+|{_RUN}(?:['’]{_RUN})*")
_stemming = threading.local()


def terms(text: str, lexicon: Lexicon = ENGLISH) -> list[str]:
    """Return the index terms of ``text`` in order, stop words left out."""
    return [term for word in WORD.findall(text) if (term := _term(word, lexicon))]


def term_spans(text: str, lexicon: Lexicon = ENGLISH) -> list[tuple[str, int, int]]:
    """Return each index term of ``text`` with where its word stands: ``(term, start, end)``."""
    return [
        (term, match.start(), match.end())
        for match in WORD.finditer(text)
        if (term := _term(match.group(), lexicon))
    ]


def words(text: str) -> list[str]:
    """Return the folded words of ``text`` in order, stop words included, possessive s dropped."""
    return [_bare(word) for word in WORD.findall(text)]


def fold_word(text: str) -> str:
    """Return ``text`` without case, accents and compatibility forms; its length may change."""
    if text.isascii():
        return text.lower()
    # Decomposing first: it can bring out capitals (of mathematical letters), and folding case can
    # compose ("İ").
    once = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(char for char in once if not unicodedata.combining(char))


def _bare(word: str) -> str:
    folded = fold_word(word).replace("’", "'").removesuffix("'s")
    return folded.replace(",", "") if folded[:1].isdigit() else folded


@lru_cache(maxsize=200_000)
def _term(word: str, lexicon: Lexicon) -> str:
    """Return the index term of a word as it is written; empty for a stop word."""
    bare = _bare(word)
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
