"""Rows whose passage is one sentence, given others around it: short must not mean answerable."""

import random
from collections.abc import Sequence
from dataclasses import replace

from retriever.training.entities import content_words
from retriever.training.near_misses import holds_answer
from retriever.training.passages import Passages
from retriever.training.rows import Range, Row
from retriever.training.sources import Grain, PassageContext, Source

_MOST_BESIDE = 6
_NEARLY_THE_SAME = 0.6  # of a sentence's words: another wording of it in another source
_ANSWERS_AS_WELL = 0.6  # of a question's words, where the answer's own words are not known


def joined(row: Row, source: Source, pool: Passages, chance: random.Random) -> Row:
    """Return the row with its sentence among others of the pool: near its topic, or beside it."""
    count = chance.randint(1, _MOST_BESIDE)
    if source.context is PassageContext.NEIGHBOURS and chance.random() < 0.7:
        return _among(row, *_beside(row, pool, count, chance))
    alike = pool.best(f"{row.question} {row.passage}", 3 * _MOST_BESIDE)
    others = [one for one in alike if _may_stand_beside(row, one, source)]
    chosen = chance.sample(others[: count + 3], min(count, len(others[: count + 3])))
    place = chance.randint(0, len(chosen))
    return _among(row, chosen[:place], chosen[place:])


def _beside(
    row: Row, pool: Passages, count: int, chance: random.Random
) -> tuple[list[str], list[str]]:
    """Return what stands before and after the sentence in its file, ``count`` in all."""
    near = list(pool.beside(row.passage, count))
    place = near.index(row.passage)
    before = chance.randint(max(0, count - (len(near) - place - 1)), min(count, place))
    return near[place - before : place], near[place + 1 : place + 1 + count - before]


def _may_stand_beside(row: Row, other: str, source: Source) -> bool:
    said, asked, there = map(content_words, (row.passage, row.question, other))
    if len(said & there) >= _NEARLY_THE_SAME * max(min(len(said), len(there)), 1):
        return False
    if source.grain is Grain.WORDS:
        return not holds_answer(row, other)
    return len(asked & there) < _ANSWERS_AS_WELL * max(len(asked), 1)


def _among(row: Row, before: Sequence[str], after: Sequence[str]) -> Row:
    lead = "".join(f"{one} " for one in before)
    answers = (Range(start=one.start + len(lead), end=one.end + len(lead)) for one in row.answers)
    passage = " ".join([*before, row.passage, *after])
    return replace(row, passage=passage, answers=tuple(answers))
