"""Which words of a sentence may tell that somebody says something, and whether they do."""

from collections.abc import Iterator, Sequence

from retriever.answer.sentence_tokens import SentenceToken, is_adverb, is_of_time, is_verb, word_at
from retriever.text.lexicon import (
    FUNCTION_WORDS,
    MODALS,
    NUMBER_WORDS,
    PERSONAL_PRONOUNS,
    QUOTING_PARTICIPLES,
    QUOTING_VERBS,
    SPEECH_NOUNS,
    SPEECH_VERBS,
)

_TAKES_THINGS = frozenset(
    "added adds claimed claims reported reports recalled recalls".split()
)  # added concerns, claimed lives
# What is announced is a deed as often as words: "Ostrey announces a new offensive".
_ANNOUNCES = frozenset("announced announces".split())
_NEAR = 5  # tokens in which an object that begins a clause has its verb: "the ship would sail"
_NO_OBJECT_OF_SAYING = frozenset("of from about against were was are have being made over".split())
_DETERMINERS = frozenset("a an the its his her their this that these those".split())
_NEVER_BEFORE = frozenset("am is are was were be been being to not did does do of".split()) | MODALS


def cues(tokens: Sequence[SentenceToken]) -> Iterator[int]:
    """Yield where something stands that may tell of saying."""
    for place, token in enumerate(tokens):
        lowered, after = token.lower, word_at(tokens, place + 1)
        if (
            lowered in SPEECH_VERBS | QUOTING_VERBS | QUOTING_PARTICIPLES
            or (lowered == "according" and after == "to")
            or (lowered == ":" and after.startswith("“"))
        ):
            yield place


def says_something(tokens: Sequence[SentenceToken], place: int) -> bool:
    """Tell whether a verb of saying says something here, and is no noun and no passive."""
    if tokens[place].is_name and place > 0:
        return False
    before = place - 1
    while before > 0 and is_adverb(tokens[before]):
        before -= 1
    return not (
        word_at(tokens, before) in _NEVER_BEFORE
        or _is_passive(tokens, place)
        or _is_noun(tokens, place)
        or _adds_things(tokens, place)
        or _announces_thing(tokens, place)
    )


def _is_passive(tokens: Sequence[SentenceToken], place: int) -> bool:
    """Tell whether something else than saying is told: "announced Saturday by", "said to be"."""
    after, next_but_one = word_at(tokens, place + 1), word_at(tokens, place + 2)
    if after == "to":
        unsaid = next_but_one.endswith("ing") or next_but_one in ("be", "have")
        return unsaid or tokens[place].lower == "continued"
    return "by" in (after, next_but_one)


def _is_noun(tokens: Sequence[SentenceToken], place: int) -> bool:
    """Tell whether "claims" and its like are a noun here."""
    before, after = word_at(tokens, place - 1), word_at(tokens, place + 1)
    return tokens[place].lower in SPEECH_NOUNS and (
        after in _NO_OBJECT_OF_SAYING or before in ("the", "a", "of")
    )


def _adds_things(tokens: Sequence[SentenceToken], place: int) -> bool:
    """Tell whether "added" or "claimed" has an object that is not said: "claimed four lives"."""
    if tokens[place].lower not in _TAKES_THINGS or place + 1 == len(tokens):
        return False
    new = word_at(tokens, place + 1) in ("a", "an") and word_at(tokens, place - 1).isalpha()
    return new or _is_thing(tokens[place + 1])


def _announces_thing(tokens: Sequence[SentenceToken], place: int) -> bool:
    """Tell whether a thing is announced, with none of the words: "announces a new offensive"."""
    if tokens[place].lower not in _ANNOUNCES or any(token.is_quotation for token in tokens):
        return False
    after = place + 1
    while after < len(tokens) and is_of_time(tokens[after]):
        after += 1  # announced Monday a plan
    if after == len(tokens) or word_at(tokens, after) == "that":
        return False
    clause = tokens[after : after + _NEAR]
    told = any(is_verb(token) or token.lower in MODALS for token in clause)
    determined = word_at(tokens, after) in _DETERMINERS or _is_thing(tokens[after])
    return determined and not told


def _is_thing(token: SentenceToken) -> bool:
    if token.text[0].isdigit() or token.lower in NUMBER_WORDS:
        return True
    said = token.lower in FUNCTION_WORDS | PERSONAL_PRONOUNS or is_adverb(token)
    return token.text[0].islower() and not said


def has_cue(tokens: Sequence[SentenceToken]) -> bool:
    """Tell whether the tokens hold a verb of saying, or a mark that parts two thoughts."""
    verbs = SPEECH_VERBS | QUOTING_VERBS
    return any(token.lower in verbs or token.text in ";-–—" for token in tokens)
