"""Questions like those that a sentence answers, which it does not answer.

Who and whom are exchanged, another verb is used in the same way, somebody else is asked about, or
what the sentence leaves unsaid.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from retriever.training.altered_questions import side_by_side
from retriever.training.entities import Kinds, content_words, words
from retriever.training.predicates import Natural, Predicate, Topics
from retriever.training.question_frames import (
    AGENT,
    PATIENT,
    WHERE,
    Frame,
    Slot,
    lemma,
    usage,
)

_SAME_SENSE = 0.34  # likeness of two verbs from which one may say what the other does
_VERBS_TRIED = 24
_OF_A_KIND = 0.2  # likeness of two that may stand in one place
_SAME_SENTENCE = 0.6  # of arguments changed: for one that the same sentence speaks of
_CIRCUMSTANCES = ("When", "Where")
_SECOND = 0.2  # of questions: two like them, so that about half of all rows are answered
_EQUALS = frozenset(
    map(
        lemma,
        """meet marry debate fight agree compete talk collaborate war negotiate cooperate discuss
        speak race play share join connect relate associate differ contrast compare border mix
        combine match battle clash unite interact communicate correspond contact partner divorce
        trade link merge resemble equal become be mean date include exchange converse face married
        work argue cause effect affect influence lead date love like""".split(),
    )
)
_LIGHT = frozenset(
    map(
        lemma,
        """have make do take get give use include involve be say go come see know become find put
        mean set keep show let call contain cause result concern tell state happen look seem need
        want remain appear exist begin start end base follow hold relate associate not bring
        effect affect influence age turn""".split(),
    )
)
_TIMES = re.compile(
    r"\d|\b(?:when|while|during|after|before|since|until|till|ago|last|next|now|then|today"
    r"|yesterday|tomorrow|tonight|recent\w*|current\w*|previous\w*|earlier|later|once|as|already"
    r"|long|following|early|late|time|times|years?|months?|weeks?|days?|hours?|minutes?|moment"
    r"|century|period|era|morning|afternoon|evening|night|season|annual|Mon\w+|Tues\w+|Wednes\w+"
    r"|Thurs\w+|Friday|Satur\w+|Sun\w+|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|summer|winter|spring|autumn|on|by|former\w*|always|often|never)\b",
    re.IGNORECASE,
)
_PLACES = re.compile(
    r"\b(?:in|at|on|near|inside|outside|across|around|from|where|here|there|within|throughout"
    r"|into|through|local\w*|abroad|worldwide|under|over|above|between|among|against|toward\w*)\b",
    re.IGNORECASE,
)
_REASONS = re.compile(
    r"\b(?:because|since|as|for|to|due|after|over|so|by|why|reason\w*|when|if|with|through|given"
    r"|following|despite|under|which|caus\w*|result\w*|therefore|thus|hence|that|from|while|and"
    r"|but|in order)\b|ing\b",
    re.IGNORECASE,
)
_UNSAID = {"when": _TIMES, "where": _PLACES, "why": _REASONS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A question that is not answered, and of what ``kind`` it is."""

    frame: Frame
    kind: str


