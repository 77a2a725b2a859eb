"""Near misses: a question, or its passage, changed so that the one no longer answers the other.

The same change made in both keeps the answer. Such pairs are learned from too, or a change would
be told by its odd wording alone. The kinds of change are those that people use to write
unanswerable questions (Rajpurkar et al. 2018, arXiv:1806.03822, table 2).
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from retriever.training.altered_questions import AUXILIARY, NEGATION, side_by_side
from retriever.training.antonyms import opposites
from retriever.training.entities import Kinds, content_words, names, numbers, stem, words
from retriever.training.passages import Passages, holding, sentences
from retriever.training.rows import Range, Row

_SERIES = (
    "two three four five six seven eight nine ten eleven twelve".split(),
    "first second third fourth fifth sixth seventh eighth ninth tenth".split(),
    "twenty thirty forty fifty".split(),
    "hundred thousand million billion".split(),
    "January February March April June July August September October November December".split(),
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
)
_ENDINGS = ("ing", "ed", "ly", "s")
_SENTENCE = 60  # code points: an answer so long is a sentence, within which words may be changed
_SAME_PASSAGE = 0.6  # of names changed: for one that the same passage holds
_STILL_ANSWERED = 0.5  # of a question's other words beside the new phrase: it may hold an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Phrase ``old`` of a question becomes ``new``; ``everywhere`` is how a passage is changed."""

    old: str
    new: str
    everywhere: bool


class NearMisses:
    """Makes near misses from the answerable rows of one source."""

    def __init__(self, passages: Passages, kinds: Kinds, chance: random.Random) -> None:
        """Take what the source speaks of, the measure of likeness in kind, and the dice."""
        self._passages = passages
        self._kinds = kinds
        self._chance = chance

    def change(self, row: Row) -> Change | None:
        """Return a change to a phrase that question and answering passage share, if one is found.

        The phrase is not part of the answer, and what replaces it is of the same kind: a name for a
        name of the same article, a year for a year, a word for its opposite.
        """
        spoken = " ".join(answer.of(row.passage) for answer in row.answers)
        sentence = answering(row)
        rare = self._passages.rarity.rare(row.question)
        likely = [
            *((self._name, old) for old in names(row.question) if within(old, row.passage)),
            *((self._number, old) for old in numbers(row.question) if within(old, sentence)),
            *((self._opposite, old) for old in words(row.question) if opposites(old)),
        ]
        others = [
            *((self._word, old) for old in rare if within(old, sentence)),
            *((self._negation, old) for old in _auxiliaries(row.question) if within(old, sentence)),
        ]
        self._chance.shuffle(likely)
        self._chance.shuffle(others)
        makers = [*likely, *others]
        for make, old in makers[:3]:
            if within(old, spoken) and len(spoken) < _SENTENCE:
                continue
            if found := make(old, row):
                return found
        return None

    def _name(self, old: str, row: Row) -> Change | None:
        taken = content_words(old) | content_words(row.question)
        near = [
            name
            for name in self._passages.names_beside(row.passage)
            if not content_words(name) & taken
        ]
        if self._chance.random() < _SAME_PASSAGE:
            near = [name for name in near if within(name, row.passage)] or near
        new = self._alike(old, near, least=0.25, most=0.98)
        return Change(old=old, new=new, everywhere=True) if new else None

    def _number(self, old: str, row: Row) -> Change | None:
        near = [one for one in self._passages.numbers_beside(row.passage) if _same_form(old, one)]
        near = [one for one in near if not within(one, row.question)]
        if near and self._chance.random() < 0.6:
            return Change(old=old, new=self._chance.choice(near), everywhere=False)
        new = self._another_number(old)
        return Change(old=old, new=new, everywhere=False) if new else None

    def _another_number(self, old: str) -> str | None:
        for series in _SERIES:
            if old in series:
                return self._chance.choice([one for one in series if one != old])
        if re.fullmatch(r"1\d{3}|20\d{2}", old):
            return str(int(old) + self._chance.choice((-1, 1)) * self._chance.randint(1, 30))
        digits = [str(self._chance.randint(1, 9)) if sign.isdigit() else sign for sign in old]
        new = "".join(digits)
        return new if new != old else None

    def _opposite(self, old: str, row: Row) -> Change | None:
        del row
        return Change(old=old, new=self._chance.choice(opposites(old)), everywhere=False)

    def _word(self, old: str, row: Row) -> Change | None:
        taken = content_words(row.question) | content_words(answering(row))
        near = [
            word
            for word in self._passages.words_beside(row.passage)
            if _ending(word) == _ending(old) and stem(word) not in taken
        ]
        new = self._alike(old, near, least=0.15, most=0.5)
        return Change(old=old, new=new, everywhere=False) if new else None

    def _negation(self, old: str, row: Row) -> Change | None:
        if NEGATION.search(row.question):
            return None
        new = f"{old} {self._chance.choice(('not', 'not', 'never'))}"
        return Change(old=old, new=new, everywhere=False)

    def _alike(self, old: str, near: Sequence[str], *, least: float, most: float) -> str | None:
        """Return one of the three of ``near`` that are likest in kind."""
        if not near:
            return None
        likeness = self._kinds.likeness(old, near)
        fitting = [place for place in likeness.argsort()[::-1] if least <= likeness[place] <= most]
        return near[self._chance.choice(fitting[:3])] if fitting else None


