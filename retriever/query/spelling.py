"""Words of a question as the corpus spells them: misspelt ones mended, names in every spelling.

Either side may be wrong: the question ("Rudenco"), or one of two articles ("Prigozhin" and
"Prighozin"). A word that the corpus does not hold gives way to the one it most likely stands for;
a name that it holds is searched in its other spellings as well.

A word that the encoder's tokenizer keeps whole is left alone: such words are common, so they are
well spelt, and the corpus merely lacks them. So is what English makes of them ("deadlier"). Only
beside a name may such a word stand for another: "Lionel Fry" for Lionel Frey.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from retriever.encoders.protocol import Encoder
from retriever.index.generation import Generation
from retriever.index.vocabulary import SHORTEST_NAME, SHORTEST_RESPELT
from retriever.query.spelling_candidates import (
    LONG,
    PASSAGES_READ,
    SpellingCandidate,
    errors_between,
    form_like,
    forms_of,
    is_name,
    short_candidates,
    spelling_candidates,
)
from retriever.text.content_words import is_content
from retriever.text.derivation import bases_of
from retriever.text.lexicon import STOP_WORDS
from retriever.text.phonetics import sound_of
from retriever.text.terms import WORD, fold_word, terms

FEW = 3  # of the likeliest terms are looked up in the corpus
MORE_LIKELY = 3  # times as frequent: then one of two equally near words is the one that is meant
MOSTLY_APART = 0.2  # of the articles with a name: so few also write its other spelling
FOREIGN = 3  # unknown words, if they are most: "¿Quién ganó las elecciones?" asks for no queen
OTHER_ENDING = 2  # letters by which another inflection of the same word may differ

_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_LONGER_STOP_WORDS = sorted(word for word in STOP_WORDS if len(word) > 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A text in the corpus' own spelling.

    ``text`` has each word in ``respelt`` replaced: as it was typed → as the corpus writes it.
    ``variants`` are terms that the corpus holds for the same name → the term in ``text``.
    """

    text: str
    respelt: Mapping[str, str]
    variants: Mapping[str, str]


