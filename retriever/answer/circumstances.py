"""What may explain that two statements differ: other names, other days, other times of writing."""

from datetime import date
from itertools import pairwise, product

from retriever.answer.stated_dates import StatedDate
from retriever.answer.statements import Statement, bare_name, is_name, own_names
from retriever.text.lexicon import STOP_WORDS

_MOST_EXTRA = 2  # names that one of two statements may add
# Days between two articles: from then on a weekday is another one, and a count another one's.
_SAME_WEEK = 6
_SAME_NEWS = 30
_LATER = 0.1  # of the days between two articles: what comes again, comes about as much later


def have_other_names(one: Statement, other: Statement) -> bool:
    """Tell whether two statements speak of others: each names some, or one many."""
    mine = own_names(one.subject_names, other.capitalised)
    theirs = own_names(other.subject_names, one.capitalised)
    if (mine and theirs) or len(mine | theirs) > _MOST_EXTRA:
        return True
    named, others = _named_things(one), _named_things(other)
    return any(own_names({named[thing]}, {others[thing]}) for thing in named.keys() & others.keys())


def _named_things(statement: Statement) -> dict[str, str]:
    """Return the name right before each noun that has one: "the Lune tunnel" is not the Wye's."""
    return {
        after.word: bare_name(before)
        for before, after in pairwise(statement.tokens)
        if is_name(before) and not after.is_capitalised and after.word not in STOP_WORDS
    }


def have_own_dates(one: Statement, other: Statement) -> bool:
    """Tell whether each states several dates, and none that the other does: another life."""
    mine, theirs = ({date.parts for date in side.dates} for side in (one, other))
    return min(len(mine), len(theirs)) > 1 and mine.isdisjoint(theirs)


def same_time(one: Statement, other: Statement) -> bool:
    """Tell whether two statements speak of one time, as far as they and their articles say."""
    dated = [
        first.contradicts(second)
        for first, second in product(one.dates, other.dates)
        if first.is_comparable(second)
    ]
    if one.periods != other.periods or (dated and all(dated)):
        return False
    if one.weekdays and other.weekdays and one.weekdays.isdisjoint(other.weekdays):
        return False
    apart = days_apart(one, other)
    if apart > 0 and (one.is_of_its_day or other.is_of_its_day):
        return False
    if apart > _SAME_WEEK and (one.weekdays or other.weekdays):
        return False
    return apart <= _SAME_NEWS or any(not differs for differs in dated)


def days_apart(one: Statement, other: Statement) -> int:
    """Return at least how many days lie between two articles, 0 where one has no date."""
    if one.published is None or other.published is None:
        return 0
    first, second = sorted((one.published, other.published))
    return max(0, (second.first_day - first.last_day).days)


def are_each_of_their_day(
    one: Statement, first: StatedDate, other: Statement, second: StatedDate
) -> bool:
    """Tell whether a date is as much later than another as its article is: it comes again."""
    if one.published is None or other.published is None:
        return False
    mine, theirs = _day(first, one), _day(second, other)
    written = (one.published.first_day - other.published.first_day).days
    if mine is None or theirs is None or not written:
        return False
    return abs((mine - theirs).days - written) <= max(1, _LATER * abs(written))


def _day(stated: StatedDate, statement: Statement) -> date | None:
    """Return the day that a date begins with; where it names no year, that of its article."""
    year = stated.year or (statement.published.year if statement.published else None)
    if year is None:
        return None
    try:
        return date(year, stated.month or 1, stated.day or 1)
    except ValueError:  # 31 June
        return None
