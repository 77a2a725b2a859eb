"""What a question says by itself: worked out once, from its words alone."""

from dataclasses import dataclass
from datetime import date

from retriever.query.answer_types import AnswerType, answer_type_of
from retriever.query.question import Question
from retriever.query.quoted_phrases import quoted, unquoted
from retriever.query.time_window import time_window
from retriever.text.content_words import continues, has_personal_pronoun, names_in
from retriever.text.terms import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """A question, and everything that its own words tell.

    ``asked`` are its folded words: what it names itself cannot be its answer. ``quoted`` are the
    phrases that it has in quotation marks, ``names`` its folded words with a capital. ``window``
    are the days, inclusive, when articles on it were likely written; ``None`` where time plays no
    part. It ``refers_back`` where it goes on from the turn before or has a ``pronoun``.
    """

    question: Question
    answer_type: AnswerType
    asked: frozenset[str]
    quoted: tuple[str, ...]
    names: frozenset[str]
    pronoun: bool
    refers_back: bool
    window: tuple[date, date] | None


def analyse(question: Question) -> Analysis:
    """Return what the words of a question tell."""
    text = question.text
    pronoun = has_personal_pronoun(unquoted(text))
    return Analysis(
        question=question,
        answer_type=answer_type_of(text),
        asked=frozenset(words(text)),
        quoted=quoted(text),
        names=names_in(text),
        pronoun=pronoun,
        refers_back=pronoun or continues(text),
        window=time_window(text, question.today) if question.today else None,
    )
