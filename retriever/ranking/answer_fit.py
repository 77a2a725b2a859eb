"""Whether a sentence holds a thing of the kind that a question asks for."""

import re

from retriever.query.answer_types import AnswerType
from retriever.records.dates import MONTHS
from retriever.text.lexicon import DAY_WORDS, NUMBER_WORDS, SPEECH_VERB
from retriever.text.terms import WORD, fold_word

_SAID = re.compile(rf"\b{SPEECH_VERB}\b|\baccording to\b|[“”\"]", re.IGNORECASE)
_YEAR = re.compile(r"[12]\d{3}")


def holds_answer_type(sentence: str, kind: AnswerType, asked: frozenset[str]) -> float:
    """Return in [0, 1] how far ``sentence`` holds a thing of the ``kind`` that is not ``asked``.

    ``asked`` are the folded words of the question: what it names itself cannot be its answer. One
    of no known kind wants nothing in particular, and every sentence fits it halfway.
    """
    if kind is AnswerType.ANYTHING:
        return 0.5
    if kind is AnswerType.STATEMENT:
        return float(bool(_SAID.search(sentence)))
    words = WORD.findall(sentence)
    if kind is AnswerType.NAME:
        return min(len({fold_word(word) for word in words[1:] if word[0].isupper()} - asked), 2) / 2
    if kind is AnswerType.TIME:
        return float(any(_is_time(word) for word in words))
    numbers = {fold_word(word) for word in words if word[0].isdigit()}
    numbers |= NUMBER_WORDS & {word.lower() for word in words}
    return float(bool(numbers - asked))


def _is_time(word: str) -> bool:
    lowered = word.lower()
    # "may" and "march" are verbs in lower case.
    month = word[0].isupper() and word.capitalize() in MONTHS
    return month or lowered in DAY_WORDS or bool(_YEAR.fullmatch(word))
