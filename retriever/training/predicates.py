"""What each sentence says of each verb, gathered from the template questions about it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from retriever.training.entities import content_words, words
from retriever.training.fillers import Fillers
from retriever.training.question_frames import Frame, frame_of, lemma, plural
from retriever.training.rows import Range, Row

_ALIKE = 5  # passages of the same topic whose people and things may be asked about instead
_COMMON = 40  # passages that hold a word, from which it tells no topic
_NO_VERBS = frozenset(
    map(
        lemma,
        """number police position group term style value school evidence source account process
        populate effect interest orient orientate concern practice document party govern war
        condition not all fly article film section case state level power right form mean better
        best second major front total average minor age aged surface board house season time
        family minister site area region range tradition theory science office event cashier
        place tie trick chair friend mother father master journey mean collar pollution""".split(),
    )
)
"""Nouns that QANom takes for verbs: "What is numbered?"."""
_NOUN_AND_VERB = frozenset(
    map(
        lemma,
        """attack support vote visit protest strike attempt release arrest murder use call request
        plan claim increase decrease return win defeat change report offer order search collapse
        aid help control debate demand move ban tour travel work display record design damage
        attempt assault bid campaign challenge charge comment crash cut deal decline decrease
        delay drop escape estimate exchange experiment export fight fire hope import interview
        kidnap launch love march march order pardon play praise promise purchase raid rape repair
        reply rescue research response retreat review revolt rise rule sale shoot siege speech
        spread start stay stop study suicide surrender survey talk test threat trade transfer
        transport treat trial trip trust turn vote walk war warn""".split(),
    )
)
"""Nouns that are written like their verb and mean what it means."""
_PRONOUNS = frozenset(
    """i you he she it we they me him her us them his hers its their my our your who whom which that
    this these those one himself herself itself themselves there here then""".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A template question with its row and, where they can be spoken of, its answers' words."""

    row: Row
    frame: Frame
    fillers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """What one sentence says of one verb."""

    passage: str
    lemma: str
    answered: list[Answered] = field(default_factory=list)

    def of(self, role: str, wh: str = "") -> list[Answered]:
        """Return the questions for one role, asked with ``wh`` if it is given."""
        return [one for one in self.answered if one.frame.asked == role and wh in one.frame.wh]

    @property
    def fillers(self) -> set[str]:
        """Return all that is said to take part."""
        return {filler for one in self.answered for filler in one.fillers}


@dataclass(frozen=True, slots=True, kw_only=True)
class Natural:
    """A question with nothing hidden, the template that it came of, and an answer's words."""

    frame: Frame
    answered: Answered
    predicate: Predicate
    answer: str


def read_predicates(rows: Sequence[Row], cut: Fillers) -> list[Predicate]:
    """Return what template ``rows`` say, one record for each verb of each passage."""
    found: dict[tuple[str, str], Predicate] = {}
    for row in rows:
        frame = frame_of(row.question)
        answers = tuple(_telling(row))
        if frame is None or not answers:
            continue
        root = lemma(frame.verb)
        if row.source == "qanom" and not _names_deed(root, frame, row):
            continue
        predicate = found.setdefault(
            (row.passage, root), Predicate(passage=row.passage, lemma=root)
        )
        told = replace(row, answers=answers)
        fillers = tuple(_fillers(told, frame, cut))
        predicate.answered.append(Answered(row=told, frame=frame, fillers=fillers))
    return list(found.values())


def _names_deed(root: str, frame: Frame, row: Row) -> bool:
    """Tell whether the noun that QANom asks about says what the verb of its questions says."""
    if root in _NO_VERBS or frame.negated or frame.wh.startswith("How"):
        return False
    return root in _NOUN_AND_VERB or root not in map(lemma, words(row.passage))


def _telling(row: Row) -> Iterator[Range]:
    """Yield the answers that are more than a pronoun."""
    for answer in row.answers:
        if answer.of(row.passage).strip("'\"").lower() not in _PRONOUNS:
            yield answer


def _fillers(row: Row, frame: Frame, cut: Fillers) -> Iterator[str]:
    """Yield the answers that another question of the verb can hold."""
    root = lemma(frame.verb)
    for answer in row.answers:
        found = None
        if frame.wh in ("Who", "What"):
            found = cut.thing(row.passage, answer, after=frame.preposition)
        elif frame.wh in ("When", "Where"):
            found = cut.adjunct(row.passage, answer, frame.wh.lower())
        if not found or (frame.wh == "Who" and not _somebody(found)) or restates(found, root):
            continue
        yield found


def _somebody(words_: str) -> bool:
    """Tell whether a phrase can name people: a name, with an article, or of more than one."""
    return bool(re.search(r"[A-Z]|^(?:the|an?|his|her|its|their) ", words_)) or plural(words_)


def restates(spoken: str, root: str) -> bool:
    """Tell whether an answer only says the verb again: who governed? the government."""
    said = words(spoken)
    return len(said) < 6 and any(lemma(word) == root or word.startswith(root) for word in said)


class Topics:
    """Which passages speak of the same: those that share their rarest words."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Note which texts hold a word."""
        self._texts = texts
        self._holding: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            for word in sorted(content_words(text)):
                self._holding[word].append(number)

    def of(self, text: str) -> list[str]:
        """Return up to ``_ALIKE`` other passages, the likest first."""
        score: defaultdict[int, float] = defaultdict(float)
        for word in sorted(content_words(text)):
            held = self._holding[word]
            if 1 < len(held) < _COMMON:
                for number in held:
                    score[number] += 1 / len(held)
        best = [self._texts[number] for number in sorted(score, key=lambda one: -score[one])]
        return [one for one in best if one != text][:_ALIKE]
