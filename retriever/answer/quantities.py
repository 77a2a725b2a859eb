"""The quantities that a sentence states: how much, at least and at most, and of what.

Two of them can be compared only where they measure the same: units are converted, counted things
go by their noun, and people by what became of them, for the killed and the injured are two counts.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise, takewhile

from retriever.answer.numerals import NumberFound, number_at
from retriever.answer.tokens import Token, tokens_in
from retriever.answer.units import SHORT_UNITS, UNITS
from retriever.records import Span
from retriever.text.lexicon import FUNCTION_WORDS
from retriever.text.terms import terms

ENDLESS = float("inf")
BY = "by "
"""What the measure of a margin or a change begins with: "won by 312 votes", "rose by 5 percent"."""
# Far apart in other units, as a rounded conversion is: "300 feet", "91 metres".
_CONVERTED = 0.02
_HALF = 0.49  # of a step: less than that is rounding
_AROUND = 0.1  # the part by which "about" and its like may be off


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """How much a text says there is: from ``least`` to ``most``, in the smallest unit.

    ``span`` are the words that say it. ``measure`` is what is measured or counted, empty where
    the text does not tell.
    """

    span: Span
    least: float
    most: float
    measure: str

    def contradicts(self, other: "Quantity") -> bool:
        """Tell whether the two cannot both be right; what is rounded is right as rounded."""
        return self.least > other.most or other.least > self.most


_AT_LEAST = ("at least", "more than", "over", "no fewer than", "no less than", "above")
_AT_MOST = ("at most", "less than", "fewer than", "under", "no more than", "below", "up to")
_ROUGHLY = (
    *("about", "around", "roughly", "approximately", "some", "nearly", "almost", "an estimated"),
    *("close to", "estimated at", "estimated", "as many as", "as much as", "upwards of", "circa"),
)
_HEDGES = {
    tuple(phrase.split()): kind
    for kind, phrases in (("least", _AT_LEAST), ("most", _AT_MOST), ("about", _ROUGHLY))
    for phrase in phrases
}
# A number behind one of these is a name's, a step's, what was before, or a part of another.
_NOT_BEHIND = frozenset(
    "no number article section season episode game week day phase round page level top"
    " chapter room apartment route highway flight version type including among from than"
    " another additional further other age aged under".split()
)
# One of these behind a number makes it a part, a rate, a time of day or a score.
_NOT_BEFORE = frozenset(
    "st nd rd th more others other additional further a.m p.m am pm o'clock : /".split()
)
_RATES = frozenset("per each every daily weekly monthly annually yearly hourly apiece".split())
_TIMES = frozenset("day week month year hour minute".split())
_THEN = frozenset("after before later earlier ago".split())  # "a day later" is no rate
_PARTS = frozenset(("of", whole) for whole in ("them", "whom", "the", "those", "these"))
PEOPLE = frozenset("people person persons individuals lives victims".split())
_PLURALS = PEOPLE | frozenset("men women children police troops staff crew cattle sheep".split())
_BEFORE = frozenset(
    "population magnitude attendance circulation membership enrolment enrollment turnout".split()
)
FATES = {
    word: fate
    for fate, words in {
        "killed": "kill kills killed killing killings dead died die dies death deaths toll"
        " fatalities fatality perished slain drowned",
        "injured": "injured injures injuring injuries injury hurt wounded wounding wounds",
        "arrested": "arrested arrests arrest detained detentions",
        "missing": "missing unaccounted",
        "displaced": "displaced displacing homeless",
        "evacuated": "evacuated evacuating evacuations",
        "rescued": "rescued rescuing saved",
        "infected": "infected infections",
        "trapped": "trapped",
        "hospitalised": "hospitalised hospitalized hospital",
    }.items()
    for word in words.split()
}
_ENDS = frozenset(";:()—–")
_NEAR = 8  # words between a number and what became of the people it counts


def quantities_in(text: str, *, taken: Sequence[Span] = ()) -> tuple[Quantity, ...]:
    """Return the quantities of a sentence that can be compared; none overlaps a ``taken`` span.

    Left out are numbers that are part of a name, ordinals, scores, parts of another number
    ("including three children"), additions ("another 12"), changes ("from 10") and rates.
    """
    tokens = tokens_in(text)
    return tuple(
        quantity
        for number in _numbers(tokens)
        if not any(number.span.overlap(span) for span in taken)
        and (quantity := _quantity(tokens, number)) is not None
    )


def _numbers(tokens: Sequence[Token]) -> Iterator[NumberFound]:
    place = 0
    while place < len(tokens):
        found = number_at(tokens, place)
        if found:
            yield found
        place = found.behind if found else place + 1


def _quantity(tokens: Sequence[Token], number: NumberFound) -> Quantity | None:
    first, hedge = _hedged(tokens, number.first)
    if _is_aside(tokens, first, number):
        return None
    unit, behind = _unit(tokens, number)
    measure = unit or _counted(tokens, number)
    margin = BY if first and tokens[first - 1].word == "by" else ""
    if number.bare_range and not (unit or measure):
        return None  # a score
    factor = UNITS[unit].factor if unit else 1.0
    least, most = _bounds(number, hedge, max(number.step, number.grain) if unit else number.step)
    slack = _CONVERTED if factor != 1.0 else 0.0
    measured = UNITS[unit].measures if unit else measure
    if measured == "time" and _word(tokens, behind + (_word(tokens, behind) == "-")) == "old":
        measured = "age"
    last = behind if unit else behind + _to_noun(tokens, behind)
    return Quantity(
        span=Span(start=tokens[first].span.start, end=tokens[last - 1].span.end),
        least=least * factor * (1 - slack),
        most=most * factor * (1 + slack),
        measure=f"{margin}{measured}",
    )


def _hedged(tokens: Sequence[Token], first: int) -> tuple[int, str]:
    """Return where a number begins with what limits it, and how that limits it."""
    for length in (3, 2, 1):
        words = tuple(token.word for token in tokens[max(0, first - length) : first])
        if len(words) == length and words in _HEDGES:
            return first - length, _HEDGES[words]
    return first, ""


def _bounds(number: NumberFound, hedge: str, step: float) -> tuple[float, float]:
    """Return from what to what a number goes that may be rounded to ``step``."""
    least, most = number.least, number.most
    if hedge == "least" or number.or_more:
        return least, ENDLESS
    if hedge == "most":
        return 0.0, most
    if hedge == "about":
        off = max(step, _AROUND * most)
        return least - off, most + off
    return least - _HALF * step, most + _HALF * step


def _is_aside(tokens: Sequence[Token], first: int, number: NumberFound) -> bool:
    """Tell whether a number is a name's, a step's or only a part of what is counted."""
    before = tokens[first - 1] if first else None
    step = _word(tokens, first - 2) if before and before.word == "the" else ""
    if before and not {before.word, step}.isdisjoint(_NOT_BEHIND | {"/", ":", "#"}):
        return True
    if before and first > 1 and before.is_capitalised and not number.money:
        return True
    following = [token.word for token in _group(tokens[number.behind : number.behind + 6])]
    return (
        following[:1] in ([word] for word in _NOT_BEFORE)
        or any(
            pair in _PARTS or (pair[0] in _RATES and pair != ("per", "cent"))
            for pair in pairwise(following)
        )
        or any(
            article in {"a", "an"} and time in _TIMES and then not in _THEN
            for article, time, then in zip(
                following, following[1:], [*following[2:], ""], strict=False
            )
        )
    )


def _group(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens before a comma, the first of them in any case."""
    for place, token in enumerate(tokens):
        if place and token.word in {",", ";", "—"}:
            return
        yield token


