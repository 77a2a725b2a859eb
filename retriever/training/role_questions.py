"""Rows made from news itself: who somebody is, and who holds an office.

Journalists ask so, public question sets hardly do, and articles answer in passing: "Kremlin
spokesman Dmitry Peskov". A name known from such a place but mentioned without one makes the
question that nothing answers.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retriever.training.rows import Range, Row

NAME = "roles"
_OFFICES = """minister president leader spokesman spokeswoman spokesperson chief director
chairman chairwoman chair secretary senator governor mayor ambassador professor analyst researcher
scientist coach manager captain actor actress singer author writer journalist lawyer attorney judge
general commander colonel king queen pope bishop archbishop founder owner executive head candidate
representative congressman officer economist historian chancellor premier inspector detective
sergeant editor reporter activist engineer astronaut driver goalkeeper champion""".split()
_BEFORE = """former vice deputy prime foreign senior chief acting police opposition party team
company government defence defense army military local state national assistant executive
general""".split()
_PERSON = r"[A-Z][\w’'-]+(?: [A-Z]\.)?(?: [A-Z][\w’'-]+){1,2}"
_ORGANISATION = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}"
_OFFICE = rf"(?:{'|'.join([*_OFFICES, *(word.capitalize() for word in _OFFICES)])})"
_BEFORE_NAME = re.compile(
    rf"(?<![\w-])(?P<role>(?:(?:[A-Z][\w’'-]+|{'|'.join(_BEFORE)}) ){{0,4}}{_OFFICE})"
    rf" (?P<name>{_PERSON})"
)
_AFTER_NAME = re.compile(
    rf"(?<![\w-])(?P<name>{_PERSON}), (?P<role>(?:the |a |an |its |his |her )?"
    rf"[^,.;\"“”]{{0,50}}\b{_OFFICE}\b"
    r"[^,.;\"“”]{0,50})(?=[,.])"
)
_OTHER_WORDS = re.compile(r"\b(?:who|said|says|told|ran|before|after|when|was|is|were|has|had)\b")
_NO_NAME = re.compile(rf"(?:State|The|Former|{_OFFICE})\b")
_LEADS = re.compile(
    rf"(?P<of>{_ORGANISATION}) (?:leader|head|president|chief|director|chairman|CEO)$"
)
_SPEAKS = re.compile(rf"(?P<of>{_ORGANISATION}) spokes(?:man|woman|person)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """Somebody and an office, where a text names both together."""

    name: Range
    role: Range


def role_rows(texts: Sequence[str], *, seed: int) -> list[Row]:
    """Return the rows made from ``texts``, the same for one seed.

    Two for each person and office that one names together, and about half as many of texts from
    which the office was taken out.
    """
    chance = random.Random(seed)  # noqa: S311  # to be repeated
    found = {text: list(_held(text)) for text in texts}
    people = {one.name.of(text) for text, held in found.items() for one in held}
    return [
        row
        for text, held in found.items()
        for one in held
        for asked in _asked(text, one, chance)
        for row in (asked, *_without_office(asked, one, chance))
    ] + [row for text in texts for row in _mentioned(text, people, chance)]


def _held(text: str) -> Iterator[_Held]:
    for pattern in (_BEFORE_NAME, _AFTER_NAME):
        for match in pattern.finditer(text):
            name, role = (
                Range(start=match.start(group), end=match.end(group)) for group in ("name", "role")
            )
            if not _OTHER_WORDS.search(role.of(text)) and not _NO_NAME.match(name.of(text)):
                yield _Held(name=name, role=role)


def _asked(text: str, held: _Held, chance: random.Random) -> Iterator[Row]:
    """Yield a question for the office and one for the person."""
    name, role = held.name.of(text), held.role.of(text)
    who = chance.choice(["Who is {}?", "Who is {}?", "Who's {}", "What does {} do?", "who was {}"])
    yield _row(text, who.format(name), held.role)
    bare = re.sub(r"^(?:the|a|an|its|his|her|my|our) ", "", role)
    forms = ["Who is the {}?", "who is {}", "Who was the {}?", "What is the name of the {}?"]
    question = chance.choice(forms).format(bare)
    if led := _LEADS.search(bare):
        forms = ["Who heads {}?", "Who is in charge of {}?", "who runs {}"]
        question = chance.choice(forms).format(led["of"])
    elif spoken := _SPEAKS.search(bare):
        question = f"Who is the spokesperson of {spoken['of']}?"
    if " " in bare:
        yield _row(text, question, held.name)


def _without_office(row: Row, held: _Held, chance: random.Random) -> Iterator[Row]:
    """Yield, for every second row, what is left when its text does not name the office."""
    if chance.random() < 0.5:
        return
    text, role = row.passage, held.role
    if role.start < held.name.start:
        passage = text[: role.start] + text[held.name.start :]
    else:
        passage = text[: held.name.end] + text[role.end :].removeprefix(",")
    yield replace(row, passage=passage, answers=(), answerable=False)


def _mentioned(text: str, people: set[str], chance: random.Random) -> Iterator[Row]:
    """Yield questions for people whom the text names without saying who they are."""
    for match in re.finditer(_PERSON, text):
        name = match.group()
        around = text[max(match.start() - 30, 0) : match.end() + 60]
        if name in people and not re.search(rf"{_OFFICE}|\b(?:is|was|as)\b|, ", around):
            question = chance.choice(["Who is {}?", "What does {} do?", "who was {}"])
            yield Row(
                source=NAME,
                question=question.format(name),
                passage=text,
                answers=(),
                answerable=False,
            )


def _row(text: str, question: str, answer: Range) -> Row:
    return Row(source=NAME, question=question, passage=text, answers=(answer,), answerable=True)
