"""A sentence as a statement: its names, dates and quantities, and when and whether it holds."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from retriever.answer.quantities import Quantity, quantities_in
from retriever.answer.tokens import Token, tokens_in
from retriever.records import Span
from retriever.records.dates import MONTH_NAME, MONTH_NUMBERS, PartialDate
from retriever.text.content_words import names_in
from retriever.text.lexicon import DAY_WORDS, FUNCTION_WORDS, SPEECH_VERB
from retriever.text.stated_dates import StatedDate, dates_in, spans_of_dates
from retriever.text.terms import fold_word, terms

_WEEKDAYS = frozenset(word for word in DAY_WORDS if word.endswith("day"))
_TITLES = frozenset(
    "mr mrs ms dr sir president minister prime secretary senator sen rep gov governor chancellor"
    " king queen prince princess general gen col lt pope chief judge justice professor prof".split()
)
# For which time a count holds; two that hold for others are two counts.
_PERIOD = re.compile(
    rf"\bsince (?:\d{{4}}|{MONTH_NAME}|\w+day|then|last \w+|the (?:start|beginning|war))\b"
    r"|\b(?:past|last|previous|next|first|second|third|fourth|final)"
    r" (?:[\w-]+ )?(?:hours?|days?|weeks?|months?|years?|decades?|quarter|half)\b"
    r"|\bthis (?:week|month|year|season)|\bso far this|\bovernight\b|\b(?:a|one|two|three|\d+)"
    r" (?:day|week|month|year)s? (?:ago|earlier|later|before)",
    re.IGNORECASE,
)
_ITS_DAY = re.compile(
    r"\b(?:today|tonight|yesterday|tomorrow|currently|this week)\b", re.IGNORECASE
)
# What may be, was planned or asked for is not stated.
_UNREAL = re.compile(
    r"\b(?:would|could|(?-i:may)|might|should|if|whether|unless|expects?|expected|plan(?:s|ned)?|hopes?"
    r"|hoped|forecasts?|predict(?:s|ed)?|predicts|projected|target|aims?|aimed|likely|potentially"
    r"|threatened|urged|asked|called on|ought)\b|\?",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"\b(?:according to|as reported by)\b[^,;.]*", re.IGNORECASE)
_SAID = re.compile(rf"\b{SPEECH_VERB}\b", re.IGNORECASE)
_REFERS_TO_SPEAKER = re.compile(r"\b(?:it|its|they|their|he|his|she|her|we|our|I|my)\b")
_CLAUSE_END = re.compile(
    r"[,;:()–—“”\"]\s*|\s+(?:and|but|while|which|who|whom|whose|where|after|before|as|when"
    r"|although|though|because|including)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A sentence of an article; spans count from the sentence's own beginning.

    ``around`` is the article's text around it: a first word that stands there with a capital inside
    a sentence is a name. ``published`` is the article's date.
    """

    text: str
    around: str = ""
    published: PartialDate | None = None

    @cached_property
    def known_names(self) -> frozenset[str]:
        """The words that the text around it writes with a capital inside its sentences."""
        return names_in(self.around)

    @cached_property
    def terms(self) -> frozenset[str]:
        """Its index terms."""
        return frozenset(terms(self.text))

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words and signs."""
        return tokens_in(self.text)

    @cached_property
    def dates(self) -> tuple[StatedDate, ...]:
        """The dates that it states."""
        return dates_in(self.text)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The quantities that it states; dates are none."""
        return quantities_in(self.text, taken=spans_of_dates(self.text))

    @cached_property
    def weekdays(self) -> frozenset[str]:
        """The days of the week that it names."""
        return frozenset(token.word.removesuffix("'s") for token in self.tokens) & _WEEKDAYS

    @cached_property
    def is_of_its_day(self) -> bool:
        """Whether it speaks of the day or week that it was written on ("today")."""
        return _ITS_DAY.search(self.text) is not None

    @cached_property
    def periods(self) -> frozenset[str]:
        """The periods that it speaks of ("since Monday", "last year"), folded."""
        return frozenset(fold_word(found) for found in _PERIOD.findall(self.text))

    @cached_property
    def subject_names(self) -> frozenset[str]:
        """The names in it, but for those of who is said to have told it."""
        return self._names(_without_source(self.text))

    @cached_property
    def capitalised(self) -> frozenset[str]:
        """Its words with a capital, folded, the first included: a name, perhaps."""
        return frozenset(bare_name(token) for token in self.tokens if is_name(token))

    def names_at(self, span: Span) -> frozenset[str]:
        """Return the names in a part of it, folded; titles, months and weekdays are none."""
        return self._names(span.of(self.text), opening=not self.text[: span.start].strip(' “"‘'))

    def _names(self, text: str, *, opening: bool = True) -> frozenset[str]:
        return frozenset(
            bare_name(token)
            for place, token in enumerate(tokens_in(text))
            if is_name(token) and (place or not opening or bare_name(token) in self.known_names)
        )

    def clause_at(self, span: Span) -> Span:
        """Return the part of it around ``span`` that no comma or conjunction divides."""
        ends = [match.span() for match in _CLAUSE_END.finditer(self.text)]
        start = max((end for _, end in ends if end <= span.start), default=0)
        end = min((start for start, _ in ends if start >= span.end), default=len(self.text))
        return Span(start=start, end=end)

    def is_real_at(self, span: Span) -> bool:
        """Tell whether what the clause around ``span`` says is stated to be so."""
        return not _UNREAL.search(self.clause_at(span).of(self.text))


def bare_name(token: Token) -> str:
    """Return a name as it is folded, without its possessive."""
    return token.word.removesuffix("'s").rstrip("'")


def is_name(token: Token) -> bool:
    """Tell whether a token with a capital may be a name or part of one."""
    word = token.word.removesuffix("'s")
    return (
        token.is_capitalised
        and len(word) > 1
        and word not in FUNCTION_WORDS | _TITLES | _WEEKDAYS
        and word not in MONTH_NUMBERS
    )


def own_names(one: Iterable[str], other: Iterable[str]) -> frozenset[str]:
    """Return the names of one that are not, in any form ("Russia", "Russian"), of the other."""
    others = frozenset(other)
    return frozenset(name for name in one if not any(_is_form(name, known) for known in others))


_STEM = 5  # letters that the forms of a name share


def _is_form(one: str, other: str) -> bool:
    return one == other or (len(min(one, other, key=len)) >= _STEM and one[:_STEM] == other[:_STEM])


def _without_source(text: str) -> str:
    """Return a sentence without the names of its source, where nothing refers back to them."""
    kept = _ACCORDING.sub(" ", text)
    said = _SAID.search(kept)
    if said and not _REFERS_TO_SPEAKER.search(kept, said.end()):
        before = kept[: said.start()]
        told = kept[said.end() :]
        if len(told.split()) > len(before.split()):  # "Kyiv said 12 soldiers …"
            return f"It {told}"
        begins = max(before.rfind(mark) for mark in ',”"')
        return kept[: max(0, begins)] or kept  # "…, Kyiv said"
    return kept
