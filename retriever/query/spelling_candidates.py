"""Spelling candidates: terms of the index that are written almost like another one."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import ascii_lowercase

from rapidfuzz.distance import OSA

from retriever.index.generation import Generation
from retriever.index.lexical import LexicalIndex
from retriever.index.vocabulary import SHORTEST_NAME
from retriever.text.phonetics import sound_of
from retriever.text.terms import fold_word, term_spans

LONG = 8  # letters of a term in which two errors are forgiven, instead of one
LONG_FOR_FIRST = 7  # letters of a term whose first one may be wrong
PASSAGES_READ = 12  # to see how a term is written where it stands
_ONE_SOUND = frozenset(map(frozenset, ("iy", "ck", "kq", "cq", "sz", "cs", "vw")))

_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellingCandidate:
    """A term of the index that may be what another one should have been.

    ``errors`` is how many letters differ, ``sounds_alike`` whether both are pronounced the same,
    and ``frequency`` in how many passages it stands.
    """

    term: str
    errors: int
    sounds_alike: bool
    frequency: int


def spelling_candidates(term: str, lexical: LexicalIndex) -> list[SpellingCandidate]:
    """Return the terms that ``term`` may have been meant to be, likeliest first.

    Likelier is what has fewer errors, then what sounds the same, then what is more frequent; ties
    by alphabet.
    """
    sound = sound_of(term)
    found = [
        SpellingCandidate(
            term=other,
            errors=errors,
            sounds_alike=sound_of(other) == sound,
            frequency=lexical.document_frequency(other),
        )
        for other, errors in _terms_near(term, lexical)
    ]
    return sorted(found, key=lambda one: (one.errors, -one.sounds_alike, -one.frequency, one.term))


def short_candidates(term: str, lexical: LexicalIndex) -> list[SpellingCandidate]:
    """Return the terms, of as few letters as three, that ``term`` sounds like and nearly is.

    Two short names differ in a vowel as often as not ("Han", "Hun"): letters may be too many, too
    few or swapped, and only those for one sound stand for each other. Ordered as the others are.
    """
    found = [
        SpellingCandidate(
            term=other,
            errors=errors,
            sounds_alike=True,
            frequency=lexical.document_frequency(other),
        )
        for other, errors in lexical.vocabulary.near(term, edits=1, shortest=SHORTEST_NAME)
        if sound_of(other) == sound_of(term) and _are_one_name(term, other)
    ]
    return sorted(found, key=lambda one: (-one.frequency, one.term))


def _are_one_name(one: str, other: str) -> bool:
    """Tell whether words one error apart do not differ by a vowel for another, or a last s."""
    if one.removesuffix("s") == other.removesuffix("s"):
        return False
    if len(one) != len(other) or sorted(one) == sorted(other):
        return True
    apart = next(frozenset(pair) for pair in zip(one, other, strict=True) if len(set(pair)) > 1)
    return apart in _ONE_SOUND


def forms_of(term: str, generation: Generation) -> Counter[str]:
    """Return the words of the corpus behind an index term, without possessive s, with how often.

    Only the first passages with the term are read, and their titles.
    """
    forms: Counter[str] = Counter()
    for row in generation.lexical.rows_of(term)[:PASSAGES_READ].tolist():
        passage = generation.store.passage(row)
        for text in (passage.text, passage.article.title or ""):
            forms.update(
                _POSSESSIVE.sub("", text[start:end])
                for found, start, end in term_spans(text, generation.lexicon)
                if found == term
            )
    return forms


def is_name(forms: Mapping[str, int]) -> bool:
    """Tell whether words begin with a capital most of the times that they stand in the corpus."""
    capital = sum(count for form, count in forms.items() if form[0].isupper())
    return 2 * capital > sum(forms.values())


def form_like(typed: str, forms: Mapping[str, int]) -> str:
    """Return the word that is written most like ``typed``; ties by number, then alphabet."""
    return min(forms, key=lambda form: (errors_between(typed, form), -forms[form], form))


def errors_between(one: str, other: str) -> int:
    """Return by how many letters two words differ, whatever their case and accents."""
    return int(OSA.distance(fold_word(one), fold_word(other)))


def _terms_near(term: str, lexical: LexicalIndex) -> Iterator[tuple[str, int]]:
    """Yield known terms that differ little from ``term``, with the number of errors."""
    yield from lexical.vocabulary.near(term, edits=2 if len(term) >= LONG else 1)
    if len(term) >= LONG_FOR_FIRST:
        for other in _with_other_first(term):
            if other in lexical:
                yield other, 1


def _with_other_first(term: str) -> Iterator[str]:
    """Yield ``term`` with its first letter another one, missing, or after one too few."""
    for letter in ascii_lowercase.replace(term[0], ""):
        yield letter + term[1:]
        yield letter + term
    if term[1] != term[0]:
        yield term[1:]
