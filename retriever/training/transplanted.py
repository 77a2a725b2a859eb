"""Near misses made of other questions: what people ask of one thing, asked of another.

A question about one article, with its name replaced by one that this passage holds, asks a relation
that the passage does not tell. People wrote its words, so they are not to be told by their oddness;
they are as near to the passage as can be found without being answered by it.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retriever.training.entities import Kinds, content_words, names
from retriever.training.near_misses import within
from retriever.training.passages import sentences
from retriever.training.rows import Row

_TRIED = 24  # other questions, of which the nearest is taken
_TOLD = 0.5  # of a question's words beside its name: a sentence that holds more may answer it
_LIKE = 0.25  # cosine of word vectors: a person for a person, a place for a place


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """A question, the one name in it, and the words beside that name."""

    question: str
    name: str
    asked: frozenset[str]
    passage: str


class OtherQuestions:
    """The questions of one source that name one thing."""

    def __init__(self, rows: Sequence[Row], kinds: Kinds, chance: random.Random) -> None:
        """Take the rows, the measure of likeness in kind, and the dice."""
        self._forms = [form for row in rows if row.answers and (form := _form(row))]
        self._kinds = kinds
        self._chance = chance

    def put_to(self, row: Row) -> Row | None:
        """Return the row with another's question, asked of a name that its passage holds."""
        here = [name for name in dict.fromkeys(names(row.passage)) if len(name) > 2]
        if not here or not self._forms:
            return None
        held = content_words(row.passage)
        sentence_words = [content_words(one.of(row.passage)) for one in sentences(row.passage)]
        forms = self._chance.sample(self._forms, min(_TRIED, len(self._forms)))
        near = sorted(forms, key=lambda form: -len(form.asked & held) / len(form.asked))
        for form in near:
            told = max(len(form.asked & said) for said in sentence_words)
            if form.passage == row.passage or told > _TOLD * len(form.asked):
                continue
            if form.asked <= held or not (new := self._alike(form.name, here)):
                continue
            question = form.question.replace(form.name, new)
            return replace(row, question=question, answers=(), answerable=False)
        return None

    def _alike(self, old: str, here: Sequence[str]) -> str | None:
        likeness = self._kinds.likeness(old, here)
        fitting = [place for place in likeness.argsort()[::-1] if likeness[place] >= _LIKE]
        return here[self._chance.choice(fitting[:3])] if fitting else None


def _form(row: Row) -> _Form | None:
    named = dict.fromkeys(names(row.question))
    inside = [name for name in named if not row.question.startswith(name)]
    if len(inside) != 1 or len(named) != 1:
        return None
    asked = content_words(row.question) - content_words(inside[0])
    if not asked or not within(inside[0], row.question):
        return None
    return _Form(question=row.question, name=inside[0], asked=frozenset(asked), passage=row.passage)
