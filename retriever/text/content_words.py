"""Closed classes of English that tell what a question is about from how it is asked.

Written by hand, none of them tuned to a data set.
"""

import re
from collections.abc import Iterable, Iterator

from retriever.text.terms import STOP_WORDS, fold_word

PERSONAL_PRONOUNS = frozenset(
    "he him his himself she her hers herself it its itself they them their theirs"
    " themselves".split()
)
# What holds a sentence together beside the stop words of the index.
_FUNCTION_WORDS = STOP_WORDS | frozenset(
    "above across after again against all along also although among another any anybody"
    " anyone anything aren't around because before behind below beneath beside between beyond"
    " both can't cannot couldn't didn't doesn't doing don't down during each either else even"
    " ever every everybody everyone everything except few hadn't hasn't haven't having he's"
    " here herself himself how's however i'd i'll i'm i've if inside instead isn't it's itself"
    " just least less let's ll many mine more much must myself near neither never nobody nor"
    " nothing now off one only onto other ought ours ourselves out outside over own per re"
    " same several shall she's shouldn't since so some somebody someone something still than"
    " that's theirs themselves there's they're those though through throughout till too toward"
    " towards under unless until up upon ve very via wasn't weren't what's where's whether"
    " while who's within without won't wouldn't yes yet you're yours yourself yourselves".split()
)
# Words of talking about asking: they say that something is wanted, not what.
_CONVERSATION_WORDS = frozenset(
    "please thanks thank hello hi ok okay sure oh well right tell give show say find get know learn"
    " read explain describe mention mentioned want like interested happen happens happened thing"
    " things kind sort article articles text passage page story information info detail details"
    " fact facts aspect aspects interesting important notable significant".split()
)
_NO_CONTENT = _FUNCTION_WORDS | _CONVERSATION_WORDS | PERSONAL_PRONOUNS
# Openings that go on from the turn before.
_CONTINUING = (["and"], ["but"], ["or"], ["so"], ["also"], ["then"], ["why"])
_CONTINUING_PAIRS = (["what", "about"], ["how", "about"], ["what", "else"], ["who", "else"])
_WORD = re.compile(r"(?:\d+(?:,\d+)+|\w+)(?:['’]\w+)*(?:[-–.&/]\w+)*")


def folded(word: str) -> str:
    """Return a word without case, accents and possessive s."""
    plain = fold_word(word).replace("’", "'")
    return plain if plain in _NO_CONTENT else plain.removesuffix("'s")


def words_of(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of ``text`` with their places; names keep their hyphens, numbers commas."""
    return _WORD.finditer(text)


def is_content(word: str) -> bool:
    """Tell whether a word is about something."""
    plain = folded(word)
    return plain not in _NO_CONTENT and (len(plain) > 1 or plain.isdigit())


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
