"""Which day a weekday in an article means, told from the day on which it was published.

"On Tuesday" is in news the last one up to the day of publication, "will meet on Tuesday" and "next
Tuesday" the first from then on. Where that is not sure nothing is computed: next to a date that the
article states itself, in a name ("Black Friday"), for every Tuesday, and for what somebody says.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from retriever.records import ComputedDay, Quote, Span
from retriever.records.dates import MONTH_NAME
from retriever.text.quotations import without_double_quoted
from retriever.text.sentences import sentence_spans

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = re.compile(rf"\b(?P<day>{'|'.join(_DAYS)})(?:['’]s)?\b")
_ANY_SUCH = re.compile(
    r"\b(?:every|each|any|most|some|all|an?|one|previous|following|other|later|earlier|Black|Good"
    r"|Easter|Palm|Ash|Super|Bloody|Cyber|Giving|Big|Fat|Shrove|Holy|Maundy)\s+$",
    re.IGNORECASE,
)
_NAMES_MORE = re.compile(r"\s+(?:[A-Z](?!M\b)|(?:a )?week\b|before\b|after\b|later\b)|s\b|[-–/]")
_NEXT = re.compile(r"\b(?:next|coming|this coming)\s+$", re.IGNORECASE)
_LAST = re.compile(r"\b(?:last|past)\s+$", re.IGNORECASE)
_TO_COME = re.compile(
    r"\b(?:will|shall|won['’]t|to be|is due|are due|due to|is set|are set|set to|expected to"
    r"|plans? to|planned for|scheduled|going to|takes? place|opens?|begins?|starts?|resumes?|by)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(r"\b(?:would|had|could|should|may|might|if|until)\b", re.IGNORECASE)
_DATE = rf"(?:{MONTH_NAME}\.?\s+\d|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH_NAME}\b)"
_YEAR = r"\b(?:1[5-9]|20)\d\d\b"
_STATED = re.compile(rf"\b{_DATE}|{_YEAR}", re.IGNORECASE)
_STATED_BEHIND = re.compile(rf",?\s+(?:the\s+)?{_DATE}|,?\s+{_YEAR}", re.IGNORECASE)
_DATELINE = re.compile(r"^[^a-z]{2,40}[^—–]{0,40} [—–] ")
_CLAUSE = re.compile(r"[,;:—]|\b(?:and|but|while|after|before|when|who|which|that)\b")


def days_meant(quote: Quote) -> tuple[ComputedDay, ...]:
    """Return the days that the weekdays of a quote mean, in its order, each day once.

    Of those among the words that answer, where some are; none where those state a date themselves,
    nor for an article whose day of publication is not known.
    """
    published, answering = quote.article.published, quote.answering
    if published is None or published.precision != "day":
        return ()
    if answering and _STATED.search(answering.of(quote.article.text)):
        return ()
    found = [*_computed(quote, published.date.first_day)]
    marked = [one for one in found if answering and one.weekday.overlap(answering)]
    return tuple({one.day: one for one in reversed(marked or found)}.values())[::-1]


def _computed(quote: Quote, published: date) -> Iterator[ComputedDay]:
    """Yield each weekday of the quote whose day is sure."""
    for sentence in sentence_spans(quote.text):
        told = without_double_quoted(sentence.of(quote.text))
        # A dateline's date is that of publication.
        text = _DATELINE.sub(lambda match: " " * len(match.group()), told)
        for match in _WEEKDAY.finditer(text):
            day = _day_of(match, text, published)
            if day:
                start = quote.start + sentence.start + match.start()
                span = Span(start=start, end=start + len(match["day"]))
                yield ComputedDay(weekday=span, day=day)


def _day_of(match: re.Match[str], text: str, published: date) -> date | None:
    """Return the day that a weekday of a sentence means; ``None`` where it is not sure."""
    before, behind = text[: match.start()], text[match.end() :]
    if _ANY_SUCH.search(before) or _NAMES_MORE.match(behind):
        return None
    if _STATED.search(before) or _STATED_BEHIND.match(behind):
        return None
    since = (published.weekday() - _DAYS.index(match["day"])) % 7
    clause = _CLAUSE.split(before)[-1]
    if _LAST.search(before):
        return published - timedelta(days=since or 7)
    if _NEXT.search(before) or _TO_COME.search(clause):
        return published + timedelta(days=(7 - since) % 7 or 7 * bool(_NEXT.search(before)))
    return None if _UNSURE.search(clause) else published - timedelta(days=since)
