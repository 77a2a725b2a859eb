"""Questions for what a sentence says of a verb, and like ones for what it does not say.

Made without a language model from the template questions of QA-SRL and QANom. "What did someone
vote for?" becomes "What did the Senate vote for?", as another question of the same verb is answered
by the Senate. What answers nothing is about the same subject but exchanges who and whom, asks
another verb, names another subject or asks for what is left unsaid.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retriever.training.entities import Kinds, content_words
from retriever.training.fillers import Fillers
from retriever.training.predicates import Answered, Natural, Predicate, read_predicates, restates
from retriever.training.question_frames import AGENT, WHERE, Frame, Slot
from retriever.training.relation_twins import Twins, with_slot
from retriever.training.rows import Row, distinct_passages

NAME = "relations"
TEMPLATES = ("qanom", "qasrl_gs")
"""The sets of template questions that the rows are made from."""
_BARE = 0.1  # of questions that hold nothing but the verb: kept
_CIRCUMSTANCE = 0.35  # of questions that say enough: a place or time is added
_FULLER = 0.9  # of questions that hold nothing but the verb: something is added


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationQuestion:
    """A made row, and the ``kind`` that it is of: "said" if it is answerable."""

    row: Row
    kind: str


def relation_rows(rows: Sequence[Row], kinds: Kinds, *, seed: int) -> list[Row]:
    """Return the rows made from template ``rows``, the same for one seed."""
    return [one.row for one in relation_questions(rows, kinds, seed=seed)]


def relation_questions(
    rows: Sequence[Row], kinds: Kinds, *, seed: int
) -> Iterator[RelationQuestion]:
    """Yield an answerable row for each question that can be filled, and one like it that is not."""
    chance = random.Random(f"{NAME}:{seed}")  # noqa: S311  # to be repeated
    texts = distinct_passages(list(rows))
    predicates = read_predicates(rows, Fillers(texts))
    twins = Twins(texts, predicates, kinds, chance)
    seen: set[tuple[str, str]] = set()
    for natural in _naturals(predicates, chance):
        row = replace(natural.answered.row, source=NAME, question=natural.frame.text())
        made = [RelationQuestion(row=row, kind="said")]
        for twin in twins.of(natural):
            unsaid = replace(row, question=twin.frame.text(), answers=(), answerable=False)
            made.append(RelationQuestion(row=unsaid, kind=twin.kind))
        for one in made:
            key = (one.row.passage, one.row.question)
            if key not in seen:
                seen.add(key)
                yield one


def _naturals(predicates: Sequence[Predicate], chance: random.Random) -> Iterator[Natural]:
    writer = _Writer(chance)
    for predicate in predicates:
        for answered in predicate.answered:
            if natural := writer.natural(answered, predicate):
                yield natural


class _Writer:
    """Names in a question those that it only calls someone."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def natural(self, answered: Answered, predicate: Predicate) -> Natural | None:
        """Return the question with its "someone" named; None where somebody stays unnamed."""
        frame = answered.frame
        spoken = " ".join(one.of(predicate.passage) for one in answered.row.answers)
        taken = content_words(spoken)
        if restates(spoken, predicate.lemma):
            return None
        for slot in frame.slots:
            filler = self._filler(slot, frame, predicate, taken)
            if filler is None:
                return None
            taken = taken | content_words(filler)
            frame = with_slot(frame, replace(slot, words=filler))
        frame = self._fuller(frame, predicate, taken)
        if not frame.slots and self._chance.random() > _BARE:
            return None
        answer = self._chance.choice(answered.fillers) if answered.fillers else ""
        return Natural(frame=frame, answered=answered, predicate=predicate, answer=answer)

    def _filler(
        self, slot: Slot, frame: Frame, predicate: Predicate, taken: frozenset[str]
    ) -> str | None:
        wh = {"someone": "Who", "something": "What"}.get(slot.words, "")
        role = WHERE if slot.words == "somewhere" else slot.role
        found = predicate.of(role, wh)
        alike = [one for one in found if bool(one.frame.object) == bool(frame.object)]
        fillers = [
            filler
            for one in alike or found
            for filler in one.fillers
            if not content_words(filler) & taken
        ]
        return _best(fillers, self._chance)

    def _fuller(self, frame: Frame, predicate: Predicate, taken: frozenset[str]) -> Frame:
        """Return the question with more of what its sentence says, above all if it says little."""
        if frame.tail is None and not frame.preposition and frame.wh in ("Who", "What"):
            others = [
                one
                for one in predicate.answered
                if one.frame.preposition
                and one.frame.asked.startswith(("to ", AGENT))
                and one.frame.passive == frame.passive
                and bool(one.frame.object) == bool(frame.object)
                and one.frame.wh in ("Who", "What")
                and one.frame.asked not in (frame.asked, *(slot.role for slot in frame.slots))
                and one.frame.subject is not None
            ]
            if others and self._chance.random() < (0.3 if frame.slots else 0.9):
                other = self._chance.choice(others)
                fillers = [one for one in other.fillers if not content_words(one) & taken]
                if fillers:
                    words_ = _best(fillers, self._chance) or fillers[0]
                    tail = Slot(role=other.frame.asked, words=words_)
                    return replace(frame, preposition=other.frame.preposition, tail=tail)
        held = {frame.asked, *(slot.role for slot in frame.slots)}
        roles = [role for role in (WHERE, "when") if role not in held]
        if frame.asked in ("why", "how") or self._chance.random() > (
            _CIRCUMSTANCE if frame.slots else 0.9
        ):
            return frame
        self._chance.shuffle(roles)
        for role in roles:
            wh = "Where" if role == WHERE else "When"
            fillers = [
                one
                for other in predicate.of(role, wh)
                for one in other.fillers
                if not content_words(one) & taken
            ]
            if fillers:
                return replace(frame, adjunct=Slot(role=role, words=self._chance.choice(fillers)))
        return frame


def _best(fillers: list[str], chance: random.Random) -> str | None:
    """Return one of ``fillers``, a name if there is one."""
    named = [one for one in fillers if re.search(r"[A-Z]", one)]
    return chance.choice(named or fillers) if fillers else None
