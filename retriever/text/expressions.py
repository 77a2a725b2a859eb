"""Dates, numbers, sums of money, ages and the like: what a text holds, as far as its form tells.

English alone: "May 5", "3.5 million crowns", "44-year-old", "since dawn". Generous on purpose: a
question for a number is refused where nothing has this form, so a form too many costs little, and
one too few an answer. Of 96 right quotes for such questions of six sets, 95 hold the form.
"""

import re
from collections.abc import Iterator, Set
from enum import StrEnum

from retriever.records.articles import Span
from retriever.records.dates import MONTH_NAME
from retriever.text.terms import words


class Expression(StrEnum):
    """What can be told by its form.

    ``TIME`` says when by itself, ``OCCASION`` by what else happened ("after the war"), ``CLOCK`` is
    a time of day, ``LENGTH`` a distance or size, ``COUNT`` a number that is none of these. A
    ``PLACE`` or ``REASON`` may have other forms too.
    """

    TIME = "time"
    CLOCK = "clock"
    NUMBER = "number"
    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    AGE = "age"
    DURATION = "duration"
    LENGTH = "length"
    OCCASION = "occasion"
    PLACE = "place"
    REASON = "reason"


_ONES = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SCALES = "hundred|thousand|million|billion|trillion|dozen"
_ROUGH = rf"(?:{_SCALES})s|scores|half|halves|thirds?|quarters?|none|both|several|couple|zero"
# Not the number of a note, "[6]", nor part of a name, "F-16".
_FIGURES = r"(?<![\w\[])(?<![A-Za-z]-)(?:\d[\d.,]*(?:st|nd|rd|th|bn|m|k)?(?![\w%])|\d[\d.,]*\d|\d)"
_SPELT = rf"(?:{_TENS})(?:-(?:{_ONES}))?|{_ONES}|{_SCALES}|{_ROUGH}"
_SCALED = rf"(?:{_FIGURES}|\b(?:{_SPELT})\b)(?:[\s-]+(?:{_SCALES}|bn|m)\b)*"
_COUNTED = rf"(?:{_SCALED}|\b(?:an?|few|many|some|several|the)\b)"
_SMALL = rf"(?:\d{{1,3}}(?=[\s,.;]|$)|(?:{_TENS}|{_ONES})\b)"
_SIGN = r"(?:US|A|C|HK|NZ|S|R|NT)?[$€£¥₹₽₩₪₺₴₦]"
_CURRENCY = (
    r"(?:dollars?|euros?|pounds?|sterling|cents?|pence|yen|yuan|renminbi|rubles?|roubles?|rupees?"
    r"|francs?|crowns?|kron(?:a|or|er?)|pesos?|shekels?|liras?|lire|dinars?|dirhams?|riyals?|rials?"
    r"|rand|reals?|reais|zlotys?|forints?|hryvnias?|marks?|guilders?|guineas?|shillings?|nairas?"
    r"|ringgit|baht|won|rupiah|bitcoins?|bucks|quid|USD|EUR|GBP|CHF|JPY|CNY|RMB)\b"
)
_PERIOD = (
    r"(?:seconds?|minutes?|mins?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|years?"
    r"|decades?|centur(?:y|ies)|generations?|semesters?|seasons?|terms?)\b"
)
_MEASURE = (
    r"(?:km|kilomet(?:er|re)s?|met(?:er|re)s?|m|cm|centimet(?:er|re)s?|mm|millimet(?:er|re)s?"
    r"|miles?|feet|foot|ft|inch(?:es)?|yards?|light[- ]years?|acres?|hectares?|storeys?|stories"
    r"|blocks?|fathoms?|furlongs?|leagues?|pages?|words?|characters?)\b"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b"
_MONTH = (
    r"(?-i:(?:[Jj]anuary|[Ff]ebruary|March|April|May|June|July|August|September|October|November"
    r"|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?))(?=[\s,.;:)–-]|$)"
)
_CLOCK = (
    r"\d{1,2}(?:[:.]\d{2})?\s?(?:a\.m\.|p\.m\.|am\b|pm\b|o['’]clock|GMT|UTC|hours)",
    r"\d{1,2}:\d{2}",
    r"(?:half|quarter)\s+(?:past|to)\s+\w+",
    rf"(?:{_ONES})\s+(?:o['’]clock|in the (?:morning|evening))",
    r"\b(?:noon|midday|midnight|dawn|dusk|sunrise|sunset|daybreak|nightfall|lunchtime)\b",
    r"\b(?:morning|afternoon|evening|night|overnight)\b",
)
_TIME = (
    rf"(?-i:\b{_WEEKDAY})",
    rf"\b{_MONTH}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?\b)?",
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH_NAME}\b",
    r"(?<![\d.,])[12]\d{3}s?(?!\d|[.,]\d)",
    # "in 911 as a fief": a number of three figures that counts nothing behind it
    r"\b(?:in|since|until|by|from|about|around)\s+[1-9]\d\d"
    r"(?=[,.;:)]|\s+(?:as|and|by|when|to|at|the|after|with|under|of|on|until|but)\b)(?![.,]\d)",
    r"\b\d{1,4}\s?(?:BCE?|CE|AD)\b|\bAD\s?\d+",
    r"\b\w+[- ](?:century|centuries)\b|['’]\d0s\b",
    r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}(?:/\d+)?",
    *_CLOCK,
    r"\b(?:today|yesterday|tomorrow|tonight|nowadays|currently|recently|soon|immediately|ago)\b",
    r"\bnow\b",
    r"\b(?:last|next|this|that|previous|following|coming|past|early|late|later|mid|same|each|every)"
    rf"[\s-]+(?:{_PERIOD}|(?:spring|summer|autumn|fall|winter|morning|afternoon|evening|\w+day)\b)",
    r"\b(?:spring|summer|autumn|winter|christmas|easter|ramadan|thanksgiving|new year)\b",
    rf"{_COUNTED}\s+(?:more\s+|full\s+)?{_PERIOD}"
    r"\s+(?:later|earlier|before|after|from now|old|into)\b",
    rf"\bage[ds]?\s(?:of\s)?{_SCALED}",
)
_OCCASION = (
    r"\b(?:after|before|during|when|while|until|till|since|once|upon|following|prior to|by)\b",
    r"\b(?:as soon as|at the (?:age|time|end|start|beginning)|whenever|every|first|next|later)\b",
    r"\b(?:always|usually|often|typically|initially|originally|eventually|finally|still|already"
    r"|yet|twice|daily|weekly|monthly|yearly|annually|hourly|never)\b",
)
_NUMBER = (
    _SCALED,
    rf"\b(?:a|an)\s+(?:{_SCALES}|few|single)\b",
)
_MONEY = (
    rf"{_SIGN}\s?\d[\d.,]*(?:[\s-]?(?:{_SCALES}|bn|m|k)\b)?",
    rf"{_COUNTED}[\s-]+(?:[\w.]+\s)?{_CURRENCY}",
    rf"\b{_CURRENCY}\s?\d",
    r"\b(?:free of charge|for free|nothing|free)\b|\d+p\b",
)
_PERCENT = (
    rf"{_SCALED}\s*(?:%|per\s?cent\b|percent\b|percentage points?\b|pc\b)",
    rf"{_SCALED}\s+(?:in|out of|of)\s+(?:the\s+|every\s+)?{_SCALED}",
    r"\b(?:half|halves|majority|most|(?:third|quarter|fifth|tenth|eighth|sixth)s?)\b",
)
_AGE = (
    rf"{_SCALED}[\s-]+{_PERIOD}[\s-]+old\b",
    rf"\bage[ds]?\s+(?:of\s+)?(?:just\s+|only\s+)?{_SCALED}",
    rf"\bat\s+(?:just\s+|only\s+)?{_SMALL}",
    rf"\b(?:turn(?:s|ed)?|is|was|am|are|were)\s+(?:now\s+|only\s+|just\s+)?{_SMALL}",
    r"\b(?:born|built|founded|dat(?:es?|ing)|since|from)\b[^.]{0,60}?[12]\d{3}",
    r"\b(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|\d0s)\b",
    rf"{_SCALED}\s+birthday|\bcentur(?:y|ies)\b",
)
_DURATION = (
    rf"{_COUNTED}[\s-]+(?:\w+[\s-])?{_PERIOD}",
    rf"\b(?:one|whole|entire|all|the last|the past|the next)\s+(?:\w+\s)?{_PERIOD}",
    r"\b(?:since|until|till|through)\b|\d{4}\s?[-–]\s?\d{2,4}|\d+:\d+",
    r"\b(?:from|between)\b.{0,60}?\b(?:to|and|until)\b",
    r"\b(?:life|lifetime|overnight|forever|indefinitely)\b",
)
_LENGTH = (
    rf"{_SCALED}[\s-]?(?:[a-z]+[\s-])?{_MEASURE}",
    r"\d['’]\d|\d+\s?(?:[x×]|by)\s?\d",
)
_PLACE = (
    r"\b(?:in|at|near|from|to|into|outside|inside|across|off|around|beside|along|between|opposite"
    r"|through|on|of|towards?|via|north|south|east|west)\s+(?:the\s+|a\s+|an\s+)?"
    rf"(?!(?:{MONTH_NAME}|{_WEEKDAY})\b)(?-i:[A-Z])[\w.’'-]+",
)
_REASON = (
    r"\b(?:because|since|due to|owing to|thanks to|as a result|in order to|so that|so as to)\b",
    r"\b(?:caus(?:e[ds]?|ing)|prompt(?:ed|ing)|led to|leading to|reasons?|cit(?:ed|ing))\b",
    r"\b(?:blam(?:e[ds]?|ing)|driven by|stem(?:s|med|ming) from|result(?:s|ed|ing) (?:from|in))\b",
    r"\b(?:after|amid|given|out of|fearing|hoping|over|for fear|for (?:not )?\w+ing|made|makes)\b",
    r"\bto (?:avoid|prevent|protect|ensure|help|make|stop|keep|allow)\b",
    r"\b(?:therefore|thus|hence|in protest|in response)\b",
)
_FORMS = {
    Expression.TIME: _TIME,
    Expression.OCCASION: _OCCASION,
    Expression.CLOCK: _CLOCK,
    Expression.NUMBER: _NUMBER,
    Expression.MONEY: _MONEY,
    Expression.PERCENT: _PERCENT,
    Expression.AGE: _AGE,
    Expression.DURATION: _DURATION,
    Expression.LENGTH: _LENGTH,
    Expression.PLACE: _PLACE,
    Expression.REASON: _REASON,
}
# Behind a name: "Ding, 44, said", "Ding (44)".
_BEHIND_WORDS = {Expression.AGE: r"|,\s?\d{1,3}(?=[,.;)])|\(\d{1,2}\)"}
# All others begin where a word may, which is tried first: at every letter they took four times as
# long, 90 µs a sentence for a time and 30 ms a question.
_PATTERNS = {
    kind: re.compile(rf"(?<!\w)(?:{'|'.join(forms)}){_BEHIND_WORDS.get(kind, '')}", re.IGNORECASE)
    for kind, forms in _FORMS.items()
}
# The quickest to look for come first; most numbers are told by one of them.
_COUNTS_NOTHING = (
    *(Expression.CLOCK, Expression.LENGTH, Expression.DURATION, Expression.MONEY, Expression.TIME),
)
_YEAR = re.compile(r"\d{4}")
# Without a figure, "day" or one of these no sentence says when: half of them are spared a look.
_SAYS_WHEN = frozenset(
    "january february march april may june july august september october november december jan feb"
    " mar apr jun jul aug sep sept oct nov dec century centuries half quarter clock noon midnight"
    " dawn dusk sunrise sunset nightfall lunchtime morning afternoon evening night overnight"
    " tomorrow tonight nowadays currently recently soon immediately ago now second seconds minute"
    " minutes min mins hour hours nights week weeks weekend weekends fortnight fortnights month"
    " months year years decade decades generation generations semester semesters season seasons"
    " term terms spring summer autumn fall winter christmas easter ramadan thanksgiving age aged"
    " ages".split()
)
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_WHAT_IS_COUNTED = re.compile(r"\s+(?:[a-z-]+\s+)?[a-z-]+s\b(?<!\bwas|\bhas)(?<!\bis)")


