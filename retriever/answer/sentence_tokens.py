"""A sentence as tokens: words, marks and blanked quotations, and what their looks tell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retriever.records.dates import MONTHS
from retriever.text.lexicon import (
    DAY_WORDS,
    IRREGULAR_PASTS,
    MODALS,
    SPEAKING_NOUNS,
    SPEECH_VERBS,
)

_TITLES = (
    r"(?:Mr|Mrs|Ms|Mx|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Rev|Sen|Rep|Sens|Reps|Gov|St|Jr|Sr|Inc"
    r"|Corp|Co|Ltd|No)\.|(?:[A-Z]-)?[A-Z][a-z]{1,5}\.(?=,)"
)
_TOKEN = re.compile(
    rf"“[^”\n]*”|{_TITLES}|(?:[^\W\d_]\.){{1,4}}(?=\s|[^\w\s]|$)(?<=[A-Z]\.)|\d+(?:[.,]\d+)+"
    r"|\w+(?:['’.&/-]\w+)*(?:['’](?=\s+\w))?|\S"
)
_BRACKETS = re.compile(r"\([^()\n]{1,60}\)")

_ADVERBS = frozenset(
    "also then later once repeatedly recently now again still even often long first already just"
    " too soon thus never ever always sometimes instead however meanwhile further therefore"
    " afterwards though likewise himself herself themselves itself once more".split()
)
_OF_TIME = (
    DAY_WORDS
    | {month.lower() for month in MONTHS}
    | frozenset(
        "tonight tomorrow late early earlier last next week weeks month months year years morning"
        " afternoon evening night noon day days ago weekend midday".split()
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceToken:
    """A word, a mark or a blanked quotation, with its place in the sentence."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """Return it in lower case, with straight apostrophes."""
        return self.text.lower().replace("’", "'")

    @property
    def is_quotation(self) -> bool:
        """Tell whether it is a whole quotation."""
        return self.text[0] == "“"

    @property
    def is_word(self) -> bool:
        """Tell whether it is a word or a number."""
        return self.text[0].isalnum()

    @property
    def is_name(self) -> bool:
        """Tell whether it has a capital, as names do."""
        return self.text[0].isupper()


def tokens_of(sentence: str) -> list[SentenceToken]:
    """Return the tokens of a sentence whose quotations are blanked out; brackets are left out."""
    shown = _BRACKETS.sub(lambda match: " " * len(match.group()), sentence)
    return [
        SentenceToken(text=match.group(), start=match.start(), end=match.end())
        for match in _TOKEN.finditer(shown)
    ]


def is_of_time(token: SentenceToken) -> bool:
    """Tell whether a word tells a time: a weekday, "late", "week"."""
    return token.lower in _OF_TIME


def is_adverb(token: SentenceToken) -> bool:
    """Tell whether a word may stand between a subject and its verb without changing either."""
    lowered = token.lower
    return lowered in _ADVERBS or (
        token.text[0].islower() and lowered.endswith("ly") and not SPEAKING_NOUNS.fullmatch(lowered)
    )


def is_verb(token: SentenceToken) -> bool:
    """Tell whether a word in lower case looks like a verb in the past, or is a known one."""
    lowered = token.lower
    return token.text[0].islower() and (
        lowered in IRREGULAR_PASTS
        or lowered in SPEECH_VERBS
        or lowered in MODALS
        or (lowered.endswith("ed") and "-" not in lowered)
    )


def word_at(tokens: Sequence[SentenceToken], place: int) -> str:
    """Return the word at ``place`` in lower case; an empty one outside the sentence."""
    return tokens[place].lower if 0 <= place < len(tokens) else ""
