"""Quotes of different articles that do not seem to say the same; nothing is merged or decided.

Two things are looked for: sentences in nearly the same words that differ in a number, a date or
the name that was asked for, and, where a date or an amount was asked for, sentences that hold
different ones. A reader has to see both and judge: one may be older, or of something else.
"""

import re
from collections.abc import Sequence, Set
from itertools import combinations

from retriever.query.analysis import Analysis, AnswerType
from retriever.records import Disagreement, Quote
from retriever.records.dates import MONTH_NAME
from retriever.text.content_words import capitalised
from retriever.text.lexicon import NUMBER_WORDS
from retriever.text.similarity import likeness
from retriever.text.terms import WORD, terms, words

# Shared index terms, of both texts together, from which two texts are versions of one another.
SAME_WORDING = 0.6
MOST_NAMED = 4  # values that are worth listing; of more, the reader had better read the quotes
_YEAR = re.compile(r"(?:1[5-9]|20)\d{2}")
_MONTH = rf"{MONTH_NAME}\.?"
_DAY = re.compile(rf"\b{_MONTH}\s+\d{{1,2}}\b|\b\d{{1,2}}\.?\s+{_MONTH}\b", re.IGNORECASE)


def contradictions_among(quotes: Sequence[Quote], asked: Analysis) -> tuple[Disagreement, ...]:
    """Return the pairs of quotes that may contradict each other, as indices into ``quotes``."""
    pairs = combinations(enumerate(quotes), 2)
    return tuple(
        Disagreement(reason=reason, quotes=(one, other))
        for (one, first), (other, second) in pairs
        if first.article.id != second.article.id
        and (reason := difference(first.text, second.text, asked))
    )


def difference(one: str, other: str, asked: Analysis) -> str | None:
    """Return in what two texts differ that should say the same, ``None`` when they may agree.

    What the question names itself is no difference.
    """
    kind, named = asked.answer_type, asked.asked
    versions = _same_wording(one, other)
    if versions or kind is AnswerType.TIME:
        found = _without_common("dates", _years(one) - named, _years(other) - named)
        if found or kind is AnswerType.TIME:
            return found
    if versions or kind is AnswerType.AMOUNT:
        found = _without_common("numbers", _amounts(one) - named, _amounts(other) - named)
        if found or kind is AnswerType.AMOUNT:
            return found
    if versions and kind is AnswerType.NAME:
        own, others = (capitalised(WORD.findall(text)[1:]) - named for text in (one, other))
        return _without_common("names", own - others, others - own)
    return None


def _without_common(what: str, one: Set[str], other: Set[str]) -> str | None:
    """Return the fixed phrase for two sets without a common member, if neither is empty."""
    if not one or not other or one & other:
        return None
    if len(one) + len(other) > MOST_NAMED:
        return f"different {what}"
    return f"different {what}: {', '.join(sorted(one))} / {', '.join(sorted(other))}"


def _same_wording(one: str, other: str) -> bool:
    return likeness(frozenset(terms(one)), frozenset(terms(other))) >= SAME_WORDING


def _years(text: str) -> set[str]:
    return set(_YEAR.findall(text))


def _amounts(text: str) -> set[str]:
    """Return the numbers of ``text`` as they are spoken of, years and days of a month left out."""
    found = (word for word in words(_DAY.sub(" ", text)) if not _YEAR.fullmatch(word))
    return {word for word in found if word[0].isdigit() or word in NUMBER_WORDS}
