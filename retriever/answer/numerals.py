"""Numbers as news writes them: in figures, in words, with a currency, and as a range."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retriever.answer.tokens import Token
from retriever.answer.units import UNITS
from retriever.records import Span
from retriever.text.lexicon import FUNCTION_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFound:
    """A number, or two as a range, at the tokens from ``first`` to before ``behind``.

    ``step`` is the size of what it may be rounded to, 0 for one that looks exact, ``grain`` that of
    its last place. ``money`` is the currency sign before it, ``bare_range`` tells that it may be a
    score.
    """

    first: int
    behind: int
    span: Span
    least: float
    most: float
    step: float
    grain: float
    in_figures: bool
    money: str = ""
    bare_range: bool = False
    or_more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numeral:
    value: float
    grain: float
    scaled: bool
    behind: int

    @property
    def step(self) -> float:
        return self.grain if self.scaled else _rounded_to(self.value)


_SMALL = {
    word: number
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen seventeen eighteen nineteen".split(),
        2,
    )
}
_TENS = {
    word: number * 10
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), 2
    )
}
_SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9,
    "trillion": 10**12, "k": 1000, "mn": 10**6, "bn": 10**9, "tn": 10**12,
}  # fmt: skip
_FIGURES = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SIGNS = frozenset(name for name in UNITS if not name[-1].isalnum() and name != "%")
_LARGEST_YEAR = 2100
# Numbers with this many zeros at the end are taken for rounded ones.
_ROUND = 100


def number_at(tokens: Sequence[Token], first: int) -> NumberFound | None:
    """Return the number that begins at a token, if one does; a bare year is none."""
    money = tokens[first].word if tokens[first].word in _SIGNS else ""
    one = _numeral(tokens, first + bool(money))
    if one is None:
        return None
    other = _other_end(tokens, one)
    if other and not one.scaled and other.scaled and one.value < other.value:
        scale = _scale(tokens, other.behind - 1)
        one = _Numeral(value=one.value * scale, grain=0, scaled=True, behind=one.behind)
    last = other or one
    in_figures = tokens[first + bool(money)].word[0].isdigit()
    behind, or_more = _or_more(tokens, last.behind)
    if not money and other is None and _is_year(tokens, first, one):
        return None
    return NumberFound(
        first=first,
        behind=behind,
        span=Span(start=tokens[first].span.start, end=tokens[behind - 1].span.end),
        least=min(one.value, last.value),
        most=max(one.value, last.value),
        step=0.0 if other else one.step,
        grain=0.0 if other else one.grain,
        in_figures=in_figures,
        money=money,
        bare_range=other is not None and not money,
        or_more=or_more,
    )


def _numeral(tokens: Sequence[Token], place: int) -> _Numeral | None:
    """Return a single number: figures or words, and the scales behind them."""
    if place >= len(tokens):
        return None
    word, grain = tokens[place].word, 1.0
    if _FIGURES.fullmatch(word):
        value, behind = float(word.replace(",", "")), place + 1
        grain = 10.0 ** -len(word.partition(".")[2])
    elif word in {"a", "one"} and _at(tokens, place + 1) in {*_SCALES} - {"k", "mn", "bn", "tn"}:
        value, behind = 1.0, place + 1
    elif word in _TENS or word in _SMALL:
        value, behind = _in_words(tokens, place)
    else:
        return None
    scaled = False
    while scale := _scale(tokens, behind):
        value, grain, behind, scaled = value * scale, grain * scale, behind + 1, True
    return _Numeral(value=value, grain=grain, scaled=scaled, behind=behind)


def _in_words(tokens: Sequence[Token], place: int) -> tuple[float, int]:
    word = tokens[place].word
    if word in _SMALL:
        return float(_SMALL[word]), place + 1
    hyphen = _at(tokens, place + 1) == "-"
    ones = {"one": 1, **_SMALL}.get(_at(tokens, place + 1 + hyphen), 0)
    if 0 < ones < 10:
        return float(_TENS[word] + ones), place + 2 + hyphen
    return float(_TENS[word]), place + 1


def _other_end(tokens: Sequence[Token], one: _Numeral) -> _Numeral | None:
    """Return the second number of a range such as "10-20", "10 to 20", "between 10 and 20"."""
    between = _at(tokens, one.behind)
    if between not in {"-", "–", "to"}:
        begins = one.behind - 2
        if between != "and" or _at(tokens, begins) != "between":
            return None
    signed = one.behind + 1 + (_at(tokens, one.behind + 1) in _SIGNS)
    return _numeral(tokens, signed)


def _scale(tokens: Sequence[Token], place: int) -> float:
    """Return what the word at ``place`` multiplies by, 0 if by nothing.

    "m" is million behind money and before what is counted: "£5m", "5m people"; else metres.
    """
    word = _at(tokens, place)
    if word == "m" and tokens[place - 1].span.end == tokens[place].span.start:
        following = _at(tokens, place + 1)
        counts = following[:1].isalpha() and following not in FUNCTION_WORDS
        return 1e6 if counts or _at(tokens, place - 2) in _SIGNS else 0.0
    return float(_SCALES.get(word, 0))


def _or_more(tokens: Sequence[Token], behind: int) -> tuple[int, bool]:
    if _at(tokens, behind) == "+":
        return behind + 1, True
    more = _at(tokens, behind) == "or" and _at(tokens, behind + 1) == "more"
    return (behind + 2, True) if more else (behind, False)


def _rounded_to(value: float) -> float:
    """Return the place that a whole number is rounded to: 1000 for 11,000, 0 for 11,243 and 120."""
    step = 1
    while value and value % (step * 10) == 0:
        step *= 10
    return float(step) if step >= _ROUND else 0.0


def _is_year(tokens: Sequence[Token], first: int, one: _Numeral) -> bool:
    word = tokens[first].word
    return len(word) == 4 and word.isdigit() and 1000 <= one.value < _LARGEST_YEAR


def _at(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].word if 0 <= place < len(tokens) else ""