class Twins:
    """Makes what is not answered from what is."""

    def __init__(
        self,
        texts: Sequence[str],
        predicates: Sequence[Predicate],
        kinds: Kinds,
        chance: random.Random,
    ) -> None:
        """Take all that a collection says, the measure of likeness in kind, and the dice."""
        self._topics = Topics(texts)
        self._kinds = kinds
        self._chance = chance
        self._of: dict[str, list[Predicate]] = defaultdict(list)
        self._verbs: dict[tuple[object, ...], list[str]] = defaultdict(list)
        self._done_by_people = {
            predicate.lemma
            for predicate in predicates
            for one in predicate.of(AGENT, "Who")
            if one.frame.object or one.frame.passive
        }
        for predicate in predicates:
            self._of[predicate.passage].append(predicate)
            for one in predicate.answered:
                if predicate.lemma not in _LIGHT:
                    self._verbs[usage(one.frame)].append(one.frame.verb)

    def of(self, natural: Natural) -> Iterator[Twin]:
        """Yield one question that the sentence does not answer, at times two, of unlike kinds."""
        if natural.frame.negated:
            return
        makers: list[tuple[str, float, Callable[[Natural], Frame | None]]] = [
            ("roles exchanged", 3.0, self._exchanged),
            ("another verb", 1.2, self._another_verb),
            ("another argument", 1.6, self._another_argument),
            ("left unsaid", 1.0, self._left_unsaid),
        ]
        while makers:
            place = self._chance.choices(range(len(makers)), [one[1] for one in makers])[0]
            kind, _, make = makers.pop(place)
            if frame := make(natural):
                yield Twin(frame=frame, kind=kind)
                if self._chance.random() > _SECOND:
                    return

    def _exchanged(self, natural: Natural) -> Frame | None:
        """Return the question with who did it and whom it was done to in each other's place."""
        frame, predicate = natural.frame, natural.predicate
        if predicate.lemma in _EQUALS or frame.preposition in ("with", "as", "between"):
            return None
        given = {slot.role: slot for slot in frame.slots}
        both = [given[role] for role in (AGENT, PATIENT) if role in given]
        if len(both) == 2 and _alike(both[0].words, both[1].words):
            one, other = both
            frame = with_slot(frame, replace(one, words=other.words))
            return with_slot(frame, replace(other, words=one.words))
        if not natural.answer or frame.asked not in (AGENT, PATIENT):
            return None
        for slot in frame.slots:
            sides = {slot.role, frame.asked}
            if sides != {AGENT, PATIENT} and not slot.role.startswith("to "):
                continue
            said = {one for other in predicate.of(slot.role) for one in other.fillers}
            if natural.answer in said or not _alike(slot.words, natural.answer):
                continue
            if side_by_side(slot.words, natural.answer, predicate.passage):
                continue
            return with_slot(frame, replace(slot, words=natural.answer))
        return None

    def _another_verb(self, natural: Natural) -> Frame | None:
        """Return the question about another verb that is used in the same way."""
        frame, passage = natural.frame, natural.predicate.passage
        if not frame.slots or natural.predicate.lemma in _LIGHT:
            return None
        if frame.preposition and frame.tail is None and frame.subject is None:
            return None
        verbs = self._verbs[usage(natural.answered.frame)]
        inside = {lemma(word) for word in words(passage)}
        spoken = [word for word in dict.fromkeys(words(passage)) if len(word) > 3]
        tried = set(self._chance.choices(verbs, k=_VERBS_TRIED)) if verbs else set()
        near = [
            (float(likeness[0]), verb)
            for verb in sorted(tried)
            if lemma(verb) not in inside
            and (likeness := self._kinds.likeness(verb, [frame.verb, *spoken])).max() < _SAME_SENSE
        ]
        return replace(frame, verb=max(near)[1]) if near else None

    def _another_argument(self, natural: Natural) -> Frame | None:
        """Return the question about somebody else of the same sentence, or of one near by."""
        slots = natural.frame.slots
        self._chance.shuffle(slots)
        for slot in slots:
            others = list(dict.fromkeys(self._others(slot, natural)))
            likeness = self._kinds.likeness(slot.words, others)
            best = [at for at in likeness.argsort()[::-1] if likeness[at] >= _OF_A_KIND][:3]
            if best:
                other = others[self._chance.choice(best)]
                return with_slot(natural.frame, replace(slot, words=other))
        return None

    def _others(self, slot: Slot, natural: Natural) -> list[str]:
        """Return what could stand in a slot, but has no part in what is said."""
        passage = natural.predicate.passage
        asked = natural.answered.frame
        before = {one.role: one.words for one in asked.slots}
        kind = {"someone": "Who", "something": "What"}.get(before.get(slot.role, ""), "")
        wh = "When" if slot.role == "when" else "Where" if slot.role == WHERE else kind
        taken = {
            word
            for filler in (*natural.predicate.fillers, natural.frame.text())
            for word in content_words(filler)
        }
        inside = [
            one
            for one in self._spoken_of(passage, wh, natural.predicate)
            if not content_words(one) & taken
            and _alike(one, slot.words)
            and wh not in _CIRCUMSTANCES
            and _apart(one, slot.words, passage)
        ]
        near = [
            one
            for text in self._topics.of(passage)
            for one in self._spoken_of(text, wh, natural.predicate)
            if not content_words(one) & (taken | content_words(passage))
            and _alike(one, slot.words)
            and (wh not in _CIRCUMSTANCES or re.search(r"[A-Z0-9]", one))
        ]
        return inside if inside and (not near or self._chance.random() < _SAME_SENTENCE) else near

    def _spoken_of(self, text: str, wh: str, besides: Predicate) -> Iterator[str]:
        """Yield who or what has a part in what a passage says of other verbs."""
        for predicate in self._of[text]:
            if predicate.lemma != besides.lemma:
                for one in predicate.answered:
                    if one.frame.wh == wh or (not wh and one.frame.wh in ("Who", "What")):
                        yield from (filler for filler in one.fillers if content_words(filler))

    def _left_unsaid(self, natural: Natural) -> Frame | None:
        """Return a question for a time, place, reason or doer that the sentence does not give."""
        frame, predicate = natural.frame, natural.predicate
        if predicate.lemma in _LIGHT:
            return None
        if (
            frame.passive
            and not predicate.of(AGENT)
            and predicate.lemma in self._done_by_people
            and frame.tail is None
            and not frame.preposition
            and frame.asked != AGENT
            and not re.search(r"\bby\b", predicate.passage)
        ):
            by = self._moved(natural)
            if by and by.adjunct is None:
                return replace(by, wh="Who", preposition="by")
        said = {one.frame.asked for one in predicate.answered}
        roles = [
            role
            for role, pattern in _UNSAID.items()
            if role not in said
            and role not in {slot.role for slot in frame.slots}
            and not pattern.search(predicate.passage)
        ]
        moved = self._moved(natural) if roles else None
        if moved is None:
            return None
        return replace(moved, wh=self._chance.choice(roles).capitalize(), asked=roles[0])

    def _moved(self, natural: Natural) -> Frame | None:
        """Return the frame of a question with what it asks for put in its place."""
        frame, answer = natural.frame, natural.answer
        if frame.wh not in ("Who", "What"):
            return frame if frame.subject else None
        if not answer:
            return None
        given = Slot(role=frame.asked, words=answer)
        if frame.subject is None:
            return replace(frame, subject=given) if frame.auxiliary else None
        if frame.preposition and frame.tail is None:
            return replace(frame, tail=given)
        if frame.asked == PATIENT and frame.object is None:
            return replace(frame, object=given)
        return None


def with_slot(frame: Frame, slot: Slot) -> Frame:
    """Return the frame with other words in the place of one role."""
    subject, held, tail, adjunct = (
        slot if one is not None and one.role == slot.role else one
        for one in (frame.subject, frame.object, frame.tail, frame.adjunct)
    )
    return replace(frame, subject=subject, object=held, tail=tail, adjunct=adjunct)


def _alike(one: str, other: str) -> bool:
    """Tell whether both are names, or neither, and they share no word."""
    named = [bool(re.search(r"[A-Z]", text)) for text in (one, other)]
    return named[0] == named[1] and not content_words(one) & content_words(other)


def _apart(one: str, other: str, passage: str) -> bool:
    """Tell whether two phrases stand well apart: side by side they may be one thing's two names."""
    text = passage.lower()
    first, second = sorted((text.find(one.lower()), text.find(other.lower())))
    lead = one if text.find(one.lower()) == first else other
    return first >= 0 and second - first - len(lead) > 6