def expressions(text: str, kind: Expression) -> Iterator[Span]:
    """Yield where ``text`` holds something of the ``kind``, by its form, from left to right."""
    if kind is Expression.COUNT:
        yield from _counts(text)
        return
    if kind is Expression.TIME and not _may_say_when(text):
        return
    for match in _PATTERNS[kind].finditer(text):
        yield Span(start=match.start(), end=match.end())


def _may_say_when(text: str) -> bool:
    """Tell whether a text has anything without which no pattern of a time can match."""
    if _DIGIT.search(text):
        return True
    lowered = text.lower()
    return "day" in lowered or not _SAYS_WHEN.isdisjoint(_LETTERS.findall(lowered))


def holds_new(text: str, kind: Expression, known: Set[str]) -> bool:
    """Tell whether ``text`` holds something of the ``kind`` with a folded word not ``known``."""
    return any(not known >= {*words(span.of(text))} for span in expressions(text, kind))


def _counts(text: str) -> Iterator[Span]:
    """Yield the numbers that are no part of a date, a sum of money, a period and so on."""
    numbers = [*expressions(text, Expression.NUMBER)]
    if not numbers:
        return
    for kind in _COUNTS_NOTHING:
        others = [
            span
            for span in expressions(text, kind)
            # "1500 workers" has no year
            if not (_YEAR.fullmatch(span.of(text)) and _WHAT_IS_COUNTED.match(text, span.end))
        ]
        numbers = [one for one in numbers if not any(map(one.overlap, others))]
        if not numbers:
            return
    yield from numbers
