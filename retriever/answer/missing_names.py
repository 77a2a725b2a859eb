"""Names of a question that no article holds: what is asked of them, nothing here can answer.

Only where a word is surely a name, and surely missing: a wrong refusal costs an answer that the
score would have let through.
"""

import re
from collections.abc import Iterator

from retriever.index.generation import Generation
from retriever.query.formulation import Query
from retriever.records.dates import MONTH_NUMBERS
from retriever.text.content_words import folded, is_content, words_of
from retriever.text.terms import terms

HEADLINE = 0.5  # of the small words with a capital: "What Is The Name Of The Treaty"
# "French", "Ukrainian": the corpus may have the country's name, or another form of it.
_OF_A_COUNTRY = re.compile(r"(?:ian|ean|can|ese|ish|nch|tch|man|aqi|ani|ali|eli|iot|ic|ss|i)s?$")
_OPENS_A_SENTENCE = re.compile(r"(?:^|[.?!:;]\s+|\n)[“\"'‘(]*$")
_GOES_ON = re.compile(r"[ -][A-Z]")
_FOLLOWS_A_NAME = re.compile(r"\b[A-Z][\w’'.-]* $")


def missing_names(query: Query, generation: Generation) -> tuple[str, ...]:
    """Return the names of a question that stand in no article, as they are spelt now.

    A name of several words is missing where its last word is: "Angela Merkel", not "Quin Gang".
    Not counted are a first word, abbreviations ("IMF", "Sept"), words of countries ("Belgian"), and
    any where capitals do not tell names.
    """
    return tuple(name for name in _names(query.spelt) if _is_missing(name, generation))


def _names(text: str) -> Iterator[str]:
    """Yield the words of ``text`` that surely end a name."""
    others = [*words_of(text)][1:]
    small = [match.group() for match in others if not is_content(match.group())]
    if small and sum(word[0].isupper() for word in small) >= HEADLINE * len(small):
        return
    for match in others:
        if not (match.group()[0].isupper() and is_content(match.group())):
            continue
        word, before, behind = match.group(), text[: match.start()], text[match.end() :]
        if _GOES_ON.match(behind) or _OPENS_A_SENTENCE.search(before) or _is_no_name(word):
            continue
        if _FOLLOWS_A_NAME.search(before) or not _OF_A_COUNTRY.search(folded(word)):
            yield word


def _is_no_name(word: str) -> bool:
    """Tell whether a word is an abbreviation, a number or the name of a month."""
    bare = re.sub(r"['’]s$", "", word)
    upper = sum(char.isupper() for char in bare)
    return upper > 1 or not bare.isalpha() or folded(bare)[:4] in MONTH_NUMBERS or len(bare) < 3


def _is_missing(name: str, generation: Generation) -> bool:
    found = terms(name, generation.lexicon)
    return bool(found) and not any(term in generation.lexical for term in found)
