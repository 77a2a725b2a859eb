"""Names of a question that no article holds: what is asked of them, nothing here can answer.

Only where a word is surely a name, and surely missing: a wrong refusal costs an answer that the
score would have let through.
"""

import re
from collections.abc import Iterator

from retriever.answer.named_speaker import is_same_surname, surnames_behind
from retriever.index.generation import Generation
from retriever.query.formulation import Query
from retriever.records import Passage
from retriever.records.dates import MONTH_NUMBERS
from retriever.text.content_words import folded, is_content, words_of
from retriever.text.terms import terms

HEADLINE = 0.5  # of the small words with a capital: "What Is The Name Of The Treaty"
FEW = 20  # articles in which another spelling of a name is looked for
# "French", "Ukrainian": the corpus may have the country's name, or another form of it.
_OF_A_COUNTRY = re.compile(r"(?:ian|ean|can|ese|ish|nch|tch|man|aqi|ani|ali|eli|iot|ic|ss|i)s?$")
_OPENS_A_SENTENCE = re.compile(r"(?:^|[.?!:;]\s+|\n)[“\"'‘(]*$")
_GOES_ON = re.compile(r"[ -][A-Z]")
# Beside a surname, and not what a hyphen makes of any name: "Wagner-led", "Putin-era".
_HALF_OF_A_GIVEN_NAME = (
    r"(?<![\w-]){name}(?:(?P<half>-(?!led\b|era\b|style\b|like\b|run\b|\w+ed\b|\w+ing\b)[a-z]+)|\b)"
)
_FOLLOWS_A_NAME = re.compile(r"\b[A-Z][\w’'.-]* $")


def missing_names(query: Query, generation: Generation) -> tuple[str, ...]:
    """Return the names of a question that stand in no article, as they are spelt now.

    A name of several words is missing where its last word is, unless one almost like it stands
    behind the same first name: "Angela Merkel", not "Quin Gang" or "Magnus Eyde" for Eide.
    Not counted are a first word, abbreviations ("IMF", "Sept"), words of countries ("Belgian"), and
    any where capitals do not tell names.
    """
    return tuple(
        match.group()
        for match in _names(query.spelt)
        if _is_missing(match.group(), generation)
        and not _is_spelt_otherwise(match, query.spelt, generation)
    )


def _names(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of ``text`` that surely end a name."""
    others = [*words_of(text)][1:]
    small = [match.group() for match in others if not is_content(match.group())]
    if small and sum(word[0].isupper() for word in small) >= HEADLINE * len(small):
        return
    for match in others:
        word, before, behind = match.group(), text[: match.start()], text[match.end() :]
        if not (word[0].isupper() and is_content(word)) or _is_no_name(word):
            continue
        if _GOES_ON.match(behind) or _OPENS_A_SENTENCE.search(before):
            continue
        if _FOLLOWS_A_NAME.search(before) or not _OF_A_COUNTRY.search(folded(word)):
            yield match


def _is_no_name(word: str) -> bool:
    """Tell whether a word is an abbreviation, a number or the name of a month."""
    bare = re.sub(r"['’]s$", "", word)
    upper = sum(char.isupper() for char in bare)
    return upper > 1 or not bare.isalpha() or folded(bare)[:4] in MONTH_NUMBERS or len(bare) < 3


def _is_missing(name: str, generation: Generation) -> bool:
    """Tell whether a name stands nowhere, or only as a half of given names: "Tzu" in "Tzu-yun"."""
    found = terms(name, generation.lexicon)
    if not any(term in generation.lexical for term in found):
        return bool(found)
    rows = generation.lexical.rows_of(found[0])
    half = re.compile(_HALF_OF_A_GIVEN_NAME.format(name=re.escape(name)))
    return (
        len(found) == 1
        and len(rows) <= FEW
        and all(_is_half(half, generation.store.passage(int(row))) for row in rows)
    )


def _is_half(half: re.Pattern[str], passage: Passage) -> bool:
    """Tell whether a passage with its title has a name, and only as a half of given names."""
    text = f"{passage.article.title or ''}\n{passage.text}"
    found = list(half.finditer(text))
    return bool(found) and all(match["half"] for match in found)


def _is_spelt_otherwise(match: re.Match[str], text: str, generation: Generation) -> bool:
    """Tell whether an article has the word before it with nearly the same surname behind it."""
    before = _FOLLOWS_A_NAME.search(text[: match.start()])
    if before is None:
        return False
    first = before.group().strip()
    found = [generation.article_lexical.rows_of(term) for term in terms(first, generation.lexicon)]
    texts = (generation.store.article_at(int(row)).text for rows in found[:1] for row in rows[:FEW])
    return any(
        is_same_surname(other, folded(match.group()))
        for text in texts
        for other in surnames_behind(first, text)
    )
