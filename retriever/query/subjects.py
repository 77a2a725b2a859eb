"""What a question is about: its names and subjects, without the words that only ask.

"How many employees does Halloran have?" is about Halloran; "employees" says what is wanted of it.
There is no tagger of parts of speech here: the words that ask stand where English puts them, and
its commonest verbs are a closed list.
"""

import re
from collections.abc import Iterator, Sequence

from retriever.records import Span
from retriever.text.content_words import folded, is_content, words_of
from retriever.text.lexicon import (
    ASKING_NOUNS,
    AUXILIARIES,
    BEFORE_VERBS,
    COMMON_VERBS,
    FORMS_OF_BE,
    NAME_LINKS,
    PERSONAL_PRONOUNS,
    REQUESTS,
)

MOST_NAMED = 3  # words with a capital, if all are: more are a title, not a name
_OWNING = re.compile(r"['’]s$")

_Words = Sequence[re.Match[str]]


def name_spans(text: str) -> list[Span]:
    """Return where the names of ``text`` stand: runs of words with a capital.

    A text in capitals, or with one on every word, tells no names; nor does a first word by itself,
    or one that opens a request ("Compare", "List").
    """
    words = list(words_of(text))
    named = [_is_named(word.group()) for word in words]
    if words and not (any(named[1:2]) or _OWNING.search(words[0].group())):
        named[0] = False  # every question begins with a capital
    elif words and folded(words[0].group()) in REQUESTS:
        named[0] = False
    content = sum(is_content(word.group()) for word in words)
    if text.isupper() or sum(named) == content > MOST_NAMED:
        return []
    return list(_runs(text, words, named))


def subject_places(text: str) -> frozenset[int]:
    """Return where the words of ``text`` begin that say what it is about, its names among them."""
    words = list(words_of(text))
    names, asking = name_spans(text), _asking(words)
    return frozenset(
        word.start()
        for place, word in enumerate(words)
        if is_content(word.group())
        and (
            any(name.start <= word.start() < name.end for name in names)
            or not (place in asking or _is_verb(words, place, names))
        )
    )


def _is_named(word: str) -> bool:
    return word[0].isupper() and is_content(word)


def _runs(text: str, words: _Words, named: Sequence[bool]) -> Iterator[Span]:
    """Yield runs of ``named`` words, with small words such as "of" and "de" between them."""
    place = 0
    while place < len(words):
        if not named[place]:
            place += 1
            continue
        last = place
        for following in range(place + 1, len(words)):
            between = text[words[following - 1].end() : words[following].start()]
            if not between.isspace():
                break
            if named[following]:
                last = following
            elif folded(words[following].group()) not in NAME_LINKS:
                break
        yield Span(start=words[place].start(), end=words[last].end())
        place = last + 1


def _asking(words: _Words) -> frozenset[int]:
    """Return the places of the words that say what is wanted: "how old", "which year did".

    Behind "how", all up to the verb; behind "which" and "what", all up to a verb that needs a
    subject of its own ("which companies did he buy"), else only words such as "year" and "type":
    in "Which general was arrested?" the general is who it is about.
    """
    plain = [folded(word.group()) for word in words]
    for place, word in enumerate(plain):
        if word not in {"how", "what", "which"}:
            continue
        verb = next(
            (n for n in range(place + 1, len(plain)) if plain[n] in AUXILIARIES | FORMS_OF_BE),
            None,
        )
        behind = range(place + 1, len(plain) if verb is None else verb)
        if word == "how":
            counted = plain[place + 1 : place + 2] in (["many"], ["much"])
            end = behind.stop if verb is not None else place + (3 if counted else 2)
            return frozenset(range(place + 1, end))
        if verb is not None and plain[verb] in AUXILIARIES:
            return frozenset(behind)
        return frozenset(n for n in behind if plain[n] in ASKING_NOUNS)
    return frozenset()


def _is_verb(words: _Words, place: int, names: Sequence[Span]) -> bool:
    """Tell whether a word is a verb: one of the commonest, or right behind who does it.

    "Who stole it?", "Where does Ding teach?"; "What did he plan?" but "the plan".
    """
    word = folded(words[place].group())
    if place == 0:
        return word in COMMON_VERBS
    before = folded(words[place - 1].group())
    name = next((name for name in names if name.end == words[place - 1].end()), None)
    doer = name.start if name else words[place - 1].start()
    ahead = [folded(one.group()) for one in words[:place] if one.start() < doer]
    if ahead[-1:] in (["the"], ["a"], ["an"]):
        ahead.pop()
    helped = bool(ahead) and ahead[-1] in AUXILIARIES
    if before == "who" or (helped and (name or before in PERSONAL_PRONOUNS)):
        return True
    if COMMON_VERBS.get(word, False):
        return True
    return word in COMMON_VERBS and (bool(name) or before in AUXILIARIES | BEFORE_VERBS)
