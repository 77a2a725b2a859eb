"""What a question seeks, as far as its words tell: a date, a sum of money, the words of somebody.

Told from English question words. A question of another form seeks nothing in particular.
"""

import re
from dataclasses import dataclass

from retriever.text.expressions import Expression
from retriever.text.terms import fold_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What would answer a question.

    ``forms`` are expressions of which a sentence must hold one to answer, or at least one of the
    ``weaker``; none where anything may. ``likely`` are those that it may well lack.
    ``speaker`` is whose words alone answer, as the question names them, ``None`` where anybody's;
    ``topic`` is then what they are to be about, empty where about anything.
    """

    forms: tuple[Expression, ...] = ()
    weaker: tuple[Expression, ...] = ()
    likely: tuple[Expression, ...] = ()
    speaker: str | None = None
    topic: str = ""


_SUM_VERB = (
    r"(?:costs?|pay|pays|paid|spends?|spent|earns?|earned|fined|worth|charged?|charges|owes?|owed"
    r"|borrow(?:ed|s)?|donated?|invest(?:ed|s)?|raised?|sold|sell|sells|price[ds]?|bought|buy"
    r"|fetch(?:ed)?|budget(?:ed)?|debt|bail|insured)"
)
_SUM_NAME = (
    r"(?:price|fee|salary|fine|sum|cost|budget|reward|wages?|bonus|damages|compensation|bail|debt"
    r"|revenues?|turnover|profits?)"
)
_PERIODS = r"(?:seconds|minutes|hours|days|nights|weeks|months|years|decades|centuries)"
_UNITS = (
    r"(?:dollars|euros|pounds|crowns|percent\w*|(?:kilo|centi)?met(?:er|re)s|miles|feet|acres"
    r"|hectares|tons|tonnes|barrels|times)"
)
_ADJECTIVES = r"(?:far|high|tall|large|big|deep|wide|fast|heavy|hot|cold|warm|loud|thick|small)"
_QUANTITY = (
    r"(?:number|amount|population|(?:top |average |maximum )?speed|height|length|temperature"
    r"|interest rate|death toll|magnitude)"
)
_WHAT_IS = r"\b(?:what|which) (?:(?:is|was|are|were|will|would) )?"
_VERB = (
    r"(?:did|was|is|were|are|does|do|will|has|have|had|can|could|would|should|may|might|must"
    r"|exactly)"
)
# "When" asks where a verb follows ("When did it end?"), not where a clause does ("What remains when
# it ends?").
_WHEN = (
    r"^(?:(?:and|but|so|or|then|by|since|until|till|from|for|around|about) )*when"
    rf"(?:,? {_VERB}\b|\W*$)",
    r"[.?!] (?:by |since |until )?when (?:did|was|is|were|are|does|do|will|has|have|had)\b",
    r"\b(?:know|tell (?:me|us)|say|remember|mention|and) (?:by |since |until )?when\b",
    r"\b(?:since|until|by|planet|place|happen|published|released) when\?",
)
_AMOUNT = (Expression.COUNT, Expression.MONEY, Expression.PERCENT, Expression.LENGTH)
_FORMS = (
    ((Expression.AGE,), (r"\bhow old\b", rf"{_WHAT_IS}(?:[\w'’]+ ){{0,3}}age\b")),
    (
        (Expression.PERCENT,),
        (rf"{_WHAT_IS}(?:percent|percentage|per cent|proportion|share|fraction)\b(?! price)",),
    ),
    (
        _AMOUNT,
        (
            r"\bhow much\b.*\b(?:increase|rise|rose|risen|fall|fell|fallen|drop|grow|grown|change"
            r"|decline)",
        ),
    ),
    (
        (Expression.MONEY,),
        (
            r"\bhow much (?:money|cash|compensation|funding)\b",
            rf"\bhow much {_VERB} .*\b{_SUM_VERB}\b",  # "how much oil did they buy" asks for oil
            rf"{_WHAT_IS}(?:[\w'’]+ ){{0,3}}{_SUM_NAME}\b(?! (?:caps?|increase|of living))",
            r"\bwhat (?:did|does|do|will|would) .*\bcost\b",
            r"\bhow (?:expensive|costly)\b",
        ),
    ),
    ((Expression.DURATION,), (rf"\bhow (?:many|few) (?:[\w-]+ ){{0,2}}{_PERIODS}\b",)),
    ((Expression.DURATION, Expression.LENGTH), (r"\bhow long\b",)),
    ((Expression.NUMBER,), (rf"\bhow (?:many|few) (?:[\w-]+ ){{0,2}}{_UNITS}\b",)),
    ((Expression.COUNT,), (r"\bhow (?:many|few)\b",)),
    ((Expression.NUMBER,), (r"\bhow often\b",)),
    (_AMOUNT, (r"\bhow much\b",)),
    ((*_AMOUNT, Expression.DURATION), (rf"\bhow {_ADJECTIVES}\b",)),
    (
        _AMOUNT,
        (rf"{_WHAT_IS}(?:the |its |their )?(?:[\w'’]+ )?{_QUANTITY} (?!one|plates?)",),
    ),
    (
        (Expression.CLOCK,),
        (r"\b(?:what|which) (?:time|hour)\b(?! (?:fram|period|span|zone|of\b))",),
    ),
    (
        (Expression.TIME,),
        (
            *_WHEN,
            r"\b(?:what|which) (?:year|date|day|month|weekday|century|decade|season)s?\b(?!['’])",
        ),
    ),
)
_SEEKS = tuple((forms, re.compile("|".join(patterns))) for forms, patterns in _FORMS)
_WEAKER = {
    Expression.TIME: (Expression.OCCASION,),
    Expression.CLOCK: (Expression.TIME, Expression.OCCASION),
    Expression.DURATION: (Expression.TIME,),
    Expression.NUMBER: (Expression.OCCASION,),
}
_LIKELY = (
    (
        (Expression.PLACE,),
        re.compile(r"\b(?:where|(?:what|which) (?:place|city|country|town|state))\b"),
    ),
    (
        (Expression.REASON,),
        re.compile(r"\bwhy\b|\b(?:what|which) (?:caused|reasons?|prompted|led)\b"),
    ),
)

_SAY = (
    r"(?:say|tell|think|comment|argue|claim|warn|explain|announce|urge|predict|believe|remark|reply"
    r"|promise|suggest|insist|admit|deny|expect|fear|recommend|demand)"
)
_SAID = (
    r"(?:said|told|thought|commented|argued|claimed|warned|explained|announced|urged|predicted"
    r"|remarked|replied|promised|suggested|insisted|admitted|denied|recommended|demanded)"
)
_OPINION = (
    r"(?:opinions?|views?|words|comments?|statement|assessment|explanation|message|warning"
    r"|arguments?|advice)"
)
_WHAT = r"\bwhat(?: else| exactly)?"
_WHOSE_WORDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_WHAT} (?:did|does|do|would) (?P<who>.+?) (?:\w+ly )?{_SAY}\b(?!['’-])"
        r"(?P<topic>.*)",
        rf"{_WHAT} (?:has|have|had) (?P<who>.+?) (?:\w+ly )?{_SAID}\b(?P<topic>.*)",
        rf"\bwhat (?:is|are|was|were) (?P<who>[^,?]+?)['’]s? (?:own )?{_OPINION}\b(?P<topic>.*)",
        rf"\bwhat (?:is|are|was|were) the {_OPINION} (?:of|by|from) (?P<who>[^,?]+?)"
        r"(?: (?:on|about|to|regarding)\b|\W*$)(?P<topic>.*)",
    )
)
_MOST_WORDS_OF_A_SPEAKER = 8
_NOT_A_SPEAKER = re.compile(
    r"\b(?:he|she|it|they|we|you|i|this|that|these|who|which|not|is|are|was|were|do|did|have|has)\b"
)


def sought_in(question: str) -> Sought:
    """Return what ``question`` seeks; of several things the one that is named most exactly."""
    lowered = fold_word(question)
    for forms, pattern in _SEEKS:
        if pattern.search(lowered):
            return Sought(forms=forms, weaker=_WEAKER.get(forms[0], ()))
    likely = next((forms for forms, pattern in _LIKELY if pattern.search(lowered)), ())
    for pattern in _WHOSE_WORDS:
        match = pattern.search(question)
        if match and _is_speaker(match["who"]):
            speaker, topic = match["who"].strip(" ,"), match["topic"].strip(" ,?")
            return Sought(likely=likely, speaker=speaker, topic=topic)
    return Sought(likely=likely)


def _is_speaker(who: str) -> bool:
    """Tell whether words may name somebody: not a pronoun, nor a clause of its own."""
    return len(who.split()) <= _MOST_WORDS_OF_A_SPEAKER and not _NOT_A_SPEAKER.search(
        fold_word(who)
    )
