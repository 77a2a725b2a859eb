"""The expected answer type of a question: a closed-class reading of English question words."""

import re
from enum import StrEnum

from retriever.text.terms import fold_word


class AnswerType(StrEnum):
    """What would answer: a time, an amount, something said, a name (who, where, what), anything."""

    NAME = "name"
    TIME = "time"
    AMOUNT = "amount"
    STATEMENT = "statement"
    ANYTHING = "anything"


_ASKS_FOR = (
    (
        AnswerType.AMOUNT,
        re.compile(
            r"\b(?:how (?:many|much|long|old|far|high|tall|large|big|fast|often|few)"
            r"|what (?:percent|percentage|number|amount|age|share|proportion))\b"
        ),
    ),
    (
        AnswerType.TIME,
        re.compile(r"\b(?:when|(?:what|which) (?:year|date|day|month|time|century|decade))\b"),
    ),
    (
        AnswerType.STATEMENT,
        re.compile(
            r"\b(?:what|how) (?:did|does|do|has|have|had)\b.*"
            r"\b(?:say|said|think|thought|tell|told|comment|respond|react|argue|claim|warn)(?:ed)?\b"
            r"|\bwhat (?:is|are|was|were) .*\b(?:reactions?|opinions?|views?|response|position)\b"
        ),
    ),
    (AnswerType.NAME, re.compile(r"\b(?:who|whom|whose|where|which|what)\b")),
)


def answer_type_of(question: str) -> AnswerType:
    """Return what kind of thing ``question`` asks for."""
    lowered = fold_word(question)
    return next((kind for kind, asks in _ASKS_FOR if asks.search(lowered)), AnswerType.ANYTHING)
