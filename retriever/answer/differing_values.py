"""Whether two statements give different values of one thing: a quantity, a date, a name.

Either one is worded as the other is, so that their values stand in the same place, or both give
what was asked for, each for the same subject. Everything that may explain a difference speaks
against it: names that each has for itself, another period, another day, a part of the whole.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product
from typing import Protocol, Self, TypeVar

from rapidfuzz.fuzz import ratio

from retriever.answer.asked_measure import asks_for, asks_for_amount, topic_of
from retriever.answer.circumstances import (
    are_each_of_their_day,
    days_apart,
    have_other_names,
    have_own_dates,
    same_time,
)
from retriever.answer.quantities import Quantity
from retriever.answer.statements import Statement, is_name
from retriever.answer.tokens import Token
from retriever.query.analysis import Analysis, AnswerType
from retriever.records import Span
from retriever.text.similarity import likeness
from retriever.text.stated_dates import StatedDate
from retriever.text.terms import terms, words

# Shared index terms, of both texts together, from which two texts are versions of one another.
SAME_WORDING = 0.6
_LEAST_SHARED = 4  # terms: shorter ones are alike by chance
_ALL_ELSE = 0.85  # of the other terms, where two names stand in each other's place
_LITTLE, _MOSTLY = 1 / 3, 0.6  # of a question's terms, in a sentence that may answer it
_LONGEST_VALUE = 6  # words in the place of which the other statement has others
_SPELT_ALIKE = 75  # per cent: one name, written in two ways

# A name as it is written, and what stands behind a place that opens a report: "LYON (Reuters) —".
_NAME = re.compile(
    r"[^\W\d_a-z][\w.'’-]*(?:,? (?:(?:of|the|and|de|da|du|la|le|van|von|der|al|bin|for) )*"
    r"[^\W\d_a-z][\w.'’-]*)*"
)
_DATELINE = re.compile(r"[^.!?—–]{0,40}\s[—–-]{1,2}\s")


class _Value(Protocol):
    span: Span

    def contradicts(self, other: Self) -> bool: ...


V = TypeVar("V", Quantity, StatedDate)


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferingValues:
    """What differs ("numbers", "dates", "names"), and the words of each statement that say it."""

    what: str
    spans: tuple[Span, Span]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Replaced:
    """Words of one statement, and what the other has in their place."""

    one: Span
    other: Span
    names: bool  # both sides have a name
    words: int


def differing_values(
    one: Statement, other: Statement, asked: Analysis, *, subject: bool, versions: bool = False
) -> DifferingValues | None:
    """Return the values in which two statements differ; ``None`` where they may agree.

    ``subject`` tells that both articles are about what was asked, ``versions`` that the texts which
    the statements are of are worded alike.
    """
    kinds = [_dates, _quantities] if asked.answer_type is AnswerType.TIME else [_quantities, _dates]
    if same_wording(one, other, least=1 if versions else _LEAST_SHARED):
        replaced = _replaced(one, other)
        for find in kinds:
            if found := find(one, other, asked, replaced):
                return found
        if asked.answer_type is AnswerType.NAME:
            return _names(one, other, asked, replaced)
        return None
    if not subject or have_other_names(one, other):
        return None
    if asked.answer_type is AnswerType.TIME:
        return _asked_dates(one, other, asked)
    return _asked_quantities(one, other, asked) if asks_for_amount(asked) else None


def same_wording(one: Statement, other: Statement, *, least: int) -> bool:
    """Tell whether one statement, of ``least`` terms in common, is worded as the other."""
    shared = len(one.terms & other.terms)
    return shared >= least and likeness(one.terms, other.terms) >= SAME_WORDING


def _replaced(one: Statement, other: Statement) -> list[_Replaced]:
    """Return what stands in the place of what, in order; "Lyon, France" is one place."""
    first, second = one.tokens, other.tokens
    matcher = SequenceMatcher(
        None, [token.word for token in first], [token.word for token in second], autojunk=False
    )
    blocks: list[tuple[slice, slice]] = []
    for tag, i, j, k, n in matcher.get_opcodes():
        if tag != "replace":
            continue
        goes_on = blocks and i - blocks[-1][0].stop == 1 and not first[i - 1].word.isalnum()
        begin, start = (side.start for side in blocks.pop()) if goes_on else (i, k)
        blocks.append((slice(begin, j), slice(start, n)))
    return [_replaced_by(first[mine], second[theirs]) for mine, theirs in blocks]


def _replaced_by(one: Sequence[Token], other: Sequence[Token]) -> _Replaced:
    return _Replaced(
        one=Span(start=one[0].span.start, end=one[-1].span.end),
        other=Span(start=other[0].span.start, end=other[-1].span.end),
        names=any(map(is_name, one)) and any(map(is_name, other)),
        words=max(len(one), len(other)),
    )


def _quantities(
    one: Statement, other: Statement, asked: Analysis, replaced: Sequence[_Replaced]
) -> DifferingValues | None:
    """Return two quantities in each other's place, everything else being of one subject."""
    pairs = [
        (first, second)
        for first, second in product(_unasked(one, asked), _unasked(other, asked))
        if first.measure == second.measure and _in_place(first.span, second.span, replaced)
    ]
    if any(part.names for part in replaced) or not same_time(one, other):
        return None
    # Where several numbers differ, or on another day, it may be another event of the same kind.
    if len(pairs) > 1 or days_apart(one, other):
        pairs = [pair for pair in pairs if pair[0].measure]
    return _contradicting("numbers", pairs)


