"""What a question says by itself: worked out once, from its words alone."""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from retriever.query.question import Question
from retriever.query.sought import Sought, sought_in
from retriever.records.dates import PartialDate
from retriever.text.content_words import continues, has_personal_pronoun, names_in
from retriever.text.expressions import Expression
from retriever.text.sentences import sentence_spans
from retriever.text.stated_dates import StatedDate, dates_in
from retriever.text.terms import fold_word, terms, words


class AnswerType(StrEnum):
    """What would answer: a time, an amount, something said, a name (who, where, what), anything."""

    NAME = "name"
    TIME = "time"
    AMOUNT = "amount"
    STATEMENT = "statement"
    ANYTHING = "anything"


# A closed-class reading of English question words.
_STATEMENT = re.compile(
    r"\b(?:what|how) (?:did|does|do|has|have|had)\b.*"
    r"\b(?:say|said|think|thought|tell|told|comment|respond|react|argue|claim|warn)(?:ed)?\b"
    r"|\bwhat (?:is|are|was|were) .*\b(?:reactions?|opinions?|views?|response|position)\b"
)
_NAME = re.compile(r"\b(?:who|whom|whose|where|which|what)\b")
# A straight mark behind a letter or digit closes, or stands for inches: 5" or 6". A single one
# inside a word is an apostrophe.
_MARKED = re.compile(
    r"[“„]([^“”„]+)[“”]|(?<!\w)\"([^\"]+)\"|«([^«»]+)»|»([^«»]+)«|「([^「」]+)」"
    r"|(?<!\w)‘((?:[^‘’]|’(?=\w))+)’(?!\w)"
)
_LEFT_OUT = re.compile(r"(?:\.\s*){3,}|…|\[[^\]]*\]")  # and put in
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d{2}s?\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """A question, and everything that its own words tell.

    ``sought`` is what would answer it, as far as its words tell. ``asked`` are its folded words:
    what it names itself cannot be its answer. ``quoted`` are the
    phrases that it has in quotation marks, ``names`` its folded words with a capital. ``window``
    are the days, inclusive, when articles on it were likely written; ``None`` where time plays no
    part. It ``refers_back`` where it goes on from the turn before or has a ``pronoun``.
    """

    question: Question
    answer_type: AnswerType
    sought: Sought
    asked: frozenset[str]
    quoted: tuple[str, ...]
    names: frozenset[str]
    pronoun: bool
    refers_back: bool
    window: tuple[date, date] | None

    def respelt(self, text: str) -> "Analysis":
        """Return the analysis with what ``text``, the question in another spelling, asks for."""
        return replace(
            self,
            answer_type=answer_type_of(text),
            sought=sought_in(text),
            asked=frozenset(words(text)),
        )


def analyse(question: Question) -> Analysis:
    """Return what the words of a question tell."""
    text = question.text
    pronoun = has_personal_pronoun(unquoted(text))
    return Analysis(
        question=question,
        answer_type=answer_type_of(text),
        sought=sought_in(text),
        asked=frozenset(words(text)),
        quoted=quoted(text),
        names=names_in(text),
        pronoun=pronoun,
        refers_back=pronoun or continues(text),
        window=time_window(text, question.today) if question.today else None,
    )


def answer_type_of(question: str) -> AnswerType:
    """Return what kind of thing ``question`` asks for."""
    forms = sought_in(question).forms
    if forms:
        in_time = forms[0] in {Expression.TIME, Expression.CLOCK}
        return AnswerType.TIME if in_time else AnswerType.AMOUNT
    lowered = fold_word(question)
    if _STATEMENT.search(lowered):
        return AnswerType.STATEMENT
    return AnswerType.NAME if _NAME.search(lowered) else AnswerType.ANYTHING


def quoted(question: str) -> tuple[str, ...]:
    """Return what stands in quotation marks, sentence by sentence, each once.

    Parts without a content word are left out: they stand everywhere.
    """
    marked = ("".join(filter(None, match.groups())) for match in _MARKED.finditer(question))
    whole = (part for text in marked for part in _LEFT_OUT.split(text))
    parts = (span.of(part).strip(" ,.;:!?") for part in whole for span in sentence_spans(part))
    return tuple(dict.fromkeys(part for part in parts if terms(part)))


def unquoted(question: str) -> str:
    """Return the question without what stands in quotation marks."""
    return _MARKED.sub(" ", question)


def time_window(question: str, today: date) -> tuple[date, date] | None:
    """Return the days, inclusive, when articles on the question were likely written.

    Those of a month that it names with its year ("in June 2022", "on June 25, 2022"); ``None`` for
    one that names a year alone, which rather tells events apart ("the 2020 election"), as may
    several months; today for all others.
    """
    months = [stated for stated in dates_in(question) if stated.year and stated.month]
    if len(months) == 1 and (window := _days_named(months[0])):
        return window
    return None if _YEAR.search(question) else (today, today)


def _days_named(named: StatedDate) -> tuple[date, date] | None:
    """Return the first and last day of what was named; ``None`` if there is no such day."""
    try:
        known = PartialDate(year=named.year or 0, month=named.month, day=named.day)
    except ValueError:  # June 31, or the year 0
        return None
    return known.first_day, known.last_day
