"""What may explain that two statements differ: other names, other days, other times of writing."""

from itertools import pairwise, product

from retriever.answer.statements import Statement, bare_name, is_name, own_names
from retriever.records import PartialDate
from retriever.text.lexicon import STOP_WORDS
from retriever.text.stated_dates import StatedDate

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
    mine, theirs = _dates(one), _dates(other)
    dated = [
        first.contradicts(second)
        for first, second in product(mine, theirs)
        if first.is_comparable(second)
    ]
    if one.periods != other.periods or (dated and all(dated)):
        return False
    if not dated and (
        _is_of_another_day(mine, one, other) or _is_of_another_day(theirs, other, one)
    ):
        return False
    if one.weekdays and other.weekdays and one.weekdays.isdisjoint(other.weekdays):
        return False
    apart = days_apart(one, other)
    if apart > 0 and (one.is_of_its_day or other.is_of_its_day):
        return False
    if apart > _SAME_WEEK and (one.weekdays or other.weekdays):
        return False
    return apart <= _SAME_NEWS or any(not differs for differs in dated)


def _dates(statement: Statement) -> list[StatedDate]:
    """Return the dates of a statement, but for those since when something holds."""
    text = statement.text
    return [
        stated for stated in statement.dates if not text[: stated.span.start].endswith("since ")
    ]


def _is_of_another_day(stated: list[StatedDate], one: Statement, other: Statement) -> bool:
    """Tell whether every date that one states is far from the day that the other was written."""
    if other.published is None:
        return False
    first, last = other.published.first_day, other.published.last_day
    known = [day for one_date in stated if (day := _calendar_date(one_date, one))]
    apart = [max((first - day.last_day).days, (day.first_day - last).days) for day in known]
    return bool(apart) and min(apart) > _SAME_WEEK


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
    mine, theirs = _calendar_date(first, one), _calendar_date(second, other)
    written = (one.published.first_day - other.published.first_day).days
    if mine is None or theirs is None or not written:
        return False
    return abs((mine.first_day - theirs.first_day).days - written) <= max(1, _LATER * abs(written))


def _calendar_date(stated: StatedDate, statement: Statement) -> PartialDate | None:
    """Return a date of the calendar; where it names no year, it is of that of its article."""
    year = stated.year or (statement.published.year if statement.published else None)
    if year is None:
        return None
    try:
        return PartialDate(year=year, month=stated.month, day=stated.day)
    except ValueError:  # 31 June
        return None
