"""Which sentences cannot be understood alone: their anaphora point at the text before them.

"He will move there", "Its army withdrew", "This made it worse", and words in quotation marks that
the sentence gives to nobody. All is read from the sentence itself, in general rules for English;
what is in quotation marks is somebody's own, and its pronouns are not looked at.
"""

import re
from collections.abc import Sequence

from retriever.records.dates import MONTH_NAME
from retriever.text.content_words import capitalised, is_content
from retriever.text.lexicon import DAY_WORDS, NUMBER_WORDS, SPEECH_VERB
from retriever.text.quotations import (
    has_quotation_mark,
    without_double_quoted,
    without_quotations,
)
from retriever.text.terms import WORD, fold_word, terms

# What may stand before the words that a sentence is about, and names nobody.
_OPENING = re.compile(
    r"\W*(?:(?:and|but|yet|so|or|nor|still|then|however|instead|meanwhile|also|now|moreover"
    r"|nevertheless|later|afterwards?|earlier|today|yesterday)\b,?\s+)*"
    # "In Beijing, she said", "On Monday, he left": no place or day is whom they stand for.
    r"(?:(?:in|at|on|from|during|near|by|since|until|outside|inside)\s[^,]{1,60},\s+)?",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:he|she|they|him|them|his|her|their)\b", re.IGNORECASE)