def _dates(
    one: Statement, other: Statement, asked: Analysis, replaced: Sequence[_Replaced]
) -> DifferingValues | None:
    """Return two dates in each other's place, everything else being of one subject."""
    stated = [
        (first, second)
        for first, second in product(_undated(one, asked), _undated(other, asked))
        if _in_place(first.span, second.span, replaced)
        and not are_each_of_their_day(one, first, other, second)
    ]
    if any(part.names for part in replaced) or one.weekdays != other.weekdays:
        return None
    # Where birth and death differ, it is another person of that name.
    if not _in_one_place(one, other, replaced):
        return None
    return _contradicting("dates", stated)


def _in_one_place(one: Statement, other: Statement, replaced: Sequence[_Replaced]) -> bool:
    """Tell whether all dates that one of two statements has alone stand in one place."""
    mine, theirs = ({str(date.parts): date.span for date in side.dates} for side in (one, other))
    return any(
        all(span.overlap(part.one) for date, span in mine.items() if date not in theirs)
        and all(span.overlap(part.other) for date, span in theirs.items() if date not in mine)
        for part in replaced
        if part.words <= _LONGEST_VALUE
    )


def _names(
    one: Statement, other: Statement, asked: Analysis, replaced: Sequence[_Replaced]
) -> DifferingValues | None:
    """Return the only two names that stand in each other's place, all else being the same."""
    named = {
        (part.one.of(one.text), part.other.of(other.text)): part for part in replaced if part.names
    }
    if len(named) != 1 or not same_time(one, other):
        return None
    (((first, second), part),) = named.items()
    mine, theirs = frozenset(terms(first)), frozenset(terms(second))
    alike = likeness(one.terms - mine, other.terms - theirs) >= _ALL_ELSE
    answers = all(_covers(statement, asked) >= _LITTLE for statement in (one, other))
    if not alike or not answers or part.words > _LONGEST_VALUE or mine & theirs:
        return None
    if (frozenset(words(first)) | frozenset(words(second))) & asked.asked:
        return None
    if _is_one_name(first, second, one.around + other.around):
        return None
    for place, side in ((part.one, one), (part.other, other)):
        if not _NAME.fullmatch(place.of(side.text)) or _DATELINE.match(side.text, place.end):
            return None
    return DifferingValues(what="names", spans=(part.one, part.other))


def _is_one_name(one: str, other: str, around: str) -> bool:
    """Tell whether two names are one: spelt in two ways, initials, or first name and last."""
    one, other = (re.sub(r"['’]s?$", "", name) for name in (one, other))
    if f"{one} {other}" in around or f"{other} {one}" in around:
        return True
    initials = ["".join(word[0] for word in name.split()).lower() for name in (one, other)]
    bare = [name.replace(".", "").lower() for name in (one, other)]
    return (
        ratio(one.lower(), other.lower()) >= _SPELT_ALIKE
        or bare[0] == initials[1]
        or bare[1] == initials[0]
    )


def _asked_quantities(one: Statement, other: Statement, asked: Analysis) -> DifferingValues | None:
    """Return two quantities of what was asked for."""
    if not same_time(one, other):
        return None
    wanted = asks_for(asked)
    covered = min(_covers(statement, asked) for statement in (one, other))
    pairs = [
        (first, second)
        for first, second in product(_unasked(one, asked), _unasked(other, asked))
        if first.measure
        and first.measure == second.measure
        and wanted(first.measure)
        # What became of people is told of the event that the article is about; else the sentence
        # itself has to tell what was asked.
        and (first.measure.startswith("people ") or covered >= _MOSTLY)
        and one.is_real_at(first.span)
        and other.is_real_at(second.span)
    ]
    return _contradicting("numbers", pairs)


def _asked_dates(one: Statement, other: Statement, asked: Analysis) -> DifferingValues | None:
    """Return two dates of the event that was asked for, which each clause names."""
    if have_own_dates(one, other):
        return None
    event = terms(asked.question.text)[-1:]
    pairs = [
        (first, second)
        for first, second in product(_undated(one, asked), _undated(other, asked))
        if first.is_comparable(second)
        and _tells(one, first, event)
        and _tells(other, second, event)
    ]
    return _contradicting("dates", pairs)


def _covers(statement: Statement, asked: Analysis) -> float:
    """Return the part of the question's terms that stand in a statement."""
    sought = topic_of(asked.question.text)
    return len(sought & statement.terms) / max(1, len(sought))


def _tells(statement: Statement, date: StatedDate, event: Sequence[str]) -> bool:
    clause = statement.clause_at(date.span)
    return (
        bool(event)
        and {*event} <= {*terms(clause.of(statement.text))}
        and (statement.is_real_at(date.span))
    )


def _contradicting(what: str, pairs: Sequence[tuple[V, V]]) -> DifferingValues | None:
    """Return the first pair, unless any pair agrees: the one may then speak of several things."""
    if not pairs or not all(first.contradicts(second) for first, second in pairs):
        return None
    first, second = pairs[0]
    return DifferingValues(what=what, spans=(first.span, second.span))


def _in_place(first: Span, second: Span, replaced: Sequence[_Replaced]) -> bool:
    return any(
        first.overlap(part.one) and second.overlap(part.other) and part.words <= _LONGEST_VALUE
        for part in replaced
    )


def _unasked(statement: Statement, asked: Analysis) -> Iterator[Quantity]:
    """Yield the quantities that the question does not name itself."""
    for quantity in statement.quantities:
        figures = {word for word in words(quantity.span.of(statement.text)) if word[0].isdigit()}
        if not figures & asked.asked:
            yield quantity


def _undated(statement: Statement, asked: Analysis) -> Iterator[StatedDate]:
    """Yield the dates whose year the question does not name itself."""
    for date in statement.dates:
        if str(date.year) not in asked.asked:
            yield date
