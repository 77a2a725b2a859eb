"""Which words of a text are about something, and which of them are names."""

import re
from collections.abc import Iterable, Iterator

from retriever.text.lexicon import NO_CONTENT, PERSONAL_PRONOUNS
from retriever.text.terms import WORD_CHARACTERS, fold_word

# Openings that go on from the turn before.
_CONTINUING = (["and"], ["but"], ["or"], ["so"], ["also"], ["then"], ["why"])
_CONTINUING_PAIRS = (["what", "about"], ["how", "about"], ["what", "else"], ["who", "else"])
_RUN = rf"\w[{WORD_CHARACTERS}]*"
_WORD = re.compile(rf"(?:\d+(?:,\d+)+|{_RUN})(?:['’]{_RUN})*(?:[-–.&/]{_RUN})*")


def folded(word: str) -> str:
    """Return a word without case, accents and possessive s."""
    plain = fold_word(word).replace("’", "'")
    return plain if plain in NO_CONTENT else plain.removesuffix("'s")


def words_of(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of ``text`` with their places; names keep their hyphens, numbers commas."""
    return _WORD.finditer(text)


def is_content(word: str) -> bool:
    """Tell whether a word is about something."""
    plain = folded(word)
    return plain not in NO_CONTENT and (len(plain) > 1 or plain.isdigit())


def content_words(text: str) -> list[str]:
    """Return the words of ``text`` that are about something, as they stand."""
    return [match.group() for match in words_of(text) if is_content(match.group())]


def has_personal_pronoun(text: str) -> bool:
    """Tell whether ``text`` says "he", "her", "it" and the like."""
    return any(folded(match.group()) in PERSONAL_PRONOUNS for match in words_of(text))


def names_in(text: str) -> frozenset[str]:
    """Return the folded words with a capital after the first word; none for a text in capitals."""
    if text.isupper():
        return frozenset()
    return capitalised([match.group() for match in words_of(text)][1:])


def capitalised(found: Iterable[str]) -> frozenset[str]:
    """Return those of the words that may be names, folded: with a capital, and about something."""
    return frozenset(folded(word) for word in found if word[0].isupper() and is_content(word))


def continues(text: str) -> bool:
    """Tell whether ``text`` opens by going on: "And in Belarus?", "What about military aid?"."""
    opening = [folded(match.group()) for match in words_of(text)][:2]
    return opening[:1] in _CONTINUING or opening in _CONTINUING_PAIRS
