"""Which measure a question for an amount asks for."""

from collections.abc import Callable

from retriever.answer.quantities import BY, FATES, PEOPLE
from retriever.query.analysis import Analysis, AnswerType
from retriever.text.terms import terms, words

# What each measures, beside what is counted: "how long" is a time or a length.
_MEASURES = {
    "long": ("time", "length"),
    "far": ("length",),
    "high": ("length",),
    "tall": ("length",),
    "deep": ("length",),
    "wide": ("length",),
    "old": ("age",),
    "fast": ("speed",),
    "heavy": ("mass",),
    "percent": ("percent",),
    "percentage": ("percent",),
    "share": ("percent",),
    "proportion": ("percent",),
    "magnitude": ("magnitude",),
    "strong": ("magnitude",),
    "population": ("population", "people"),
}
_MONEY = frozenset(
    "cost costs price worth money paid pay fine fined spend spent sold raise raised".split()
)
_CURRENCIES = frozenset(
    "dollars euros pounds yen yuan rupees roubles francs won pesos crowns".split()
)


_COUNTS = frozenset("number toll count".split())
_COUNTING = _COUNTS | {"many", "few"}
_ASKING = frozenset("many much long far high tall old fast percent percentage number".split())


_MEASURE_NOUNS = frozenset("toll population magnitude cost costs price percentage number".split())


def asks_for_amount(asked: Analysis) -> bool:
    """Tell whether an amount is asked for, by its question word or as "the death toll"."""
    if asked.answer_type in {AnswerType.AMOUNT, AnswerType.TIME}:
        return asked.answer_type is AnswerType.AMOUNT
    return not _MEASURE_NOUNS.isdisjoint(asked.asked)


def topic_of(question: str) -> frozenset[str]:
    """Return the index terms of what an amount or anything else is asked of."""
    kept = (word for word in words(question) if word not in _ASKING | PEOPLE | FATES.keys())
    return frozenset(terms(" ".join(kept)))


def asks_for(question: Analysis) -> Callable[[str], bool]:
    """Return a test of a measure: whether it is what the question asks for."""
    asked = words(question.question.text)
    measures = {measure for word in asked for measure in _MEASURES.get(word, ())}
    if {*asked} & (_MONEY | _CURRENCIES):
        measures |= _CURRENCIES | {"Canadian dollars", "Australian dollars", "Hong Kong dollars"}
    fates = {FATES[word] for word in asked if word in FATES}
    counted_by = _COUNTING if question.answer_type is AnswerType.AMOUNT else _COUNTS
    counting, by = not counted_by.isdisjoint(asked), "by" in asked
    stems, people = {*terms(question.question.text)}, not PEOPLE.isdisjoint(asked)

    def fits(measure: str) -> bool:
        counted, _, fate = measure.removeprefix(BY if by else "").partition(" ")
        if measure in measures:
            return True
        if not counting:
            return False
        if fate:
            of_asked = counted == "people" or counted in stems
            return fate in fates and of_asked
        return not fates and (counted in stems or (counted == "people" and people))

    return fits