class Speller:
    """Puts texts into the spelling of one corpus, whose words it looks up."""

    def __init__(self, generation: Generation, encoder: Encoder) -> None:
        """Spell as the articles do; which words are common, the encoder's tokenizer knows."""
        self._generation = generation
        self._lexical = generation.lexical
        self._encoder = encoder
        self._terms = partial(terms, lexicon=generation.lexicon)

    def respell(self, text: str, *, as_typed: frozenset[str] = frozenset()) -> Spelling:
        """Return ``text`` as the corpus spells it.

        Words that are common, made of common ones or hold a digit are never touched, nor those near
        to no word of the corpus, or near to several that are equally likely, nor the folded words
        in ``as_typed``; a short one gives way to a name that sounds the same, to nothing else. A
        text that is mostly in another language than the corpus is left as it is.
        """
        if self._is_foreign(text):
            return Spelling(text=text, respelt={}, variants={})
        parts: list[str] = []
        respelt: dict[str, str] = {}
        variants: dict[str, str] = {}
        end = 0
        for typed, start in self._doubtful(text):
            if fold_word(typed) in as_typed or not self._terms(typed):
                continue
            meant = self._mended(typed, named=_is_named(typed, start, text))
            if self._is_right(fold_word(typed)) and not self._is_whole_name(meant, typed, text):
                continue
            term = (self._terms(meant) or self._terms(typed))[0]
            respelt |= {typed: meant} if meant != typed else {}
            variants |= dict.fromkeys(self._variants(term), term)
            parts += [text[end:start], meant]
            end = start + len(typed)
        return Spelling(text="".join([*parts, text[end:]]), respelt=respelt, variants=variants)

    def _is_foreign(self, text: str) -> bool:
        """Tell whether most words are unknown, and too many to be the names of one question."""
        words = WORD.findall(text)
        unknown = [word for word in words if not (self._is_known(word) or self._is_common(word))]
        return len(unknown) >= FOREIGN and 2 * len(unknown) > len(words)

    def _is_known(self, word: str) -> bool:
        return all(term in self._lexical for term in self._terms(word))

    def _doubtful(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield the words that may be misspelt, without possessive s, and their places."""
        for match in WORD.finditer(text):
            word = _POSSESSIVE.sub("", match.group())
            if not _is_spelt(word):
                continue
            if not self._is_right(fold_word(word)) or self._is_new_beside_a_name(word, text):
                yield word, match.start()

    def _is_right(self, word: str) -> bool:
        """Tell whether a folded word is common, made of common ones, or a function word's slip."""
        if self._is_common(word) or _is_slip(word):
            return True
        return any(map(self._is_common, bases_of(word)))

    def _is_new_beside_a_name(self, word: str, text: str) -> bool:
        """Tell whether a common word is a name here that the corpus lacks: "Lionel Fry"."""
        beside = _beside(word, text)
        return bool(beside) and not self._is_known(word) and any(map(self._is_known, beside))

    def _is_whole_name(self, meant: str, typed: str, text: str) -> bool:
        """Tell whether the corpus has a word in the place of another beside the same name."""
        if meant == typed:
            return False
        own, others = re.escape(meant), "|".join(map(re.escape, _beside(typed, text)))
        both = re.compile(rf"\b(?:{own}\s+(?:{others})|(?:{others})\s+{own})\b")
        return any(map(both.search, self._passages_with(meant)))

    def _passages_with(self, word: str) -> Iterator[str]:
        """Yield the texts of the first passages with a word."""
        for term in self._terms(word)[:1]:
            for row in self._lexical.rows_of(term)[:PASSAGES_READ].tolist():
                yield self._generation.store.passage(row).text

    def _is_common(self, word: str) -> bool:
        return self._encoder.count_tokens([fold_word(word)])[0] == 1

    def _mended(self, typed: str, *, named: bool | None) -> str:
        """Return the corpus' word for ``typed``, or ``typed`` if that is known or like no other.

        ``named`` says whether it was typed as a name; a name stands for a name only.
        """
        term = self._terms(typed)[0]
        if term in self._lexical:
            return typed
        short = len(term) < SHORTEST_RESPELT
        nearest = [] if short else spelling_candidates(term, self._lexical)
        if len(term) <= SHORTEST_RESPELT and not nearest and named is not False:
            nearest = short_candidates(term, self._lexical)
        near = ((one, forms_of(one.term, self._generation)) for one in nearest[:FEW])
        likely = {
            one: forms
            for one, forms in near
            if _may_mean(typed, one, forms, named=named) and (not short or is_name(forms))
        }
        if not likely or _is_in_doubt(*likely):
            return typed
        return form_like(typed, next(iter(likely.values())))

    def _variants(self, term: str) -> list[str]:
        """Return the other spellings of a name: those that sound the same, in other articles.

        An article that writes both tells two names apart, or has a slip in one place: some may.
        """
        nearest = spelling_candidates(term, self._lexical)
        alike = [one.term for one in nearest if one.sounds_alike]
        if not alike or not is_name(forms_of(term, self._generation)):
            return []
        return [
            other
            for other in alike[:FEW]
            if self._share_together(term, other) <= MOSTLY_APART
            and self._is_rare_name(forms_of(other, self._generation))
        ]

    def _share_together(self, one: str, other: str) -> float:
        """Return the share of the articles with the rarer of two terms that hold both."""
        index = self._generation.article_lexical
        own, others = index.rows_of(one), index.rows_of(other)
        return np.intersect1d(own, others).size / min(len(own), len(others))

    def _is_rare_name(self, forms: Mapping[str, int]) -> bool:
        return is_name(forms) and not any(map(self._is_common, forms))


def _beside(word: str, text: str) -> list[str]:
    """Return the words with a capital right before and right behind a word with one."""
    found = re.search(
        rf"(?:\b(?P<before>[A-Z][\w’'-]*) )?\b{re.escape(word)}\b(?: (?P<behind>[A-Z][\w’-]*))?",
        text,
    )
    if found is None or not word[0].isupper():
        return []
    return [one for one in found.groups() if one and is_content(one)]


def _is_spelt(word: str) -> bool:
    """Tell whether ``word`` has only letters and, like its term, enough of them to be misspelt.

    Scripts without capitals are left alone: some of them do not part words.
    """
    least = min(len(word), len("".join(terms(word))))
    shortest = SHORTEST_NAME if word[0].isupper() else SHORTEST_NAME + 1
    return least >= shortest and word.isalpha() and word.lower() != word.upper()


def _is_slip(word: str) -> bool:
    """Tell whether ``word`` is a function word with a slip in it: "havent", "whcih"."""
    contracted = (f"{word[:-left]}'{word[-left:]}" for left in (1, 2))
    near = process.extractOne(word, _LONGER_STOP_WORDS, scorer=OSA.distance, score_cutoff=1)
    return near is not None or not all(map(is_content, contracted))


def _is_named(word: str, start: int, text: str) -> bool | None:
    """Tell whether a word is written as a name in ``text``; ``None`` where capitals do not tell."""
    capitals = [char.isupper() for char in text[1:] if char.isalpha()]
    if start == 0 or all(capitals) or not any(capitals):
        return None
    return word[0].isupper()


def _may_mean(
    typed: str, one: SpellingCandidate, forms: Mapping[str, int], *, named: bool | None
) -> bool:
    """Tell whether a term whose words are ``forms`` is a better guess than leaving ``typed``."""
    if not forms:
        return False
    form = form_like(typed, forms)
    if errors_between(typed, form) > one.errors + OTHER_ENDING:
        return False
    if named is not False and is_name(forms):
        return True
    sounds_alike = one.sounds_alike or sound_of(typed) == sound_of(form)
    return not named and (sounds_alike or not _are_two_words(typed, form))


def _are_two_words(typed: str, form: str) -> bool:
    """Tell whether words that are no names differ in the way in which well-spelt words do.

    In the ending ("pager", "page"), the first letter ("plumber", "lumber"), or a single letter
    of a short word ("bidder", "binder").
    """
    one, other = fold_word(typed), fold_word(form)
    stem, other_stem = terms(one)[0], terms(other)[0]
    exchanged = len(stem) == len(other_stem) < LONG and sorted(stem) != sorted(other_stem)
    return exchanged or one.startswith(other) or other.startswith(one) or one[0] != other[0]


def _is_in_doubt(likeliest: SpellingCandidate, *others: SpellingCandidate) -> bool:
    """Tell whether another term is as likely and does not even sound the same."""
    return any(
        (other.errors, other.sounds_alike) == (likeliest.errors, likeliest.sounds_alike)
        and not likeliest.sounds_alike
        and likeliest.frequency < MORE_LIKELY * other.frequency
        for other in others
    )
