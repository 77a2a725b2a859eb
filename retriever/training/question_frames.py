"""Template questions taken to pieces: "What did someone vote for?" asks for one role of "vote"."""

import re
from dataclasses import dataclass

from retriever.text.inflection import irregular_forms
from retriever.training.entities import stem

AGENT, PATIENT, SECOND, WHERE = "agent", "patient", "second", "where"
"""Who does it, whom or what it is done to, what else ("called what"), and the place."""
_HIDDEN = frozenset(("someone", "something", "somewhere"))
_BE = frozenset("is are was were".split())
_AUXILIARIES = frozenset(
    "is are was were did does do has have had might can could would will should may must".split()
)
_HELPERS = frozenset("be been being have not".split())
_ADVERBIAL = re.compile(r"(?:When|Where|Why|How(?: much| long| often| far| many)?)$")
_NUMBERS = {"is": "are", "was": "were", "does": "do", "has": "have"}
_AFTER_HEAD = re.compile(
    r" (?:of|in|for|at|on|from|to|with|by|about|between|against|among|under|over|around|within) "
)
_ONE = frozenset("States Nations Netherlands Philippines Times Games Congress Bahamas".split())
_MANY = re.compile(r"(?:a lot|a number|the majority|many|several|two|three|four|five) ")
_PLURALS = frozenset("people men women children police teeth feet mice media".split())
_MANY_PEOPLE = re.compile(
    r"(?:ans|ists|ants|crats|Nazis|Greeks|Jews|Arabs|Turks|Conservatives|Republics)$"
)
_LEFT_OUT = frozenset("do doing it".split())
# Beside the irregular ones, what our stems leave apart.
_NO_STEMMERS = """be was were been|do did done|have had has|use used uses using|die died dies dying
|age aged|tie tied"""
_BASES = {form: forms.split()[0] for forms in _NO_STEMMERS.split("|") for form in forms.split()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place of a question beside its verb: the ``role``, and the words that stand there."""

    role: str
    words: str

    @property
    def hidden(self) -> bool:
        """Tell whether only a "someone" stands there."""
        return self.words in _HIDDEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A question in pieces; an empty subject means that it is the subject that is asked for."""

    wh: str
    auxiliary: str
    subject: Slot | None
    helpers: tuple[str, ...]
    verb: str
    object: Slot | None
    preposition: str
    tail: Slot | None
    adjunct: Slot | None = None
    asked: str

    @property
    def slots(self) -> list[Slot]:
        """Return what stands beside the verb."""
        held = (self.subject, self.object, self.tail, self.adjunct)
        return [one for one in held if one is not None]

    @property
    def negated(self) -> bool:
        """Tell whether the question denies."""
        return "n't" in self.auxiliary or "not" in (*self.helpers, *self.auxiliary.split())

    @property
    def passive(self) -> bool:
        """Tell whether the subject is what something is done to."""
        return _passive(self.auxiliary, self.helpers, self.verb)

    @property
    def form(self) -> str:
        """Return which form of the verb stands there: base, ing, participle, past or present."""
        if self.verb.endswith("ing"):
            return "ing"
        bare = self.auxiliary.removesuffix("n't").split(" ")[0]
        if self.passive or bare in ("has", "have", "had") or "have" in self.helpers:
            return "participle"
        if self.auxiliary:
            return "base"
        return "present" if self.verb.endswith("s") else "past"

    def text(self) -> str:
        """Return the question."""
        parts = (
            self.wh,
            _agreeing(self.auxiliary, self.subject),
            self.subject.words if self.subject else "",
            *self.helpers,
            self.verb,
            self.object.words if self.object else "",
            self.preposition,
            self.tail.words if self.tail else "",
            self.adjunct.words if self.adjunct else "",
        )
        return f"{' '.join(part for part in parts if part)}?"


def lemma(verb: str) -> str:
    """Return what the forms of one verb have in common, good enough to tell two verbs apart."""
    word = verb.lower()
    base = next(iter(irregular_forms(word)), _BASES.get(word, verb))
    root = stem(base).removesuffix("y").removesuffix("i")
    return root[:-1] if len(root) > 3 and root[-1] == root[-2] else root


def plural(words: str) -> bool:
    """Tell whether a phrase speaks of more than one."""
    lead = _AFTER_HEAD.split(words)[0]
    if re.search(r" and (?:the |an? |his |her |its |their )?\w", lead):
        return not re.match(r"an? (?!.* and (?:the|an?) )", lead)
    if _MANY.match(words):
        return True
    head = lead.split()[-1]
    if head[:1].isupper():
        team = words.startswith("the ") and head.endswith("s") and head not in _ONE
        return team or _MANY_PEOPLE.search(head) is not None
    return head in _PLURALS or (head.endswith("s") and not head.endswith(("ss", "us", "is", "ics")))


def _agreeing(auxiliary: str, subject: Slot | None) -> str:
    """Return the auxiliary in the number of the subject."""
    bare = auxiliary.removesuffix("n't")
    if subject is None or subject.hidden or bare not in _NUMBERS or not plural(subject.words):
        return auxiliary
    return _NUMBERS[bare] + auxiliary[len(bare) :]


def frame_of(question: str) -> Frame | None:
    """Return the pieces of a template question; None for one that is built otherwise."""
    tokens = question.rstrip("? ").split()
    if len(tokens) < 2 or _LEFT_OUT & set(tokens):
        return None
    count = 2 if tokens[0] == "How" and tokens[1] in ("much", "long", "often", "far") else 1
    wh, tokens = " ".join(tokens[:count]), tokens[count:]
    auxiliary = _taken_auxiliary(tokens)
    adverbial = _ADVERBIAL.match(wh) is not None
    subject = tokens.pop(0) if tokens and tokens[0] in _HIDDEN else ""
    helpers = []
    while len(tokens) > 1 and tokens[0] in _HELPERS and tokens[1] not in _HIDDEN:
        helpers.append(tokens.pop(0))
    if not tokens or tokens[0] in _HIDDEN | _HELPERS or (adverbial and not subject):
        return None
    if wh not in ("Who", "What") and not adverbial:
        return None
    verb = tokens.pop(0)
    if subject and not auxiliary:
        return None
    passive = _passive(auxiliary, helpers, verb)
    held = tokens.pop(0) if tokens and tokens[0] in _HIDDEN - {"somewhere"} else ""
    last = tokens.pop() if tokens and tokens[-1] in _HIDDEN else ""
    if _HIDDEN & set(tokens) or len(tokens) > 2:
        return None
    preposition = " ".join(tokens)
    object_role = SECOND if passive else PATIENT
    tail = Slot(role=_tail_role(preposition, last, passive=passive), words=last) if last else None
    asked = _asked(wh, subject, held, preposition, last, passive=passive)
    return Frame(
        wh=wh,
        auxiliary=auxiliary,
        subject=Slot(role=PATIENT if passive else AGENT, words=subject) if subject else None,
        helpers=tuple(helpers),
        verb=verb,
        object=Slot(role=object_role, words=held) if held else None,
        preposition=preposition,
        tail=tail,
        asked=asked,
    )


def _taken_auxiliary(tokens: list[str]) -> str:
    """Take the auxiliary verb from the front of ``tokens``."""
    bare = tokens[0].removesuffix("n't") if tokens else ""
    if len(tokens) < 2 or (bare not in _AUXILIARIES and tokens[0] not in ("won't", "can't")):
        return ""
    if tokens[1] in _HIDDEN and len(tokens) == 2:
        return ""
    return tokens.pop(0)


def _passive(auxiliary: str, helpers: tuple[str, ...] | list[str], verb: str) -> bool:
    being = auxiliary.removesuffix("n't") in _BE or {"be", "been", "being"} & set(helpers)
    return bool(being) and not verb.endswith("ing")


def _tail_role(preposition: str, words: str, *, passive: bool) -> str:
    if words == "somewhere":
        return WHERE
    if passive and preposition == "by":
        return AGENT
    return f"to {preposition}" if preposition else SECOND


def _asked(wh: str, subject: str, held: str, preposition: str, tail: str, *, passive: bool) -> str:
    if _ADVERBIAL.match(wh):
        return wh.lower()
    if not subject:
        return PATIENT if passive else AGENT
    if preposition and not tail:
        return _tail_role(preposition, "", passive=passive)
    return SECOND if held or passive else PATIENT


def usage(frame: Frame) -> tuple[object, ...]:
    """Return how the verb of a question is used: two of one usage can stand for one another."""
    return (
        frame.form,
        frame.passive,
        frame.object is not None or frame.asked == PATIENT,
        frame.preposition,
        frame.asked == SECOND or any(slot.role == SECOND for slot in frame.slots),
        frame.subject.words if frame.subject else frame.wh,
    )
