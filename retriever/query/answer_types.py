"""What kind of thing a question asks for, and whether a sentence holds one.

A closed-class reading of English question words; a question of no known kind wants nothing in
particular, and every sentence then fits it halfway.
"""

import re
from enum import StrEnum

from retriever.records.dates import MONTHS
from retriever.text.lexicon import CUES
from retriever.text.terms import WORD, fold_word


class Wanted(StrEnum):
    """What would answer: a time, an amount, something said, a name (who, where, what), anything."""

    NAME = "name"
    TIME = "time"
    AMOUNT = "amount"
    STATEMENT = "statement"
    ANYTHING = "anything"


_ASKS_FOR = (
    (
        Wanted.AMOUNT,
        re.compile(
            r"\b(?:how (?:many|much|long|old|far|high|tall|large|big|fast|often|few)"
            r"|what (?:percent|percentage|number|amount|age|share|proportion))\b"
        ),
    ),
    (
        Wanted.TIME,
        re.compile(r"\b(?:when|(?:what|which) (?:year|date|day|month|time|century|decade))\b"),
    ),
    (
        Wanted.STATEMENT,
        re.compile(
            r"\b(?:what|how) (?:did|does|do|has|have|had)\b.*"
            r"\b(?:say|said|think|thought|tell|told|comment|respond|react|argue|claim|warn)(?:ed)?\b"
            r"|\bwhat (?:is|are|was|were) .*\b(?:reactions?|opinions?|views?|response|position)\b"
        ),
    ),
    (Wanted.NAME, re.compile(r"\b(?:who|whom|whose|where|which|what)\b")),
)
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday century".split()
)
# A stop with the closing marks and note marks after it, or the end of a quotation.
_FINISHED = re.compile(
    r"""(?:[.!?…:;\u3002\uff01\uff1f\u0964][\"'”’»)\]]*(?:\s*\[\w{1,4}\])*|[\"”’»])\s*$"""
)
NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fifteen twenty thirty"
    " forty fifty hundred thousand million billion trillion dozen half third quarter percent first"
    " second".split()
)
_SAID = re.compile(rf"\b{CUES}\b|\baccording to\b|[“”\"]", re.IGNORECASE)
_YEAR = re.compile(r"[12]\d{3}")


def wanted_by(question: str) -> Wanted:
    """Return what kind of thing ``question`` asks for."""
    lowered = fold_word(question)
    return next((kind for kind, asks in _ASKS_FOR if asks.search(lowered)), Wanted.ANYTHING)


def holds_wanted(sentence: str, kind: Wanted, asked: frozenset[str]) -> float:
    """Return in [0, 1] how far ``sentence`` holds a thing of the ``kind`` that is not ``asked``.

    ``asked`` are the folded words of the question: what it names itself cannot be its answer.
    """
    if kind is Wanted.ANYTHING:
        return 0.5
    if kind is Wanted.STATEMENT:
        return float(bool(_SAID.search(sentence)))
    words = WORD.findall(sentence)
    if kind is Wanted.NAME:
        return min(len({fold_word(word) for word in words[1:] if word[0].isupper()} - asked), 2) / 2
    if kind is Wanted.TIME:
        return float(any(_is_time(word) for word in words))
    numbers = {fold_word(word) for word in words if word[0].isdigit()}
    numbers |= NUMBERS & {word.lower() for word in words}
    return float(bool(numbers - asked))


def is_finished(sentence: str) -> bool:
    """Tell whether ``sentence`` ends as sentences do; captions, teasers and list entries do not."""
    return _FINISHED.search(sentence) is not None


def _is_time(word: str) -> bool:
    lowered = word.lower()
    month = (
        word[0].isupper() and word.capitalize() in MONTHS
    )  # "may" and "march" are verbs in lower case
    return month or lowered in _DAYS or bool(_YEAR.fullmatch(word))
