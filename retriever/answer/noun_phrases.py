"""Who may be a speaker: names and descriptions of people and bodies, in the tokens of a sentence.

"Ellery police", "the Senate Democratic leader", "a spokesperson for the Foreign Ministry". There is
no tagger behind it: words that can end or break such a phrase are known by closed lists.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retriever.answer.sentence_tokens import SentenceToken, is_adverb, is_of_time, is_verb
from retriever.records import Span
from retriever.text.lexicon import MODALS, PREPOSITIONS, SPEAKING_NOUNS, SPEECH_VERBS

_DETERMINERS = frozenset(
    "the a an its their his her my our your this that these those one another each both all some"
    " several many most two three four five six seven eight nine ten other no every".split()
)
_NOBODY = frozenset(
    "i you he she it we they him her them me us this that these those there here who which what"
    " where when why how one some many most others another each both all none nobody anyone someone"
    " everyone no-one few several such neither either and or but not no so yes now then also still"
    " yet again however meanwhile later if as".split()
)
_NEVER_INSIDE = (
    frozenset(
        "i you he she it we they him them me us there who which whom whose what where when why how"
        " that not if because while although though until unless whether am is are was were be been"
        " being has have had does do did don't doesn't didn't isn't wasn't aren't won't".split()
    )
    | MODALS
)
_LEADING = frozenset("but and however as then yet still so later meanwhile now or while".split())
_OPENS_DESCRIPTION = frozenset("familiar close briefed aware".split())
_OF_BODIES = frozenset("for from at".split())
_NUMBER = re.compile(r"\d[\d.,]*")
_STATE = re.compile(r"(?:[A-Z]-)?[A-Z][a-z]{1,5}\.|[A-Z]\.[A-Z]\.")
_ARTICLES = frozenset("the a an its their his her".split())
_BEFORE_ARTICLES = PREPOSITIONS | frozenset("and or all both half".split())
_BEFORE_NOUNS = frozenset("of the a an recent latest new first last early final initial".split())
_INSIDE_OF = frozenset("of for from at with in".split())
_MOST_TOKENS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class NounPhrase:
    """The tokens from ``start`` to before ``end``."""

    start: int
    end: int


def phrase_filling(tokens: Sequence[SentenceToken], start: int, end: int) -> NounPhrase | None:
    """Return the phrase that ``tokens[start:end]``, all before a verb, are; ``None`` if none.

    Words that lead to it ("But", "On Monday") and circumstances behind it ("in a statement") are
    left out.
    """
    start = _after_lead(tokens, start, end)
    if start < end and tokens[start].lower in PREPOSITIONS:
        start = _after_prepositional(tokens, start, end)
    if any(not _may_be_inside(token) for token in tokens[start:end]):
        return None
    found = _checked(tokens, start, _end_of_phrase(tokens, start, end, before_verb=True))
    if found and any(token.is_name and not is_of_time(token) for token in tokens[found.end : end]):
        before = tokens[found.end].lower
        known = before in PREPOSITIONS or before in _OPENS_DESCRIPTION or before.endswith("ing")
        return found if known or is_verb(tokens[found.end]) else None
    return found


def phrase_at(
    tokens: Sequence[SentenceToken], start: int, end: int | None = None
) -> NounPhrase | None:
    """Return the phrase that begins at ``start``, as far as it goes; ``None`` if none does."""
    end = min(len(tokens) if end is None else end, start + _MOST_TOKENS)
    place = start
    while place < end and _may_be_inside(tokens[place]) and not is_verb(tokens[place]):
        place += 1
    return _checked(tokens, start, _end_of_phrase(tokens, start, place))


def _may_be_inside(token: SentenceToken) -> bool:
    return (token.is_word and token.lower not in _NEVER_INSIDE) or token.text == "&"


def _after_lead(tokens: Sequence[SentenceToken], start: int, end: int) -> int:
    """Return where the phrase begins behind "But", "Later", "On Monday", "Last week"."""
    while start < end:
        token = tokens[start]
        on_day = token.lower in ("on", "in", "by") and start + 1 < end
        if on_day and (is_of_time(tokens[start + 1]) or _NUMBER.fullmatch(tokens[start + 1].text)):
            start += 2
        elif token.lower in _LEADING or is_adverb(token) or is_of_time(token):
            start += 1
        else:
            return start
    return start


def _after_prepositional(tokens: Sequence[SentenceToken], start: int, end: int) -> int:
    """Return where the subject begins behind "In a statement": at its article or its capital."""
    for place in range(end - 1, start + 1, -1):
        before, token = tokens[place - 1], tokens[place]
        if before.lower in PREPOSITIONS or before.lower in _DETERMINERS:
            continue
        if token.lower in _DETERMINERS or (token.is_name and before.text[0].islower()):
            return place
    return end


def _end_of_phrase(
    tokens: Sequence[SentenceToken], start: int, end: int, *, before_verb: bool = False
) -> int:
    """Return where the phrase ends: before a participle, an adverb, a time or a circumstance.

    ``before_verb`` tells that the verb of saying stands at ``end``, so that nouns before it belong
    to the phrase: "Ellery rules say".
    """
    stretch = Span(start=start, end=end)
    place = min(start + 1, end)
    while place < end and not (
        tokens[place].text[0].islower()
        and _ends_before(tokens, place, stretch, before_verb=before_verb)
    ):
        place += 1
    while place > start and _cannot_end(tokens[place - 1]):
        place -= 1
    return place


def _cannot_end(token: SentenceToken) -> bool:
    lowered = token.lower
    return (
        is_of_time(token) or is_adverb(token) or lowered in PREPOSITIONS or lowered in _DETERMINERS
    )


def _ends_before(
    tokens: Sequence[SentenceToken], place: int, stretch: Span, *, before_verb: bool
) -> bool:
    """Tell whether the phrase of a stretch of tokens ends before a word in lower case."""
    token, before = tokens[place], tokens[place - 1]
    if token.lower in PREPOSITIONS:
        return not _belongs(tokens, place, stretch.end)
    if token.lower in ("and", "or"):
        return not _goes_on_after_and(tokens, place, stretch.end)
    opened = place - 1 == stretch.start and before.lower in _DETERMINERS
    if token.lower in _OPENS_DESCRIPTION or _is_clause(token, before):
        return True
    if opened:
        return False
    if _is_participle(tokens, place, stretch) or is_adverb(token):
        return True
    named = before.is_name and before.lower not in _DETERMINERS and not before_verb
    return named and not _describes(tokens, stretch.start, place, stretch.end)


def _is_clause(token: SentenceToken, before: SentenceToken) -> bool:
    """Tell whether an article opens another phrase: "the news comes the day Reyes announced"."""
    return token.lower in _ARTICLES and before.lower not in _BEFORE_ARTICLES


def _is_participle(tokens: Sequence[SentenceToken], place: int, stretch: Span) -> bool:
    """Tell whether what follows only describes: "a report released Monday", "a man living here"."""
    lowered, end = tokens[place].lower, stretch.end
    if not lowered.endswith(("ed", "ing")) or _name_follows(tokens, place + 1, end):
        return False
    if tokens[place - 1].lower in _BEFORE_NOUNS:
        return False  # the most recent reading
    if place + 1 == end:
        opened = tokens[stretch.start].lower in _DETERMINERS and tokens[place - 1].is_name
        return not (opened and lowered.endswith("ing"))  # a Trade Commission filing
    if lowered.endswith("ing") and _may_be_noun(tokens[place + 1]):
        return False  # a monitoring plan
    return not SPEAKING_NOUNS.fullmatch(tokens[end - 1].lower)


def _may_be_noun(token: SentenceToken) -> bool:
    ends = token.lower in PREPOSITIONS or token.lower in _ARTICLES or is_adverb(token)
    return token.text[0].islower() and not ends


def _belongs(tokens: Sequence[SentenceToken], place: int, end: int) -> bool:
    """Tell whether a preposition goes on with the phrase: "spokesman for the ministry"."""
    word, after = tokens[place].lower, tokens[place + 1 : min(end, place + 3)]
    if not after or is_of_time(after[0]):
        return False
    lower_head = tokens[place - 1].text[0].islower()
    if word == "of" and lower_head:
        return True
    if word in _OF_BODIES and lower_head and after[0].lower in _ARTICLES:
        return True
    named = any(token.is_name for token in after)
    return word in _INSIDE_OF and named and (lower_head or word in ("for", "of"))


def _goes_on_after_and(tokens: Sequence[SentenceToken], place: int, end: int) -> bool:
    """Tell whether "and" joins two who speak."""
    if place + 1 >= end:
        return False
    after, last = tokens[place + 1], tokens[end - 1].lower
    return (
        after.is_name
        or after.lower in _DETERMINERS
        or _name_follows(tokens, place + 1, end)
        or SPEAKING_NOUNS.fullmatch(last) is not None
    )


def _name_follows(tokens: Sequence[SentenceToken], place: int, end: int) -> bool:
    """Tell whether a name follows before any preposition: "running mate Jo Reyes"."""
    for token in tokens[place : min(end, place + 3)]:
        if token.lower in PREPOSITIONS:
            return False
        if token.is_name:
            return True
    return False


def _describes(tokens: Sequence[SentenceToken], start: int, place: int, end: int) -> bool:
    """Tell whether words in lower case behind a capital are of the phrase: "White House aide"."""
    for token in tokens[place:end]:
        if token.is_name:
            return not is_of_time(token)
        if SPEAKING_NOUNS.fullmatch(token.lower):
            return True
        if not token.is_word or token.lower in PREPOSITIONS or is_adverb(token):
            break
    opened = tokens[start].lower in _DETERMINERS or "'s" in tokens[place - 1].lower
    return opened and tokens[place].lower not in SPEECH_VERBS and not is_of_time(tokens[place])


def _checked(tokens: Sequence[SentenceToken], start: int, end: int) -> NounPhrase | None:
    """Return the phrase if it can be someone who speaks."""
    words = tokens[start:end]
    if not words or len(words) > _MOST_TOKENS or _is_nobody(words) or _is_cut(words):
        return None
    head = next((n for n, word in enumerate(words) if word.lower in PREPOSITIONS), len(words))
    speaks = head > 0 and SPEAKING_NOUNS.fullmatch(words[head - 1].lower)
    opened = words[0].lower in _DETERMINERS or _NUMBER.fullmatch(words[0].text)
    named = any(word.is_name for word in words)
    return NounPhrase(start=start, end=end) if opened or speaks or named else None


def _is_nobody(words: Sequence[SentenceToken]) -> bool:
    """Tell whether the words are no one who can be named: pronouns, days, numbers."""
    first = words[0]
    if first.lower in PREPOSITIONS or (is_verb(first) and not first.is_name):
        return True
    return all(
        word.lower in _NOBODY
        or word.lower in _DETERMINERS
        or is_of_time(word)
        or _NUMBER.fullmatch(word.text)
        for word in words
    )


def _is_cut(words: Sequence[SentenceToken]) -> bool:
    """Tell whether the words are a part of something: "Reyes’s", "Ala.", "a doctors" (’ union)."""
    first, last = words[0], words[-1]
    if last.lower.endswith(("'s", "s'")) or (len(words) == 1 and _STATE.fullmatch(first.text)):
        return True
    several = last.lower.endswith("s") and SPEAKING_NOUNS.fullmatch(last.lower)
    return len(words) == 2 and first.lower in ("a", "an") and bool(several)
