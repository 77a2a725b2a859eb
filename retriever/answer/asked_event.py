"""Which event a question for a time asks about, by its verb, and whether a text tells of it.

"When did Jo Reyes retire?" is answered by a text that tells of retiring, not by one that merely
names Reyes and a day: "Jo Reyes, a retired judge, told the Post on Sunday …". The verb itself need
not stand there: what English derives from it counts ("retirement"), and so do words that tell of
the same kind of event ("stepped down"). Only where the verb of the question is sure; else nothing
is asked of the text.
"""

import re
from collections.abc import Sequence

from retriever.query.subjects import name_spans
from retriever.text.content_words import folded, is_content, words_of
from retriever.text.derivation import bases_of
from retriever.text.events import is_event, is_participle, kinds_of_event
from retriever.text.lexicon import FORMS_OF_BE, PERSONAL_PRONOUNS, SLOT_PREPOSITIONS
from retriever.text.sentences import is_finished
from retriever.text.terms import terms

LEAST_WORDS = 8
_DO = frozenset("did does do will would can could should shall".split())
_HAVE = frozenset("has have had".split())
_DETERMINERS = frozenset("the a an this that these those his her its their".split())
_BREAKS = SLOT_PREPOSITIONS | {"and", "or", "of", "that", "which", "who"}
# They say of any event that it is one.
_OF_ANY_EVENT = frozenset(
    "happen happened occur occurred take taken place come go going coming out get".split()
)
_INSIDE = frozenset("in of at from".split())  # may stand between a subject and its verb
_OWNING = re.compile(r"['’]s?$")
_REGULAR_PARTICIPLE = re.compile(r"\w{2,}ed$")
_ATTRIBUTE = re.compile(r"\b(?:an?|the)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_NOUN_FOLLOWS = re.compile(r"\s+(?!by\b|in\b|at\b|on\b|from\b|to\b|for\b|after\b)[a-z]")
# "(21 July 1807 – 28 September 1857)", "(born 1950)", "(d. 1871)".
_LIFE = re.compile(r"\([^()]*(?:\d{3,4}\s*[-–—]|[-–—][^()]*\d{3,4}|\b(?:b|d|born|died)\b)[^()]*\)")
_LIFETIME = frozenset({"born", "die"})
# What holds since a day has begun on it.
_SINCE = re.compile(r"\b(?:since|as of|from)\b", re.IGNORECASE)
# "The 1996 directive", "the Act of 1870": a thing is told apart by the year in which it was made.
_YEAR_OF_MAKING = r"\b(?:1[0-9]|20)\d\d\s+{word}\b|\b{word}\s+(?:of\s+)?(?:1[0-9]|20)\d\d\b"
_MADE = frozenset("sign pass create found release write hold".split())


def asked_event(question: str) -> str | None:
    """Return the folded verb of the event that a question asks about, where it is surely that."""
    words = [*words_of(question)]
    plain = [folded(word.group()) for word in words]
    auxiliary = next((n for n, word in enumerate(plain) if word in _DO | FORMS_OF_BE | _HAVE), None)
    if auxiliary is None:
        return None
    names = name_spans(question)
    named = [any(name.start <= word.start() < name.end for name in names) for word in words]
    if plain[auxiliary] in _DO:
        place = _behind_doer(words, plain, named, auxiliary)
    else:
        place = _participle(words, plain, auxiliary)
    if place is None or plain[place] in _OF_ANY_EVENT:
        return None
    return plain[place] if is_event(plain[place]) else None


def tells_event(text: str, verb: str, question: str) -> bool:
    """Tell whether a text speaks of the event that ``verb`` names, in any of its words.

    What is no whole sentence is given the benefit of the doubt.
    """
    if len(text.split()) < LEAST_WORDS or text[0].islower() or not is_finished(text):
        return True
    kinds, own = kinds_of_event(verb), {*terms(verb), *bases_of(verb), verb}
    if kinds & _LIFETIME and _LIFE.search(text):
        return True
    if "begin" in kinds and _SINCE.search(text):
        return True
    if kinds & _MADE and _is_told_by_its_year(text, question):
        return True
    return any(
        (kinds & kinds_of_event(word) or own & {*terms(word), *bases_of(word)})
        and not _is_attribute(text, match)
        for match in words_of(text)
        if (word := folded(match.group()))
    )


def _behind_doer(
    words: Sequence[re.Match[str]], plain: Sequence[str], named: Sequence[bool], auxiliary: int
) -> int | None:
    """Return where the verb stands in "did Jo Reyes retire", "did she", "did the old war end"."""
    first = auxiliary + 1
    determined = plain[first : first + 1] and plain[first] in _DETERMINERS
    for place in range(first, _clause_end(plain, named, first)):
        word = words[place].group()
        if named[place] or not word.islower() or not is_content(word):
            continue
        if named[place - 1] and not _OWNING.search(words[place - 1].group()):
            return place
        if plain[place - 1] in PERSONAL_PRONOUNS - _DETERMINERS and place == first + 1:
            return place
        if determined and place > first + 1 and _ends_clause(plain, place):
            return place
    return None


def _clause_end(plain: Sequence[str], named: Sequence[bool], start: int) -> int:
    """Return where the doer and the verb end: at "by", "and", but not "in" before a name."""
    for place in range(start, len(plain)):
        inside = plain[place] in _INSIDE and any(named[place + 1 : place + 2])
        if plain[place] in _BREAKS and not inside:
            return place
    return len(plain)


def _participle(words: Sequence[re.Match[str]], plain: Sequence[str], auxiliary: int) -> int | None:
    """Return where the verb stands in "was the first bridge built (by, in, …)"."""
    for place in range(len(words) - 1, auxiliary + 1, -1):
        word = words[place].group()
        before = plain[place - 1]
        if (
            word.islower()
            and is_participle(plain[place])
            and _ends_clause(plain, place)
            and before not in _DETERMINERS | _BREAKS
        ):
            return place
    return None


def _ends_clause(plain: Sequence[str], place: int) -> bool:
    return place == len(plain) - 1 or plain[place + 1] in SLOT_PREPOSITIONS | _DETERMINERS


def _is_attribute(text: str, match: re.Match[str]) -> bool:
    """Tell whether a participle only describes a thing: "a retired judge"."""
    return bool(
        _REGULAR_PARTICIPLE.fullmatch(match.group())
        and _ATTRIBUTE.search(text[: match.start()])
        and _NOUN_FOLLOWS.match(text, match.end())
    )


def _is_told_by_its_year(text: str, question: str) -> bool:
    """Tell whether a year stands right beside a word of the question."""
    return any(
        re.search(_YEAR_OF_MAKING.format(word=re.escape(word.group())), text, re.IGNORECASE)
        for word in words_of(question)
        if is_content(word.group())
    )
