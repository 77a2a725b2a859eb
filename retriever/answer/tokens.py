"""The words, figures and signs of a text in order, each with its place."""

import re
from dataclasses import dataclass

from retriever.records import Span
from retriever.text.terms import fold_word

# Figures with their separators, currencies, words with their apostrophes and points, single signs.
_TOKEN = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|(?:US|HK|C|A)?\$|[ap]\.m|km/h"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word as it is folded, where it stands, and whether it has a capital."""

    word: str
    span: Span
    is_capitalised: bool


def tokens_in(text: str) -> list[Token]:
    """Return the tokens of a text."""
    return [
        Token(
            word=word,
            span=Span(start=match.start(), end=match.end()),
            is_capitalised=match.group()[0].isupper(),
        )
        for match in _TOKEN.finditer(text)
        if (word := fold_word(match.group()).replace("’", "'"))  # a lone accent folds to nothing
    ]
