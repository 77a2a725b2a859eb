"""Cutting the window that is read out of a passage, and dressing it as windows are in use."""

import random
from collections import Counter
from dataclasses import replace

from retriever.training.entities import STOPWORDS, content_words, names, words
from retriever.training.passages import holding, sentences
from retriever.training.rows import Range, Row

CHARACTERS_PER_TOKEN = 4.6
_LEAST, _MOST = 45, 180  # tokens of a window, the question aside


def window(row: Row, chance: random.Random) -> Row:
    """Return the row with its passage cut to whole sentences around what is asked, or answered."""
    found = sentences(row.passage)
    if not found:
        return row
    budget = int(chance.randint(_LEAST, _MOST) * CHARACTERS_PER_TOKEN)
    first, last = _grown(found, _core(row, found, chance), budget, chance)
    start, end = found[first].start, found[last].end
    inside = [one for one in row.answers if start <= one.start and one.end <= end]
    answers = tuple(Range(start=one.start - start, end=one.end - start) for one in inside)
    return replace(row, passage=row.passage[start:end], answers=answers)


def _core(row: Row, found: tuple[Range, ...], chance: random.Random) -> Range:
    """Return the sentences that the window must hold, by number."""
    if row.answers:
        return holding(found, chance.choice(row.answers))
    asked = content_words(row.question)
    shared = [len(asked & content_words(one.of(row.passage))) for one in found]
    best = shared.index(max(shared)) if chance.random() < 0.75 else chance.randrange(len(found))
    return Range(start=best, end=best + 1)


def _grown(
    found: tuple[Range, ...], core: Range, budget: int, chance: random.Random
) -> tuple[int, int]:
    """Return the first and last sentence of a window of about ``budget`` characters."""
    first, last = core.start, core.end - 1
    while True:
        sides = [(first - 1, last)] * (first > 0) + [(first, last + 1)] * (last + 1 < len(found))
        fitting = [side for side in sides if found[side[1]].end - found[side[0]].start <= budget]
        if not fitting:
            return first, last
        first, last = chance.choice(fitting)


def headed(row: Row, chance: random.Random) -> Row:
    """Return the row with a heading before its passage, as articles have titles."""
    common = [name for name, _ in Counter(names(row.passage)).most_common(3)]
    if not common:
        return row
    return _after(row, f"{' '.join(common[: chance.randint(1, 2)])}\n")


def with_another(row: Row, other: str, chance: random.Random) -> Row:
    """Return the row with another passage's sentences before or after its own."""
    added = window(replace(row, passage=other, answers=()), chance).passage
    if chance.random() < 0.5:
        return replace(row, passage=f"{row.passage}\n{added}")
    return _after(row, f"{added}\n")


def _after(row: Row, lead: str) -> Row:
    answers = (Range(start=one.start + len(lead), end=one.end + len(lead)) for one in row.answers)
    return replace(row, passage=lead + row.passage, answers=tuple(answers))


def spelt(row: Row, chance: random.Random) -> Row:
    """Return the row with its question as people type it.

    At times without its last mark, as key words alone, or with a letter of a long word wrong.
    """
    question, drawn = row.question, chance.random()
    if drawn < 0.12:
        question = question.rstrip("?. ")
    elif drawn < 0.15:
        kept = [word for word in words(question) if word not in STOPWORDS]
        question = " ".join(kept) if len(kept) > 2 else question
    elif drawn < 0.18:
        question = _mistyped(question, chance)
    return replace(row, question=question)


def _mistyped(question: str, chance: random.Random) -> str:
    """Return the question with a letter of its longest word left out, doubled or exchanged."""
    word = max(question.split(), key=len)
    if len(word) < 6:
        return question
    at = chance.randrange(1, len(word) - 2)
    wrong = chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )
    return question.replace(word, wrong, 1)