_PLURAL = frozenset({"they", "them", "their"})
_THING = re.compile(r"(?:it|its)\b", re.IGNORECASE)
# "It is likely that", "It took years to": nothing stands before for which this "it" would.
_EXPLETIVE = re.compile(
    r"it(?:['’]s|\s+(?:is|was|remains|remained|seems|seemed|appears|appeared|takes|took|would be"
    r"|will be|may be|has been|had been|isn['’]t|wasn['’]t))\b[^.]*?"
    r"\b(?:that|to|whether|why|how|who|what|when|if|since)\b",
    re.IGNORECASE,
)
_VERB = (
    r"(?:is|was|are|were|will|would|may|might|must|can|could|should|has|have|had|does|did|do|made"
    r"|makes?|means?|meant|comes?|came|includes?|included|follows?|followed|leads?|led|leaves|left"
    r"|gives?|gave|shows?|showed|happens?|happened|brings?|brought|marks?|marked|causes?|caused"
    r"|prompted|sparked|allows?|allowed|helps?|helped)\b"
)
_DEMONSTRATIVE = re.compile(rf"(?:this|that|these|those)(?:,|['’]s|\s+{_VERB})", re.IGNORECASE)
_TIME = r"(?:week|weekend|month|year|morning|afternoon|evening|spring|summer|autumn|winter|days)"
# "The company", "Both", "Another": of what was told, unless the sentence names something.
_DEFINITE = re.compile(
    rf"(?:the|(?:this|that|these|those)(?!\s+{_TIME})|both|others?|another|such|neither|either)\s",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\W*(?:[Tt]he|[Tt]his|[Tt]hat|[Tt]hese|[Tt]hose)\s+(?P<noun>(?:[\w’'-]+\s+){0,2}[\w’'-]+)"
)
# "The utilities say", but not "The first woman", "The UK’s first", "The Kremlin".
_KNOWN = re.compile(
    r"\W*(?:[Tt]he|[Tt]hese|[Tt]hose)\s+"
    r"(?!(?:first|second|third|last|next|only|most|worst|\w+est)\b)"
    r"(?:[a-z\d][\w.’'-]*(?:\s+|[,;])){3}"
)
_PART = re.compile(
    r"\W*(?:one|two|three|four|five|six|seven|eight|nine|ten|some|many|most|all|none|half|several"
    r"|each|both|few|much|part|\d+) of (?:the|them|those|these)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Prof|Gen|Col|Lt|Maj|Sgt|Capt|Sen|Rep|Gov|President"
    r"|Judge|Minister|Senator|Governor|Professor|General|Captain|Mayor|Chancellor)\.?\s+"
)
_OPENING_WORDS = re.compile(r"(?:\S+\s*){0,6}")
_CAPITALISED = re.compile(r"[A-Z][\w-]*(?:[ .’'-]+[A-Z][\w-]*)*")
_DETERMINERS = frozenset("the a an one some many most all several no every each any".split())
_MONTH = re.compile(MONTH_NAME, re.IGNORECASE)
_SPEECH = re.compile(rf"\b{SPEECH_VERB}\b|\baccording to\b", re.IGNORECASE)


def refers_back(text: str) -> bool:
    """Tell whether a sentence speaks of somebody or something that only the text before names."""
    about = _about(text)
    if _THING.match(about):
        return not _EXPLETIVE.match(about)
    if _DEMONSTRATIVE.match(about):
        return True
    unnamed = _DEFINITE.match(about) and not _has_capital(WORD.findall(about)[1:])
    return bool(unnamed) or lacks_name(text)


def needs(text: str, *, before: str) -> bool:
    """Tell whether a sentence leans on the one ``before`` it for what it speaks of.

    It refers back, opens with "the coin" as if it were known, or calls
    somebody by the last of the names that they have there.
    """
    return (
        refers_back(text)
        or _is_known_already(text)
        or _is_definite_again(text, before)
        or _is_short_for_a_name(text, before)
    )


def lacks_name(text: str) -> bool:
    """Tell whether a sentence has "he", "their" and the like before anybody they may stand for."""
    about = _about(text)
    pronoun = _PERSON.search(about)
    if pronoun is None:
        return False
    before = WORD.findall(about[: pronoun.start()])
    if fold_word(pronoun.group()) in _PLURAL and any(map(is_content, before)):
        return False
    return not _has_capital(before) and not _is_determined(before)


def has_name(text: str) -> bool:
    """Tell whether a sentence names somebody or something, in its first word or a later one."""
    return _has_capital(WORD.findall(text))


def is_unattributed(text: str) -> bool:
    """Tell whether a sentence is all quotation, and says of nobody that they said it."""
    outside = _unquoted(text)
    return outside != text and not _SPEECH.search(outside) and len(WORD.findall(outside)) <= 1


def _about(text: str) -> str:
    """Return a sentence without its quotations, and without what may stand before its subject."""
    told = _unquoted(text)
    opening = _OPENING.match(told)
    return told[opening.end() :] if opening else told


def _unquoted(text: str) -> str:
    """Return a sentence with its quotations blanked, one that its end cuts off too."""
    return without_double_quoted(without_quotations(text)) if has_quotation_mark(text) else text


def _is_known_already(text: str) -> bool:
    """Tell whether a sentence opens with something that it takes for known: "the utilities"."""
    return bool(_KNOWN.match(text) or _PART.match(text))


def _is_definite_again(text: str, before: str) -> bool:
    """Tell whether a sentence opens with "the" and a common noun of the sentence before."""
    opening = _AGAIN.match(text)
    nouns = " ".join(word for word in opening["noun"].split() if word.islower()) if opening else ""
    return not set(terms(before)).isdisjoint(terms(nouns))


def _is_short_for_a_name(text: str, before: str) -> bool:
    """Tell whether one of the first words is the last of a name that is longer in ``before``."""
    opening = _OPENING_WORDS.match(text)
    names = _CAPITALISED.findall(opening.group()) if opening else []
    return any(
        re.search(rf"[A-Z][\w.’'-]*\s+{re.escape(_TITLE.sub('', name))}\b", before)
        for name in names
        if " " not in _TITLE.sub("", name)
    )


def _is_determined(words: Sequence[str]) -> bool:
    """Tell whether words open with "the", "a" or "two": a "he" behind them may be who follows."""
    first = fold_word(words[0]) if words else ""
    return first in _DETERMINERS or first in NUMBER_WORDS


def _has_capital(words: Sequence[str]) -> bool:
    """Tell whether one of the words may be a name: it has a capital, and is no day or month."""
    found = capitalised(words)
    return any(word not in DAY_WORDS and not _MONTH.fullmatch(word) for word in found)