def _unit(tokens: Sequence[Token], number: NumberFound) -> tuple[str, int]:
    """Return the name of the unit behind or before a number, and the token behind all of it."""
    if number.money:
        return number.money, number.behind
    place = number.behind + (_word(tokens, number.behind) == "-")
    for length in (2, 1):
        named = [token.word for token in tokens[place : place + length]]
        name = " ".join(named)
        if len(named) < length:
            continue
        short = name in SHORT_UNITS and (not number.in_figures or place > number.behind)
        if name in UNITS and not short:
            return name, place + length
    return "", number.behind


def _counted(tokens: Sequence[Token], number: NumberFound) -> str:
    """Return what a number without a unit counts: the noun, for people what became of them."""
    counted = _to_noun(tokens, number.behind)
    noun = _word(tokens, number.behind + counted - 1) if counted else ""
    fate = "killed" if noun == "lives" else _fate(tokens, number)
    if noun in PEOPLE or (not noun and fate and not _qualifies(tokens, number)):
        return f"people {fate}".rstrip()
    if noun:
        return " ".join([*terms(noun), fate]).rstrip()
    if _word(tokens, number.behind + 1) == "magnitude":  # "6.5-magnitude"
        return "magnitude"
    if behind_of := _number_of(tokens, number.first):
        return behind_of
    before = [token.word for token in tokens[max(0, number.first - 5) : number.first]]
    return next((word for word in reversed(before) if word in _BEFORE), "")


def _qualifies(tokens: Sequence[Token], number: NumberFound) -> bool:
    """Tell whether a number belongs to a singular, or to "magnitude": "a 6.4 quake killed …"."""
    after = _word(tokens, number.behind)
    alone = not after[:1].isalpha() or after in FATES or after in FUNCTION_WORDS
    return not alone or _word(tokens, number.first - 1) in _BEFORE


def _number_of(tokens: Sequence[Token], first: int) -> str:
    """Return what "the number of people … is 410,000" counts; empty without these words."""
    before = [token.word for token in tokens[:first]]
    for place, pair in enumerate(pairwise(before)):
        if pair == ("number", "of"):
            distance = _to_noun(tokens, place + 2)
            noun = before[place + 1 + distance] if 0 < distance < len(before) - place - 1 else ""
            return "people" if noun in PEOPLE else " ".join(terms(noun))
    return ""


def _to_noun(tokens: Sequence[Token], behind: int) -> int:
    """Return how far it is from a number to the first plural in the same group of words, 0 else."""
    for distance, token in enumerate(tokens[behind : behind + 4], 1):
        word = token.word
        if word in FUNCTION_WORDS or not word[0].isalpha() or word in FATES:
            return 0
        if word in _PLURALS or (word.endswith("s") and not word.endswith(("ss", "us", "is"))):
            return distance
    return 0


def _fate(tokens: Sequence[Token], number: NumberFound) -> str:
    """Return what became of people, by the nearest word that tells; one before a number first."""
    before = tokens[max(0, number.first - _NEAR) : number.first][::-1]
    after = tokens[number.behind : number.behind + _NEAR]
    # "injured, and five people were killed": what stands before a comma or an "and" is further.
    joined = 1.0 if before and before[0].word == "and" else 0.0
    near = (
        (distance + shift, FATES[token.word])
        for shift, side in (
            (joined, _same_clause(before, ends=_ENDS | {","})),
            (0.5, _same_clause(after)),
        )
        for distance, token in enumerate(side)
        if token.word in FATES
    )
    return min(near, default=(0, ""))[1]


def _same_clause(tokens: Sequence[Token], *, ends: Set[str] = _ENDS) -> Iterator[Token]:
    return takewhile(lambda token: token.word not in ends, tokens)


def _word(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].word if 0 <= place < len(tokens) else ""