def _auxiliaries(question: str) -> list[str]:
    return [found.group().lower() for found in AUXILIARY.finditer(question)]


def other_question(row: Row, change: Change) -> Row | None:
    """Return the row with the changed question, which its passage does not answer."""
    question = swapped(row.question, change)
    if question == row.question or _still_answered(row, change):
        return None
    return _unanswerable(row, question=question)


def other_passage(row: Row, change: Change) -> Row | None:
    """Return the row with the changed passage, which does not answer the question any more."""
    changed = changed_passage(row, change)
    if changed is None or any(
        within(part, changed.passage) for part in change.old.split() if change.everywhere
    ):
        return None
    return replace(changed, answers=(), answerable=False)


def other_both(row: Row, change: Change) -> Row | None:
    """Return the row with question and passage changed alike, which is as answerable as before."""
    changed = changed_passage(row, change)
    if changed is None:
        return None
    return replace(changed, question=swapped(row.question, change))


def changed_passage(row: Row, change: Change) -> Row | None:
    """Return the row with the change made in its passage; None where an answer would be touched."""
    places = [
        Range(start=match.start(), end=match.end())
        for match in _pattern(change.old).finditer(row.passage)
        if change.everywhere or _answers_around(row, match.start())
    ]
    words_touched = any(
        place.start < one.end and one.start < place.end
        for place in places
        for one in row.answers
        if one.end - one.start < _SENTENCE
    )
    if not places or words_touched:
        return None
    grown = len(change.new) - len(change.old)
    answers = tuple(
        Range(
            start=one.start + grown * sum(place.end <= one.start for place in places),
            end=one.end + grown * sum(place.end <= one.end for place in places),
        )
        for one in row.answers
    )
    passage, copied = "", 0
    for place in places:
        passage += row.passage[copied : place.start] + change.new
        copied = place.end
    return replace(row, passage=passage + row.passage[copied:], answers=answers)


def _answers_around(row: Row, place: int) -> bool:
    """Tell whether the sentence at ``place`` holds an answer."""
    found = sentences(row.passage)
    here = holding(found, Range(start=place, end=place + 1)).start
    return any(
        held.start <= here < held.end for held in (holding(found, answer) for answer in row.answers)
    )


def without_answer(row: Row) -> Row | None:
    """Return the row with the answering sentences cut out; None where others hold an answer."""
    found = sentences(row.passage)
    cut = {
        number
        for answer in row.answers
        for number in range(holding(found, answer).start, holding(found, answer).end)
    }
    kept = [one.of(row.passage) for number, one in enumerate(found) if number not in cut]
    passage = " ".join(kept)
    if not kept or not cut or holds_answer(row, passage):
        return None
    return _unanswerable(row, passage=passage)


def holds_answer(row: Row, text: str) -> bool:
    """Tell whether ``text`` holds the words of an answer of ``row``."""
    return any(within(answer.of(row.passage), text) for answer in row.answers)


def answering(row: Row) -> str:
    """Return the sentences of the passage that hold the first answer."""
    if not row.answers:
        return row.passage
    found = sentences(row.passage)
    held = holding(found, row.answers[0])
    return " ".join(one.of(row.passage) for one in found[held.start : held.end])


def within(phrase: str, text: str) -> bool:
    """Tell whether ``text`` holds ``phrase`` as whole words, in any case."""
    return _pattern(phrase).search(text) is not None


def swapped(text: str, change: Change) -> str:
    """Return ``text`` with the change made wherever its phrase stands."""
    return _pattern(change.old).sub(lambda _: change.new, text)


@lru_cache(maxsize=20_000)
def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.IGNORECASE)


def _unanswerable(row: Row, *, question: str = "", passage: str = "") -> Row:
    return replace(
        row,
        question=question or row.question,
        passage=passage or row.passage,
        answers=(),
        answerable=False,
    )


def _still_answered(row: Row, change: Change) -> bool:
    """Tell whether a sentence with the new phrase may answer the changed question."""
    asked = content_words(row.question) - content_words(change.old)
    for sentence in sentences(row.passage):
        text = sentence.of(row.passage)
        if within(change.new, text) and within(change.old, text) and change.everywhere:
            if side_by_side(change.new, change.old, text):
                return True
            continue
        shared = len(asked & content_words(text)) / max(len(asked), 1)
        if within(change.new, text) and shared >= _STILL_ANSWERED:
            return True
    return False


def _same_form(one: str, other: str) -> bool:
    if one[0].isdigit() and other[0].isdigit():
        return one != other and len(one) == len(other)
    return one != other and any(one in series and other in series for series in _SERIES)


def _ending(word: str) -> str:
    return next((ending for ending in _ENDINGS if word.endswith(ending)), "")
